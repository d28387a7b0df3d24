"""What a newer centre sends and an older program can't read is kept, and read once it can be."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.bootstrap import open_station
from app.store import feeds
from app.store.engine import SQLITE
from app.store.reading import StoreReading
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SCOPE, SetClock, sample_people, sample_rows, station_at

DAY = "2026-11-23"


def kept_in(home: Path) -> list[tuple[str, str]]:
    with closing(SQLITE.connect(home / "station.db")) as connection:
        rows = connection.execute("SELECT kind, key FROM kept_rows ORDER BY rev").fetchall()
    return [(str(kind), str(key)) for kind, key in rows]


def plans_at(home: Path) -> list[str]:
    """The plans a newly started program shows."""
    opened = open_station(home, clock=SetClock())
    try:
        return [one.title for one in opened.station.today.overview().plans]
    finally:
        opened.close()


def an_older_program(patch: pytest.MonkeyPatch) -> None:
    """It has never heard of plans."""
    apply = feeds._apply_row  # noqa: SLF001 - what sets an older program apart

    def without_plans(conn: Connection, scope: str, row: FeedRow) -> bool:
        return row.kind != "plan" and apply(conn, scope, row)

    patch.setattr(feeds, "_apply_row", without_plans)


def plan_row(rev: int, title: str | None) -> FeedRow:
    said = f'{{"id":"plan1","date":"{DAY}","start":"19:30","title":"{title}"}}'
    return FeedRow("plan", "plan1", rev, None if title is None else said.encode())


def brought(home: Path, *rows: FeedRow) -> None:
    """Rows of the centre come to an older program, one page after the other; then it is updated."""
    with pytest.MonkeyPatch.context() as patch:
        an_older_program(patch)
        with station_at(home, people=0) as opened:
            store = opened.station.tools.store
            store.apply_page(FeedPage(SCOPE, 1, (), reset=True))
            for row in rows:
                page = FeedPage(SCOPE, row.rev, (row,), from_rev=row.rev - 1)
                store.apply_page(page)


def test_a_kind_that_was_not_known_is_read_after_the_update(tmp_path: Path) -> None:
    brought(tmp_path, plan_row(2, "学习"))
    assert kept_in(tmp_path) == [("plan", "plan1")]
    assert plans_at(tmp_path) == ["学习"]
    assert kept_in(tmp_path) == []
    assert plans_at(tmp_path) == ["学习"], "it stays"


def test_the_newest_word_counts_and_what_was_taken_back_does_not_come_again(
    tmp_path: Path,
) -> None:
    brought(tmp_path / "changed", plan_row(2, "一课"), plan_row(3, "二课"))
    assert plans_at(tmp_path / "changed") == ["二课"]
    brought(tmp_path / "gone", plan_row(2, "一课"), plan_row(3, None))
    assert plans_at(tmp_path / "gone") == []
    assert kept_in(tmp_path / "gone") == []


def test_an_old_row_that_was_put_aside_never_hides_a_newer_one(tmp_path: Path) -> None:
    person = sample_people(1)[0]
    with station_at(tmp_path, people=0) as opened:
        store = opened.station.tools.store
        store.apply_page(FeedPage(SCOPE, 1, (), reset=True))
        store.apply_page(FeedPage(SCOPE, 2, (FeedRow("person", person.id, 2, b"{"),), from_rev=1))
        good = FeedRow("person", person.id, 3, write_row(person))
        store.apply_page(FeedPage(SCOPE, 3, (good,), from_rev=2))
    assert kept_in(tmp_path) == [("person", person.id)]
    for _ in range(2):
        opened = open_station(tmp_path, clock=SetClock())
        assert [one.name for one in opened.station.people.all()] == [person.name]
        opened.close()
    assert kept_in(tmp_path) == []


def test_what_still_can_not_be_read_stays_and_keeps_nobody_from_opening(tmp_path: Path) -> None:
    rows = (FeedRow("weather", "w1", 2, b"{}"), FeedRow("person", "p-bad", 3, b"{"))
    with station_at(tmp_path, people=0) as opened:
        store = opened.station.tools.store
        store.apply_page(FeedPage(SCOPE, 1, (), reset=True))
        store.apply_page(FeedPage(SCOPE, 3, rows, from_rev=1))
    for _ in range(2):
        opened = open_station(tmp_path, clock=SetClock())
        session = begin(opened)
        opened.station.sessions.close(session)
        opened.close()
    assert kept_in(tmp_path) == [("weather", "w1"), ("person", "p-bad")]


def test_the_scopes_sum_is_right_before_and_after(tmp_path: Path) -> None:
    people = sample_people(5)
    rows = sample_rows(people, DAY)
    with pytest.MonkeyPatch.context() as patch:
        an_older_program(patch)
        with station_at(tmp_path, people=0) as opened:
            opened.station.tools.store.apply_page(FeedPage(SCOPE, len(rows), rows, reset=True))
    opened = open_station(tmp_path, clock=SetClock())
    try:
        sign_in(opened, begin(opened), 0)
        page = FeedPage(SCOPE, len(rows) + 1, (plan_row(len(rows) + 1, "新"),), from_rev=len(rows))
        assert not opened.station.tools.store.apply_page(page).wrong
        with opened.station.tools.store.read() as reading:
            assert isinstance(reading, StoreReading)
            feeds.check_rows(reading.conn)
    finally:
        opened.close()
