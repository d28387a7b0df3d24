"""Session lines at the centre: written when a session is folded, so that ledgers are sums in SQL.

Everything here is done under the site's lock. What the township says of something entered late is
looked up when its session is folded, and written into the lines when it is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.catalogue.kinds import kind_name
from app.areas.catalogue.values import Approval
from app.areas.hours.session_lines import (
    RETURNED,
    VISITED,
    SessionLine,
    held,
    held_minutes,
    session_lines,
    with_approvals,
)
from app.areas.people.person import Person, as_then
from app.areas.running.hints import HintKind, hints_of, list_mark
from app.areas.running.running import began_ms
from app.areas.sessions.kinds import kind_of
from app.areas.sessions.report import SessionReport
from app.areas.sessions.session import Step
from app.areas.turnout import seats
from app.areas.turnout.turnout import is_there, once
from app.domain.time import local_date
from app.wire.codec import read_row
from centre.feeds.scopes import site_scope
from centre.interpretation.credits import tell_homes
from centre.interpretation.projections.rows import KeyRows
from centre.store import projection_tables as tables
from centre.store.prepared import Prepared
from centre.store.tables import feed_rows, people

_OVER = (Step.CLOSED, Step.NOT_HELD)
_SUMS = KeyRows(tables.session_sums, ("site", "session"))
_LINES = KeyRows(tables.session_lines, ("site", "session"))
_own = tables.session_lines.c
_SAID = Prepared(
    select(feed_rows.c.body).where(
        feed_rows.c.scope == bindparam("scope"),
        feed_rows.c.kind == kind_name(Approval),
        feed_rows.c.key.in_(bindparam("keys", expanding=True)),
        feed_rows.c.body.is_not(None),
    ),
    lists=("keys",),
)
_PLAN_OF = Prepared(
    select(tables.session_sums.c.plan).where(
        tables.session_sums.c.site == bindparam("site"),
        tables.session_sums.c.session == bindparam("session"),
    )
)
_SHEETS = Prepared(
    select(tables.session_sums.c.session).where(
        tables.session_sums.c.site == bindparam("site"),
        tables.session_sums.c.plan == bindparam("plan"),
        tables.session_sums.c.step == Step.CLOSED.value,
    )
)
_OF_SHEETS = Prepared(
    select(tables.session_lines).where(
        _own.site == bindparam("site"), _own.session.in_(bindparam("sheets", expanding=True))
    ),
    lists=("sheets",),
)
_COUNTED = Prepared(
    update(tables.session_lines)
    .where(
        _own.site == bindparam("at"),
        _own.session == bindparam("of"),
        _own.person == bindparam("who"),
    )
    .values(came=bindparam("came"), seat=bindparam("seat"), sheets=bindparam("sheets"))
)
_LATE = Prepared(
    select(_own.session)
    .where(_own.site == bindparam("site"), _own.late_of == bindparam("key"))
    .distinct()
)

_PEOPLE = Prepared(
    select(people.c.id, people.c.unit, people.c.body).where(
        people.c.id.in_(bindparam("named", expanding=True))
    ),
    lists=("named",),
)
_STANDPOINTS = {
    RosterStatus.EXPECTED.value: seats.EXPECTED,
    RosterStatus.LEFT_OUT.value: seats.LEFT_OUT,
    RosterStatus.VISITOR.value: seats.VISITOR,
}


def write_lines(tx: Connection, site: str, report: SessionReport) -> None:
    """Have just the lines of a session's report there, and what they are with its other sheets."""
    lines = session_lines(report, site)
    keys = sorted({one.late_of for one in lines if one.late_of})
    if keys:
        rows = _SAID.all(tx, {"scope": site_scope(site), "keys": keys})
        words = (read_row(row.body, Approval) for row in rows)
        said = {one.id: one.state.value for one in words if not one.stopped}
        lines = with_approvals(lines, said)
    key = {"site": site, "session": report.session}
    _SUMS.replace(tx, key, _sum_of(report) if report.step in _OVER else ())
    units = _units_then(tx, lines)
    _LINES.replace(tx, key, (_row(one, units.get(one.person, "")) for one in lines))
    tell_homes(tx, site, report.session, lines)
    _count_sheets(tx, site, report.plan or "")


def forget_lines(tx: Connection, site: str, session: str) -> None:
    """Nothing of a session counts any more."""
    key = {"site": site, "session": session}
    row = _PLAN_OF.one(tx, key)
    _SUMS.replace(tx, key, ())
    _LINES.replace(tx, key, ())
    tell_homes(tx, site, session, ())
    _count_sheets(tx, site, "" if row is None else row.plan)


def approve_lines(tx: Connection, site: str, key: str, state: str) -> None:
    """Write down what was said of something entered late: a session's id or a mark's hash."""
    for row in _LATE.all(tx, {"site": site, "key": key}):
        held_rows = _OF_SHEETS.all(tx, {"site": site, "sheets": [row.session]})
        own = (
            _row(replace(line_of_row(one), approval=state), one.unit)
            if one.late_of == key
            else one._asdict()
            for one in held_rows
        )
        _LINES.replace(tx, {"site": site, "session": row.session}, own)
        plan = _PLAN_OF.one(tx, {"site": site, "session": row.session})
        _count_sheets(tx, site, "" if plan is None else plan.plan)


