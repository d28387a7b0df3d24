"""``needs``: what people want to learn, by kind of member; the demand a course menu is made from."""

from __future__ import annotations

import argparse

from app.domain.time import local_date
from centre.commands.output import Commands, aligned, opened, write, write_json
from centre.ledgers.needs import CountyNeeds, county_needs
from centre.ledgers.scope import asked
from centre.settings import Settings
from centre.words import say


def add_commands(commands: Commands) -> None:
    """Add ``needs``."""
    verb = commands.add_parser("needs")
    verb.add_argument("--from", dest="first", default="", help="first day (ISO date)")
    verb.add_argument("--to", dest="last", default="", help="last day (ISO date)")
    verb.add_argument("--site", default="", help="name or id")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=show_needs)


def show_needs(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write them."""
    with opened(settings) as centre:
        last = chosen.last or local_date(centre.now_ms()).isoformat()
        first = chosen.first or f"{last[:4]}-01-01"
        with asked(centre, first, last, chosen.site) as (tx, scope):
            found = county_needs(tx, scope)
    if chosen.json:
        write_json(found)
    else:
        write(*_lines(found))
    return 0


def _lines(found: CountyNeeds) -> list[str]:
    if not found.groups:
        return [say("needs.none")]
    kinds = [(say(f"needs.kind.{one.kind}"), str(one.people)) for one in found.groups]
    wanted = [(say(f"needs.{option}"), str(count)) for option, count in found.demand]
    return [
        say("centre.needs_people"),
        aligned(kinds),
        "",
        say("centre.needs_demand"),
        aligned(wanted),
    ]
