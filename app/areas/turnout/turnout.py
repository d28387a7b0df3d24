"""Turnout over several sessions: from each session's frozen list only, never from today's roster.

Attendances and people are told apart, as are the reasons for which people were left
out. A real session with two sheets counts each person once. What was sent back counts nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.hours.session_lines import CAME, RETURNED, SessionLine
from app.domain.values import dataclass

LISTED_FIRST = {
    RosterStatus.EXPECTED.value: 0,
    RosterStatus.LEFT_OUT.value: 1,
    RosterStatus.VISITOR.value: 2,
    "": 3,
}
"""Of two sheets the one on which somebody stood higher says how they were listed."""


@dataclass(frozen=True, slots=True)
class TurnoutSum:
    """What some sessions come to; every figure counts lines of ``sessions``."""

    sessions: tuple[str, ...]
    expected: int
    arrived: int
    on_leave: int
    absent: int
    left_out: tuple[tuple[str, int], ...]
    """Reason → how often somebody was left out for it."""
    left_out_came: int
    visitors: int
    people: int
    """How many different people took part, visitors too."""
    expected_people: int
    """How many different people were expected at least once."""
    seen_people: int
    """How many of those came at least once."""
    pending: int
    """How many attendances still wait for approval."""

    @property
    def attendances(self) -> int:
        """How often somebody took part."""
        return self.arrived + self.left_out_came + self.visitors

    @property
    def rate_percent(self) -> int | None:
        """Whole percent of those expected who came; None when nobody was expected."""
        return self.arrived * 100 // self.expected if self.expected else None

    @property
    def participation_percent(self) -> int | None:
        """Whole percent of the people expected who came at least once."""
        if not self.expected_people:
            return None
        return self.seen_people * 100 // self.expected_people


def turnout_of(lines: Iterable[SessionLine]) -> TurnoutSum:
    """What all of these lines come to."""
    held = once(lines)
    expected = [one for one in held if one.standpoint == RosterStatus.EXPECTED]
    left_out = [one for one in held if one.standpoint == RosterStatus.LEFT_OUT]
    visitors = [one for one in held if one.standpoint == RosterStatus.VISITOR and is_there(one)]
    arrived = [one for one in expected if is_there(one)]
    came = [*arrived, *(one for one in left_out if is_there(one)), *visitors]
    on_leave = sum(one.status == Status.ON_LEAVE for one in expected)
    reasons: dict[str, int] = defaultdict(int)
    for one in left_out:
        reasons[one.left_out] += 1
    return TurnoutSum(
        sessions=tuple(sorted({one.session for one in held})),
        expected=len(expected),
        arrived=len(arrived),
        on_leave=on_leave,
        absent=len(expected) - len(arrived) - on_leave,
        left_out=tuple(sorted(reasons.items())),
        left_out_came=len(came) - len(arrived) - len(visitors),
        visitors=len(visitors),
        people=len({one.person for one in came}),
        expected_people=len({one.person for one in expected}),
        seen_people=len({one.person for one in arrived}),
        pending=sum(one.is_pending for one in came),
    )


def turnout_by(
    lines: Iterable[SessionLine], key: Callable[[SessionLine], Iterable[str]]
) -> dict[str, TurnoutSum]:
    """The same by a key of each line – its session, branch, class, campaign or month; a line with
    several keys counts under each, one without in none."""
    parts: dict[str, list[SessionLine]] = defaultdict(list)
    for one in once(lines):
        for name in key(one):
            parts[name].append(one)
    return {name: turnout_of(its) for name, its in sorted(parts.items())}


def once(lines: Iterable[SessionLine]) -> tuple[SessionLine, ...]:
    """One line a person and real session; sheets of one plan of a site are one session."""
    sheets: dict[tuple[str, str, str], list[SessionLine]] = defaultdict(list)
    for one in lines:
        if one.approval != RETURNED:
            held = f"{one.site} {one.plan}" if one.plan else one.session
            sheets[held, "plan" if one.plan else "", one.person].append(one)
    return tuple(_merged(its) for its in sheets.values())


def is_there(line: SessionLine) -> bool:
    """Whether somebody came to the session; being visited is told apart."""
    return line.status in CAME and line.status != "visited"


def _merged(lines: Sequence[SessionLine]) -> SessionLine:
    """Whoever was expected on one sheet was expected; having come beats leave, leave absence."""
    if len(lines) == 1:
        return lines[0]
    listed = min(lines, key=lambda one: (LISTED_FIRST[one.standpoint], one.from_ms, one.session))
    told = min(lines, key=lambda one: (_precedence(one), one.from_ms, one.session))
    return replace(
        told, standpoint=listed.standpoint, left_out=listed.left_out, session=listed.session
    )


def _precedence(line: SessionLine) -> int:
    if is_there(line):
        return 0
    return 1 if line.status == Status.ON_LEAVE else 2 if line.status else 3
