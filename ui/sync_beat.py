"""When the station talks to the centre: soon after a new fact, now and then, at a button.

Runs each round on the net lane; a failed round is tried again after a random wait that
grows from 5 s to 30 min (full jitter), so that many stations never come in step.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QNetworkInformation

from app.domain.errors import SaidPlainly
from app.domain.views import SyncState, SyncView
from app.usecases.station import Station
from app.usecases.sync_once import SyncOutcome
from ui.jobs import Jobs

FACT_DEBOUNCE_MS = 2_000
BACKOFF_FIRST_MS = 5_000
BACKOFF_MOST_MS = 30 * 60_000
CALM_MS = 5 * 60_000
CALM_JITTER = 0.2
AFTER_LONG_MS = 120_000
"""After a long silence everybody may come back at once: the first try is anywhere in here."""
LONG_SILENCE = 6
"""Failures in a row that count as a long silence: a good five minutes."""


def backoff_ms(failures: int, chance: float, asked_s: int = 0) -> int:
    """Wait before the next try after so many failures in a row; ``chance`` is 0–1.

    Never less than the seconds the centre asked for, and then up to half as long again, so that
    those it sent away don't come back together.
    """
    most = min(BACKOFF_FIRST_MS * 2 ** min(failures, 16), BACKOFF_MOST_MS)
    wait = max(int(most * chance), 1_000)
    return max(wait, int(asked_s * 1000 * (1 + chance / 2)))


def asked_to_wait_s(trouble: SaidPlainly | None) -> int:
    """How long the centre wants us to stay away, capped at the longest wait; 0 when it didn't say."""
    said = "" if trouble is None else str(trouble.values.get("retry_after_s", ""))
    return min(int(said), BACKOFF_MOST_MS // 1000) if said.isdigit() else 0


class SyncBeat(QObject):
    """One for the program; GUI thread only."""

    def __init__(
        self,
        station: Station,
        jobs: Jobs,
        *,
        changed: Callable[[SyncOutcome | None], None],
        busy_playing: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._station, self._jobs = station, jobs
        self._changed, self._busy_playing = changed, busy_playing
        self._failures = 0
        self._again = False
        self.is_sending = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.now)
        self._watch_network()

    def start(self) -> None:
        """The first round comes shortly after the start."""
        self._timer.start(BACKOFF_FIRST_MS)

    def fact_made(self) -> None:
        """Something was recorded: send it soon, unless the centre has been failing."""
        if self._failures == 0:
            self._timer.start(FACT_DEBOUNCE_MS)

    def now(self) -> None:
        """One round at once; asked while one runs, another follows it."""
        if self.is_sending:
            self._again = True
            return
        self.is_sending = True
        self._timer.stop()
        self._changed(None)
        courses = not self._busy_playing()
        self._jobs.net(
            lambda: self._station.sync_once(
                store_lane=self._jobs.store_call,
                cancelled=self._jobs.is_closing,
                courses=courses,
            ),
            self._on_round,
            self._on_failed,
            self,
        )

    def view(self, read: SyncView) -> SyncView:
        """A reading with what only the beat knows: that a round runs, and the next try (s)."""
        left_ms = self._timer.remainingTime()
        sending = self.is_sending and read.state in (SyncState.WAITING, SyncState.SENDING)
        return replace(
            read,
            state=SyncState.SENDING if sending else read.state,
            next_try_s=max(left_ms // 1000, 0) if left_ms >= 0 and read.reason else None,
        )

    def _on_round(self, outcome: SyncOutcome) -> None:
        self._rest(failed=outcome.trouble is not None, asked_s=asked_to_wait_s(outcome.trouble))
        self._changed(outcome)

    def _on_failed(self, said: SaidPlainly) -> None:
        self._rest(failed=True, asked_s=asked_to_wait_s(said))
        self._changed(SyncOutcome(0, 0, 0, 0, said))

    def _rest(self, *, failed: bool, asked_s: int) -> None:
        self.is_sending = False
        self._failures = self._failures + 1 if failed else 0
        if self._again and not asked_s:
            self._again = False
            self._timer.start(0)
        elif failed:
            self._timer.start(backoff_ms(self._failures - 1, random.random(), asked_s))
        else:
            self._timer.start(int(CALM_MS * random.uniform(1 - CALM_JITTER, 1 + CALM_JITTER)))

    def _watch_network(self) -> None:
        if not QNetworkInformation.loadDefaultBackend():
            return
        seen = QNetworkInformation.instance()
        if seen is not None:
            seen.reachabilityChanged.connect(self._on_reachability_changed)

    def _on_reachability_changed(self, reach: QNetworkInformation.Reachability) -> None:
        if reach == QNetworkInformation.Reachability.Online and not self.is_sending:
            most = AFTER_LONG_MS if self._failures >= LONG_SILENCE else 2_000
            self._timer.start(1_000 + int(random.random() * most))
