"""What the discussion page shows."""

from __future__ import annotations

from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class DiscussState:
    """``notes`` are kept already; ``elapsed_ms`` since the page was opened."""

    title: str = ""
    questions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    elapsed_ms: int = 0
    on_screen: bool = True
    """Whether the room sees the questions."""
