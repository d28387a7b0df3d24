"""One real session that was recorded twice: two sheets of one plan, counted as one.

It happens when the disk was put back to before the session was opened while the station was
off-line, and when two PCs of one site open the same planned session. Both sheets stay as they
are; what is counted over sessions counts each person once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from app.areas.attendance.marks import PRESENCE, RosterStatus, Status, Turnout, count_turnout
from app.areas.sessions.session import Step
from app.domain.written_forms import match_form

_NEVER = 1 << 62
_LISTED_FIRST = (RosterStatus.EXPECTED, RosterStatus.LEFT_OUT, RosterStatus.VISITOR)


class SessionSheetLine(NamedTuple):
    """One person on one sheet; ``visitor_name`` only of somebody who was taken in there."""

    person: str
    standpoint: RosterStatus
    status: Status | None
    at_ms: int | None = None
    visitor_name: str = ""


class SessionSheet(NamedTuple):
    """One recorded session of a site, as far as it matters here."""

    session: str
    plan: str | None
    step: Step
    opened_ms: int | None
    lines: tuple[SessionSheetLine, ...]


class Meeting(NamedTuple):
    """A real session with more than one sheet; ``sessions`` in the order of their opening."""

    plan: str
    sessions: tuple[str, ...]
    step: Step
    """Closed as soon as one of them is."""
    turnout: Turnout


def recorded_twice(sheets: Iterable[SessionSheet]) -> tuple[Meeting, ...]:
    """The real sessions among ``sheets`` of one site that have more than one sheet.

    A plan is held once: sheets of the same plan whose sign-in was opened are one session, unless
    it was recorded that one of them was not held.
    """
    by_plan: dict[str, list[SessionSheet]] = defaultdict(list)
    for one in sheets:
        if one.plan is not None and one.opened_ms is not None and one.step is not Step.NOT_HELD:
            by_plan[one.plan].append(one)
    return tuple(_meeting(plan, same) for plan, same in by_plan.items() if len(same) > 1)


def _meeting(plan: str, same: list[SessionSheet]) -> Meeting:
    same.sort(key=lambda one: (one.opened_ms, one.session))
    steps = [one.step for one in same]
    step = Step.CLOSED if Step.CLOSED in steps else steps[-1]
    lines = [line for one in same for line in one.lines]
    return Meeting(plan, tuple(one.session for one in same), step, count_once(lines))


def count_once(lines: Sequence[SessionSheetLine]) -> Turnout:
    """The turnout of people who may stand on several sheets, each counted once.

    Whoever was expected on one of them was expected. Having come beats leave, leave beats absent;
    of two arrivals the earlier one holds. A visitor is known again by the name.
    """
    one_of = _known_again(lines)
    by_person: dict[str, list[SessionSheetLine]] = defaultdict(list)
    for line in lines:
        by_person[one_of(line.person)].append(line)
    return count_turnout(tuple((_standpoint(its), _status(its), 1) for its in by_person.values()))


def _known_again(lines: Iterable[SessionSheetLine]) -> Callable[[str], str]:
    """From a person's id to the one id of all who are the same: visitors are by their name."""
    joined: dict[str, str] = {}

    def one_of(person: str) -> str:
        while person in joined:
            person = joined[person]
        return person

    by_name: dict[str, str] = {}
    for line in lines:
        name = match_form(line.visitor_name)
        if name:
            known = one_of(by_name.setdefault(name, line.person))
            if known != one_of(line.person):
                joined[one_of(line.person)] = known
    return one_of


def _standpoint(lines: list[SessionSheetLine]) -> RosterStatus:
    return min((one.standpoint for one in lines), key=_LISTED_FIRST.index)


def _status(lines: list[SessionSheetLine]) -> Status | None:
    told = [one for one in lines if one.status is not None]
    return None if not told else min(told, key=_precedence).status


def _precedence(line: SessionSheetLine) -> tuple[int, int]:
    at_ms = _NEVER if line.at_ms is None else line.at_ms
    if line.status in PRESENCE:
        return 0, at_ms
    return (1, -at_ms) if line.status is Status.ON_LEAVE else (2, 0)
