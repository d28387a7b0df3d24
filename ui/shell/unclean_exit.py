"""Whether the program was closed the last time, told by a mark that lies there while it runs."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from app.wire.side_files import is_in_the_way, is_plain, put_whole

_NAME = "running.mark"
_log = logging.getLogger("ui.close")


def begin(home: Path) -> bool:
    """Put the mark; True when one lay there: the last run was ended by something else.

    Once a program, before its windows are shown, after it is known to be the only one.
    """
    mark = home / _NAME
    left = is_plain(mark)
    if is_in_the_way(home, folder=True):
        return False  # named by mistake: opening the record says so, and it stays where it is
    try:
        put_whole(mark, str(os.getpid()).encode("ascii"))
    except OSError:
        _log.info("no mark of running could be written")
    if left:
        _log.info("the last run was not closed")
    return left


def end(home: Path) -> None:
    """Take the mark away; the record is closed by now."""
    try:
        (home / _NAME).unlink(missing_ok=True)
    except OSError:
        _log.info("the mark of running stays")
