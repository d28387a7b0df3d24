"""What the sending page shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.areas.sessions.views import SessionSummary
from app.usecases.views import SyncView


@dataclass(frozen=True, slots=True)
class SendingState:
    """``rows`` are sessions with facts the centre has not confirmed, ``sent`` the newest others."""

    sync: SyncView | None = None
    rows: tuple[SessionSummary, ...] = ()
    sent: tuple[SessionSummary, ...] = ()
    now_ms: int = 0
    """The wall clock when this was read."""
    carrying: bool = False
    """A stick is being looked for, written or read."""
