"""When the station talks to the centre: soon after a new fact, now and then, at a button.

Runs each round on the net lane; a failed round is tried again after a random wait that
grows from 5 s to 30 min (full jitter), so that many stations never come in step. When the
centre says how long to stay away, nothing here asks it earlier, not even the button. What becomes
of a course changes nothing of that: courses go on at once while they come, and have a wait of
their own when they don't.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation

from app.domain.errors import UserError
from app.usecases.views import SyncState, SyncView
from ui.jobs.protocols import Jobs

if TYPE_CHECKING:
    from app.usecases.station import Station
    from app.usecases.sync_once import SyncOutcome

FACT_DEBOUNCE_MS = 2_000
BACKOFF_FIRST_MS = 5_000
BACKOFF_MOST_MS = 30 * 60_000
MOST_ASKED_S = 3_600
CALM_MS = 5 * 60_000
CALM_JITTER = 0.2
AFTER_LONG_MS = 120_000
"""After a long silence everybody may come back at once: the first try is anywhere in here."""
LONG_SILENCE_MS = 30 * 60_000
"""Longer than any wait of ours: power or network was gone, perhaps for a whole county."""
NOT_ENROLLED = "refusal.not_enrolled"
WRONG_THERE = frozenset({"media.centre_lost", "media.centre_damaged"})
"""Another try soon brings nothing: the fetching itself leaves such a file alone for a while."""


def mono_ms() -> int:
    """The monotonic clock: waits never depend on what the wall clock says."""
    return time.monotonic_ns() // 1_000_000


def first_wait_ms(silent_ms: int | None, chance: float) -> int:
    """Wait before the first try of a program that last reached the centre so long ago.

    None: it never did, so this is a new station and somebody is looking.
    """
    if silent_ms is None or 0 <= silent_ms < LONG_SILENCE_MS:
        return BACKOFF_FIRST_MS
    return 1_000 + int(AFTER_LONG_MS * chance)


def backoff_ms(failures: int, chance: float, asked_s: int = 0) -> int:
    """Wait before the next try after so many failures in a row; ``chance`` is 0–1.

    Never less than the seconds the centre asked for, and then up to half as long again, so that
    those it sent away don't come back together.
    """
    most = min(BACKOFF_FIRST_MS * 2 ** min(failures, 16), BACKOFF_MOST_MS)
    wait = max(int(most * chance), 1_000)
    return max(wait, int(asked_s * 1000 * (1 + chance / 2)))


def asked_to_wait_s(trouble: UserError | None) -> int:
    """How long the centre wants us to stay away, at most an hour; 0 when it didn't say."""
    said = "" if trouble is None else str(trouble.values.get("retry_after_s", ""))
    return min(int(said), MOST_ASKED_S) if said.isdecimal() else 0


