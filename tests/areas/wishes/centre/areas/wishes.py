"""What the centre's report says of wishes."""

from __future__ import annotations

from sqlalchemy import Connection, select

from centre.store.projection_tables import DISPOSABLE


def report(tx: Connection, site: str) -> list[dict[str, object]]:
    """Every wish with its site, in order of its id."""
    (wishes,) = DISPOSABLE["wishes"].tables
    query = select(wishes).order_by(wishes.c.site, wishes.c.wish)
    if site:
        query = query.where(wishes.c.site == site)
    return [dict(row._mapping) for row in tx.execute(query)]
