"""The yearly sheet: evidence with the sessions behind each line, and no score."""

from __future__ import annotations

from dataclasses import fields

from app.areas.hours.hours import hours_of
from app.areas.yearly.yearly import YearlySheet, yearly_sheet
from tests.areas.hours.session_line import line_on


def test_the_sheet_names_the_sessions_behind_each_line() -> None:
    lines = [
        line_on("2026-01-26", session="a"),
        line_on("2026-02-26", session="b", status="absent"),
        line_on("2026-03-26", session="c", status="on_leave"),
        line_on("2026-04-26", session="d", kind="practice", standpoint="visitor"),
        line_on("2026-05-26", session="e", kind="micro_lesson", lessons=1, approval="pending"),
        line_on("2026-06-26", session="f", standpoint="left_out", left_out="away", status=""),
        line_on("2026-07-26", session="g", kind="home_visit", standpoint="", status="visited"),
        line_on("2025-12-26", session="before"),
        line_on("2026-01-26", "other", session="a"),
    ]
    told = yearly_sheet("p", 2026, lines, hours_of("p", lines, (), (), 2026))
    assert told.expected == ("a", "b", "c", "e")
    assert told.attended == ("a", "d", "e")
    assert (told.on_leave, told.absent, told.practice) == (("c",), ("b",), ("d",))
    assert (told.lessons, told.visits, told.pending) == (("e",), ("g",), ("e",))
    assert told.left_out == (("away", 1),)
    assert told.kinds == (("group_session", 1), ("micro_lesson", 1), ("practice", 1))
    assert told.hours.minutes == 240


def test_it_has_no_score_and_no_rank() -> None:
    names = {one.name for one in fields(YearlySheet)}
    assert not names & {"score", "rank", "points", "grade", "level"}
