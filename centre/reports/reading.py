"""Reading the report: sessions with everyone in them, what waits, and branches of segments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy import Connection, select

from app.domain.attendance import Turnout
from app.domain.people import Person, as_then
from app.domain.playback import CourseShowing
from app.domain.recorded_twice import SessionSheet, SessionSheetLine, recorded_twice
from app.domain.session_record import PlayLine, SessionReport
from app.domain.sessions import Step
from app.wire.codec import read_row
from centre.areas import report_of_areas
from centre.interpretation.pending import interpret_waiting
from centre.reports.counting import count
from centre.service import Centre
from centre.sites import find_site
from centre.store.projection_tables import SESSIONS, held, report_sessions
from centre.store.tables import people, segments, sites, stations


@dataclass(frozen=True, slots=True)
class ReportPerson:
    """One person of a session; ``left_out`` says why they were not expected."""

    person: str
    name: str
    standpoint: str
    status: str | None
    left_out: str | None
    lane: str | None
    by: str
    at_ms: int | None
    claimed_ms: int | None
    late_entry: bool
    said_ms: int | None = None
    time_source: str = "clock"
    said_status: str | None = None
    """What the screen said at that moment, when ``status`` is another now."""


@dataclass(frozen=True, slots=True)
class ReportSession:
    """One session; ``people`` are listed ones first, ``visitors`` those on no list."""

    site: str
    site_name: str
    session: str
    plan: str | None
    kind: str
    title: str
    step: str
    planned_start_ms: int | None
    opened_ms: int | None
    closed_ms: int | None
    not_held_reason: str | None
    not_held_note: str
    expected: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    people: tuple[ReportPerson, ...]
    visitors: tuple[ReportPerson, ...]
    turnout: Turnout
    arrived: int
    in_room: int
    rate_percent: int | None
    plays: tuple[PlayLine, ...]
    notes: tuple[str, ...]
    agrees: bool | None
    held: dict[str, int]
    code: str = ""
    opened_said_ms: int | None = None
    opened_time_source: str = "clock"
    closed_said_ms: int | None = None
    closed_time_source: str = "clock"
    other_codes: tuple[str, ...] = ()
    """Codes of closings that do not hold; a paper may bear one of them."""
    showings: tuple[CourseShowing, ...] = ()
    """Each course once: what all its plays showed together."""


@dataclass(frozen=True, slots=True)
class Fork:
    """A segment with two branches, two segments from one place, or one under two stations."""

    site: str
    stations: tuple[str, ...]
    segments: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Move:
    """A PC that was let in at another site; what it wrote before stays the old site's."""

    station: str
    site: str
    to_station: str
    to_site: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class ReportMeeting:
    """A real session that was recorded twice: both sheets stay, nobody counts twice."""

    site: str
    plan: str
    sessions: tuple[str, ...]
    codes: tuple[str, ...]
    step: str
    turnout: Turnout
    arrived: int
    rate_percent: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """All that was asked for; ``held`` counts what waits outside any session too.

    ``copied`` and ``put_back`` count stations: two PCs spoke for one; its files were put back.
    """

    sessions: tuple[ReportSession, ...]
    held: dict[str, int]
    forks: tuple[Fork, ...]
    facts: int
    detached: int
    quarantined: int = 0
    copied: int = 0
    put_back: int = 0
    moves: tuple[Move, ...] = ()
    meetings: tuple[ReportMeeting, ...] = ()
    """Real sessions with more than one sheet among ``sessions``, everybody counted once."""
    areas: dict[str, object] = field(default_factory=dict)
    """What each area says, by its name."""


