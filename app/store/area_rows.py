"""Reading the tables that projections declare, whichever they are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from app.domain.projections import Row, TableShape
from app.store.cache import StoreCache
from app.store.projected_tables import table_of


class AreaRows:
    """The part of a reading that looks at declared tables; the base of the others."""

    def __init__(self, conn: Connection, cache: StoreCache | None = None) -> None:
        self.conn = conn
        self.cache = cache or StoreCache()

    def rows(self, table: TableShape[Any], **chosen: str) -> tuple[Row, ...]:
        """Rows of a declared table where the named columns hold these values, in key order."""
        own = table_of(table)
        query = select(own).where(*(own.c[name] == value for name, value in chosen.items()))
        found = self.conn.execute(query.order_by(*(own.c[name] for name in table.primary)))
        return tuple(row._asdict() for row in found)
