"""``monthly``: each branch's lesson, film and practice of a month, and what is missing."""

from __future__ import annotations

import argparse

from centre.commands.output import Commands, aligned, opened, write, write_json
from centre.reports.monthly import SiteMonth, read_month
from centre.settings import Settings
from centre.words import say

_HEADS = ("site", "month_theme_day", "branch", "month_lesson", "month_film", "month_practice")


def add_commands(commands: Commands) -> None:
    """Add ``monthly``."""
    monthly = commands.add_parser("monthly")
    monthly.add_argument("--month", default="", metavar="YYYY-MM", help="this month without it")
    monthly.add_argument("--site", default="", help="name or id")
    monthly.add_argument("--json", action="store_true")
    monthly.set_defaults(run=run_monthly)


def run_monthly(settings: Settings, chosen: argparse.Namespace) -> int:
    """List a month, a branch a line."""
    with opened(settings) as centre:
        found = read_month(centre, month=chosen.month, site=chosen.site)
    if chosen.json:
        write_json(found)
        return 0
    rows = [tuple(say(f"centre.head_{head}") for head in _HEADS)]
    rows += [cells for one in found for cells in _cells(one)]
    write(aligned(rows))
    return 0


def _cells(one: SiteMonth) -> list[tuple[str, ...]]:
    return [
        (
            one.site_name,
            one.theme_day,
            branch.name or say("centre.month_whole_site"),
            *(
                str(len(item.sessions)) if item.sessions else say("centre.month_missing")
                for item in branch.items
            ),
        )
        for branch in one.branches
    ]
