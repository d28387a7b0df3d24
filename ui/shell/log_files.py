"""The program's own log: a ring of small files under the home folder, and what a crash leaves.

Ids, never names, are logged. Whatever nobody caught is logged here with its code and said to
people in one sentence; a traceback is never shown.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Callable
from copy import copy
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import (
    QMessageLogContext,
    QMetaObject,
    QObject,
    Qt,
    QtMsgType,
    Slot,
    qInstallMessageHandler,
)

from app.wire.side_files import is_in_the_way, make_folder, make_private_file, set_aside
from app.words.codes import code_of

LOG_BYTES = 2_000_000
LOG_FILES = 5
CRASH_BYTES = 500_000
APOLOGY = "op.apology"
_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"

_log = logging.getLogger("ui")
_qt = logging.getLogger("ui.qt")
_kept_open: list[IO[str]] = []
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.INFO,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
"""Qt warns of much that harms nobody."""


def start_log(home: Path) -> None:
    """Begin logging into ``home``/logs; a home that can't be written leaves the console."""
    logging.raiseExceptions = False  # a log that can't be written is no reason to show a traceback
    folder = home / "logs"
    try:
        make_folder(folder)
        kept: logging.Handler = _PrivateLog(
            folder / "station.log",
            maxBytes=LOG_BYTES,
            backupCount=LOG_FILES - 1,
            encoding="utf-8",
            delay=True,
        )
        _kept_open.append(_open_crash_log(folder))
        faulthandler.enable(_kept_open[-1])
        kept.setFormatter(logging.Formatter(_LINE))
    except OSError:
        kept = logging.StreamHandler()
        kept.setFormatter(_WithoutTraceback(_LINE))
    root = logging.getLogger()
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    qInstallMessageHandler(_on_qt_message)


def _open_crash_log(folder: Path) -> IO[str]:
    """Where a crash writes; the one before is kept once when it has grown large."""
    path = folder / "crash.log"
    if is_in_the_way(path):
        set_aside(path)
    if path.exists() and path.stat().st_size > CRASH_BYTES:
        os.replace(path, folder / "crash.log.1")
    make_private_file(path)
    return path.open("a", encoding="utf-8")


class _PrivateLog(RotatingFileHandler):
    """A ring of files for their owner only; what is no file and lies in the way goes aside."""

    def _open(self) -> IO[str]:  # type: ignore[override]  # the stub names its own kind of stream
        path = Path(self.baseFilename)
        if is_in_the_way(path):
            set_aside(path)
        make_private_file(path)
        return super()._open()


class _WithoutTraceback(logging.Formatter):
    """For a console in front of people."""

    def format(self, record: logging.LogRecord) -> str:
        plain = copy(record)
        plain.exc_info = plain.exc_text = plain.stack_info = None
        return super().format(plain)


def _on_qt_message(kind: QtMsgType, _where: QMessageLogContext, message: str) -> None:
    """What Qt complains about belongs into the log, never on a console in front of people."""
    _qt.log(_LEVELS.get(kind, logging.INFO), "%s", message)


class _Bell(QObject):
    """Says sorry on the GUI thread, whichever thread rang."""

    def __init__(self, say_sorry: Callable[[], None]) -> None:
        super().__init__()
        self._say_sorry = say_sorry

    def ring(self) -> None:
        """Any thread."""
        # The stub asks for bytes; the runtime wants the name as text.
        QMetaObject.invokeMethod(self, "sound", Qt.ConnectionType.QueuedConnection)  # type: ignore[call-overload]

    @Slot()
    def sound(self) -> None:
        """One sentence."""
        self._say_sorry()


_bells: list[_Bell] = []


def catch_all(say_sorry: Callable[[], None]) -> None:
    """Log what nobody caught, on any thread, and have the one sentence said on the GUI thread.

    Called on the GUI thread; a second call has the sentence said elsewhere from then on.
    """
    bell = _Bell(say_sorry)
    _bells[:] = [bell]

    def on_uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("%s nobody caught this", code_of(APOLOGY), exc_info=(kind, error, trace))
        bell.ring()

    def on_thread_uncaught(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            _log.critical(
                "%s nobody caught this on a thread",
                code_of(APOLOGY),
                exc_info=(args.exc_type, args.exc_value, args.exc_traceback),
            )
            bell.ring()

    sys.excepthook = on_uncaught
    threading.excepthook = on_thread_uncaught
