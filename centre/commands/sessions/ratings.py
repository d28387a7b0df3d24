"""``ratings``: what people thought of sessions, with numerator and denominator."""

from __future__ import annotations

import argparse

from app.areas.ratings.lines import rate_words
from app.domain.time import local_date
from centre.commands.output import Commands, aligned, opened, write, write_json
from centre.ledgers.ratings import RATING_KEYS, CountyRating, county_ratings
from centre.ledgers.scope import asked
from centre.settings import Settings
from centre.words import say


def add_commands(commands: Commands) -> None:
    """Add ``ratings``."""
    verb = commands.add_parser("ratings")
    verb.add_argument("--from", dest="first", default="", help="first day (ISO date)")
    verb.add_argument("--to", dest="last", default="", help="last day (ISO date)")
    verb.add_argument("--site", default="", help="name or id")
    verb.add_argument("--by", choices=[one for one in RATING_KEYS if one], default="")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(run=show_ratings)


def show_ratings(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write them."""
    with opened(settings) as centre:
        last = chosen.last or local_date(centre.now_ms()).isoformat()
        first = chosen.first or f"{last[:4]}-01-01"
        with asked(centre, first, last, chosen.site) as (tx, scope):
            found = tuple(county_ratings(tx, scope, chosen.by))
    if chosen.json:
        write_json(found)
    elif found:
        write(aligned([_line(one) for one in found]))
    else:
        write(say("centre.list_empty"))
    return 0


def _line(one: CountyRating) -> tuple[str, ...]:
    told = say("centre.rating_sessions", count=one.sessions, few=one.too_few)
    return one.key, say(f"rating.{one.sheet}"), rate_words(say, one.good, one.votes), told
