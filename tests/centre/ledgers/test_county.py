"""A generated county-year: every ledger at station and centre agrees with the naive recount."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from bench.county.checking import check_county
from bench.county.filling import fill_county, open_county
from bench.county.roster import CountyPlan

SMALL = CountyPlan(stations=5, seed=3, members=16)


def test_every_ledger_agrees_with_the_recount(tmp_path: Path, database: str) -> None:
    fill_county(tmp_path, SMALL, database, homes=0 if database else 3)
    done = check_county(tmp_path, database)
    assert done.figures > 3_000
    assert done.differ == []
    _spoil_one_line(tmp_path, database)
    spoilt = check_county(tmp_path, database)
    assert spoilt.differ, "a wrong figure is found"


def _spoil_one_line(folder: Path, database: str) -> None:
    centre = open_county(folder, database)
    try:
        with centre.store.writing() as tx:
            tx.execute(text("UPDATE session_lines SET minutes = minutes + 1 WHERE minutes > 0"))
    finally:
        centre.close()


def test_the_county_has_everything_that_makes_ledgers_hard(tmp_path: Path) -> None:
    fill_county(tmp_path, SMALL, homes=0)
    centre = open_county(tmp_path)
    try:
        with centre.store.reading() as tx:
            hard = {
                what: tx.scalar(text("SELECT COUNT(*) FROM " + where))  # noqa: S608 - fixed words
                for what, where in {
                    "two sheets": "session_lines WHERE sheets > 1",
                    "sent back": "session_lines WHERE approval = 'returned'",
                    "pending": "session_lines WHERE approval = 'pending'",
                    "visited": "session_lines WHERE status = 'visited'",
                    "lessons": "session_lines WHERE lessons > 0",
                    "away from home": "session_lines l JOIN people p ON p.id = l.person"
                    " WHERE p.site <> l.site",
                    "not held": "session_sums WHERE step = 'not_held'",
                    "hints": "session_sums WHERE hints <> ''",
                    "copied disks": "facts WHERE quarantined",
                    "members of two rosters": "person_aliases WHERE site = ''",
                    "a second PC": "(SELECT site FROM stations GROUP BY site HAVING COUNT(*) > 1)"
                    " AS two",
                }.items()
            }
    finally:
        centre.close()
    assert [what for what, count in hard.items() if not count] == []
