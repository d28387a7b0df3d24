"""The centre's commands: their arguments, and what is said about what came of them.

Exit codes: 0 done, 2 wrong use, 1 refused – with one sentence on stderr.
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy.exc import DatabaseError, OperationalError

from app.domain.errors import SaidPlainly
from centre.commands import (
    backups,
    courses,
    decide_again,
    decisions,
    enrol_file,
    lists,
    policies,
    rosters,
    running,
    stations,
    sticks,
)
from centre.settings import DATABASE_VARIABLE, HOME_VARIABLE, Settings
from centre.words import say, say_error

_FULL = (errno.ENOSPC, errno.EDQUOT)
_SUBJECTS = (
    running,
    stations,
    courses,
    sticks,
    enrol_file,
    decisions,
    backups,
    rosters,
    lists,
    policies,
    decide_again,
)
_SPEAK_OF_IT = (decide_again.show, running.serve)
"""Commands that tell of a store that was put back themselves, or go on until they are stopped."""


def main(arguments: list[str]) -> int:
    """Run one command; the process's exit code."""
    _speak_utf8()
    try:
        done = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone away; Python flushes once more at its end and must find a file.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return done


def _run(arguments: list[str]) -> int:
    chosen = _parser().parse_args(arguments)
    settings = Settings(Path(chosen.home).expanduser(), chosen.database)
    try:
        result: int = chosen.run(settings, chosen)
        if chosen.run not in _SPEAK_OF_IT:
            decide_again.remind(settings)
    except SaidPlainly as refused:
        sys.stderr.write(say_error(refused) + "\n")
        return 1
    except BrokenPipeError:
        raise
    except OSError as failed:
        key = "centre.disk_full" if failed.errno in _FULL else "centre.file_failed"
        path = failed.filename if failed.filename is not None else settings.home
        words = {"path": os.fsdecode(str(path)), "why": failed.strerror or type(failed).__name__}
        sys.stderr.write(say(key, **words) + "\n")
        return 1
    except OperationalError as failed:
        full = "disk is full" in str(failed.orig).lower()
        key = "centre.store_full" if full else "centre.store_unreachable"
        sys.stderr.write(say(key) + "\n")
        return 1
    except DatabaseError:
        sys.stderr.write(say("centre.store_damaged") + "\n")
        return 1
    return result


def _speak_utf8() -> None:
    """Whoever reads through a pipe gets UTF-8 on every system; a console keeps its own way.

    A sign that can't be written, such as part of a file name that is not UTF-8, is spelled out.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            coding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=coding, errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="centre")
    home = os.environ.get(HOME_VARIABLE) or str(user_data_path("yuanjiao-centre", False))
    parser.add_argument("--home", default=home, help="folder of the store, the key and the media")
    parser.add_argument(
        "--database",
        default=os.environ.get(DATABASE_VARIABLE, ""),
        help="postgresql+psycopg://… instead of SQLite in the folder",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for subject in _SUBJECTS:
        subject.add_commands(commands)
    return parser
