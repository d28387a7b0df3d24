"""The evidence sheet of one person and year for the annual review (domain a 1.12): what was
attended, given, practised and visited, with the sessions behind each line. It has no score and
compares nobody with anybody (domain i-2)."""

from __future__ import annotations

from collections.abc import Iterable

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.hours.hours import HoursAccount
from app.areas.hours.session_lines import VISITED, SessionLine
from app.areas.sessions.kinds import SessionKind
from app.areas.turnout.turnout import is_there, once
from app.domain.values import dataclass

PRACTICE_KINDS = frozenset({SessionKind.PRACTICE.value, SessionKind.ROUTE.value})


@dataclass(frozen=True, slots=True)
class YearlySheet:
    """One person's year; each part names its sessions, in the order of their days."""

    person: str
    year: int
    hours: HoursAccount
    expected: tuple[str, ...]
    attended: tuple[str, ...]
    """All that the person came to, expected or not."""
    on_leave: tuple[str, ...]
    absent: tuple[str, ...]
    left_out: tuple[tuple[str, int], ...]
    """Reason → how often the person was not expected for it."""
    lessons: tuple[str, ...]
    """In which sessions the person gave a lesson; one with two stands twice."""
    practice: tuple[str, ...]
    visits: tuple[str, ...]
    """In which sessions the person was visited."""
    kinds: tuple[tuple[str, int], ...]
    """Kind → how many sessions of it the person came to."""
    pending: tuple[str, ...]


def yearly_sheet(
    person: str, year: int, lines: Iterable[SessionLine], hours: HoursAccount
) -> YearlySheet:
    """The sheet from a person's lines (others' are left aside) and their hours of the year."""
    own = [one for one in lines if one.person == person and one.day[:4] == f"{year:04}"]
    held = sorted(once(own), key=lambda one: (one.day, one.from_ms, one.session))
    came = [one for one in held if is_there(one)]
    expected = [one for one in held if one.standpoint == RosterStatus.EXPECTED]
    return YearlySheet(
        person=person,
        year=year,
        hours=hours,
        expected=_ids(expected),
        attended=_ids(came),
        on_leave=_ids(one for one in expected if one.status == Status.ON_LEAVE),
        absent=_ids(one for one in expected if not is_there(one) and one.status != Status.ON_LEAVE),
        left_out=_counted(one.left_out for one in held if one.standpoint == RosterStatus.LEFT_OUT),
        lessons=tuple(one.session for one in held for _ in range(one.lessons)),
        practice=_ids(one for one in came if one.kind in PRACTICE_KINDS),
        visits=_ids(one for one in held if one.status == VISITED),
        kinds=_counted(one.kind for one in came),
        pending=_ids(one for one in held if one.is_pending),
    )


def _ids(lines: Iterable[SessionLine]) -> tuple[str, ...]:
    return tuple(one.session for one in lines)


def _counted(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    told = sorted(words)
    return tuple((one, told.count(one)) for one in dict.fromkeys(told))
