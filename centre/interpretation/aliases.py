"""Ids of before and whose they are now, as folds of a site's sessions ask for them."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from centre.store.decision_tables import person_aliases
from centre.store.prepared import Prepared

_OF_SITE = Prepared(
    select(person_aliases.c.id, person_aliases.c.person).where(
        person_aliases.c.site == bindparam("site")
    )
)


def aliases_of(tx: Connection, site: str) -> dict[str, str]:
    """Id of before → whose it is at this site, to the end of each chain."""
    found = {row.id: row.person for row in _OF_SITE.all(tx, {"site": site})}
    return {before: _end_of(found, before) for before in found}


def _end_of(aliases: dict[str, str], before: str) -> str:
    seen = {before}
    while aliases.get(before, before) not in seen:
        before = aliases[before]
        seen.add(before)
    return before
