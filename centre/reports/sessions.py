"""Sessions in the report: the domain's record of each, and what only the centre adds to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, select

from app.areas.attendance.marks import RosterStatus, Turnout
from app.areas.catalogue.values import Approval
from app.areas.people.person import Person, as_then
from app.areas.people.record import PEOPLE
from app.areas.sessions.approval import LateState, state_of_late_entry, state_of_late_session
from app.areas.sessions.recorded_twice import SessionSheet, SessionSheetLine, recorded_twice
from app.areas.sessions.report import PersonLine, SessionReport
from app.areas.sessions.session import Step
from app.domain.values import dataclass
from app.wire.codec import read_row, write_row
from centre.approvals.reading import approvals_of
from centre.store.projection_tables import DISPOSABLE, SESSIONS, held, report_sessions
from centre.store.tables import people, sites

_CODE = re.compile("[0-9A-Z]{4}-[0-9A-Z]{4}")
_OVER = (Step.CLOSED, Step.NOT_HELD)
_Waiting = dict[tuple[str, str], dict[str, int]]


@dataclass(frozen=True, slots=True)
class ReportPerson(PersonLine):
    """One person of a session; ``name`` is the roster's, or a visitor's own."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class ReportSession(SessionReport):
    """The record of one session, where it was, and how many of its facts wait, by reason.

    It is decoded from the same bytes as the record; ``people`` bear names here.
    """

    people: tuple[ReportPerson, ...]
    site: str = ""
    site_name: str = ""
    held: dict[str, int] = field(default_factory=dict)
    late: LateState | None = None
    """How it stands when it was written down afterwards."""
    pending: int = 0
    """People whose attendance waits to be approved."""

    @property
    def listed(self) -> tuple[ReportPerson, ...]:
        """Everybody on the roster, expected or left out."""
        return tuple(one for one in self.people if one.standpoint is not RosterStatus.VISITOR)

    @property
    def visitors(self) -> tuple[ReportPerson, ...]:
        """Those on no list, in the order in which they came."""
        came = [one for one in self.people if one.standpoint is RosterStatus.VISITOR]
        return tuple(sorted(came, key=lambda one: (one.at_ms or 0, one.person)))

    @property
    def expected(self) -> tuple[str, ...]:
        """The ids of those expected."""
        return tuple(one.person for one in self.people if one.standpoint is RosterStatus.EXPECTED)

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """The ids of those who were not expected, each with the reason."""
        return tuple((one.person, one.left_out) for one in self.people if one.left_out is not None)


@dataclass(frozen=True, slots=True)
class ReportMeeting:
    """A real session that was recorded twice: both sheets stay, nobody counts twice."""

    site: str
    plan: str
    sessions: tuple[str, ...]
    codes: tuple[str, ...]
    step: Step
    turnout: Turnout


def read_sessions(
    tx: Connection, site: str, named: str, span: tuple[int, int] | None = None
) -> tuple[ReportSession, ...]:
    """The sessions of one site, or of all when it is empty; of this id or session code if any is
    ``named``. In the order of their opening. With a ``span`` (ms UTC) those opened outside it are
    left out, unless they were entered afterwards."""
    names = _names(tx, site)
    waiting = _waiting(tx, site)
    query = select(report_sessions.c.site, report_sessions.c.body, sites.c.name).join(
        sites, sites.c.id == report_sessions.c.site
    )
    if site:
        query = query.where(report_sessions.c.site == site)
    if named:
        query = query.where(_is_named(named))
    if span is not None:
        opened, body = report_sessions.c.opened_ms, report_sessions.c.body
        is_late = body.contains(b'"late":{')
        within = sa.and_(opened >= span[0], opened < span[1])
        query = query.where(sa.or_(within, opened.is_(None), is_late))
    rows = tx.execute(query.order_by(report_sessions.c.opened_ms, report_sessions.c.session))
    words = approvals_of(tx, site)
    return tuple(_read(row, names, waiting, words) for row in rows)


def _read(
    row: Any, names: _Names, waiting: _Waiting, words: Mapping[str, Approval]
) -> ReportSession:
    told = read_row(row.body, ReportSession)
    late = late_state_of(told, words)
    return replace(
        told,
        late=late,
        pending=pending_of(told, words),
        site=row.site,
        site_name=row.name,
        held=waiting.get((row.site, told.session), {}),
        people=tuple(
            replace(one, name=names.of(one.person, told) or one.visitor_name) for one in told.people
        ),
    )


