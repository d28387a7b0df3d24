"""Session lines: one person in one closed session, which every ledger adds up.

Station and centre make them of a session's record by this one function, and keep them as rows. A
line is about the session as it was held: nothing of today's roster enters it. Times are ms UTC.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.areas.attendance.marks import PRESENCE, Status
from app.areas.sessions.activities import VisitLine
from app.areas.sessions.kinds import RULES, MinutesSource, kind_of
from app.areas.sessions.report import PersonLine, SessionReport
from app.areas.sessions.session import Step
from app.domain.time import local_date
from app.domain.values import dataclass

VISITED = "visited"
"""The status of somebody who was visited at home; it counts as having taken part (domain a 1.10)."""
CAME = frozenset({*(one.value for one in PRESENCE), VISITED})
"""Statuses of whoever took part."""
PENDING, APPROVED, RETURNED = "pending", "approved", "returned"
"""What was entered late waits for the township's word, has it, or was sent back (domain d 12)."""
_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One person in one closed session."""

    person: str
    session: str
    site: str
    day: str
    """The local ISO date on which it was held."""
    kind: str
    title: str
    status: str
    """As in the report; ``visited``; empty of somebody left out who did not come."""
    standpoint: str
    """Expected, left out or visitor; empty of somebody on no list: visited, or who taught."""
    from_ms: int
    to_ms: int
    minutes: int
    """How long whoever took part was there; 0 of all others."""
    units: tuple[str, ...] = ()
    """The units for which the session was."""
    training_class: str = ""
    campaign: str = ""
    left_out: str = ""
    """Why somebody was not expected."""
    plan: str = ""
    lessons: int = 0
    """How many lectures the person gave in it."""
    late_of: str = ""
    """What was entered late: the session's id, or the hash of the person's mark; else empty."""
    approval: str = ""
    """Of what was entered late; empty of all others."""

    @property
    def came(self) -> bool:
        """Whether the person took part."""
        return self.status in CAME

    @property
    def is_pending(self) -> bool:
        """Whether it was entered late and nobody said yet whether that holds."""
        return self.approval == PENDING

    @property
    def counts(self) -> bool:
        """Whether it counts as having taken part; what was sent back does not."""
        return self.came and self.approval != RETURNED


def session_lines(report: SessionReport, site: str) -> tuple[SessionLine, ...]:
    """The lines of a closed session; none of any other."""
    if report.step is not Step.CLOSED:
        return ()
    from_ms, to_ms = held(report)
    whole = held_minutes(report)
    visits = _visits(report.activities.visits)
    setting: dict[str, Any] = {
        "session": report.session,
        "site": site,
        "day": local_date(from_ms).isoformat(),
        "kind": kind_of(report.kind).value,
        "title": report.title,
        "from_ms": from_ms,
        "to_ms": to_ms,
        "units": report.units,
        "training_class": report.training_class,
        "campaign": report.campaign,
        "plan": report.plan or "",
    }
    of_session = "" if report.activities.late is None else report.session
    lessons = Counter(one.person for one in report.activities.lectures if one.person)
    lines = []
    for one in report.people:
        visit = visits.pop(one.person, None)
        lines.append(_line(setting, one, whole, visit, of_session, lessons[one.person]))
    listed = {one.person for one in lines}
    others = {who: (Status.PRESENT.value, whole) for who in lessons if who not in listed}
    lines += [
        SessionLine(
            **setting,
            person=who,
            status=status,
            standpoint="",
            minutes=minutes,
            lessons=lessons[who],
            late_of=of_session,
            approval=PENDING if of_session else "",
        )
        for who, (status, minutes) in {**others, **visits}.items()
    ]
    return tuple(lines)


def with_approvals(
    lines: Iterable[SessionLine], said: Mapping[str, str]
) -> tuple[SessionLine, ...]:
    """The lines with what the township or county ``said`` (a state by what it is about)."""
    return tuple(
        replace(one, approval=said.get(one.late_of, PENDING)) if one.late_of else one
        for one in lines
    )


def held(report: SessionReport) -> tuple[int, int]:
    """From when to when a closed session was held: as it was written afterwards, else from the
    opening to the close."""
    late = report.activities.late
    if late is not None:
        return late.held_from_ms, max(late.held_to_ms, late.held_from_ms)
    closed = report.closed_ms or 0
    opened = closed if report.opened_ms is None else report.opened_ms
    return opened, max(closed, opened)


def held_minutes(report: SessionReport) -> int:
    """How many minutes a session was: what its lectures sum up to where its kind is given minutes,
    else, and for all others, how long it was held."""
    from_ms, to_ms = held(report)
    if RULES[kind_of(report.kind)].minutes is MinutesSource.GIVEN:
        given = sum(max(one.minutes, 0) for one in report.activities.lectures)
        if given:
            return given
    return (to_ms - from_ms) // _MINUTE_MS


def _visits(visits: Iterable[VisitLine]) -> dict[str, tuple[str, int]]:
    """Who was visited, and who visited, with the minutes of it; a helper's visits add up."""
    found: dict[str, tuple[str, int]] = {}
    for one in visits:
        found[one.person] = (VISITED, max(one.minutes, 0))
    for one in visits:
        if one.by and one.by != one.person:
            _, before = found.get(one.by, ("", 0))
            found[one.by] = (Status.PRESENT.value, before + max(one.minutes, 0))
    return found


def _line(  # noqa: PLR0913 - what a line is made of
    setting: dict[str, Any],
    told: PersonLine,
    whole: int,
    visit: tuple[str, int] | None,
    late_of: str,
    lessons: int,
) -> SessionLine:
    status = "" if told.status is None else told.status.value
    minutes = whole if status in CAME else 0
    if visit is not None:
        minutes = visit[1]
        status = status if status in CAME else visit[0]
    late_of = late_of or told.late_mark
    return SessionLine(
        **setting,
        person=told.person,
        status=status,
        standpoint=told.standpoint.value,
        minutes=minutes,
        left_out="" if told.left_out is None else str(told.left_out),
        lessons=lessons,
        late_of=late_of,
        approval=PENDING if late_of else "",
    )
