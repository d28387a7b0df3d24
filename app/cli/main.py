"""The command line: reads the arguments, opens the station, says one thing, sets the exit code.

0 success · 1 refused, one line on standard error · 2 wrong use. Chinese unless the locale is
English.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from app.areas import each_part
from app.cli import diagnose, journal, pin, stick, upkeep
from app.cli.output import print_result, speak_any_sign
from app.domain.errors import BadInput, StoreTrouble, UserError
from app.words import say, say_error, speak

if TYPE_CHECKING:
    from app.bootstrap import OpenStation

    Job = Callable[[OpenStation, argparse.Namespace], object]


def main(arguments: list[str], environment: Mapping[str, str] | None = None) -> int:
    """Run one command; returns the exit code (argparse itself exits with 2 on wrong use)."""
    speak_any_sign()
    speak(language_of(os.environ if environment is None else environment))
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr, format="")
    logging.disable(logging.CRITICAL)
    logging.raiseExceptions = False
    options = parser(_command_of(arguments)).parse_args(arguments)
    try:
        _check_texts(options)
        if options.standalone is not None:
            result = options.standalone(options)
        else:
            result = _with_station(options)
    except UserError as refused:
        print(say_error(refused), file=sys.stderr)
        return 1
    except OSError as trouble:
        print(say("command.os_error", why=trouble.strerror or ""), file=sys.stderr)
        return 1
    print_result(result, as_json=options.json)
    return 0


def _check_texts(options: argparse.Namespace) -> None:
    """Bytes that are no text can stand in the name of a file, and nowhere else."""
    for value in vars(options).values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and any("\ud800" <= sign <= "\udfff" for sign in one):
                raise BadInput("refusal.no_text")


def language_of(environment: Mapping[str, str]) -> str:
    """``en`` under an English locale, else ``zh``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "en" if environment[name].lower().startswith("en") else "zh"
    return "zh"


def parser(command: str = "") -> argparse.ArgumentParser:
    """The grammar of the command line: all of it, or no more than finds this command."""
    top = argparse.ArgumentParser(prog="python -m app", description=say("command.about"))
    top.add_argument("--home", type=_folder, required=True, help=say("command.home"))
    top.set_defaults(standalone=None, json=False)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for part in chain((upkeep, journal, stick, pin, diagnose), each_part("commands")):
        part.add_commands(commands)
        if command in commands.choices:
            break
    return top


def _command_of(arguments: list[str]) -> str:
    """The first that is no option; empty when there is none."""
    after_home = [
        one
        for before, one in zip(["", *arguments], arguments, strict=False)
        if before != "--home" and not one.startswith("-")
    ]
    return after_home[0] if after_home else ""


def _folder(named: str) -> Path:
    """Of a variable that is not set nothing is left, which would mean the folder one stands in."""
    if not named:
        raise argparse.ArgumentTypeError(say("command.home"))
    return Path(named)


def _with_station(options: argparse.Namespace) -> object:
    from app.store.seal import Checksum

    checksum = Checksum(options.home / "station.db")  # read beside the loading of what follows
    from app.bootstrap import open_station

    if not gc.isenabled():  # what is loaded by now stays: it need never be looked through
        gc.freeze()
        gc.enable()
    opened = open_station(options.home, checksum=checksum)
    try:
        _fold_rows(opened)
        job: Job = options.job
        return job(opened, options)
    finally:
        opened.close()


def _fold_rows(opened: OpenStation) -> None:
    """No command reads rows that another version folded; on a full disk it reads them, and says so."""
    with opened.station.tools.store.read() as reading:
        if not reading.cache.is_stale(reading.conn):
            return
    print(say("command.folding"), file=sys.stderr)
    try:
        while not opened.station.fold_rows().is_over:
            pass
    except StoreTrouble as trouble:
        print(say_error(trouble), file=sys.stderr)
