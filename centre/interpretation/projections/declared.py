"""Running any declared projection: its tables, which facts it folds, and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, Text, bindparam, func, insert, select, tuple_

from app.areas.sessions.report import Waiting
from app.domain.decoded_fact import DecodedFact, Reason
from app.domain.fact_kinds import KIND_OF
from app.domain.inputs import Inputs
from app.domain.projections import Projection
from centre.interpretation.clock_samples import Clocks
from centre.interpretation.projections.rows import KeyRows
from centre.interpretation.projections.sessions import counting, known_people, line_of
from centre.interpretation.waiting import hold, replace_waiting
from centre.store.prepared import Prepared
from centre.store.projection_tables import fact_keys
from centre.store.tables import facts

MOST_KEY_CHARACTERS = 64
"""A longer key, or an empty one, is none: its fact waits as unreadable."""
_THIS = (
    fact_keys.c.projection == bindparam("projection"),
    fact_keys.c.site == bindparam("site"),
    fact_keys.c.key == bindparam("key"),
)
_FACTS = Prepared(counting(facts.c.arrival.in_(select(fact_keys.c.arrival).where(*_THIS))))
_INDEXED = Prepared(insert(fact_keys), fact_keys.columns.keys(), once=True)
_NEWEST = Prepared(select(func.max(fact_keys.c.arrival).label("newest")).where(*_THIS))
_AFTER = Prepared(
    select(fact_keys.c.site, fact_keys.c.key)
    .where(
        fact_keys.c.projection == bindparam("projection"),
        tuple_(fact_keys.c.site, fact_keys.c.key)
        > tuple_(bindparam("site", type_=Text), bindparam("key", type_=Text)),
    )
    .distinct()
    .order_by(fact_keys.c.site, fact_keys.c.key)
    .limit(bindparam("most"))
)


class DeclaredFold:
    """One declared projection; the centre puts the site before the key in each of its tables."""

    def __init__(self, projection: Projection[Any], tables: Sequence[Table]) -> None:
        self.projection = projection
        self.name = projection.name
        self._rows = [
            (shape, KeyRows(table, ("site", shape.owner)))
            for shape, table in zip(projection.tables, tables, strict=True)
        ]

    def keys_of(self, one: DecodedFact) -> tuple[str, ...]:
        """Under which keys a fact is folded; none when it is of another kind, or one is no key."""
        keys = self._keys(one)
        return keys if all(_is_key(key) for key in keys) else ()

    def index(
        self, tx: Connection, site: str, said: Iterable[DecodedFact], now_ms: int
    ) -> set[str]:
        """Note under which keys facts are folded; the keys. What has no sane key waits."""
        rows, astray = [], []
        for one in said:
            keys = self.keys_of(one)
            if not keys and self._keys(one):
                wrong = Waiting(one.arrival, Reason.UNREADABLE, KIND_OF[type(one.fact)])
                astray.append((wrong, now_ms))
            rows += [
                {"projection": self.name, "site": site, "key": key, "arrival": one.arrival}
                for key in keys
            ]
        _INDEXED.run_many(tx, rows)
        hold(tx, site, self.name, "", astray)
        return {str(row["key"]) for row in rows}

    def refold(self, tx: Connection, site: str, key: str, now_ms: int) -> None:
        """Replace the rows of a key, and what waits in it."""
        of = {"projection": self.name, "site": site, "key": key}
        said = tuple(one for one in line_of(tx, _FACTS.all(tx, of)) if key in self.keys_of(one))
        state = self.projection.fold(key, said, self._inputs(tx, site, said)) if said else None
        replace_waiting(tx, site, self.name, key, tuple(getattr(state, "waiting", ())), now_ms)
        for shape, rows in self._rows:
            told = () if state is None else shape.rows(state)
            rows.replace(tx, {"site": site, shape.owner: key}, told)

    def newest(self, tx: Connection, site: str, key: str) -> int | None:
        """The arrival of the newest fact of a key."""
        row = _NEWEST.one(tx, {"projection": self.name, "site": site, "key": key})
        return None if row is None else row.newest

    def keys_after(self, tx: Connection, site: str, key: str, limit: int) -> list[tuple[str, str]]:
        """The next (site, key) pairs after one, in order."""
        after = {"projection": self.name, "site": site, "key": key, "most": limit}
        return [(row.site, row.key) for row in _AFTER.all(tx, after)]

    def count_keys(self, tx: Connection) -> int:
        """How many keys there are."""
        own = select(fact_keys.c.site, fact_keys.c.key).where(fact_keys.c.projection == self.name)
        return int(tx.scalar(select(func.count()).select_from(own.distinct().subquery())) or 0)

    def _keys(self, one: DecodedFact) -> tuple[str, ...]:
        if not isinstance(one.fact, self.projection.kinds):
            return ()
        return tuple(dict.fromkeys(self.projection.keys(one.fact)))

    def _inputs(self, tx: Connection, site: str, said: Sequence[DecodedFact]) -> Inputs:
        clocks = Clocks.of(tx, {(one.station, one.boot) for one in said})
        return Inputs(moment=clocks.moment, is_known=known_people(tx, site, said).__contains__)


def _is_key(key: str) -> bool:
    return 0 < len(key) <= MOST_KEY_CHARACTERS and "\0" not in key
