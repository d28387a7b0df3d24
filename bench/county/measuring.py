"""A county-year's ledgers from a centre that has just taken it in, on PostgreSQL, each by the
command an office gives; beside them one SQL aggregate over a bare table of the same rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import create_engine, make_url, text

from app.areas.attendance.facts import AttendanceMarked
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.bootstrap import open_station
from app.domain.ids import PersonId, SessionId
from bench.county.filling import NOW_MS, fill_county, open_county, send_runs
from bench.county.roster import YEAR, CountyPlan, county_sites
from bench.county.story import tell_year
from bench.figures import Figure, Spread, median, single
from bench.places import Places
from bench.processes.children import ROOT
from bench.processes.cluster import durable_cluster
from bench.processes.meters import load_average
from tests.support.stations import SetClock, at_site

COUNTY_S, ONE_S, PAGE_MS, MEMORY_MIB = 2.0, 0.2, 100.0, 300.0
_RUNS = 3
_YEAR = ("--from", f"{YEAR}-01-01", "--to", f"{YEAR}-12-31")
_MONTH_NAME = f"{YEAR}-11"
_MONTH = ("--from", f"{YEAR}-11-01", "--to", f"{YEAR}-11-30")
_REPORTS = {
    "hours of everybody": ("ledger", "hours", *_YEAR),
    "clock of everybody": ("ledger", "absence", *_YEAR),
    "turnout of the year by site": ("ledger", "turnout", *_YEAR, "--by", "site"),
    "month by site": ("ledger", "turnout", *_MONTH, "--by", "site"),
    "month's running books": ("ledger", "running", *_MONTH),
    "county's bulletin of a month": ("form", "bulletin", "--month", _MONTH_NAME),
}
_BARE = """CREATE TABLE bare AS SELECT person, kind, minutes, from_ms FROM session_lines"""
_FLOOR = "SELECT person, SUM(minutes) FROM bare GROUP BY person"


@dataclass(frozen=True, slots=True)
class Asked:
    """One report by command: seconds beyond the start of the program, most MiB."""

    seconds: float
    mib: float


def measure(places: Places) -> list[Figure]:
    """Fill a county, ask for its reports, add one late fact, ask again."""
    plan = CountyPlan(stations=12 if places.quick else 162)
    folder = places.root / "county"
    with durable_cluster() as cluster:
        address = cluster.cluster.new_database()
        began = time.perf_counter()
        facts = fill_county(folder, plan, address, homes=1)
        filled_s = time.perf_counter() - began
        note = f"{plan.stations} stations, {facts} facts, made in {filled_s:.0f} s; load {load_average()}"
        start_s = min(_ask(folder, address, ("sites",)).seconds for _ in range(_RUNS))
        floor = _floor(address)
        figures = _county(folder, address, start_s, floor, note, "")
        _one_late_fact(folder, address, plan)
        figures += _county(folder, address, start_s, floor, "with one late fact", " again")
        figures += _one(folder, address, start_s, plan)
        figures += _books(folder, address, start_s, plan)
    return [*figures, _page(folder, plan)]


def _county(  # noqa: PLR0913 - where, and what it is compared with
    folder: Path, address: str, start_s: float, floor: Spread, note: str, again: str
) -> list[Figure]:
    figures = []
    most = 0.0
    for name, command in _REPORTS.items():
        asked = [_ask(folder, address, (*command, "--json")) for _ in range(_RUNS)]
        took = [max(one.seconds - start_s, 0.0) for one in asked]
        most = max(most, *(one.mib for one in asked))
        first = took[0] if again else median(took).value
        met = first <= COUNTY_S
        goal = f"≤ {COUNTY_S} s"
        figures.append(Figure(name + again, "s", median(took), floor, goal, met, note))
    goal = f"≤ {MEMORY_MIB:.0f} MiB"
    figures.append(Figure(f"memory{again}", "MiB", single(most), None, goal, most <= MEMORY_MIB))
    return figures


def _one(folder: Path, address: str, start_s: float, plan: CountyPlan) -> list[Figure]:
    site = county_sites(plan)[0]
    figures = []
    for name, more in (
        ("a site", ("--site", site.id)),
        ("a person", ("--person", site.people[0].id)),
    ):
        command = ("ledger", "hours", *_YEAR, *more, "--json")
        took = [max(_ask(folder, address, command).seconds - start_s, 0.0) for _ in range(_RUNS)]
        told = median(took)
        met = told.value <= ONE_S
        figures.append(Figure(f"hours of {name}", "s", told, None, f"≤ {ONE_S} s", met))
    return figures


def _books(folder: Path, address: str, start_s: float, plan: CountyPlan) -> list[Figure]:
    """A month's books of all sites, a workbook each."""
    command = ("forms", "month", "--month", _MONTH_NAME, "--out", str(folder / "books"))
    told = _ask(folder, address, command)
    took = single((told.seconds - start_s) / plan.stations * 1e3)
    goal = f"≤ {MEMORY_MIB:.0f} MiB"
    return [
        Figure("a month's books, by site", "ms", took, None, "", None),
        Figure("memory of books", "MiB", single(told.mib), None, goal, told.mib <= MEMORY_MIB),
    ]


