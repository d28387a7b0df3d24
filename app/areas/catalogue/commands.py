"""``catalogue list KIND``: rows that the centre maintains, as they stand at this station."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.areas.catalogue.kinds import CATALOGUE_KINDS, value_type
from app.cli.output import CommandResult
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation

_NOT_LISTED = frozenset(
    {"directory_person", "credit", "approval", "proposal_answer", "person_alias"}
)
"""Rows about people, which other commands show."""


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``catalogue``."""
    catalogue = commands.add_parser("catalogue", help=say("command.catalogue"))
    verbs = catalogue.add_subparsers(required=True, metavar="VERB")
    listed = verbs.add_parser("list", help=say("command.catalogue.list"))
    listed.add_argument("kind", choices=sorted(_kinds()))
    listed.add_argument("--stopped", action="store_true")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(job=_list)


def _kinds() -> frozenset[str]:
    return CATALOGUE_KINDS - _NOT_LISTED


def _list(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    with opened.station.tools.store.read() as reading:
        rows = reading.listed(value_type(options.kind), with_stopped=options.stopped)
    lines = [f"{getattr(one, 'id', '')}  {getattr(one, 'name', '')}".rstrip() for one in rows]
    return CommandResult(rows, tuple(lines or [say("command.catalogue.none")]))
