"""Who was erased: nothing personal about them is kept any more, by whatever way it comes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select

from centre.store.prepared import Prepared
from centre.store.tables import erasures

_ERASED = Prepared(
    select(erasures.c.person).where(erasures.c.person.in_(bindparam("asked", expanding=True))),
    lists=("asked",),
)


def erased_among(tx: Connection, people: Iterable[str]) -> frozenset[str]:
    """Those of these people (ids as facts name them) who were erased."""
    asked = sorted({one for one in people if one and "\0" not in one})
    if not asked:
        return frozenset()
    return frozenset(str(row.person) for row in _ERASED.all(tx, {"asked": asked}))