def line_of_row(row: Any) -> SessionLine:
    """A row as the line it is; what stands in its session's row is left empty."""
    return SessionLine(
        person=row.person,
        session=row.session,
        site=row.site,
        day=row.day,
        kind=row.kind,
        title=getattr(row, "title", ""),
        status=row.status,
        standpoint=row.standpoint,
        from_ms=row.from_ms,
        to_ms=row.to_ms,
        minutes=row.minutes,
        training_class=getattr(row, "training_class", ""),
        campaign=getattr(row, "campaign", ""),
        left_out=row.left_out,
        plan=getattr(row, "plan", ""),
        lessons=row.lessons,
        late_of=row.late_of,
        approval=row.approval,
    )


def _count_sheets(tx: Connection, site: str, plan: str) -> None:
    """Of several sheets of one plan each person counts on one of them."""
    if not plan:
        return
    sheets = [row.session for row in _SHEETS.all(tx, {"site": site, "plan": plan})]
    if not sheets:
        return
    rows = _OF_SHEETS.all(tx, {"site": site, "sheets": sheets})
    if len(sheets) == 1 and all(row.sheets == 1 for row in rows):
        return
    own, longest = _counted(rows, plan)
    changed = []
    for row in rows:
        at = row.session, row.person
        told = (int(at in longest), own.get(at, 0), len(sheets))
        if (row.came, row.seat, row.sheets) != told:
            place = {"at": site, "of": row.session, "who": row.person}
            changed.append({**place, **dict(zip(("came", "seat", "sheets"), told, strict=True))})
    _COUNTED.run_many(tx, changed)


def _counted(
    rows: Sequence[Any], plan: str
) -> tuple[dict[tuple[str, str], int], set[tuple[str, str]]]:
    """On which sheet each person has which seat, and which of their lines is the longest."""
    lines = [replace(line_of_row(row), plan=plan) for row in rows]
    own = {(one.session, one.person): _seat(one) for one in once(lines)}
    longest: dict[str, SessionLine] = {}
    for one in sorted(lines, key=lambda one: (-one.minutes, one.from_ms, one.session)):
        if one.counts:
            longest.setdefault(one.person, one)
    return own, {(one.session, one.person) for one in longest.values()}


def _seat(line: SessionLine) -> int:
    """How turnout counts a line; 0 when it was sent back."""
    if line.approval == RETURNED:
        return 0
    return (
        seats.SEATED
        | _STANDPOINTS.get(line.standpoint, 0)
        | (seats.CAME if is_there(line) else 0)
        | (seats.ON_LEAVE if _is_excused(line) else 0)
        | (seats.PENDING if line.is_pending else 0)
        | (seats.VISITED if line.status == VISITED else 0)
    )


def _is_excused(line: SessionLine) -> bool:
    return line.status == Status.ON_LEAVE and line.standpoint == RosterStatus.EXPECTED


def _units_then(tx: Connection, lines: Iterable[SessionLine]) -> dict[str, str]:
    """Person → the unit they were in when the session was held."""
    own = {one.person: one.from_ms for one in lines}
    found = {}
    for row in _PEOPLE.all(tx, {"named": sorted(own)}) if own else ():
        found[row.id] = row.unit
        if b'"formerly":[{' in bytes(row.body):
            then = as_then(read_row(bytes(row.body), Person), own[row.id]).units
            found[row.id] = then[0] if then else ""
    return found


def _row(line: SessionLine, unit: str) -> dict[str, object]:
    return {
        "person": line.person,
        "day": line.day,
        "kind": line.kind,
        "status": line.status,
        "standpoint": line.standpoint,
        "left_out": line.left_out,
        "late_of": line.late_of,
        "approval": line.approval,
        "from_ms": line.from_ms,
        "to_ms": line.to_ms,
        "minutes": line.minutes,
        "lessons": line.lessons,
        "came": int(line.counts),
        "sheets": 1,
        "seat": _seat(line),
        "unit": unit,
    }


def _sum_of(report: SessionReport) -> Iterator[dict[str, object]]:
    is_closed = report.step is Step.CLOSED
    from_ms, to_ms = held(report) if is_closed else (began_ms(report), began_ms(report))
    yield {
        "step": report.step.value,
        "day": local_date(from_ms).isoformat(),
        "kind": kind_of(report.kind).value,
        "title": report.title,
        "plan": report.plan or "",
        "training_class": report.training_class,
        "campaign": report.campaign,
        "units": json.dumps(report.units),
        "from_ms": from_ms,
        "to_ms": to_ms,
        "minutes": held_minutes(report) if is_closed else 0,
        "expected": report.turnout.expected,
        "arrived": report.turnout.arrived,
        "in_room": report.turnout.in_room,
        "heads": sum(one.count for one in report.activities.heads),
        "plays": len(report.plays),
        "not_held": "" if report.not_held_reason is None else report.not_held_reason.value,
        "late_of": "" if report.activities.late is None else report.session,
        "list_mark": list_mark(report) if is_closed else "",
        "hints": _hints(hints_of(report)),
    }


def _hints(noticed: Iterable[Any]) -> str:
    """Kinds in order; whether one was answered stands in the report."""
    order = [one.value for one in HintKind]
    return " ".join(sorted((one.kind.value for one in noticed), key=order.index))