def read_report(centre: Centre, *, site: str = "", session: str = "") -> Report:
    """The report of everything, of one site (id or name), or of one session.

    What came in and was not read yet is read first. The rest is read out of indexed rows.

    Raises:
        NotFound: there is no such site.
    """
    interpret_waiting(centre, site)
    with centre.store.reading() as tx:
        chosen = find_site(tx, site).id if site else ""
        query = select(report_sessions, sites.c.name.label("site_name")).join(
            sites, sites.c.id == report_sessions.c.site
        )
        if chosen:
            query = query.where(report_sessions.c.site == chosen)
        if session:
            query = query.where(_is_named(session))
        order = (report_sessions.c.opened_ms, report_sessions.c.session)
        rows = tx.execute(query.order_by(*order)).all()
        names = _names(tx, chosen)
        waiting = _held_in_sessions(tx, chosen)
        sessions = tuple(
            _session(
                row.site,
                row.site_name,
                read_row(row.body, SessionReport),
                names,
                waiting.get((row.site, row.session), {}),
            )
            for row in rows
        )
        forks, moves = _forks(tx, chosen), _moves(tx, chosen)
        areas = report_of_areas(tx, chosen)
        held_here = _held(tx, chosen)
        twice = _meetings([(row.site, read_row(row.body, SessionReport)) for row in rows])
        return Report(
            sessions,
            held_here,
            forks,
            moves=moves,
            meetings=twice,
            areas=areas,
            **count(tx, chosen),
        )


def _meetings(told: Sequence[tuple[str, SessionReport]]) -> tuple[ReportMeeting, ...]:
    codes = {one.session: one.code for _, one in told if one.code}
    by_site: dict[str, list[SessionSheet]] = defaultdict(list)
    for site, one in told:
        lines = tuple(
            SessionSheetLine(
                line.person, line.standpoint, line.status, line.at_ms, line.visitor_name
            )
            for line in one.people
        )
        by_site[site].append(SessionSheet(one.session, one.plan, one.step, one.opened_ms, lines))
    return tuple(
        ReportMeeting(
            site,
            one.plan,
            one.sessions,
            tuple(codes[sheet] for sheet in one.sessions if sheet in codes),
            one.step.value,
            one.turnout,
            one.turnout.arrived,
            one.turnout.rate_percent,
        )
        for site, sheets in by_site.items()
        for one in recorded_twice(sheets)
    )


def _is_named(name: str) -> sa.ColumnElement[bool]:
    """The session of this id, or whose closings, valid or not, gave this session code."""
    said = name.strip().upper()
    if not _CODE.fullmatch(said):
        return report_sessions.c.session == name
    return report_sessions.c.body.contains(f'"{said}"'.encode())


_CODE = re.compile("[0-9A-Z]{4}-[0-9A-Z]{4}")
_OVER = (Step.CLOSED, Step.NOT_HELD)


@dataclass(frozen=True, slots=True)
class _Names:
    """What people are called, and those who were once called otherwise."""

    now: dict[str, str]
    changed: dict[str, Person]

    def of(self, person: str, told: SessionReport) -> str | None:
        """A person's name in a session; one that is over names people as they were then."""
        if told.step in _OVER and person in self.changed:
            return as_then(self.changed[person], told.opened_ms).name
        return self.now.get(person)


def _names(tx: Connection, site: str) -> _Names:
    own = people.c.site == site if site else sa.true()
    now = tx.execute(select(people.c.id, people.c.name).where(own))
    was = people.c.body.contains(b'"formerly":[{')
    changed = tx.execute(select(people.c.id, people.c.body).where(own, was))
    return _Names(
        {row.id: row.name for row in now},
        {row.id: read_row(row.body, Person) for row in changed},
    )


