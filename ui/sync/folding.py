"""Folding rows anew while nobody waits: small steps of the store lane, told in one calm line."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.errors import UserError
from app.ports.store import FoldProgress
from app.words import say
from ui.state.current_session import CurrentSession

_UNTOLD_STEPS = 10
"""So few take less time than a sentence takes to read."""


class FoldingAnew:
    """``tell`` shows how far it is, or with nothing that it is over."""

    def __init__(self, room: CurrentSession, tell: Callable[[str], None]) -> None:
        self._room = room
        self._tell = tell
        self._steps = 0

    def begin(self) -> None:
        """Go on until nothing is left; nothing when it is under way."""
        if self._steps == 0:
            self._step()

    def _step(self) -> None:
        self._steps += 1
        self._room.jobs.store(self._room.station.fold_rows, self._done, self._stop)

    def _stop(self, said: UserError) -> None:
        """The disk is full, say: it goes on when it is asked for again."""
        self._steps = 0
        self._tell("")
        self._room.tell(said)

    def _done(self, step: FoldProgress) -> None:
        told = self._steps > _UNTOLD_STEPS
        if step.is_over:
            self._steps = 0
            if told:
                self._tell("")
            return
        if told:
            self._tell(say("op.line.folding", percent=step.percent))
        self._step()
