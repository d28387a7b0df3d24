"""What is done when nobody waits for it: what is built ahead after the start, the store's
checkpoints, the day's backup."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from ui.jobs.protocols import Jobs
from ui.shell import garbage_collection

QUIET_MS = 40
"""Between two pieces of what is built ahead after the start."""
FIRST_BACKUP_MS = 20_000
CHECKPOINT_MS = 1_500
"""So long after the last thing recorded nobody waits; in a queue people are quicker."""
BACKUP_LOOK_MS = 30 * 60_000
"""The day's backup is made when nobody waits for it: not at start, never in a session."""


class IdleTasks(QObject):
    """Pieces of work, each for its own turn of the event loop; GUI thread only."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._later: list[Callable[[], object]] = []
        self._is_all_built: Callable[[], bool] = lambda: True
        self._quiet = QTimer(self, interval=QUIET_MS)
        self._quiet.timeout.connect(self._do_one)
        self._recorded = QTimer(self, singleShot=True, interval=CHECKPOINT_MS)
        self._backup = QTimer(self, interval=BACKUP_LOOK_MS)

    def begin(
        self, pieces: Iterable[Callable[[], object]], *, all_built: Callable[[], bool]
    ) -> None:
        """Do these one after the other; memory is swept once ``all_built`` says so."""
        self._later = list(pieces)
        self._is_all_built = all_built
        self._quiet.start()

    def checkpoint_by(self, checkpoint: Callable[[], None], jobs: Jobs) -> None:
        """Do what a commit leaves over, on the store lane, once nothing was recorded for a moment."""
        self._recorded.timeout.connect(
            lambda: jobs.store(checkpoint, lambda _none: None, lambda _said: None)
        )

    def recorded(self) -> None:
        """Something was recorded: the moment begins anew."""
        self._recorded.start()

    def back_up_by(self, back_up: Callable[[], None]) -> None:
        """Look now and then whether the day's backup is due."""
        self._backup.timeout.connect(back_up)
        self._backup.start()
        QTimer.singleShot(FIRST_BACKUP_MS, self, back_up)

    def stop(self) -> None:
        """Begin nothing any more."""
        self._quiet.stop()
        self._recorded.stop()
        self._backup.stop()

    def _do_one(self) -> None:
        if self._later:
            self._later.pop(0)()
        elif self._is_all_built():
            self._quiet.stop()
            garbage_collection.begin(self)
