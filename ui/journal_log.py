"""The program's own log: a ring of small files under the home folder, and what a crash leaves.

Ids, never names, are logged. Whatever nobody caught is logged here and said to people
in one sentence; a traceback is never shown.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

LOG_BYTES = 2_000_000
LOG_FILES = 5

_log = logging.getLogger("ui")
_kept_open: list[IO[str]] = []


def start_log(home: Path) -> None:
    """Begin logging into ``home``/logs; a home that can't be written leaves the console."""
    folder = home / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept: logging.Handler = RotatingFileHandler(
            folder / "station.log",
            maxBytes=LOG_BYTES,
            backupCount=LOG_FILES - 1,
            encoding="utf-8",
            delay=True,
        )
        crash = (folder / "crash.log").open("a", encoding="utf-8")
        _kept_open.append(crash)
        faulthandler.enable(crash)
    except OSError:
        kept = logging.StreamHandler()
    kept.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(kept)
    root.setLevel(logging.INFO)


def catch_all(say_sorry: Callable[[], None]) -> None:
    """Log what nobody caught, on any thread; on the GUI thread also say the one sentence."""

    def on_uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.critical("nobody caught this", exc_info=(kind, error, trace))
        say_sorry()

    def on_thread_uncaught(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            _log.critical(
                "nobody caught this on a thread",
                exc_info=(args.exc_type, args.exc_value, args.exc_traceback),
            )

    sys.excepthook = on_uncaught
    threading.excepthook = on_thread_uncaught
