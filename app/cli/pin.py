"""``pin forget`` removes a forgotten PIN; whoever may write the store's files may run it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.cli.output import CommandResult
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``pin`` with its verb."""
    top = commands.add_parser("pin", help=say("command.pin"))
    verbs = top.add_subparsers(required=True, metavar="VERB")
    verb = verbs.add_parser("forget", help=say("command.pin.forget"))
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(job=_forget)


def _forget(opened: OpenStation, _: argparse.Namespace) -> CommandResult:
    seen = opened.station.pin.forget_pin()
    return CommandResult({"has_pin": seen.has_pin}, (say("command.pin.forgotten"),))
