"""Acts on a roster – an import, stopping one person – and taking one back as a whole.

Each act keeps the rows of everybody it changed as they were, for a day. Taking it back is a
change like any other: stations get it by their feed, and what sessions in between said about
names and branches stays as it was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from app.domain.decoded_fact import Reason
from app.domain.errors import BadInput, NotFound
from app.domain.values import dataclass
from app.rosters.roster_person import RosterPerson
from centre.interpretation.pending import retry_held
from centre.rosters.held import people_of, write_people
from centre.service import Centre
from centre.sites import find_site
from centre.store.site_lock import lock_site
from centre.store.tables import people, roster_acts, roster_before

MAY_BE_UNDONE_MS = 24 * 3_600_000
IMPORT, STOP = "import", "stop"
_MOST_WORDS = 500
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking an act back did: how many are as before, and who had been added by it."""

    number: int
    about: str
    restored: tuple[str, ...]
    stopped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """What is done, about what (a file, a reason), and who asked for it."""

    kind: str
    about: str
    by: str = ""


def keep_act(
    tx: Connection,
    site: str,
    act: Act,
    before: Mapping[str, RosterPerson],
    changed: Iterable[RosterPerson],
    now_ms: int,
) -> int:
    """Write down an act and the rows it changes as they were; its number."""
    old = select(roster_acts.c.number).where(roster_acts.c.at_ms < now_ms - MAY_BE_UNDONE_MS)
    tx.execute(delete(roster_before).where(roster_before.c.act.in_(old)))
    number = tx.execute(
        insert(roster_acts)
        .values(
            site=site,
            kind=act.kind,
            about=act.about[:_MOST_WORDS],
            by=act.by[:_MOST_WORDS],
            at_ms=now_ms,
        )
        .returning(roster_acts.c.number)
    ).scalar_one()
    rows = [
        {"act": number, "person": one.person.id, "was": _written(before.get(one.person.id))}
        for one in changed
    ]
    if rows:
        tx.execute(insert(roster_before), rows)
    return int(number)


def undo_act(centre: Centre, site_name: str, number: int | None = None) -> Undone:
    """Take an act back, the newest if none is named: everybody it changed is as before it, and
    whom it added is not active any more.

    Raises:
        NotFound: there is no such site or act.
        BadInput: it is more than a day old, was taken back already, or a later act changed the
            same people.
    """
    with centre.store.writing() as tx:
        site = find_site(tx, site_name).id
        lock_site(tx, site)
        act = _find(tx, site, number)
        now = centre.now_ms()
        if act.undone_ms is not None:
            raise BadInput("centre.undo_done", number=act.number)
        if now - act.at_ms > MAY_BE_UNDONE_MS:
            raise BadInput("centre.undo_late", number=act.number)
        held = people_of(tx, site)
        kept = tx.execute(select(roster_before).where(roster_before.c.act == act.number)).all()
        added = sum(row.was is None for row in kept)
        if number is None and added:
            _refuse_further(tx, site, site_name, act, added)
        _refuse_touched(tx, act.number, [row.person for row in kept], held)
        changed = [_as_before(held[row.person], row.was, now) for row in kept if row.person in held]
        write_people(tx, site, changed)
        mine = roster_acts.c.number == act.number
        tx.execute(update(roster_acts).where(mine).values(undone_ms=now))
    retry_held(centre, site, (Reason.UNKNOWN_PERSON, Reason.FAILED))
    new = {row.person for row in kept if row.was is None}
    return Undone(
        act.number,
        act.about,
        tuple(one.person.name for one in changed if one.person.id not in new),
        tuple(one.person.name for one in changed if one.person.id in new),
    )


@dataclass(frozen=True, slots=True)
class Stopped:
    """Who was stopped, where, and the number of the act."""

    name: str
    site_name: str
    number: int


def stop_person(centre: Centre, person: str, *, by: str, reason: str) -> Stopped:
    """Say that somebody is not active any more; it can be taken back like an import.

    Raises:
        NotFound: no roster has such a person.
        BadInput: they are not active already; or nobody is named who asks, or no reason.
    """
    if not by.strip() or not reason.strip():
        raise BadInput("centre.stop_needs_reason")
    with centre.store.writing() as tx:
        site = tx.scalar(select(people.c.site).where(people.c.id == person))
        if site is None:
            raise NotFound("centre.no_person", person=person)
        lock_site(tx, site)
        held = people_of(tx, site)
        if person not in held:  # erased while the site was waited for
            raise NotFound("centre.no_person", person=person)
        was = held[person]
        if not was.person.active:
            raise BadInput("centre.stop_already", name=was.person.name, id=person)
        now = centre.now_ms()
        stopped = was.turned(replace(was.person, active=False), now)
        write_people(tx, site, [stopped])
        act = Act(STOP, reason.strip(), by.strip())
        number = keep_act(tx, site, act, held, [stopped], now)
        site_name = find_site(tx, site).name
    return Stopped(was.person.name, site_name, number)


@dataclass(frozen=True, slots=True)
class _Found:
    number: int
    about: str
    at_ms: int
    undone_ms: int | None


def _find(tx: Connection, site: str, number: int | None) -> _Found:
    query = select(roster_acts).where(roster_acts.c.site == site)
    if number is None:
        query = query.where(roster_acts.c.undone_ms.is_(None))
    else:
        query = query.where(roster_acts.c.number == number)
    row = tx.execute(query.order_by(roster_acts.c.number.desc()).limit(1)).one_or_none()
    if row is None:
        if number is None:
            raise NotFound("centre.undo_nothing")
        raise NotFound("centre.undo_no_such", number=number)
    return _Found(row.number, row.about, row.at_ms, row.undone_ms)


def _refuse_further(tx: Connection, site: str, site_name: str, act: _Found, added: int) -> None:
    """Asked twice without a number, an earlier act is not taken back if that stops people."""
    newest = tx.scalar(
        select(roster_acts.c.number)
        .where(roster_acts.c.site == site)
        .order_by(roster_acts.c.number.desc())
        .limit(1)
    )
    if newest is not None and newest != act.number:
        raise BadInput(
            "centre.undo_further",
            newest=newest,
            number=act.number,
            about=act.about,
            count=added,
            site=site_name,
        )


def _refuse_touched(
    tx: Connection, number: int, touched: Sequence[str], held: Mapping[str, RosterPerson]
) -> None:
    later = (
        select(roster_before.c.person, roster_before.c.act)
        .join(roster_acts, roster_acts.c.number == roster_before.c.act)
        .where(roster_before.c.act > number, roster_acts.c.undone_ms.is_(None))
        .order_by(roster_before.c.act)
    )
    mine = set(touched)
    found = [(row.person, row.act) for row in tx.execute(later) if row.person in mine]
    if found:
        ids = dict.fromkeys(person for person, _ in found if person in held)
        names = [held[person].person.name for person in ids]
        shown = "、".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else "")
        raise BadInput("centre.undo_touched", number=number, later=found[-1][1], names=shown)


def _as_before(now: RosterPerson, was: bytes | None, from_ms: int) -> RosterPerson:
    """Somebody's row as it was; one who was not known before is kept, but not active."""
    if was is None:
        return now.turned(replace(now.person, active=False), from_ms)
    old = msgspec.json.decode(was, type=RosterPerson)
    return replace(old, person=now.turned(old.person, from_ms).person)


def _written(held: RosterPerson | None) -> bytes | None:
    return None if held is None else msgspec.json.encode(held)