class SyncScheduler(QObject):
    """One for the program; GUI thread only. ``changed(outcome)``: a round began (None) or ended."""

    changed = Signal(object)

    def __init__(
        self,
        station: Station,
        jobs: Jobs,
        *,
        busy_playing: Callable[[], bool],
        mono: Callable[[], int] = mono_ms,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._station, self._jobs = station, jobs
        self._busy_playing, self._mono = busy_playing, mono
        self._failures = 0
        self._vain = 0
        self._courses_not_before = 0
        self._courses_asked_away = 0
        self._again = False
        self._gets_through = True
        self._trouble = ""
        self._not_before = 0
        self._heard_ms = mono()
        self.is_sending = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.now)
        self._watch_network()

    def start(self) -> None:
        """The first round comes shortly after the start; after a long silence, some time later."""

        def silent_ms() -> int | None:
            last = self._station.today.sync_view().last_success_ms
            return None if last is None else self._station.tools.clock.now().wall_ms - last

        def read(silent: int | None) -> None:
            if not self.is_sending and not self._timer.isActive():
                self._wait(first_wait_ms(silent, random.random()))

        self._jobs.store(silent_ms, read, lambda _said: self._wait(BACKOFF_FIRST_MS), self)

    def fact_made(self) -> None:
        """Something was recorded: send it soon, unless the last records did not get through."""
        if self._gets_through:
            self._wait(FACT_DEBOUNCE_MS)

    def by_hand(self) -> bool:
        """Somebody wants it now: courses too, unless the centre wants to be asked later."""
        self._courses_not_before = self._courses_asked_away
        return self.now()

    def now(self) -> bool:
        """One round at once; asked while one runs, another follows it.

        False when the centre asked to be left alone for a while: it is tried when that is over.
        """
        if self.is_sending:
            self._again = True
            return True
        if self.held_back_ms():
            self._wait(0)
            return False
        self.is_sending = True
        self._timer.stop()
        self.changed.emit(None)
        courses = not self._busy_playing() and self._mono() >= self._courses_not_before
        self._jobs.net(
            lambda: self._station.sync.run(
                store_lane=self._jobs.store_call,
                cancelled=self._jobs.is_closing,
                courses=courses,
                yields=self._is_needed,
            ),
            self._on_round,
            self._on_failed,
            self,
        )
        return True

    def held_back_ms(self) -> int:
        """How long the centre still wants not to be asked; 0 when it may be."""
        return max(self._not_before - self._mono(), 0)

    def view(self, read: SyncView) -> SyncView:
        """A reading with what only the beat knows: that a round runs, why the last one brought
        nothing, and the next try (s). A station that is not enrolled waits for no try."""
        if read.state is SyncState.NOT_ENROLLED:
            return read
        left_ms = -1 if self.is_sending else self._timer.remainingTime()
        sending = self.is_sending and read.state in (SyncState.WAITING, SyncState.SENDING)
        return replace(
            read,
            state=SyncState.SENDING if sending else read.state,
            reason=read.reason or self._trouble,
            next_try_s=-(-left_ms // 1000) if left_ms >= 0 else None,
        )

    def _is_needed(self) -> bool:
        """Any thread: whether a record waits for the line, or something plays."""
        return self._again or self._busy_playing()

    def _on_round(self, outcome: SyncOutcome) -> None:
        self._rest(outcome.trouble)
        if outcome.trouble is None:
            self._go_on_with_courses(outcome)
        self.changed.emit(outcome)

    def _go_on_with_courses(self, outcome: SyncOutcome) -> None:
        """At once while courses come; after a try that brought none, later and later. Records
        are sent at their own time, whatever becomes of a course."""
        trouble = outcome.course_trouble
        if trouble is None or outcome.arrived:
            self._vain = 0
        if outcome.goes_on and not self._busy_playing():
            self._wait_at_most(0)
        elif trouble is not None and trouble.key not in WRONG_THERE:
            asked_s = asked_to_wait_s(trouble)
            wait_ms = backoff_ms(self._vain, random.random(), asked_s)
            self._vain += 1
            self._courses_not_before = self._mono() + wait_ms
            self._courses_asked_away = self._mono() + asked_s * 1000
            self._wait_at_most(wait_ms)

    def _on_failed(self, said: UserError) -> None:
        from app.usecases.sync_once import SyncOutcome  # loaded by the store lane long ago

        self._rest(said)
        self.changed.emit(SyncOutcome(0, 0, 0, 0, said))

    def _rest(self, trouble: UserError | None) -> None:
        self.is_sending = False
        again, self._again = self._again, False
        refused = trouble is not None and trouble.key == NOT_ENROLLED
        self._trouble = NOT_ENROLLED if refused else ""
        self._failures = 0 if trouble is None else self._failures + 1
        asked_s = asked_to_wait_s(trouble)
        self._not_before = self._mono() + asked_s * 1000
        self._gets_through = not refused and not self._station.tools.sync.reason
        if self._gets_through:  # the record did, whatever became of a course
            self._heard_ms = self._mono()
        if again and not asked_s:
            self._wait(0)
        elif trouble is not None:
            self._wait(backoff_ms(self._failures - 1, random.random(), asked_s))
        else:
            self._wait(int(CALM_MS * random.uniform(1 - CALM_JITTER, 1 + CALM_JITTER)))

    def _wait_at_most(self, wait_ms: int) -> None:
        left_ms = self._timer.remainingTime()
        if left_ms < 0 or wait_ms < left_ms:
            self._wait(wait_ms)

    def _wait(self, wait_ms: int) -> None:
        """Try again then, but never before the centre wants it."""
        self._timer.start(max(wait_ms, self.held_back_ms()))

    def _watch_network(self) -> None:
        if not QNetworkInformation.loadDefaultBackend():
            return
        seen = QNetworkInformation.instance()
        if seen is not None:
            seen.reachabilityChanged.connect(self.on_reachability)

    def on_reachability(self, reach: QNetworkInformation.Reachability) -> None:
        """The system says how far the network reaches: online again is worth a try."""
        if reach != QNetworkInformation.Reachability.Online or self.is_sending:
            return
        long_gone = self._mono() - self._heard_ms >= LONG_SILENCE_MS
        self._wait(1_000 + int(random.random() * (AFTER_LONG_MS if long_gone else 2_000)))
