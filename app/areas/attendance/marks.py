"""Attendance: one slot for each person in a session, and how marks fill it.

A mark is never changed: a correction voids it by name and marks anew, and the
trail stays. The slot's state is the outcome of the marks that are not voided, the
same whatever way they came:

* a presence mark (present, late, late entry) beats leave;
* of several presence marks the first in journal order holds – once per person; of two that were
  written side by side, on two copies of a disk, the earlier one, and of two whose clocks were
  doubted the first in journal order;
* of several leave marks the last holds;
* with no mark, a closed session makes an expected person absent.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from app.domain.ids import FactHash, PersonId
from app.domain.personal import LeaveKind
from app.domain.values import dataclass


class Status(StrEnum):
    """How a person stands in a session (glossary; S5)."""

    PRESENT = "present"
    LATE = "late"
    ON_LEAVE = "on_leave"
    ABSENT = "absent"
    LATE_ENTRY = "late_entry"


class Capacity(StrEnum):
    """As what somebody takes part, when it is said (domain a 3.6): never more hours by it."""

    ORDINARY_MEMBER = "ordinary_member"
    """Who leads takes part as an ordinary member."""
    DUAL_LIFE = "dual_life"
    """They take part in the life of a second branch too."""


class Lane(StrEnum):
    """By which way a mark came."""

    PHONE_TAIL = "phone_tail"
    NAME_WALL = "name_wall"
    ROLL_CALL = "roll_call"
    SCANNER = "scanner"


class RosterStatus(StrEnum):
    """In what relation to the frozen list someone is in the room."""

    EXPECTED = "expected"
    LEFT_OUT = "left_out"
    """On the roster, but not expected tonight (frail, away, on leave): welcome all the same."""
    VISITOR = "visitor"


PRESENCE = frozenset({Status.PRESENT, Status.LATE, Status.LATE_ENTRY})


@dataclass(frozen=True, slots=True)
class Mark:
    """One act of marking; ``id`` is its fact's hash, ``at_ms`` wall ms since 1970 UTC."""

    id: FactHash
    person: PersonId
    status: Status
    lane: Lane
    by: str
    at_ms: int
    leave: LeaveKind | None = None
    is_sure: bool = True
    """Whether ``at_ms`` can be believed."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What holds for a person now: the mark in force, or none."""

    person: PersonId
    in_force: Mark | None

    @property
    def is_present(self) -> bool:
        """Whether the person counts as having come."""
        return self.in_force is not None and self.in_force.status in PRESENCE


def follows(_earlier: FactHash, _later: FactHash) -> bool:
    """Whoever stands later in journal order was written knowing what stands before it."""
    return True


def mark_in_force(
    marks: tuple[Mark, ...], follows: Callable[[FactHash, FactHash], bool] = follows
) -> Mark | None:
    """The mark that holds among un-voided marks given in journal order.

    ``follows`` tells of two of them whether the later was written by a program that held the
    earlier; otherwise they stand side by side, and their clocks decide.
    """
    came = [mark for mark in marks if mark.status in PRESENCE]
    if came:
        first = [
            mark
            for place, mark in enumerate(came)
            if not any(follows(one.id, mark.id) for one in came[:place])
        ]
        return min(first, key=lambda one: (0, one.at_ms) if one.is_sure else (1, 0))
    return marks[-1] if marks else None


def status_on_arrival(now_ms: int, start_ms: int, grace_minutes: int) -> Status:
    """Present until ``grace_minutes`` after the start, late from then on."""
    if now_ms > start_ms + grace_minutes * 60_000:
        return Status.LATE
    return Status.PRESENT


@dataclass(frozen=True, slots=True)
class Turnout:
    """Counts of one session. The rate's denominator is the frozen expected list only."""

    expected: int
    present: int
    late: int
    on_leave: int
    absent: int
    late_entry: int
    visitors: int
    left_out: int
    left_out_present: int

    @property
    def arrived(self) -> int:
        """Expected people who came, in time, late or entered afterwards."""
        return self.present + self.late + self.late_entry

    @property
    def in_room(self) -> int:
        """Everyone who came: expected, left out and visitors."""
        return self.arrived + self.left_out_present + self.visitors

    @property
    def rate_percent(self) -> int | None:
        """Whole percent of the expected who came; None when no one was expected."""
        if self.expected == 0:
            return None
        return self.arrived * 100 // self.expected


def count_turnout(tally: tuple[tuple[RosterStatus, Status | None, int], ...]) -> Turnout:
    """Count one session from how many people stand at each (standpoint, status).

    A status of None is "no mark yet"; whoever is not expected never enters the rate.
    """
    counts = dict.fromkeys(Status, 0)
    expected = visitors = left_out = left_out_present = 0
    for standpoint, status, people in tally:
        if standpoint is RosterStatus.EXPECTED:
            expected += people
            if status is not None:
                counts[status] += people
        elif standpoint is RosterStatus.LEFT_OUT:
            left_out += people
            left_out_present += people if status in PRESENCE else 0
        elif status in PRESENCE:
            visitors += people
    return Turnout(
        expected=expected,
        present=counts[Status.PRESENT],
        late=counts[Status.LATE],
        on_leave=counts[Status.ON_LEAVE],
        absent=counts[Status.ABSENT],
        late_entry=counts[Status.LATE_ENTRY],
        visitors=visitors,
        left_out=left_out,
        left_out_present=left_out_present,
    )
