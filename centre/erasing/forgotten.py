"""Who was erased: nothing personal about them is kept any more, by whatever way it comes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from centre.store.tables import erasures

_AT_ONCE = 500


def erased_among(tx: Connection, people: Iterable[str]) -> frozenset[str]:
    """Those of these people (ids as facts name them) who were erased."""
    asked = sorted({one for one in people if one and "\0" not in one})
    found: set[str] = set()
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        found |= set(tx.scalars(select(erasures.c.person).where(erasures.c.person.in_(some))))
    return frozenset(found)