def _ask(folder: Path, address: str, command: Sequence[str]) -> Asked:
    """Give the command in a process of its own; what it writes is thrown away."""
    where = ("--home", str(folder / "centre"), "--database", address)
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "centre", *where, *command], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(" ".join(command))
    return Asked(time.perf_counter() - began, used.ru_maxrss / 1024)


def _floor(address: str) -> Spread:
    """The bare aggregate, its rows fetched."""
    engine = create_engine(address)
    with engine.begin() as tx:
        tx.execute(text(_BARE))
    engine.dispose()
    url = make_url(address)
    took = []
    with psycopg.connect(
        f"dbname={url.database} user={url.username} host={url.query['host']}"
    ) as tx:
        for _ in range(_RUNS):
            began = time.perf_counter()
            json.dumps([(row[0], int(row[1])) for row in tx.execute(_FLOOR).fetchall()])
            took.append(time.perf_counter() - began)
    return median(took)


def _one_late_fact(folder: Path, address: str, plan: CountyPlan) -> None:
    """A late entry into one session comes in: of what is asked next, one session is folded anew."""
    every = county_sites(plan)
    told = tell_year(plan, every[0], every[1])
    journal = told.journal
    session = next(
        json.loads(one)["b"]["session"]
        for segment in journal.segments
        for one in segment.facts
        if json.loads(one)["k"] == "session.closed"
    )
    own = journal.begin(NOW_MS - 60_000, journal.segments[-1])
    who = PersonId(every[0].people[0].id)
    mark = AttendanceMarked(
        SessionId(session), who, Status.LATE_ENTRY, Lane.ROLL_CALL, RosterStatus.EXPECTED
    )
    journal.record(own, mark, NOW_MS - 30_000)
    centre = open_county(folder, address)
    try:
        send_runs(centre, journal, [journal.run(own, 1, len(own.facts))])
    finally:
        centre.close()


def _page(folder: Path, plan: CountyPlan) -> Figure:
    """A person's page at a station: hours and yearly sheet."""
    site = county_sites(plan)[0]
    opened = open_station(folder / "stations" / "000", clock=SetClock(wall_ms=NOW_MS))
    try:
        ledgers = at_site(opened.station, site.id).ledgers
        took = []
        for person in site.people[: _RUNS * 3]:
            began = time.perf_counter()
            ledgers.hours(person.id, YEAR)
            ledgers.yearly(person.id, YEAR)
            took.append((time.perf_counter() - began) * 1e3)
    finally:
        opened.close()
    told = median(took)
    met = told.high <= PAGE_MS
    return Figure("a station's person page", "ms", told, None, f"≤ {PAGE_MS:.0f} ms", met)
