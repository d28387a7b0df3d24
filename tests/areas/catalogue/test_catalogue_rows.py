"""Rows of the catalogue come down the feeds, whatever their kind; the nearest scope's row holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.areas.catalogue.values import Credit, Lecturer, LecturerState, StateChange, ThemeDayRule
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.support.stations import station_at

LECTURER = Lecturer(
    "l1",
    "丁一",
    fields=("党史",),
    states=(StateChange("2026-03-01", LecturerState.PAUSED, "生病"),),
)
CREDIT = Credit("x1", "p1", "s9", "2026-11-26", "theme_day", "主题党日", "松岭村", "present", 90)


def _page(scope: str, rev: int, *rows: tuple[str, str, object], start: int = 0) -> FeedPage:
    told = tuple(
        FeedRow(kind, key, start + at, None if value is None else write_row(value))
        for at, (kind, key, value) in enumerate(rows, 1)
    )
    return FeedPage(scope, rev, told, from_rev=start)


def test_rows_of_any_kind_are_kept_read_and_dropped(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        store = opened.station.tools.store
        store.apply_page(
            _page(
                "catalogue",
                2,
                ("lecturer", "l1", LECTURER),
                ("theme_day_rule", "2026-01", ThemeDayRule("2026-01", 26)),
            )
        )
        store.apply_page(
            _page("township:t1", 1, ("theme_day_rule", "2026-01", ThemeDayRule("2026-01", 20)))
        )
        with store.read() as reading:
            assert reading.listed(Lecturer) == (LECTURER,)
            assert reading.listed(ThemeDayRule) == (ThemeDayRule("2026-01", 20),), (
                "the township's goes before the county's"
            )
        stopped = replace(LECTURER, stopped=True)
        store.apply_page(_page("catalogue", 3, ("lecturer", "l1", stopped), start=2))
        with store.read() as reading:
            assert reading.listed(Lecturer) == ()
            assert reading.listed_one(Lecturer, "l1") == stopped, "old records still name it"
            assert reading.listed(Lecturer, with_stopped=True) == (stopped,)
        store.apply_page(_page("catalogue", 4, ("lecturer", "l1", None), start=3))
        with store.read() as reading:
            assert reading.listed_one(Lecturer, "l1") is None


def test_a_row_about_a_person_is_found_by_the_person(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        store = opened.station.tools.store
        store.apply_page(_page("site:x", 1, ("credit", "x1", CREDIT)))
        with store.read() as reading:
            assert reading.listed_about(Credit, "p1") == (CREDIT,)
            assert reading.listed_about(Credit, "p2") == ()


def test_a_row_that_cannot_be_read_is_put_aside_and_stops_nothing(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        store = opened.station.tools.store
        page = FeedPage(
            "catalogue",
            2,
            (
                FeedRow("lecturer", "bad", 1, b'{"id":7}'),
                FeedRow("lecturer", "l1", 2, write_row(LECTURER)),
            ),
        )
        assert store.apply_page(page).aside == ("lecturer",)
        with store.read() as reading:
            assert reading.listed(Lecturer) == (LECTURER,)


def test_a_lecturer_stands_by_the_last_change_up_to_the_day() -> None:
    assert LECTURER.state_on("2026-02-28") is LecturerState.IN
    assert LECTURER.state_on("2026-03-01") is LecturerState.PAUSED
