"""Erasing what is personal about someone: payloads and roster row go, facts and counts stay."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from app.domain.errors import BadInput, NotFound
from app.domain.fact_kinds import people_of
from app.domain.values import dataclass
from app.wire.fact_bytes import read_fact
from centre.decisions.ledger import Kind, decide
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.interpretation.decided import person_meant
from centre.interpretation.reading import keys_of_facts, refold_each
from centre.service import Centre
from centre.store.decision_tables import person_aliases
from centre.store.engine import Store
from centre.store.forgotten import erased_among
from centre.store.site_lock import lock_site
from centre.store.tables import erasures, facts, feed_rows, people, resolutions, roster_before
from centre.store.upgrade import BEFORE

ERASURE, DIRECTORY = "erasure", "directory_person"
_MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: personal payloads beside facts, in how many sessions."""

    person: str
    site: str
    payloads: int
    sessions: int


def erase_person(centre: Centre, person: str, *, by: str, reason: str) -> Erased:
    """Erase what is personal about someone, in one transaction; asked twice it changes nothing.

    The facts stay, with the person's random id, so the chain still verifies and the counts are
    the same. Stations are told by their feed; a payload that comes later is not kept. SQLite
    overwrites the freed places and empties its log (unless somebody is just reading: then the
    log goes when they are done). PostgreSQL frees the old rows at its next VACUUM and its
    archived log still holds them. Copies that were put aside before an upgrade are removed: they
    can't be written anew by a program of another schema. What backups of this database, copies of its disk and files
    exported before hold is out of reach here: whoever asks has to see to that. So is what
    somebody wrote about the person in a note that names no one by id.

    Raises:
        NotFound: nobody of that id is in the roster or in any fact.
        BadInput: nobody is named as the one who asks, or no reason.
    """
    if not by.strip() or not reason.strip():
        raise BadInput("centre.erase_needs_reason")
    with centre.store.reading() as tx:
        home = _home_of(tx, person)
        known = {*_sites_about(tx, person), *home}
    if not known:
        raise NotFound("centre.no_person", person=person)
    with centre.store.writing() as tx:
        if centre.store.is_sqlite:
            tx.exec_driver_sql("PRAGMA secure_delete = ON")
        for site in sorted(known):
            lock_site(tx, site)
        site = (*home, *sorted(known))[0]
        _note(tx, person, site, by.strip(), reason.strip(), centre.now_ms())
        payloads, sessions = _forget(tx, person, known, centre.now_ms())
        for before in _ids_before(tx, person):
            _note(tx, before, site, by.strip(), reason.strip(), centre.now_ms())
            more, in_sessions = _forget(tx, before, known, centre.now_ms())
            payloads, sessions = payloads + more, sessions + in_sessions
        decide(tx, centre, Kind.ERASED, person, values={"home": site})
    if centre.store.is_sqlite:
        empty_log(centre.store)
        _remove_copies(centre.store)
    return Erased(person, site, payloads, sessions)


def erase_again(tx: Connection, centre: Centre, person: str, site: str) -> None:
    """Erase once more, in the caller's transaction, whom a centre that was put back had forgotten.

    That it was done is noted though nothing of them may be here: what comes later is not kept.
    """
    home = _home_of(tx, person)
    known = {*_sites_about(tx, person), *home}
    if centre.store.is_sqlite:
        tx.exec_driver_sql("PRAGMA secure_delete = ON")
    for one in sorted(known):
        lock_site(tx, one)
    for each in (person, *_ids_before(tx, person)):
        _note(tx, each, (*home, site)[0], "", "", centre.now_ms())
        _forget(tx, each, known, centre.now_ms())


def _forget(tx: Connection, person: str, known: Iterable[str], now_ms: int) -> tuple[int, int]:
    """Under the sites' locks: payloads and roster row go; how many payloads, of how many sessions.

    What is about them is read here, not before: more may have come in meanwhile.
    """
    found = [one for one in _facts_about(tx, person) if one.site in known]
    payloads = _forget_payloads(tx, found)
    tx.execute(delete(people).where(people.c.id == person))
    tx.execute(delete(roster_before).where(roster_before.c.person == person))
    _tell_stations(tx, person, known, found)
    _leave_directory(tx, person)
    sessions = {(one.site, one.session) for one in found if one.session is not None}
    for at, touched in keys_of_facts(tx, [one.arrival for one in found]).items():
        refold_each(tx, at, touched, now_ms)
    return payloads, len(sessions)


