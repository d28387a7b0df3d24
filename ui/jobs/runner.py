"""The one way to other threads: lanes for store, net and drawing, and a bridge back to the GUI.

Each lane has exactly one worker, so the store has one writer and facts are committed
in the order of asking. Answers wait in a deque that one slot of the bridge drains on
the GUI thread; no signal ever belongs to a worker. The net lane may wait on the store
lane, never the other way, so no circle of waits can arise.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Slot

from app.domain.errors import LinkTrouble, StationTrouble, UserError
from app.words.codes import code_of, for_log
from ui.jobs.protocols import Failed

T = TypeVar("T")

_DELETED = "already deleted"
"""What shiboken says of a widget that is no more."""
NET_WAIT_S = 3.0
"""How long quitting waits for the net lane to notice the cancel flag."""

TURN_S = 0.004
"""So long answers are given out before keys, fingers and pictures have their turn."""

_log = logging.getLogger("ui.jobs.runner")


class _Bridge(QObject):
    """Lives on the GUI thread; calls whatever the workers have left for it."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[Callable[[], None]] = deque()
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._give_out)

    def leave(self, answer: Callable[[], None]) -> None:
        """Any thread: have ``answer`` called on the GUI thread soon."""
        self._waiting.append(answer)
        # The stub asks for bytes; the runtime wants the name as text.
        QMetaObject.invokeMethod(self, "drain", Qt.ConnectionType.QueuedConnection)  # type: ignore[call-overload]

    @Slot()
    def drain(self) -> None:
        """Call what waits, in order of arrival; after ``TURN_S`` the rest has another turn."""
        if not self._rest.isActive():
            self._give_out()

    def _give_out(self) -> None:
        until = time.monotonic() + TURN_S
        while self._waiting:
            self._waiting.popleft()()
            if self._waiting and time.monotonic() > until:
                # By a timer: what is posted would still be called in this turn of the loop.
                self._rest.start()
                return


class JobRunner:
    """The program's ``Jobs``; made, used and closed on the GUI thread."""

    def __init__(self) -> None:
        self._store = ThreadPoolExecutor(1, thread_name_prefix="store-lane")
        self._net = ThreadPoolExecutor(1, thread_name_prefix="net-lane")
        self._draw = ThreadPoolExecutor(1, thread_name_prefix="draw-lane")
        self._bridge = _Bridge()
        self._closing = threading.Event()
        self._net_running: Future[None] | None = None

    def store(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed,
        owner: object | None = None,
    ) -> None:
        """See ``Jobs.store``; jobs asked for after ``close`` are refused silently."""
        if not self._closing.is_set():
            self._store.submit(self._run, _LaneRequest(job, done, failed, owner))

    def net(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed,
        owner: object | None = None,
    ) -> None:
        """See ``Jobs.net``."""
        if not self._closing.is_set():
            self._net_running = self._net.submit(self._run, _LaneRequest(job, done, failed, owner))

    def draw(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed,
        owner: object | None = None,
    ) -> None:
        """See ``DrawJobs.draw``; the lane's thread is begun with the first job."""
        if not self._closing.is_set():
            self._draw.submit(self._run, _LaneRequest(job, done, failed, owner))

    def store_call(self, job: Callable[[], object]) -> object:
        """See ``Jobs.store_call``; raises LinkTrouble once the store lane is closed."""
        try:
            asked = self._store.submit(job)
        except RuntimeError as closed:
            raise LinkTrouble("op.closing") from closed
        return asked.result()

    def is_closing(self) -> bool:
        """See ``Jobs.is_closing``."""
        return self._closing.is_set()

    def close(self, last: Callable[[], object] | None = None) -> None:
        """Refuse new jobs, cancel net, drain the store, run ``last`` on the store lane, end.

        Answers that are still under way are dropped: the screens are going.
        """
        if self._closing.is_set():
            return
        self._closing.set()
        self._net.shutdown(wait=False, cancel_futures=True)
        self._draw.shutdown(wait=False)
        if self._net_running is not None:
            wait_for([self._net_running], timeout=NET_WAIT_S)
        if last is not None:
            self._store.submit(_logged, last)
        self._store.shutdown(wait=True)

    def _run(self, asked: _LaneRequest) -> None:
        job = asked.job
        try:
            value = job()
        except UserError as said:
            _log.info("job said %s", for_log(said))
            answer: Callable[[_LaneRequest], None] = partial(_fail, said)
        except Exception:  # noqa: BLE001 - whatever a job throws becomes one sentence here
            _log.exception("%s job failed unexpectedly", code_of("op.apology"))
            answer = partial(_fail, StationTrouble("op.apology"))
        else:
            answer = partial(_tell, value)
        del job
        self._leave(asked, answer)

    def _leave(self, asked: _LaneRequest, answer: Callable[[_LaneRequest], None]) -> None:
        def answer_if_alive() -> None:
            taken = asked.take()
            if self._closing.is_set():
                return
            if isinstance(taken.owner, QObject) and not shiboken6.isValid(taken.owner):
                return
            try:
                answer(taken)
            except RuntimeError as gone:
                # A new look makes the pages anew; what the old one asked for is not wanted any more.
                if _DELETED not in str(gone):
                    _log.exception("an answer could not be shown")
            except Exception:  # noqa: BLE001 - one screen's fault must not stop the bridge
                _log.exception("an answer could not be shown")

        if shiboken6.isValid(self._bridge):
            self._bridge.leave(answer_if_alive)


class _LaneRequest:
    """What a screen asked for. It is taken out of here on the GUI thread: were a lane's worker the
    last to hold a screen's callback, the screen's widgets would be deleted on the wrong thread."""

    __slots__ = ("done", "failed", "job", "owner")

    def __init__(
        self,
        job: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Failed,
        owner: object | None,
    ) -> None:
        self.job, self.done, self.failed, self.owner = job, done, failed, owner

    def take(self) -> _LaneRequest:
        """All of it, and nothing stays."""
        taken = _LaneRequest(self.job, self.done, self.failed, self.owner)
        del self.job, self.done, self.failed, self.owner
        return taken


def _tell(value: Any, asked: _LaneRequest) -> None:
    asked.done(value)


def _fail(said: UserError, asked: _LaneRequest) -> None:
    asked.failed(said)


def _logged(last: Callable[[], object]) -> None:
    try:
        last()
    except Exception:  # noqa: BLE001 - quitting goes on
        _log.exception("the last job failed")
