"""Corrected names, branches, telephones and numbers move no history and split none."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from app.domain.time import local_date
from centre.interpretation.on_demand import interpret_waiting
from centre.ledgers.absence import county_absence
from centre.ledgers.hours import county_hours
from centre.ledgers.scope import LedgerScope
from centre.ledgers.turnout import county_turnout
from tests.centre.benches import Bench
from tests.centre.ledgers.test_ledger_commands import hold
from tests.centre.offices import HEADER, SITE, commanded, load, roster
from tests.support.talking_station import START_MS

NAMES = ("陈桂英", "王建国", "李秀兰", "张卫东", "刘玉珍", "赵德胜", "孙长河", "周小梅")
DAY = local_date(START_MS)
DAY_MS = 86_400_000
COLUMNS = (
    lambda n, turn: NAMES[n][0] + "改正明华"[turn % 4] + "甲乙丙丁"[turn // 4 % 4],
    lambda _, turn: f"{'三四五六七八'[turn]}支部",
    lambda n, turn: f"139{n:04}{turn:04}",
    lambda n, turn: f"B{n}{turn:03}",
)
"""What each column of the sheet is corrected to, of whom and at which turn."""


@pytest.mark.parametrize("seed", range(2))
def test_no_correction_moves_or_splits_a_history(
    bench: Bench, tmp_path: Path, seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(seed)
    bench.code(SITE)
    rows: list[list[str]] = [
        [name, "一支部" if n % 2 else "二支部", f"138{n:08}", f"A{n:03}"]
        for n, name in enumerate(NAMES)
    ]
    load(bench, tmp_path, [HEADER, *rows])
    people: dict[str, str] = {name: one.id for name, one in roster(bench).items()}
    ids = [people[name] for name in NAMES]
    station = bench.station(SITE)
    hold(station, "e1", people, *NAMES[:5])
    hold(station, "e2", people, *NAMES[3:], at_ms=START_MS + 3 * 3_600_000)
    before = _told(bench)
    columns = chance.sample(range(len(COLUMNS)), len(COLUMNS)) + [1, 0]
    for turn, column in enumerate(columns):
        bench.clock.ms += DAY_MS
        n = chance.randrange(len(rows))
        rows[n][column] = COLUMNS[column](n, turn)
        asked = load(bench, tmp_path, [HEADER, *rows], apply=False).questions
        # Row 1 is the heading; the office says that it is the same person.
        same = {str(n + 2): ids[n]} if asked else {}
        load(bench, tmp_path, [HEADER, *rows], same=same)
        assert {one.id for one in roster(bench).values()} == set(people.values())
        assert _told(bench) == before, HEADER[column]
    assert commanded(bench, capsys, "replay")[0] == 0
    assert _told(bench) == before, "neither does reading everything anew"


def _told(bench: Bench) -> dict[str, Any]:
    """Everything told of the first day, by ids."""
    interpret_waiting(bench.centre)
    scope = LedgerScope(DAY.isoformat(), DAY.isoformat())
    with bench.centre.store.reading() as tx:
        return {
            "branches": list(county_turnout(tx, scope, "branch")),
            "sessions": list(county_turnout(tx, scope, "session")),
            "hours": {one.person: one.minutes for one in county_hours(tx, scope, DAY.year)},
            "absence": {one.absence.person: one.absence.since for one in county_absence(tx, scope)},
        }
