"""``monthly``: what the month still lacks, and when its theme day is."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.areas.monthly.month_lines import branch_line, theme_day_line
from app.cli.output import CommandResult
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``monthly``."""
    monthly = commands.add_parser("monthly", help=say("command.monthly"))
    monthly.add_argument(
        "--month", default="", metavar="YYYY-MM", help=say("command.monthly.month")
    )
    monthly.add_argument("--json", action="store_true")
    monthly.set_defaults(job=_show)


def _show(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    stands = opened.station.monthly.show(options.month)
    lines = (theme_day_line(stands, ""), *map(branch_line, stands.branches))
    return CommandResult(stands, lines)
