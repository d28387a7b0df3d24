"""``ledger``: what the record comes to by a rule – hours, absence, turnout, running books, years.

With ``--json`` rows are written one after another as they are read, so that a county is never in
memory whole.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import date

import msgspec
from sqlalchemy import Connection, select

from app.domain.errors import BadInput
from app.domain.time import local_date
from centre.commands.output import Commands, opened, write
from centre.ledgers.absence import county_absence
from centre.ledgers.hours import account_of, county_hours
from centre.ledgers.running import county_running, site_book
from centre.ledgers.scope import LedgerScope, asked
from centre.ledgers.turnout import TURNOUT_KEYS, county_turnout
from centre.ledgers.yearly import county_year, sheet_of
from centre.settings import Settings
from centre.store.tables import people
from centre.words import say

Told = Iterable[object]
_ENCODER = msgspec.json.Encoder()


def add_commands(commands: Commands) -> None:
    """Add ``ledger`` with a verb a ledger."""
    verbs = commands.add_parser("ledger").add_subparsers(required=True, metavar="LEDGER")
    for name, run, about in (
        ("hours", _hours, "learning hours of a year"),
        ("absence", _absence, "how long members have not been seen"),
        ("turnout", _turnout, "who of those expected came"),
        ("running", _running, "running books of sites"),
        ("yearly", _yearly, "yearly evidence of people"),
    ):
        verb = verbs.add_parser(name, help=about)
        verb.add_argument("--from", dest="first", default="", help="first day (ISO date)")
        verb.add_argument("--to", dest="last", default="", help="last day (ISO date)")
        verb.add_argument("--site", default="", help="name or id")
        verb.add_argument("--person", default="", help="id")
        if name == "turnout":
            verb.add_argument("--by", choices=[one for one in TURNOUT_KEYS if one], default="")
        verb.add_argument("--json", action="store_true", help="one JSON array, row by row")
        verb.set_defaults(run=show_ledger, ledger=run)


def show_ledger(settings: Settings, chosen: argparse.Namespace) -> int:
    """Write one ledger."""
    with opened(settings) as centre:
        today = local_date(centre.now_ms()).isoformat()
        last = chosen.last or today
        first = chosen.first or f"{last[:4]}-01-01"
        with asked(centre, first, last, chosen.site, chosen.person) as (tx, scope):
            ledger: Callable[[Connection, LedgerScope, argparse.Namespace], Told] = chosen.ledger
            _write(ledger(tx, scope, chosen), as_json=chosen.json)
    return 0


def _write(rows: Told, *, as_json: bool) -> None:
    """Rows as they come: an array of JSON, or a line of text each."""
    before = "[\n"
    for row in rows:
        line = _ENCODER.encode(row).decode()
        sys.stdout.write(f"{before}{line}" if as_json else f"{_line(row)}\n")
        before = ",\n"
    if as_json:
        sys.stdout.write("[]\n" if before == "[\n" else "\n]\n")
    elif before == "[\n":
        write(say("centre.list_empty"))


def _line(row: object) -> str:
    """A row for people: its words and figures in order, without what is empty."""
    told = msgspec.to_builtins(row)
    return "  ".join(
        f"{name}={value}" for name, value in told.items() if value not in ("", [], None)
    )


def _hours(tx: Connection, scope: LedgerScope, _chosen: argparse.Namespace) -> Told:
    if not scope.person:
        return county_hours(tx, scope, _year(scope))
    account = account_of(tx, scope.person, _home(tx, scope.person), _year(scope))
    sums = {name: getattr(account, name) for name in ("minutes", "pending", "missing")}
    return [msgspec.to_builtins(account) | sums]


def _absence(tx: Connection, scope: LedgerScope, _chosen: argparse.Namespace) -> Told:
    for one in county_absence(tx, scope):
        told = msgspec.to_builtins(one.absence) | {"alarm": one.absence.alarm}
        yield {"name": one.name, "site": one.site, "is_seen": one.is_seen, **told}


def _turnout(tx: Connection, scope: LedgerScope, chosen: argparse.Namespace) -> Told:
    return county_turnout(tx, scope, chosen.by)


def _running(tx: Connection, scope: LedgerScope, _chosen: argparse.Namespace) -> Told:
    return site_book(tx, scope) if scope.site else county_running(tx, scope)


def _yearly(tx: Connection, scope: LedgerScope, _chosen: argparse.Namespace) -> Told:
    if scope.person:
        return [sheet_of(tx, scope.person, _year(scope))]
    return county_year(tx, scope, _year(scope))


def _year(scope: LedgerScope) -> int:
    """The one year that is asked for: hours are counted by calendar years."""
    first, last = date.fromisoformat(scope.first), date.fromisoformat(scope.last)
    if first.year != last.year:
        raise BadInput("centre.ledger_one_year")
    return last.year


def _home(tx: Connection, person: str) -> str:
    return tx.scalar(select(people.c.site).where(people.c.id == person)) or ""
