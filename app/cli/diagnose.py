"""``diagnose FILE``: the help file, also of a station that can't be opened just now."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import CommandResult
from app.domain.errors import UserError
from app.words import say
from app.words.codes import for_log

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.usecases.diagnostics import Health


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``diagnose``."""
    command = commands.add_parser("diagnose", help=say("command.diagnose"))
    command.add_argument("file", type=Path, help=say("command.diagnose.file"))
    command.add_argument("--json", action="store_true")
    command.set_defaults(standalone=_diagnose)


def _diagnose(options: argparse.Namespace) -> CommandResult:
    from app.bootstrap import write_help

    health, trouble = _look(options.home)
    done = write_help(options.home, options.file, health, trouble=trouble)
    data = {"file": str(done.path), "code": done.code, "bytes": done.size, "trouble": trouble}
    return CommandResult(data, (say("command.diagnosed", code=done.code, file=done.path),))


def _look(home: Path) -> tuple[Health | None, str]:
    """The station if it can be opened; when it can't, that is what the file is for."""
    from app.bootstrap import look_at_health, open_station

    try:
        opened = open_station(home)
        try:
            return look_at_health(opened), ""
        finally:
            opened.close()
    except UserError as refused:
        return None, for_log(refused)
    except Exception as unforeseen:  # noqa: BLE001 - whatever it is, the file is to tell of it
        return None, f"K-900 {type(unforeseen).__name__}"
