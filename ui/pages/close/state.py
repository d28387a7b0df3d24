"""What the closing page shows."""

from __future__ import annotations

from enum import StrEnum

from app.areas.attendance.views import PersonCard
from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class CloseSection:
    """A heading with its number, and who stands under it; whoever was marked here stays."""

    key: str
    count: int
    cards: tuple[PersonCard, ...] = ()


class CloseQuestion(StrEnum):
    """What is asked before an unusual end."""

    NONE = ""
    NOBODY = "nobody"
    """Nobody is here: was it held at all?"""
    WHY_NOT_HELD = "why_not_held"
    FEW = "few"
    """More than half of those who are expected have no mark."""


@dataclass(frozen=True, slots=True)
class CloseState:
    """What is to be looked over before the end, and after it."""

    view: SessionView | None = None
    sections: tuple[CloseSection, ...] = ()
    question: CloseQuestion = CloseQuestion.NONE
    gathered: int = 0
    """Another number when everybody is sorted anew: nobody moves while it stays."""
    playing: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether the session has been closed."""
        return self.view is not None and self.view.session.step is Step.CLOSED
