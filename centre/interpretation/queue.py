"""The queue: facts that are kept but wait for a person, and what a person decides about them."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select

from app.domain.decoded_fact import Reason
from app.domain.errors import BadInput, NotFound
from app.domain.ids import PersonId, SessionId
from app.domain.resolution import Resolution
from app.domain.values import dataclass
from centre.decisions.ledger import Kind, decide
from centre.decisions.resolutions import tell_resolution
from centre.interpretation.on_demand import interpret_waiting
from centre.interpretation.pending import (
    interpret_pending,
    look_again,
    retry_held,
)
from centre.interpretation.reading import keys_of_facts, refold_each
from centre.service import Centre
from centre.sites import find_site
from centre.store.projection_tables import SESSIONS, held
from centre.store.site_lock import lock_site
from centre.store.tables import facts, people, resolutions, sites

_MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """One fact that waits: its number in order of arrival, where, why, and since when (ms).

    ``projection`` and ``key`` say in what; both are empty when the fact was not understood.
    """

    arrival: int
    site: str
    site_name: str
    session: str | None
    kind: str
    reason: str
    detail: str
    since_ms: int
    projection: str = ""
    key: str = ""


def waiting_facts(centre: Centre, *, site: str = "") -> tuple[Waiting, ...]:
    """What waits for a person, longest first; of one site (id or name), or of all.

    What came in and was not read yet is read first.

    Raises:
        NotFound: there is no such site.
    """
    interpret_waiting(centre, site)
    with centre.store.reading() as tx:
        query = (
            select(held, facts.c.kind, sites.c.name)
            .join(facts, facts.c.arrival == held.c.arrival)
            .join(sites, sites.c.id == held.c.site)
            .order_by(held.c.since_ms, held.c.arrival)
            .limit(_MOST_LISTED)
        )
        if site:
            query = query.where(held.c.site == find_site(tx, site).id)
        return tuple(
            Waiting(
                row.arrival,
                row.site,
                row.name,
                row.key if row.projection == SESSIONS and row.key else None,
                row.kind or "",
                row.reason,
                row.detail,
                row.since_ms,
                row.projection,
                row.key,
            )
            for row in tx.execute(query)
        )


def try_again(centre: Centre, *, site: str = "") -> None:
    """Read all that waits once more; of one site (id or name), or of all.

    Raises:
        NotFound: there is no such site.
    """
    with centre.store.reading() as tx:
        waiting = select(held.c.site).distinct().order_by(held.c.site)
        known = (find_site(tx, site).id,) if site else tuple(tx.scalars(waiting))
    for one in known:
        look_again(centre, one, tuple(Reason))
        interpret_pending(centre, one)
        retry_held(centre, one, tuple(Reason))


def resolve_person(centre: Centre, arrival: int, person: str, *, by: str, reason: str) -> None:
    """Say whom an unknown person of a mark really is; the fact stays, the word is kept beside it.

    Who was wrong says it again: the newest word counts, the ones before are kept.

    Raises:
        NotFound: no such fact waits or was decided about, or the roster of its site has no such
            person.
        BadInput: nobody is named as the one who says so, or no reason.
    """
    if not by.strip() or not reason.strip():
        raise BadInput("centre.resolve_needs_reason")
    with centre.store.writing() as tx:
        row = tx.execute(
            select(facts.c.site, facts.c.session, facts.c.hash).where(facts.c.arrival == arrival)
        ).one_or_none()
        if row is None:
            raise NotFound("centre.no_waiting", arrival=arrival)
        lock_site(tx, row.site)
        last_ms = _newest_word(tx, arrival)
        if last_ms is None and not _waits_for_a_person(tx, arrival):
            raise NotFound("centre.no_waiting", arrival=arrival)
        known = select(people.c.id).where(people.c.site == row.site, people.c.id == person)
        if tx.execute(known).first() is None:
            raise NotFound("centre.no_person", person=person)
        tx.execute(
            insert(resolutions).values(
                arrival=arrival,
                person=person,
                by=by.strip()[:200],
                reason=reason.strip()[:500],
                at_ms=max(centre.now_ms(), (last_ms or 0) + 1),
            )
        )
        fact = bytes(row.hash).hex()
        said = {"person": person, "session": row.session or ""}
        decide(tx, centre, Kind.RESOLVED, fact, site=row.site, values=said)
        if row.session is not None:
            its = Resolution(PersonId(person), SessionId(row.session))
            tell_resolution(tx, row.site, bytes(row.hash), its)
        for at, touched in keys_of_facts(tx, [arrival]).items():
            refold_each(tx, at, touched, centre.now_ms())


def _newest_word(tx: Connection, arrival: int) -> int | None:
    """When something was decided about a fact last."""
    found: int | None = tx.scalar(
        select(func.max(resolutions.c.at_ms)).where(resolutions.c.arrival == arrival)
    )
    return found


def _waits_for_a_person(tx: Connection, arrival: int) -> bool:
    waiting = select(held.c.arrival).where(
        held.c.arrival == arrival, held.c.reason == Reason.UNKNOWN_PERSON.value
    )
    return tx.execute(waiting).first() is not None
