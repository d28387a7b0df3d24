"""What the closing page shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.areas.attendance.views import PersonCard
from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView


@dataclass(frozen=True, slots=True)
class CloseState:
    """``missing`` are expected people without a mark (absent once closed)."""

    view: SessionView | None = None
    missing: tuple[PersonCard, ...] = ()
    on_leave: tuple[PersonCard, ...] = ()
    late: tuple[PersonCard, ...] = ()
    """Those who came late and those entered afterwards."""
    visitors: tuple[PersonCard, ...] = ()
    entering: PersonCard | None = None
    """For whom a late entry is being written."""
    playing: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether the session has been closed."""
        return self.view is not None and self.view.session.step is Step.CLOSED
