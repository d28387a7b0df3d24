"""Replacing the rows of one key: only those that changed are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection

from centre.store.prepared import Prepared


class KeyRows:
    """The rows of ``table`` that belong to one key: those with equal values in ``of``."""

    def __init__(self, table: Table, of: tuple[str, ...]) -> None:
        names = tuple(table.columns.keys())
        self._of = of
        self._place = {name: at for at, name in enumerate(names)}
        self._key = tuple(one.name for one in table.primary_key.columns)
        rest = tuple(name for name in names if name not in self._key)
        mine = and_(*(table.c[name] == bindparam(f"of_{name}") for name in of))
        this = and_(*(table.c[name] == bindparam(f"of_{name}") for name in self._key))
        self._here = Prepared(select(table).where(mine))
        self._gone = Prepared(delete(table).where(this))
        self._new = Prepared(insert(table), names)
        self._changed = Prepared(
            update(table).where(this).values({name: bindparam(name) for name in rest})
        )

    def replace(
        self, tx: Connection, key: Mapping[str, object], rows: Iterable[Mapping[str, object]]
    ) -> None:
        """Have exactly ``rows`` there."""
        own = {f"of_{name}": key[name] for name in self._of}
        here = {self._key_of(row): row for row in map(_plain, self._here.all(tx, own))}
        new, changed = [], []
        for row in rows:
            whole = {**key, **row}
            values = tuple(whole[name] for name in self._place)
            held = here.pop(self._key_of(values), None)
            if held is None:
                new.append(whole)
            elif held != values:
                changed.append(whole | self._named(values))
        self._gone.run_many(tx, [self._named(row) for row in here.values()])
        self._changed.run_many(tx, changed)
        self._new.run_many(tx, new)

    def _key_of(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(values[self._place[name]] for name in self._key)

    def _named(self, values: tuple[Any, ...]) -> dict[str, object]:
        return {f"of_{name}": values[self._place[name]] for name in self._key}


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """As values are given: some drivers hand bytes out by another name."""
    return tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)
