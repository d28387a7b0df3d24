"""The centre's commands: their arguments, and what is said about what came of them.

Exit codes: 0 done, 2 wrong use, 1 refused – with one sentence on stderr.
"""

from __future__ import annotations

import argparse
import errno
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from app.domain.errors import BadInput, UserError
from centre.settings import DATABASE_VARIABLE, HOME_VARIABLE, Settings
from centre.words import say, say_error

_FULL = (errno.ENOSPC, errno.EDQUOT)
_COMMANDS: dict[str, dict[str, str]] = {
    "running": {
        "init": "make the store and the key",
        "serve": "answer stations until interrupted",
        "new-generation": "after the store was restored",
        "replay": "make the report anew from all facts",
    },
    "stations": {
        "enrol-code": "make a one-time code for a station",
        "enrol-file": "let a station in by a file it wrote",
        "shut-out": "serve a station no more (lost or stolen)",
        "stations": "all stations and how each stands",
        "release": "let a station's quarantined records count",
    },
    "courses": {
        "publish-course": "put an MP4 into the catalogue",
        "withdraw-course": "a course may not be played any more",
        "check-courses": "read every course file and say how it is",
    },
    "sticks": {
        "stick": "take in and answer what stations put on a stick",
    },
    "decisions": {
        "queue": "facts that are kept and wait for a person",
        "proposals": "what stations propose about people; answer it",
        "matches": "who may be one person under two ids",
        "same-person": "say that two ids are one person",
        "erase-person": "erase what is personal about somebody",
    },
    "backups": {
        "backup": "copy the whole centre into a folder, proven",
        "restore": "put a backup back into a new home",
        "check": "look whether store, key and courses are whole",
    },
    "rosters": {
        "roster-template": "write an empty roster, explained",
        "import-roster": "read people from an Excel sheet",
        "undo-import": "take an import back as a whole (24 hours)",
        "township": "put a site under its township",
        "directory": "whether stations may find people of their township",
        "stop-person": "one person is not active any more",
    },
    "lists": {
        "people": "everybody in the rosters, with ids",
        "sites": "all sites, with ids",
        "courses": "the catalogue, with ids",
        "plans": "planned sessions, with ids",
        "report": "what the centre knows of sessions",
    },
    "books.forms": {
        "form": "one form: as JSON, spreadsheet, or a page to print",
        "forms": "all sites' books of a month",
    },
    "books.xapi": {
        "xapi": "attendance and films as xAPI statements: to a file, or to a record store",
    },
    "policies": {
        "policy": "until when a sign-in is in time; lists the rules",
    },
    "catalogue.plans": {
        "plan": "plan sessions at a site, a township, the county or for a class; change, withdraw, files",
        "withdraw-plan": "take a planned session back",
    },
    "books.ledger": {
        "ledger": "hours, absence, turnout, running books, yearly evidence",
    },
    "catalogue.classes": {
        "classes": "training classes: rows, people, checks, progress, who is to come",
    },
    "catalogue.rows": {
        "catalogue": "rows of any kind of the catalogue: list, show, add, change, stop, files",
        "lecturers": "the lecturer bank",
        "venues": "rooms and places, with seats",
        "partners": "units that help with venues, lecturers or courses",
        "routes": "routes with ordered stops",
        "series": "courses that belong together",
        "audiences": "for whom something is meant",
        "calendar": "holidays, workdays and shifted theme days",
        "campaigns": "drives, with their days and the turnout they aim at",
        "hour-rules": "what minutes are worth, by year",
    },
    "sessions.late": {
        "late": "what was entered late: list it, approve or return it",
    },
    "sessions.tests_of_courses": {
        "tests": "packs of questions: import, open, list; what tests came to",
    },
    "sessions.needs": {
        "needs": "what people want to learn, by kind of member",
    },
    "sessions.ratings": {
        "ratings": "what people thought of sessions: rates with numerator and denominator",
    },
    "sessions.monthly": {
        "monthly": "each branch's lesson, film and practice of a month",
    },
    "cases.board": {
        "cases": "wishes, requests, filings: what stands where, and moving it on",
    },
    "decide_again": {
        "decide-again": "what a restored store lost, and what must be decided again",
    },
}
"""Module of this package → the commands it adds, and what each is for. Only the module of the
command that was given is loaded."""


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
    chosen = _parser(arguments).parse_args(arguments)
    if not gc.isenabled():  # what is loaded by now stays: it need never be looked through
        gc.freeze()
        gc.enable()
    settings = Settings(_home(chosen.home), chosen.database)
    try:
        _check_texts(chosen)
        result: int = chosen.run(settings, chosen)
        if chosen.reminds:
            _remind(settings)
    except UserError as refused:
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
    except Exception as failed:
        key = _of_the_store(failed)
        if not key:
            raise
        sys.stderr.write(say(key) + "\n")
        return 1
    return result


def _check_texts(chosen: argparse.Namespace) -> None:
    """Bytes that are no text can stand in the name of a file, and nowhere else."""
    for name, value in vars(chosen).items():
        if name == "home":
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and any("\ud800" <= sign <= "\udfff" for sign in one):
                raise BadInput("centre.argument_no_text", what=name)


def _home(named: str) -> Path:
    """The home that was named, or the one this system has for it."""
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("yuanjiao-centre", False)


def _remind(settings: Settings) -> None:
    """Say once, beside what a command says itself, that the store was put back, if it was."""
    from sqlalchemy.exc import SQLAlchemyError

    from centre.decisions.put_back import noted
    from centre.opening import open_centre

    try:
        centre = open_centre(settings)
        try:
            with centre.store.reading() as tx:
                is_put_back = bool(noted(tx))
        finally:
            centre.close()
    except (UserError, SQLAlchemyError, OSError):
        return  # the command itself says what is wrong with the store
    if is_put_back:
        sys.stderr.write(say("centre.put_back_notice") + "\n")


def _of_the_store(failed: Exception) -> str:
    """What is said of an error of the database, which is loaded by then; empty for any other."""
    from sqlalchemy.exc import DatabaseError, OperationalError

    if isinstance(failed, OperationalError):
        full = "disk is full" in str(failed.orig).lower()
        return "centre.store_full" if full else "centre.store_unreachable"
    return "centre.store_damaged" if isinstance(failed, DatabaseError) else ""


def _speak_utf8() -> None:
    """Whoever reads through a pipe gets UTF-8 on every system; a console keeps its own way.

    A sign that can't be written, such as part of a file name that is not UTF-8, is spelled out.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            coding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=coding, errors="backslashreplace")


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="centre")
    home = os.environ.get(HOME_VARIABLE, "")
    parser.add_argument("--home", default=home, help="folder of the store, the key and the media")
    parser.add_argument(
        "--database",
        default=os.environ.get(DATABASE_VARIABLE, ""),
        help="postgresql+psycopg://… instead of SQLite in the folder",
    )
    parser.set_defaults(reminds=True)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", action=_Explained)
    for module, told in _COMMANDS.items():
        if told.keys().isdisjoint(arguments):
            for name in told:
                commands.add_parser(name)
        else:
            import_module(f"centre.commands.{module}").add_commands(commands)
    return parser


class _Explained(argparse._SubParsersAction):  # type: ignore[type-arg]  # no type at run time
    """Commands whose explanation stands in the table above."""

    def add_parser(self, name: str, **options: Any) -> Any:
        """See argparse."""
        told = next(told[name] for told in _COMMANDS.values() if name in told)
        return super().add_parser(name, help=told, **options)
