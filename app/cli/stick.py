"""``stick export|import FOLDER``: the same exchange as ``sync``, carried by hand."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from app.cli.output import CommandResult
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation
    from app.usecases.carry import Carry, CarryOutcome


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``stick`` with its verbs."""
    top = commands.add_parser("stick", help=say("command.stick"))
    verbs = top.add_subparsers(required=True, metavar="VERB")
    for name, job in (("export", _export), ("import", _import)):
        verb = verbs.add_parser(name, help=say(f"command.stick.{name}"))
        verb.add_argument("folder", type=Path, help=say("command.stick.folder"))
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(job=job)
        if name == "import":
            verb.add_argument("--no-courses", action="store_true")


def _export(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    done = _carry(opened).export(options.folder, store_lane=lambda job: job())
    if done.trouble is not None:
        raise done.trouble
    if not done.parts:
        return CommandResult(_told(done), (say("stick.nothing_new"),))
    return CommandResult(_told(done), (say("stick.exported", facts=done.facts, parts=done.parts),))


def _import(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    done = _carry(opened).take(
        options.folder, store_lane=lambda job: job(), courses=not options.no_courses
    )
    if done.trouble is not None:
        raise done.trouble
    lines = [
        say("stick.imported", answers=done.answers, rows=done.rows, files=done.files),
        say("sync.agreed", facts=done.held, confirmed=done.confirmed),
    ]
    if done.foreign or done.damaged or done.unseen:
        passed = {"foreign": done.foreign, "damaged": done.damaged, "unseen": done.unseen}
        lines.append(say("stick.passed_over", **passed))
    return CommandResult(_told(done), tuple(lines))


def _carry(opened: OpenStation) -> Carry:
    from app.bootstrap import carry_of

    return carry_of(opened)


def _told(done: CarryOutcome) -> dict[str, object]:
    return {name: value for name, value in asdict(done).items() if name != "trouble"}
