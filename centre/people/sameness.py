"""Who is one person though the centre holds two ids: proposed by the program, decided by a person.

A visitor whom nobody knew is somebody of a roster: their records go on under that id, and their
own site is told. Two people of two rosters are one: each home is told what they attended at the
other, and hours of one span count once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, Connection, delete, select

from app.areas.attendance.marks import RosterStatus
from app.areas.catalogue.values import PersonAlias
from app.areas.sessions.report import SessionReport
from app.domain.errors import BadInput, NotFound
from app.domain.values import dataclass
from app.domain.written_forms import match_form
from app.wire.codec import read_row, write_row
from app.wire.messages import Decision
from centre.decisions import ledger
from centre.decisions.ledger import EVERYWHERE, Kind, decide
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.interpretation.aliases import ids_of
from centre.interpretation.on_demand import interpret_waiting
from centre.interpretation.reading import refold_each
from centre.people.proposals import ALIAS
from centre.service import Centre
from centre.sites import find_site
from centre.store.decision_tables import person_aliases
from centre.store.insert import put_row
from centre.store.projection_tables import SESSIONS, report_sessions
from centre.store.site_lock import lock_site
from centre.store.tables import people, sites

TAIL = 4
_MOST_LIKELY = 5


@dataclass(frozen=True, slots=True)
class LikelyPerson:
    """Somebody of a roster who may be meant; ``phone_tail`` is all of the number that is told."""

    id: str
    name: str
    site_name: str
    phone_tail: str


@dataclass(frozen=True, slots=True)
class MatchProposal:
    """Somebody of ``site_name`` – a visitor nobody knew, or a person of its roster – and who of
    another roster they may be, likeliest first; ``sessions`` they came to as a visitor."""

    id: str
    name: str
    phone_tail: str
    home: str
    site_name: str
    is_visitor: bool
    sessions: int
    likely: tuple[LikelyPerson, ...]


def matches(centre: Centre, site: str = "") -> tuple[MatchProposal, ...]:
    """Everybody who may be somebody of a roster and of whom nobody has said so yet.

    Raises:
        NotFound: there is no such site.
    """
    interpret_waiting(centre, site)
    with centre.store.reading() as tx:
        chosen = find_site(tx, site).id if site else ""
        known = _known_by_name(tx)
        said = set(tx.scalars(select(person_aliases.c.id)))
        found = [*_visitors(tx, chosen, known, said), *_doubles(tx, chosen, said)]
    return tuple(sorted(found, key=lambda one: (one.site_name, one.name, one.id)))


def say_same(centre: Centre, before: str, person: str, *, by: str, reason: str = "") -> int:
    """Say that an id stands for somebody of a roster; how many sessions were read anew.

    Raises:
        NotFound: nobody is called by one of the ids.
        BadInput: nobody is named who says so, or both ids are one.
    """
    if not by.strip():
        raise BadInput("centre.proposal_needs_by")
    if before == person:
        raise BadInput("centre.same_self")
    interpret_waiting(centre)
    with centre.store.writing() as tx:
        visited = _visited(tx, before, person)
        # Whoever was said to be meant before is not any more.
        named = {before, *ids_of(tx, before), *ids_of(tx, person)}
        row = {"id": before, "person": person, "site": visited}
        said = {"by": by.strip(), "reason": reason.strip(), "at_ms": centre.now_ms()}
        put_row(tx, person_aliases, {**row, **said}, key=["id"])
        _tell(tx, visited, before, person)
        told = {"person": person, "visited": visited}
        decide(tx, centre, Kind.PERSON_SAME, before, site=visited or EVERYWHERE, values=told)
        return _read_anew(tx, centre, named)


def say_other(centre: Centre, before: str) -> int:
    """Take such a word back; how many sessions were read anew.

    Raises:
        NotFound: nobody said so.
    """
    with centre.store.writing() as tx:
        mine = person_aliases.c.id == before
        row = tx.execute(select(person_aliases).where(mine)).one_or_none()
        if row is None:
            raise NotFound("centre.same_nothing", id=before)
        named = {before, *ids_of(tx, before), *ids_of(tx, row.person)}
        tx.execute(delete(person_aliases).where(mine))
        _tell(tx, row.site, before, "")
        told = {"visited": row.site}
        decide(tx, centre, Kind.PERSON_SAME, before, site=row.site or EVERYWHERE, values=told)
        return _read_anew(tx, centre, named)


def say_again(tx: Connection, centre: Centre, decision: Decision) -> None:
    """Carry out the newest word about an id once more, in the caller's transaction."""
    before = decision.about
    last = ledger.newest(tx, before, (Kind.PERSON_SAME,)) or decision
    person, visited = last.values.get("person", ""), last.values.get("visited", "")
    named = {before, *ids_of(tx, before), *(ids_of(tx, person) if person else ())}
    if person:
        row = {"id": before, "person": person, "site": visited, "by": "", "reason": ""}
        put_row(tx, person_aliases, {**row, "at_ms": last.at_ms}, key=["id"])
    else:
        tx.execute(delete(person_aliases).where(person_aliases.c.id == before))
    _tell(tx, visited, before, person)
    _read_anew(tx, centre, named)


