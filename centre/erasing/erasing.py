"""Erasing what is personal about someone: payloads and roster row go, facts and counts stay."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, delete, insert, or_, select, update

from app.domain.errors import BadInput, NotFound
from app.wire.fact_bytes import read_fact
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.interpretation.pending import refold_each
from centre.service import Centre
from centre.store.tables import erasures, facts, people

ERASURE = "erasure"
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
    the same. Stations are told by their feed. What backups of this database and files that
    were exported before still hold is out of reach here: whoever asks has to see to that.

    Raises:
        NotFound: nobody of that id is in the roster or in any fact.
        BadInput: nobody is named as the one who asks, or no reason.
    """
    if not by.strip() or not reason.strip():
        raise BadInput("centre.erase_needs_reason")
    with centre.store.writing() as tx:
        if centre.store.is_sqlite:
            tx.exec_driver_sql("PRAGMA secure_delete = ON")
        found = _facts_about(tx, person)
        row = tx.execute(select(people.c.site).where(people.c.id == person)).one_or_none()
        if row is None and not found:
            raise NotFound("centre.no_person", person=person)
        site = found[0].site if row is None else row.site
        payloads = _forget_payloads(tx, found)
        tx.execute(delete(people).where(people.c.id == person))
        told = msgspec.json.encode({"person": person, "facts": [one.hash.hex() for one in found]})
        publish(tx, site_scope(site), (Row("person", person, None), Row(ERASURE, person, told)))
        _note(tx, person, site, by.strip(), reason.strip(), centre.now_ms())
        sessions = {str(one.session) for one in found if one.session is not None}
        refold_each(tx, site, sessions, centre.now_ms())
    return Erased(person, site, payloads, len(sessions))


@dataclass(frozen=True, slots=True)
class _About:
    arrival: int
    hash: bytes
    site: str
    session: str | None
    has_payload: bool


def _facts_about(tx: Connection, person: str) -> list[_About]:
    """The facts whose body names a person; their bytes are looked at, because that is what counts."""
    if not person or "\0" in person:
        return []
    named = (facts.c.kind.in_(("attendance.marked", "attendance.voided", "visitor.admitted")),)
    query = select(
        facts.c.arrival,
        facts.c.hash,
        facts.c.site,
        facts.c.session,
        facts.c.bytes,
        facts.c.personal.is_not(None).label("has_payload"),
    ).where(or_(*named, facts.c.personal.is_not(None)))
    out = []
    quoted = msgspec.json.encode(person)
    for row in tx.execute(query):
        if quoted in bytes(row.bytes) and _names(bytes(row.bytes), person):
            out.append(
                _About(row.arrival, bytes(row.hash), row.site, row.session, bool(row.has_payload))
            )
    return out


def _names(data: bytes, person: str) -> bool:
    try:
        return getattr(read_fact(data).fact, "person", None) == person
    except (BadInput, RecursionError):
        return False


def _forget_payloads(tx: Connection, found: list[_About]) -> int:
    with_payload = [one.arrival for one in found if one.has_payload]
    for start in range(0, len(with_payload), 500):
        some = with_payload[start : start + 500]
        tx.execute(update(facts).where(facts.c.arrival.in_(some)).values(personal=None))
    return len(with_payload)


def _note(tx: Connection, person: str, site: str, by: str, reason: str, now_ms: int) -> None:
    """Who had it erased and why; the first word stays."""
    known = tx.execute(select(erasures.c.person).where(erasures.c.person == person)).first()
    if known is None:
        tx.execute(
            insert(erasures).values(
                person=person,
                site=site,
                by=by[:_MOST_WORDS],
                reason=reason[:_MOST_WORDS],
                at_ms=now_ms,
            )
        )
