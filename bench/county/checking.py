"""Every ledger of a county, at its stations and at its centre, against the naive recount."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from app.areas.running.running import RunningDay
from app.areas.turnout.turnout import TurnoutSum
from app.bootstrap import open_station
from app.usecases.ledgers import Ledgers, TurnoutKey
from bench.county.filling import NOW_MS, open_county
from bench.county.recount import Recount
from bench.county.recount_sessions import Said, said_of
from bench.county.roster import YEAR
from centre.ledgers.absence import county_absence
from centre.ledgers.hours import account_of, county_hours
from centre.ledgers.running import county_running, site_book
from centre.ledgers.scope import LedgerScope
from centre.ledgers.turnout import TURNOUT_KEYS, county_turnout
from centre.ledgers.yearly import county_year, sheet_of
from centre.store.tables import people
from tests.support.stations import SetClock, at_site

FIRST, LAST = f"{YEAR}-01-01", f"{YEAR}-12-31"
_TURNOUT = (
    *("sessions", "expected", "arrived", "on_leave", "absent", "left_out", "left_out_came"),
    *("visitors", "attendances", "people", "expected_people", "seen_people", "pending"),
)
_YEARLY = ("expected", "attended", "on_leave", "absent", "lessons", "practice", "visits")
_HOURS = ("minutes", "pending", "elsewhere", "missing")
_ABSENCE = ("since", "days", "months", "alarm")
_HINTS = ("nobody_signed_in", "signed_in_at_end", "played_at_night")
_FACTS = (
    """SELECT site, segment, n, hash, bytes FROM facts WHERE NOT quarantined ORDER BY arrival"""
)
_PAIRS = "SELECT id, person FROM person_aliases WHERE site = ''"
_Hours = dict[str, dict[str, int]]
_PERSON_ONE_IN = 7
"""Of so many people one is asked for by himself as well."""


@dataclass(slots=True)
class Comparison:
    """How many figures were compared, and which differ."""

    figures: int = 0
    differ: list[str] = field(default_factory=list)

    def compare(self, what: str, told: object, counted: object) -> None:
        """Compare one figure."""
        self.figures += 1
        if told != counted:
            self.differ.append(f"{what}: told {told!r}, counted {counted!r}")

    def compare_each(
        self, what: str, told: Mapping[str, Any], counted: Mapping[str, Any], names: Iterable[str]
    ) -> None:
        """Compare some figures of one thing; what was not counted is 0."""
        for name in names:
            self.compare(f"{what} {name}", told[name], counted.get(name, 0))


def check_county(folder: Path, database: str = "") -> Comparison:
    """Compare everything at the centre and at each station that has a home in the folder."""
    done = Comparison()
    centre = open_county(folder, database)
    try:
        with centre.store.reading() as tx:
            if tx.dialect.name != "sqlite":  # counting by hand takes minutes
                tx.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            recount, by_site = _recount(tx)
            hours = recount.hours(YEAR)
            _check_county(done, tx, recount, hours)
            for site, own in by_site.items():
                _check_site(done, tx, site, hours, own)
            _check_people(done, tx, recount, hours)
    finally:
        centre.close()
    for home in sorted((folder / "stations").glob("*")):
        _check_station(done, home)
    return done


# --- the centre -----------------------------------------------------------------------------


def _recount(tx: Connection) -> tuple[Recount, dict[str, Recount]]:
    said = said_of(tuple(row) for row in tx.execute(text(_FACTS)))
    roster = [
        {**json.loads(bytes(row.body)), "site": row.site}
        for row in tx.execute(select(people.c.site, people.c.body).where(people.c.active))
    ]
    words = tx.execute(text("SELECT body FROM feed_rows WHERE kind = 'approval'"))
    approvals = {one["id"]: one["state"] for one in (json.loads(bytes(row[0])) for row in words)}
    pairs = [(row[0], row[1]) for row in tx.execute(text(_PAIRS))]
    whole = Recount(said, roster, approvals, pairs=pairs)
    of_site: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        of_site[one.site].append(one)
    return whole, {site: Recount(own, roster, approvals) for site, own in of_site.items()}


def _check_county(done: Comparison, tx: Connection, recount: Recount, hours: _Hours) -> None:
    scope = LedgerScope(FIRST, LAST)
    told_of = []
    for one in county_hours(tx, scope, YEAR):
        told = {name: getattr(one, name) for name in _HOURS}
        done.compare_each(f"centre hours {one.person}", told, hours[one.person], _HOURS)
        told_of.append(recount.one.get(one.person, (one.person,)))
    done.compare("centre hours people", sorted(told_of), sorted(set(told_of)))
    every = {recount.one.get(one, (one,)) for one in hours}
    done.compare("centre hours of all", len(told_of), len(every))
    absence = recount.absence(LAST)
    once = {recount.one.get(one, (one,)) for one in absence}
    clocks = 0
    for clock in county_absence(tx, scope):
        who = clock.absence.person
        told = {name: getattr(clock.absence, name) for name in _ABSENCE}
        done.compare_each(f"centre absence {who}", told, absence[who], _ABSENCE)
        clocks += 1
    done.compare("centre absence people", clocks, len(once))
    for by in TURNOUT_KEYS:
        counted = recount.turnout(FIRST, LAST, by)
        _check_turnout(done, f"centre turnout {by}", _centre_turnout(tx, scope, by), counted)
    yearly = recount.yearly(YEAR)
    for year in county_year(tx, scope, YEAR):
        told = {name: getattr(year, name) for name in _YEARLY}
        done.compare_each(f"centre year {year.person}", told, yearly[year.person], _YEARLY)
    running = recount.running(FIRST, LAST)
    for site in county_running(tx, scope):
        told = {name: getattr(site, name) for name in ("held", "not_held", "minutes", "plays")}
        told |= {"days": site.days, **dict(site.hints)}
        names = ("held", "not_held", "minutes", "plays", "days", *_HINTS)
        done.compare_each(f"centre running {site.site}", told, running.get(site.site, {}), names)


def _centre_turnout(tx: Connection, scope: LedgerScope, by: str) -> dict[str, dict[str, Any]]:
    told = county_turnout(tx, scope, by)
    return {one.key: {name: getattr(one, name) for name in _TURNOUT} for one in told}


def _check_turnout(
    done: Comparison,
    what: str,
    told: Mapping[str, Mapping[str, Any]],
    counted: Mapping[str, Mapping[str, Any]],
) -> None:
    for key in sorted({*told, *counted}):
        own = told.get(key, dict.fromkeys(_TURNOUT, 0))
        done.compare_each(f"{what} {key}", own, counted.get(key, {}), _TURNOUT)


def _check_site(done: Comparison, tx: Connection, site: str, hours: _Hours, own: Recount) -> None:
    """What the centre says of one site alone."""
    scope = LedgerScope(FIRST, LAST, site)
    for one in county_hours(tx, scope, YEAR):
        told = {name: getattr(one, name) for name in _HOURS}
        done.compare_each(f"{site} hours {one.person}", told, hours[one.person], _HOURS)
    counted = own.turnout(FIRST, LAST)
    _check_turnout(done, f"{site} turnout", _centre_turnout(tx, scope, ""), counted)
    _check_book(done, f"{site} book", site_book(tx, scope), own.running(FIRST, LAST).get(site, {}))


def _check_people(done: Comparison, tx: Connection, recount: Recount, hours: _Hours) -> None:
    """What the centre says of one person alone, with the sessions behind it."""
    yearly = recount.yearly(YEAR)
    for place, (who, person) in enumerate(sorted(recount.people.items())):
        if place % _PERSON_ONE_IN:
            continue
        account = account_of(tx, who, person["site"], YEAR)
        told = {"minutes": account.minutes, "pending": account.pending, "missing": account.missing}
        done.compare_each(f"person hours {who}", told, hours[who], told)
        behind = sum(one.counted for one in account.sessions)
        done.compare(f"person hours {who} sessions", behind, hours[who]["minutes"])
        _check_sheet(done, f"person year {who}", sheet_of(tx, who, YEAR), yearly[who])


def _check_sheet(done: Comparison, what: str, sheet: Any, counted: Mapping[str, int]) -> None:
    told = {name: len(getattr(sheet, name)) for name in _YEARLY}
    done.compare_each(what, told, counted, _YEARLY)


def _check_book(
    done: Comparison, what: str, days: Iterable[RunningDay], counted: Mapping[str, int]
) -> None:
    told: dict[str, int] = dict.fromkeys(("held", "not_held", "faults", *_HINTS), 0)
    for one in days:
        told["faults"] += len(one.faults)
        for session in one.sessions:
            told["held" if session.step == "closed" else "not_held"] += 1
        for hint in one.hints:
            told[hint.kind.value] = told.get(hint.kind.value, 0) + 1
    done.compare_each(what, told, counted, ("held", "not_held", "faults", *_HINTS))


# --- a station ------------------------------------------------------------------------------


def _check_station(done: Comparison, home: Path) -> None:
    opened = open_station(home, clock=SetClock(wall_ms=NOW_MS))
    try:
        site = _site_of(home)
        station = at_site(opened.station, site)
        ledgers = station.ledgers
        recount = _recount_home(home, site)
        what = f"station {home.name}"
        _check_station_people(done, what, ledgers, recount)
        for by in ("", *(one.value for one in TurnoutKey)):
            told = (
                ledgers.turnout_by(FIRST, LAST, TurnoutKey(by))
                if by
                else {"": ledgers.turnout(FIRST, LAST)}
            )
            shown = {key: _turnout_figures(one) for key, one in told.items()}
            _check_turnout(done, f"{what} turnout {by}", shown, recount.turnout(FIRST, LAST, by))
        counted = recount.running(FIRST, LAST).get(site, {})
        _check_book(done, f"{what} book", ledgers.running(FIRST, LAST), counted)
    finally:
        opened.close()


def _check_station_people(done: Comparison, what: str, ledgers: Ledgers, recount: Recount) -> None:
    hours, yearly = recount.hours(YEAR), recount.yearly(YEAR)
    for one in ledgers.hours_of_all(YEAR):
        told = {name: getattr(one, name) for name in ("minutes", "pending", "missing")}
        done.compare_each(f"{what} hours {one.person}", told, hours[one.person], told)
    absence = recount.absence(LAST)
    for clock in ledgers.absence(LAST):
        told = {name: getattr(clock, name) for name in _ABSENCE}
        done.compare_each(f"{what} absence {clock.person}", told, absence[clock.person], _ABSENCE)
    for who in sorted(recount.people)[::_PERSON_ONE_IN]:
        sheet = ledgers.yearly(recount.people[who]["id"], YEAR)
        _check_sheet(done, f"{what} year {who}", sheet, yearly[who])


def _turnout_figures(told: TurnoutSum) -> dict[str, Any]:
    figures = {name: getattr(told, name) for name in _TURNOUT}
    left_out = sum(count for _, count in told.left_out)
    return figures | {"sessions": len(told.sessions), "left_out": left_out}


def _site_of(home: Path) -> str:
    with closing(_database(home)) as db:
        (site,) = db.execute("SELECT id FROM sites").fetchone()
        return str(site)


def _recount_home(home: Path, site: str) -> Recount:
    with closing(_database(home)) as db:
        rows = db.execute(
            "SELECT s.id, f.n, f.hash, f.bytes FROM facts f JOIN segments s ON s.no = f.segment_no"
        )
        said = said_of((site, *row) for row in rows)
        roster = [
            {**json.loads(body), "site": site}
            for (body,) in db.execute("SELECT body FROM people WHERE active = 1")
        ]
        return Recount(said, roster, dict(_approvals(db)), _rows_of(db, "credit"))


def _approvals(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for one in _rows_of(db, "approval"):
        yield one["id"], one["state"]


def _rows_of(db: sqlite3.Connection, kind: str) -> list[dict[str, Any]]:
    rows = db.execute("SELECT body FROM catalogue WHERE kind = ?", (kind,))
    return [json.loads(body) for (body,) in rows]


def _database(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{home / 'station.db'}?mode=ro", uri=True)
