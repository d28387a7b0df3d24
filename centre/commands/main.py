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
    check_courses,
    decide_again,
    enrol_file,
    lists,
    people,
    policies,
    rosters,
    stations,
    sticks,
    verbs,
)
from centre.settings import DATABASE_VARIABLE, HOME_VARIABLE, Settings
from centre.words import say, say_error

_FULL = (errno.ENOSPC, errno.EDQUOT)
_SPEAK_OF_IT = (decide_again.show, verbs.serve)
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
    _add_running(commands)
    _add_stations(commands)
    _add_courses(commands)
    _add_plans(commands)
    sticks.add_commands(commands)
    enrol_file.add_commands(commands)
    stations.add_commands(commands)
    check_courses.add_commands(commands)
    people.add_commands(commands)
    backups.add_commands(commands)
    rosters.add_commands(commands)
    lists.add_commands(commands)
    decide_again.add_commands(commands)
    policies.add_commands(commands)
    return parser


def _add_running(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    made = commands.add_parser("init", help="make the store and the key")
    made.add_argument("--new-key", action="store_true", help="when centre.key is lost for good")
    made.add_argument("--new-store", action="store_true", help="when the records are lost for good")
    made.set_defaults(run=verbs.init)

    served = commands.add_parser("serve", help="answer stations until interrupted")
    served.add_argument("--host", default="127.0.0.1")
    served.add_argument("--port", type=_port, default=8480, help="0 takes a free one")
    how = served.add_mutually_exclusive_group()
    how.add_argument("--plain", action="store_true", help="without TLS, behind a proxy here")
    how.add_argument(
        "--tls", action="store_true", help="with TLS on this machine's own address too"
    )
    served.add_argument("--certificate", type=Path, help="PEM that a proxy in front shows")
    served.add_argument("--processes", type=_count, default=1, help="several need PostgreSQL")
    served.set_defaults(run=verbs.serve)

    renewed = commands.add_parser("new-generation", help="after the store was restored")
    renewed.set_defaults(run=verbs.new_generation)


def _add_stations(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    code = commands.add_parser("enrol-code", help="make a one-time code for a station")
    place = code.add_mutually_exclusive_group(required=True)
    place.add_argument("--site", default="", help="name or id")
    place.add_argument("--station", default="", help="another PC takes the place of this station's")
    code.add_argument("--create", action="store_true", help="make the site if there is none")
    code.add_argument("--json", action="store_true")
    code.set_defaults(run=verbs.enrol_code)

    out = commands.add_parser("shut-out", help="serve a station no more (lost or stolen)")
    out.add_argument("id")
    out.set_defaults(run=verbs.shut_out)

    report = commands.add_parser("report", help="what the centre knows of sessions")
    report.add_argument("--json", action="store_true", required=True)
    report.add_argument("--site", default="", help="name or id")
    report.add_argument("--session", default="")
    report.set_defaults(run=verbs.report)


def _add_courses(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    course = commands.add_parser("publish-course", help="put an MP4 into the catalogue")
    course.add_argument("file", type=Path)
    course.add_argument("--subtitle", type=Path)
    for word in ("title", "topic", "summary", "licence", "id"):
        course.add_argument(f"--{word}", default="")
    course.add_argument("--json", action="store_true")
    course.set_defaults(run=verbs.publish)

    withdrawn = commands.add_parser("withdraw-course", help="a course may not be played any more")
    withdrawn.add_argument("id")
    withdrawn.set_defaults(run=verbs.withdraw)


def _add_plans(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    plan = commands.add_parser("plan", help="plan an evening")
    plan.add_argument("--site", required=True, help="name or id")
    plan.add_argument("--date", required=True, metavar="YYYY-MM-DD")
    plan.add_argument("--start", required=True, metavar="HH:MM")
    plan.add_argument("--title", required=True)
    plan.add_argument("--course", nargs="*", action="extend", default=[], metavar="ID")
    plan.add_argument("--unit", nargs="*", action="extend", default=[], metavar="NAME")
    plan.add_argument("--json", action="store_true")
    plan.set_defaults(run=verbs.plan)

    withdrawn = commands.add_parser("withdraw-plan", help="take an evening back")
    withdrawn.add_argument("id")
    withdrawn.set_defaults(run=verbs.unplan)


def _count(spelled: str) -> int:
    number = int(spelled)
    if not 1 <= number <= 64:
        raise ValueError
    return number


def _port(spelled: str) -> int:
    number = int(spelled)
    if not 0 <= number <= 65_535:
        raise ValueError
    return number
