"""What the centre's report says of surveys of needs."""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.areas.needs.record import read_group
from centre.store.projection_tables import DISPOSABLE


def report(tx: Connection, site: str) -> list[dict[str, object]]:
    """Every group with its site and session; of too few nothing stands here."""
    (rows,) = DISPOSABLE["needs"].tables
    query = select(rows).order_by(rows.c.site, rows.c.session, rows.c.kind)
    if site:
        query = query.where(rows.c.site == site)
    told = []
    for row in tx.execute(query):
        group = read_group(row._asdict())
        told.append(
            {
                "site": row.site,
                "session": row.session,
                "kind": group.kind,
                "people": group.people,
                "chosen": dict(group.chosen),
            }
        )
    return told
