"""What the roll-call page shows."""

from __future__ import annotations

from enum import StrEnum

from app.areas.attendance.marks import Status, Turnout
from app.areas.attendance.views import Undoable
from app.areas.attendance.visitors import Lookalike
from app.areas.courses.course import Course
from app.areas.sessions.session import Step
from app.domain.ids import PersonId
from app.domain.personal import LeaveKind
from app.domain.values import dataclass
from ui.state.groups import GroupCount


class RollCallFilter(StrEnum):
    """Which people the grid shows."""

    EVERYONE = "everyone"
    WAITING = "waiting"
    ARRIVED = "arrived"
    ON_LEAVE = "on_leave"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Tile:
    """One name of the grid; ``status`` None is "no mark yet"; ``note`` tells namesakes apart.

    One without a ``person`` is the heading of the group that follows.
    """

    person: PersonId
    name: str
    note: str = ""
    status: Status | None = None
    first: bool = False
    """Whether Enter would mark this one."""


NO_TURNOUT = Turnout(0, 0, 0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class RollCallState:
    """``leave`` set means that a touched name goes on leave instead of signing in."""

    shown: RollCallFilter = RollCallFilter.EVERYONE
    group: str | None = None
    """Only this group; None: all."""
    letters: str = ""
    """Only surnames that sound so at the start; empty: all."""
    text: str = ""
    tiles: tuple[Tile, ...] = ()
    gathered: int = 0
    """Another number when the grid is laid out anew: nobody moves while it stays."""
    groups: tuple[GroupCount, ...] = ()
    initials: str = ""
    turnout: Turnout = NO_TURNOUT
    waiting: int = 0
    undoable: Undoable | None = None
    leave: LeaveKind | None = None
    course: Course | None = None
    step: Step | None = None
    ends: bool = False
    """Whether nothing is played or discussed in a session of its kind: it goes on to its end."""
    known: tuple[Lookalike, ...] = ()
    """Who a visitor may be: a question that waits for its answer."""
    admitting: bool = False
    """A visitor is just being taken in."""


@dataclass(frozen=True, slots=True)
class LeftOff:
    """What somebody was in the middle of when the page had to be made anew."""

    state: RollCallState
    typed: tuple[str, str, str]
    """Name, tail and home of a visitor."""
    asks_visitor: bool
