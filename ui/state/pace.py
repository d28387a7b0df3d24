"""How long something still takes, from how it went so far; no clock of its own."""

from __future__ import annotations

from app.words import say
from ui.state.formatting import size

SURE_MS = 3_000
"""Before, nothing is promised."""


class Pace:
    """Of one piece of work; with another, or when it goes back, it begins anew."""

    def __init__(self) -> None:
        self._from: tuple[int, int] | None = None
        self._last = (0, 0)

    def left_s(self, done: int, total: int, now_ms: int) -> int | None:
        """Seconds it still takes; None while nothing can be said."""
        if self._from is None or total != self._last[1] or done < self._last[0]:
            self._from = (done, now_ms)
        self._last = (done, total)
        began, began_ms = self._from
        if now_ms - began_ms < SURE_MS or done <= began:
            return None
        return (total - done) * (now_ms - began_ms) // (done - began) // 1000

    def words(self, done: int, total: int, now_ms: int) -> str:
        """How far it is in MB and minutes, as a person says it."""
        left = self.left_s(done, total, now_ms)
        far = say("pace.far", done=size(done), total=size(total))
        if left is None:
            return far
        minutes = -(-left // 60)
        return (
            say("pace.left", far=far, minutes=minutes) if minutes > 1 else say("pace.soon", far=far)
        )
