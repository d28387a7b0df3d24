"""Ids of before and whose they are now, as folds of a site's sessions ask for them; and who of
several rosters is one person: all ids somebody has, however they were said to be one."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from app.domain.values import dataclass
from centre.store.decision_tables import person_aliases
from centre.store.prepared import Prepared
from centre.store.tables import people

_OF_SITE = Prepared(
    select(person_aliases.c.id, person_aliases.c.person).where(
        person_aliases.c.site == bindparam("site")
    )
)

_PAIRS = Prepared(
    select(person_aliases.c.id, person_aliases.c.person)
    .where(person_aliases.c.site == "")
    .order_by(person_aliases.c.id)
)
_ACTIVE = Prepared(select(people.c.id).where(people.c.active))


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


@dataclass(frozen=True, slots=True)
class OnePerson:
    """All ids of a person, and under which of them the county counts everything they have."""

    ids: frozenset[str]
    counted: str


def one_people(tx: Connection) -> dict[str, OnePerson]:
    """Id → the person behind it, of everybody who has more than one.

    Whatever was said in whatever order, the ids that words join are one person. They count under
    the id that is said to be nobody else's; where there is none, or it is no longer active, under
    the first of those that are.
    """
    said = {row.id: row.person for row in _PAIRS.all(tx, {})}
    joined: dict[str, set[str]] = {}
    for before, person in said.items():
        both = joined.get(before, {before}) | joined.get(person, {person})
        joined.update(dict.fromkeys(both, both))
    if not joined:
        return {}
    active = {row.id for row in _ACTIVE.all(tx, {})}
    found: dict[str, OnePerson] = {}
    for ids in {id(one): one for one in joined.values()}.values():
        order = sorted(ids, key=lambda one: (one not in active, one in said, one))
        found.update(dict.fromkeys(ids, OnePerson(frozenset(ids), order[0])))
    return found


def ids_of(tx: Connection, person: str) -> frozenset[str]:
    """All ids of one person."""
    told = one_people(tx).get(person)
    return frozenset((person,)) if told is None else told.ids
