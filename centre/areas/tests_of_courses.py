"""What the centre's report says of tests."""

from __future__ import annotations

from sqlalchemy import Connection

from centre.store.projection_tables import DISPOSABLE


def report(tx: Connection, site: str) -> dict[str, int]:
    """How many tests were handed in or marked; whose they are tells ``tests results``."""
    (rows,) = DISPOSABLE["tests_of_courses"].tables
    query = rows.select().with_only_columns(rows.c.on_paper)
    if site:
        query = query.where(rows.c.site == site)
    told = list(tx.scalars(query))
    return {"taken": len(told), "on_paper": sum(map(int, told))}