def late_state_of(told: SessionReport, words: Mapping[str, Approval]) -> LateState | None:
    """How a session stands that was written down afterwards; None for one held at the PC."""
    if told.activities.late is None:
        return None
    return state_of_late_session(told.step, words.get(told.session))


def pending_of(told: SessionReport, words: Mapping[str, Approval]) -> int:
    """How many people's attendance waits to be approved."""
    late = late_state_of(told, words)
    if late is not None:
        return told.turnout.in_room if late in (LateState.DRAFT, LateState.PENDING) else 0
    marks = (one.late_mark for one in told.people if one.late_mark)
    return sum(state_of_late_entry(words.get(one)) is LateState.PENDING for one in marks)


def meetings_of(
    tx: Connection, told: Iterable[ReportSession], *, are_all: bool
) -> tuple[ReportMeeting, ...]:
    """The real sessions with more than one sheet, one of them ``told``; everybody counted once.

    Unless those told ``are_all``, other sheets of their plans are looked for.
    """
    same: dict[str, dict[str, SessionReport]] = defaultdict(dict)
    for one in told:
        same[one.site][one.session] = one
        if one.plan is not None and not are_all:
            others = _of_plan(tx, one.site, one.plan)
            same[one.site] |= {other.session: other for other in others}
    return tuple(
        ReportMeeting(
            site,
            one.plan,
            one.sessions,
            tuple(code for name in one.sessions if (code := sheets[name].code)),
            one.step,
            one.turnout,
        )
        for site, sheets in same.items()
        for one in recorded_twice(map(_sheet, sheets.values()))
    )


def _of_plan(tx: Connection, site: str, plan: str) -> list[SessionReport]:
    """The sheets of one plan: a record's bytes name it once."""
    body = report_sessions.c.body
    named = body.contains(b'"plan":' + write_row(plan))
    rows = tx.scalars(select(body).where(report_sessions.c.site == site, named))
    return [one for one in (read_row(row, SessionReport) for row in rows) if one.plan == plan]


def _sheet(told: SessionReport) -> SessionSheet:
    lines = tuple(
        SessionSheetLine(one.person, one.standpoint, one.status, one.at_ms, one.visitor_name)
        for one in told.people
    )
    return SessionSheet(told.session, told.plan, told.step, told.opened_ms, lines)


def _is_named(name: str) -> sa.ColumnElement[bool]:
    """The session of this id, or whose closings, valid or not, gave this session code."""
    said = name.strip().upper()
    if not _CODE.fullmatch(said):
        return report_sessions.c.session == name
    return report_sessions.c.body.contains(f'"{said}"'.encode())


@dataclass(frozen=True, slots=True)
class _Names:
    """What people are called, and those who were once called otherwise."""

    now: dict[str, str]
    changed: dict[str, Person]

    def of(self, person: str, told: SessionReport) -> str:
        """A person's name in a session; one that is over names people as they were then."""
        if told.step in _OVER and person in self.changed:
            late = told.activities.late
            then_ms = told.opened_ms if late is None else late.held_from_ms
            return as_then(self.changed[person], then_ms).name
        return self.now.get(person, "")


def _names(tx: Connection, site: str) -> _Names:
    own = people.c.site == site if site else sa.true()
    now = tx.execute(select(people.c.id, people.c.name).where(own))
    proposed = DISPOSABLE[PEOPLE.name].tables[0]
    said = select(proposed.c.person, proposed.c.name).where(proposed.c.name != "")
    if site:
        said = said.where(proposed.c.site == site)
    new = tx.execute(said.order_by(proposed.c.place))
    was = people.c.body.contains(b'"formerly":[{')
    changed = tx.execute(select(people.c.id, people.c.body).where(own, was))
    return _Names(
        {row.person: row.name for row in new} | {row.id: row.name for row in now},
        {row.id: read_row(row.body, Person) for row in changed},
    )


def _waiting(tx: Connection, site: str) -> _Waiting:
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
    found: _Waiting = defaultdict(dict)
    for row in tx.execute(query):
        found[row.site, row.session][row.reason] = row.facts
    return found
