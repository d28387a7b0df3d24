"""Ten thousand open cases in a county: any list at the centre, and the page of a station."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from sqlalchemy import insert, text

from app.areas.cases.case_kind import Party
from app.areas.cases.case_row import CaseRow
from app.areas.cases.declared import CASE_KINDS, WISH
from app.areas.cases.machine import OPENING, CaseStep
from app.areas.cases.verbs import MOST_OTHERS
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from bench.figures import Figure, percentile
from bench.places import Places
from bench.station.search import work_s
from centre.cases.reading import CaseChoice, count_cases, list_cases
from centre.opening import open_centre
from centre.settings import Settings
from centre.store.decision_tables import case_heads
from centre.store.tables import sites
from tests.support.stations import station_at

OPEN, SITES = 10_000, 162
WISHES, OWN, RUNS = 2_000, 100, 40
"""What a station sees of a county's wishes, its own cases, and how often each is asked."""
LIST_MS, PAGE_MS = 100.0, 50.0


def measure(places: Places) -> list[Figure]:
    """Lists at the centre and the page at a station, each beside the bare rows."""
    return [*_at_centre(places), *_at_station(places)]


def _at_centre(places: Places) -> list[Figure]:
    kinds = tuple(CASE_KINDS.values())
    with closing(open_centre(Settings(places.root / "cases-centre"))) as centre:
        with centre.store.writing() as tx:
            site_rows = [
                {"id": f"s{at}", "name": f"村{at}", "tier": "standard"} for at in range(SITES)
            ]
            tx.execute(insert(sites), site_rows)
            rows = [
                {
                    "case_id": f"c{at:05d}",
                    "kind": kinds[at % len(kinds)].name,
                    "site": f"s{at * 31 % SITES}",
                    "state": kinds[at % len(kinds)].first,
                    "opened_ms": at * 60_000,
                    "since_ms": at * 60_000,
                    "ended": False,
                    "overtaken": False,
                }
                for at in range(OPEN)
            ]
            tx.execute(insert(case_heads), rows)
        with centre.store.reading() as tx:
            bare = text("SELECT * FROM case_heads ORDER BY since_ms LIMIT 100")
            floor = _timed(lambda: tx.execute(bare).all())
            asked = {
                "of all": lambda: list_cases(tx, CaseChoice()),
                "of a kind": lambda: list_cases(tx, CaseChoice(kind="wish")),
                "of a site": lambda: list_cases(tx, CaseChoice(site="s7")),
                "of a state": lambda: list_cases(tx, CaseChoice(state="asked")),
                "the counts": lambda: count_cases(tx),
            }
            return [
                _figure(f"cases at the centre, {name}, p99", _timed(job), floor, LIST_MS)
                for name, job in asked.items()
            ]


def _at_station(places: Places) -> list[Figure]:
    with station_at(places.root / "cases-station") as opened:
        cases, store = opened.station.cases, opened.station.tools.store
        rows = tuple(
            FeedRow("case", f"w{at}", 10_000 + at, write_row(_wish(at))) for at in range(WISHES)
        )
        store.apply_page(FeedPage("catalogue", 10_000 + WISHES, rows))
        for at in range(OWN):
            cases.open_case("feedback", {"text": f"想学第 {at} 项技术"})

        def bare() -> object:
            with store.read() as reading:
                return reading.listed(CaseRow)

        floor = _timed(bare)
        if len(cases.listed().cases) != MOST_OTHERS + OWN:
            raise AssertionError("not every case is shown")
        size = f"{WISHES:,} wishes of others, {OWN} own"
        return [
            _figure(f"the page of the cases, {size}, p99", _timed(cases.listed), floor, PAGE_MS),
            _figure(f"what today says of them, {size}, p99", _timed(cases.news), floor, PAGE_MS),
        ]


def _wish(at: int) -> CaseRow:
    opening = CaseStep(
        *(f"{at:064x}", OPENING, Party.STATION, f"s{at % SITES}", at * 1_000),
        fields=(("wish", f"想要第 {at} 件东西"),),
    )
    publish = CaseStep(f"{at + OPEN:064x}", "publish", Party.STATION, opening.site, at * 1_000 + 1)
    return CaseRow(f"w{at}", WISH.name, (opening, publish))


def _timed(job: Callable[[], object]) -> list[float]:
    taken = []
    for _ in range(RUNS):
        began = work_s()
        job()
        taken.append((work_s() - began) * 1e3)
    return taken


def _figure(name: str, ours: list[float], floor: list[float], goal: float) -> Figure:
    shown = percentile(ours, 99)
    return Figure(name, "ms", shown, percentile(floor, 99), f"≤ {goal:g} ms", shown.value <= goal)