def _tell(tx: Connection, visited: str, before: str, person: str) -> None:
    """Tell the stations of the site that was visited whose an id is, or that it is nobody's."""
    if visited:
        body = write_row(PersonAlias(before, person)) if person else None
        publish(tx, site_scope(visited), [Row(ALIAS, before, body)])


def _visited(tx: Connection, before: str, person: str) -> str:
    """The site at which the first id was a visitor; empty when a roster has it."""
    if tx.scalar(select(people.c.id).where(people.c.id == person)) is None:
        raise NotFound("centre.no_person", person=person)
    if tx.scalar(select(people.c.id).where(people.c.id == before)) is not None:
        return ""
    visited = select(report_sessions.c.site).where(_names(before)).distinct()
    sites_visited = tx.scalars(visited).all()
    if len(sites_visited) != 1:  # an id is drawn at one station
        raise NotFound("centre.no_person", person=before)
    return str(sites_visited[0])


def _names(person: str) -> ColumnElement[bool]:
    return report_sessions.c.body.contains(f'"{person}"'.encode())


def _read_anew(tx: Connection, centre: Centre, named: Iterable[str]) -> int:
    """Fold the sessions that name one of these once more, site by site under its lock."""
    touched: dict[str, set[str]] = defaultdict(set)
    for one in named:
        query = select(report_sessions.c.site, report_sessions.c.session).where(_names(one))
        for row in tx.execute(query):
            touched[row.site].add(row.session)
    for site in sorted(touched):
        lock_site(tx, site)
        refold_each(tx, site, {SESSIONS: touched[site]}, centre.now_ms())
    return sum(map(len, touched.values()))


@dataclass(frozen=True, slots=True)
class _RosterEntry:
    id: str
    site: str
    site_name: str
    name: str
    phone: str


def _known_by_name(tx: Connection) -> dict[str, list[_RosterEntry]]:
    query = (
        select(people.c.id, people.c.site, people.c.name, people.c.phone, sites.c.name.label("at"))
        .join(sites, sites.c.id == people.c.site)
        .where(people.c.active)
        .order_by(people.c.id)
    )
    found: dict[str, list[_RosterEntry]] = defaultdict(list)
    for row in tx.execute(query):
        found[match_form(row.name)].append(
            _RosterEntry(row.id, row.site, row.at, row.name, row.phone)
        )
    return found


def _visitors(
    tx: Connection, site: str, known: dict[str, list[_RosterEntry]], said: set[str]
) -> Iterator[MatchProposal]:
    """Visitors of whom no roster knows and whose name one has, with the number not against it."""
    query = select(report_sessions.c.site, report_sessions.c.body, sites.c.name).join(
        sites, sites.c.id == report_sessions.c.site
    )
    if site:
        query = query.where(report_sessions.c.site == site)
    ids = {one.id for some in known.values() for one in some}
    counts: dict[str, int] = defaultdict(int)
    told: dict[str, tuple[str, str]] = {}
    for row in tx.execute(query.execution_options(yield_per=200)):
        for line in read_row(bytes(row.body), SessionReport).people:
            is_strange = line.standpoint is RosterStatus.VISITOR and line.visitor_name
            if is_strange and line.person not in ids and line.person not in said:
                counts[line.person] += 1
                told[line.person] = (line.visitor_name, row.name)
    for person, (name, site_name) in told.items():
        likely = known.get(match_form(name), [])
        if likely:
            yield MatchProposal(
                person, name, "", "", site_name, True, counts[person], _listed(likely)
            )


def _doubles(tx: Connection, site: str, said: set[str]) -> Iterator[MatchProposal]:
    """People of two rosters with one identity number, or one name and one telephone."""
    query = (
        select(people, sites.c.name.label("at"))
        .join(sites, sites.c.id == people.c.site)
        .where(people.c.active)
        .order_by(people.c.id)
    )
    first: dict[tuple[str, ...], _RosterEntry] = {}
    done: set[str] = set()
    for row in tx.execute(query):
        mine = _RosterEntry(row.id, row.site, row.at, row.name, row.phone)
        keys: list[tuple[str, ...]] = [("identity", row.identity)] if row.identity else []
        keys += [("phone", match_form(row.name), row.phone)] if row.phone else []
        for key in keys:
            other = first.setdefault(key, mine)
            if other.site == mine.site or {mine.id, other.id} & said or mine.id in done:
                continue
            if site in ("", mine.site, other.site):
                done.add(mine.id)
                tail = mine.phone[-TAIL:]
                yield MatchProposal(
                    mine.id, mine.name, tail, "", mine.site_name, False, 0, _listed([other])
                )


def _listed(known: Iterable[_RosterEntry]) -> tuple[LikelyPerson, ...]:
    return tuple(LikelyPerson(one.id, one.name, one.site_name, one.phone[-TAIL:]) for one in known)[
        :_MOST_LIKELY
    ]