@dataclass(frozen=True, slots=True)
class _About:
    arrival: int
    hash: bytes
    site: str
    session: str | None
    has_payload: bool


def _home_of(tx: Connection, person: str) -> tuple[str, ...]:
    """The site whose roster has them, or had them when they were erased before."""
    of_roster = select(people.c.site).where(people.c.id == person)
    of_erased = select(erasures.c.site).where(erasures.c.person == person)
    return tuple(tx.scalars(of_roster)) or tuple(tx.scalars(of_erased))


def _ids_before(tx: Connection, person: str) -> tuple[str, ...]:
    """Ids under which stations knew somebody before the office said who they are."""
    query = select(person_aliases.c.id).where(
        person_aliases.c.person == person, person_aliases.c.site != ""
    )
    return tuple(tx.scalars(query.order_by(person_aliases.c.id)))


def _sites_about(tx: Connection, person: str) -> set[str]:
    return {one.site for one in _facts_about(tx, person)}


def _facts_about(tx: Connection, person: str) -> list[_About]:
    """The facts whose body names a person, and those a person at the centre said to be theirs.

    No index knows that: the database looks through the bytes of all facts.
    """
    if not person or "\0" in person:
        return []
    decided = select(resolutions.c.arrival).where(resolutions.c.person == person)
    query = select(
        facts.c.arrival,
        facts.c.hash,
        facts.c.site,
        facts.c.session,
        facts.c.bytes,
        facts.c.personal.is_not(None).label("has_payload"),
        person_meant().label("meant"),
    ).where(or_(_holds(tx, msgspec.json.encode(person)), facts.c.arrival.in_(decided)))
    return [
        _About(row.arrival, bytes(row.hash), row.site, row.session, bool(row.has_payload))
        for row in tx.execute(query)
        if row.meant == person or _names(bytes(row.bytes), person)
    ]


def _holds(tx: Connection, word: bytes) -> ColumnElement[bool]:
    """Whether a fact's bytes have a word in them."""
    if tx.dialect.name == "sqlite":
        return func.instr(facts.c.bytes, word) > 0
    return func.pg_catalog.position(facts.c.bytes, word) > 0


def _names(data: bytes, person: str) -> bool:
    """Whether a fact is about a person; one of a newer program that has their id is taken so."""
    try:
        fact = read_fact(data).fact
    except (BadInput, RecursionError):
        return False
    return fact is None or person in people_of(fact)


def _forget_payloads(tx: Connection, found: Sequence[_About]) -> int:
    with_payload = [one.arrival for one in found if one.has_payload]
    for start in range(0, len(with_payload), 500):
        some = with_payload[start : start + 500]
        tx.execute(update(facts).where(facts.c.arrival.in_(some)).values(personal=None))
    return len(with_payload)


def _tell_stations(
    tx: Connection, person: str, known: Iterable[str], found: Sequence[_About]
) -> None:
    """In each site's feed: the roster row goes, and which facts' payloads are to be forgotten."""
    for site in sorted(known):
        hashes = sorted({one.hash.hex() for one in found if one.site == site})
        told = msgspec.json.encode({"person": person, "facts": hashes})
        publish(tx, site_scope(site), (Row("person", person, None), Row(ERASURE, person, told)))


def _leave_directory(tx: Connection, person: str) -> None:
    """Nobody finds them at another station any more."""
    listed = select(feed_rows.c.scope).where(
        feed_rows.c.kind == DIRECTORY, feed_rows.c.key == person, feed_rows.c.body.is_not(None)
    )
    for scope in tx.scalars(listed).all():
        publish(tx, scope, (Row(DIRECTORY, person, None),))


def _note(tx: Connection, person: str, site: str, by: str, reason: str, now_ms: int) -> None:
    """Who had it erased and why; the first word stays."""
    if not erased_among(tx, (person,)):
        tx.execute(
            insert(erasures).values(
                person=person,
                site=site,
                by=by[:_MOST_WORDS],
                reason=reason[:_MOST_WORDS],
                at_ms=now_ms,
            )
        )


def empty_log(store: Store) -> None:
    """SQLite's log still has the old pages until it is written over."""
    with closing(store.engine.raw_connection()) as raw:
        cursor = raw.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()
        cursor.close()


def _remove_copies(store: Store) -> None:
    """The copies this program itself put aside before it upgraded the database."""
    path = Path(store.engine.url.database or "")
    for copy in path.parent.glob(f"{glob.escape(path.name)}{BEFORE}*"):
        copy.unlink(missing_ok=True)
