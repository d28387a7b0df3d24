"""What the records page shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.areas.attendance.views import PersonCard
from app.areas.sessions.views import SessionSummary, SessionView


@dataclass(frozen=True, slots=True)
class RecordsState:
    """Sessions newest first; ``view`` is the one looked at."""

    loaded: bool = False
    rows: tuple[SessionSummary, ...] = ()
    view: SessionView | None = None
    groups: tuple[tuple[str, tuple[PersonCard, ...]], ...] = ()
    """Its people by status: catalogue key and cards."""
