"""What the page of a session written down afterwards shows."""

from __future__ import annotations

from dataclasses import field

from app.areas.sessions.kinds import RULES, Activity, SessionKind
from app.areas.sessions.late_verbs import SheetMark, SheetVisitor
from app.areas.sessions.views import SessionView, SettingChoices
from app.domain.ids import PersonId
from app.domain.personal import LeaveKind
from app.domain.values import dataclass
from ui.pages.roll_call.state import RollCallState
from ui.parts.setting.said import SettingSaid


@dataclass(frozen=True, slots=True)
class LateHead:
    """The upper part of the paper, as it is typed: ISO date, local HH:MM."""

    title: str = ""
    day: str = ""
    begins: str = "19:30"
    ends: str = "20:30"
    place: str = ""
    villagers: str = ""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LatePageState:
    """``people`` is the wall of names with the marks of the paper; ``draft`` is gone on with."""

    kind: SessionKind = SessionKind.GROUP_SESSION
    people: RollCallState = field(default_factory=RollCallState)
    marks: dict[PersonId, SheetMark] = field(default_factory=dict)
    visitors: tuple[SheetVisitor, ...] = ()
    leave: LeaveKind | None = None
    """Set: a touched name goes on leave."""
    drafts: tuple[SessionView, ...] = ()
    draft: SessionView | None = None
    is_sending: bool = False
    offered: SettingChoices = SettingChoices()
    said: SettingSaid = SettingSaid()
    """Class, lecturers, route, and who went on the visits."""

    @property
    def is_visits(self) -> bool:
        """Whether the names of the paper are those who were visited at home."""
        return Activity.VISIT in RULES[self.kind].activities

    @property
    def came(self) -> int:
        """How many came, as far as it is typed."""
        before = 0 if self.draft is None else self.draft.turnout.visitors
        return sum(one.leave is None for one in self.marks.values()) + len(self.visitors) + before