def _session(
    site: str,
    site_name: str,
    told: SessionReport,
    names: _Names,
    waiting: dict[str, int],
) -> ReportSession:
    lines = tuple(
        ReportPerson(
            person=one.person,
            name=names.of(one.person, told) or one.visitor_name,
            standpoint=one.standpoint.value,
            status=None if one.status is None else one.status.value,
            left_out=None if one.left_out is None else one.left_out.value,
            lane=None if one.lane is None else one.lane.value,
            by=one.by,
            at_ms=one.at_ms,
            claimed_ms=one.claimed_ms,
            late_entry=one.is_late_entry,
            said_ms=one.said_ms,
            time_source=one.time_source,
            said_status=None if one.said_status is None else one.said_status.value,
        )
        for one in told.people
    )
    return ReportSession(
        site=site,
        site_name=site_name,
        session=told.session,
        plan=told.plan,
        kind=told.kind,
        title=told.title,
        step=told.step.value,
        planned_start_ms=told.planned_start_ms,
        opened_ms=told.opened_ms,
        closed_ms=told.closed_ms,
        not_held_reason=None if told.not_held_reason is None else told.not_held_reason.value,
        not_held_note=told.not_held_note,
        expected=tuple(one.person for one in lines if one.standpoint == "expected"),
        left_out=tuple((one.person, one.left_out) for one in lines if one.left_out is not None),
        people=tuple(one for one in lines if one.standpoint != "visitor"),
        visitors=tuple(
            sorted((one for one in lines if one.standpoint == "visitor"), key=_when_they_came)
        ),
        turnout=told.turnout,
        arrived=told.turnout.arrived,
        in_room=told.turnout.in_room,
        rate_percent=told.turnout.rate_percent,
        plays=told.plays,
        showings=told.showings,
        notes=told.notes,
        agrees=told.agrees,
        held=waiting,
        code=told.code,
        other_codes=told.other_codes,
        opened_said_ms=told.opened_said_ms,
        opened_time_source=told.opened_time_source,
        closed_said_ms=told.closed_said_ms,
        closed_time_source=told.closed_time_source,
    )


def _when_they_came(one: ReportPerson) -> tuple[int, str]:
    return one.at_ms or 0, one.person


def _held(tx: Connection, site: str) -> dict[str, int]:
    query = select(held.c.reason, sa.func.count(held.c.arrival.distinct()).label("facts")).group_by(
        held.c.reason
    )
    if site:
        query = query.where(held.c.site == site)
    return {row.reason: row.facts for row in tx.execute(query.order_by(held.c.reason))}


def _held_in_sessions(tx: Connection, site: str) -> dict[tuple[str, str], dict[str, int]]:
    """Site and session → how many of its facts wait, by reason."""
    columns = (held.c.site, held.c.key.label("session"), held.c.reason)
    query = (
        select(*columns, sa.func.count().label("facts"))
        .where(held.c.projection == SESSIONS, held.c.key != "")
        .group_by(*columns)
        .order_by(*columns)
    )
    if site:
        query = query.where(held.c.site == site)
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in tx.execute(query):
        found.setdefault((row.site, row.session), {})[row.reason] = row.facts
    return found


def _forks(tx: Connection, site: str) -> tuple[Fork, ...]:
    own = segments.c.site == site if site else sa.true()
    query = select(segments).where(own, segments.c.forked)
    forks = [
        Fork(row.site, (row.station,), (row.segment,), "branches")
        for row in tx.execute(query.order_by(segments.c.station, segments.c.segment))
    ]
    forks += _shared(tx, own, segments.c.parent_hash, "siblings")
    forks += _shared(tx, own, segments.c.segment, "two_stations")
    return tuple(forks)


def _moves(tx: Connection, site: str) -> tuple[Move, ...]:
    """PCs that went from or to a site, by when."""
    after = stations.alias("after")
    query = (
        select(stations.c.id, stations.c.site, after.c.id, after.c.site, stations.c.moved_ms)
        .join(after, after.c.id == stations.c.moved_to)
        .order_by(stations.c.moved_ms, stations.c.id)
    )
    if site:
        query = query.where(sa.or_(stations.c.site == site, after.c.site == site))
    return tuple(Move(*row) for row in tx.execute(query))


def _shared(
    tx: Connection, own: sa.ColumnElement[bool], column: sa.Column[str], why: str
) -> list[Fork]:
    """Segments that share what only one should have."""
    other = segments.c.segment if column is segments.c.parent_hash else segments.c.station
    twice = (
        select(column)
        .where(own, column.is_not(None))
        .group_by(column)
        .having(sa.func.count(sa.distinct(other)) > 1)
    )
    query = select(segments).where(own, column.in_(twice)).order_by(column, other)
    groups: dict[str, list[sa.Row[tuple[str, str, str]]]] = {}
    for row in tx.execute(query):
        groups.setdefault(row._mapping[column.name], []).append(row)
    return [
        Fork(
            rows[0].site,
            tuple(dict.fromkeys(row.station for row in rows)),
            tuple(dict.fromkeys(row.segment for row in rows)),
            why,
        )
        for rows in groups.values()
    ]
