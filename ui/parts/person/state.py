"""What a person's sheet shows, and what it offers."""

from __future__ import annotations

from app.areas.attendance.marks import PRESENCE, RosterStatus, Status
from app.areas.attendance.views import MarkShown, PersonSheet
from app.areas.sessions.session import RUNNING, Step
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class PersonSheetState:
    """``sheet`` None: put away. ``writing``: the reason of a late entry is being written."""

    sheet: PersonSheet | None = None
    writing: bool = False

    @property
    def _step(self) -> Step | None:
        return self.sheet.session.step if self.sheet and self.sheet.session else None

    @property
    def _status(self) -> Status | None:
        return self.sheet.card.status if self.sheet else None

    @property
    def may_come(self) -> bool:
        """Whether they can be marked as here now."""
        return self._step in RUNNING and self._status not in PRESENCE

    @property
    def may_excuse(self) -> bool:
        """Whether they can be put on leave."""
        return self.may_come and not self._is_visitor

    @property
    def may_enter(self) -> bool:
        """Whether a late entry can be written, during the session or after it."""
        closed = self._step is Step.CLOSED
        return (self._step in RUNNING or closed) and self._status not in PRESENCE

    @property
    def standing(self) -> tuple[MarkShown, ...]:
        """Marks that can be taken back one by one, newest first."""
        marks = self.sheet.marks if self.sheet and self._step in RUNNING else ()
        return tuple(one for one in reversed(marks) if not one.taken_back)

    @property
    def _is_visitor(self) -> bool:
        return self.sheet is not None and self.sheet.card.standpoint is RosterStatus.VISITOR
