"""What the sending page shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.views import SessionSummary, SyncView


@dataclass(frozen=True, slots=True)
class SendingState:
    """``rows`` are evenings with facts the centre has not confirmed."""

    sync: SyncView | None = None
    rows: tuple[SessionSummary, ...] = ()
    carrying: bool = False
    """A stick is being written or read."""
