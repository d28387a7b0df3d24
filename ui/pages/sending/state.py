"""What the sending page shows."""

from __future__ import annotations

from app.areas.sessions.views import SessionSummary
from app.domain.values import dataclass
from app.usecases.views import SyncView


@dataclass(frozen=True, slots=True)
class SendingState:
    """``rows`` are the newest sessions and every older one of which the centre lacks something."""

    sync: SyncView | None = None
    rows: tuple[SessionSummary, ...] = ()
    now_ms: int = 0
    """The wall clock when this was read."""
    carrying: bool = False
    """A stick is being looked for, written or read."""
