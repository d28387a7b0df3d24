"""``journal …``: walk the chain, list facts, make the rows anew, export for an auditor."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import CommandResult
from app.domain.errors import StoreTrouble
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``journal`` with its verbs."""
    top = commands.add_parser("journal", help=say("command.journal"))
    verbs = top.add_subparsers(required=True, metavar="VERB")
    jobs = (("verify", _verify), ("list", _list), ("rebuild", _rebuild), ("export", _export))
    for name, job in jobs:
        verb = verbs.add_parser(name, help=say(f"command.journal.{name}"))
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(job=job)
        if name == "list":
            verb.add_argument("--last", type=int, default=50)
        if name == "export":
            verb.add_argument("folder", type=Path, help=say("command.journal.export.folder"))
            verb.add_argument(
                "--personal", action="store_true", help=say("command.journal.export.personal")
            )


def _verify(opened: OpenStation, _: argparse.Namespace) -> CommandResult:
    report = opened.station.tools.store.verify()
    if report.broken_at is not None:
        raise StoreTrouble("command.chain_broken", place=report.broken_at)
    line = say("command.chain_sound", facts=report.facts, segments=report.segments)
    return CommandResult(report, (line,))


def _list(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    lines = opened.station.tools.store.newest_facts(max(1, options.last))
    return CommandResult(
        lines,
        tuple(f"{one.segment[:8]}:{one.n:<5} {one.kind:<20} {one.at}" for one in lines),
    )


def _rebuild(opened: OpenStation, _: argparse.Namespace) -> CommandResult:
    facts = opened.station.tools.store.rebuild()
    return CommandResult({"facts": facts}, (say("command.rebuilt", facts=facts),))


def _export(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    done = opened.station.export_record(options.folder, with_personal=options.personal)
    return CommandResult(done, (say("command.exported", facts=done.facts, folder=done.folder),))
