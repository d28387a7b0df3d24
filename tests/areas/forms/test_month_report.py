"""A month's figures: counted by hand here, and each leads to the sessions behind it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.areas.forms.form import FormCell, FormTable
from app.areas.forms.held import of_view
from app.areas.forms.sheets.bulletin import bulletin
from app.areas.forms.sheets.month_report import month_report
from app.areas.sessions.approval import LateState
from app.areas.sessions.late_verbs import LateSheet
from app.words import say
from centre.forms.reading import SiteSessions
from tests.areas.forms.samples import SITE, november, session
from tests.support.stations import station_at


def part(form_parts: object, key: str) -> FormTable:
    """A table of a form."""
    assert isinstance(form_parts, tuple)
    return next(one for one in form_parts if isinstance(one, FormTable) and one.key == key)


def by_key(table: FormTable, row: int = 0) -> dict[str, FormCell]:
    """A row's cells by column."""
    line = table.lines[row]
    return {column.key: cell for column, cell in zip(table.columns, line, strict=True)}


def test_the_months_figures_are_those_counted_by_hand() -> None:
    form = month_report(say, SITE, "2026-11", november())
    told = {key: cell.value for key, cell in by_key(part(form.parts, "figures")).items()}
    assert told == {
        "sessions": 3,
        "not_held": 1,
        "performed": 75,  # 3 of 4
        "attendances": 4 + 2 + 1 + 6,  # present, late, entered, two visitors; one; six
        "persons": 6 + 2,
        "heads": 30,
        "hours": 4.6,  # 95 + 61 + 120 = 276 minutes
        "expected": 6 + 5 + 6,
        "on_leave": 1,
        "absent": 1 + 4,
        "rate": 64,  # 11 of 17
        "participation": 100,  # each of the six came to the last
        "late_entries": 1,
        "late_sessions": 0,
        "late_share": 0,
        "overdue_share": 0,
        "returned": 0,
        "pending": 0,
    }


def test_a_figure_knows_its_sessions_and_only_those() -> None:
    figures = by_key(part(month_report(say, SITE, "2026-11", november()).parts, "figures"))
    assert figures["sessions"].origin == ("e1", "e2", "e4")
    assert figures["not_held"].origin == ("e3",)
    assert figures["on_leave"].origin == ("e1",)
    assert figures["absent"].origin == ("e1", "e2")
    assert figures["heads"].origin == ("e1",)


def test_a_session_on_two_sheets_counts_once() -> None:
    both = (session("a", 5, "pp", same=("b",)), session("b", 5, "pp", same=("a",)))
    figures = by_key(part(month_report(say, SITE, "2026-11", both).parts, "figures"))
    assert (figures["sessions"].value, figures["attendances"].value) == (1, 2)


def test_each_session_stands_in_a_line_of_its_own_with_why_it_was_not_held() -> None:
    table = part(month_report(say, SITE, "2026-11", november()).parts, "sessions")
    assert [row[-1].value for row in table.rows] == [None, None, "未开展：农忙", None]
    first = {key: cell.value for key, cell in by_key(table).items()}
    assert (first["day"], first["time"], first["kind"]) == ("11月5日", "19:30–21:05", "集中学习")
    assert (first["expected"], first["arrived"], first["rate"], first["hours"]) == (6, 4, 66, 1.5)


def test_the_countys_month_has_every_site_by_name_and_sums_them() -> None:
    sites = (
        SiteSessions("s-1", "石门村", november()),
        SiteSessions("s-2", "松岭村", (session("x", 7, "pa"),)),
        SiteSessions("s-3", "月塘村", ()),
    )
    form = bulletin(say, "2026-11", sites)
    table = part(form.parts, "sites")
    assert [row[0].value for row in table.rows] == ["石门村", "松岭村", "月塘村"]
    total = {key: cell.value for key, cell in by_key(table, -1).items()}
    assert (total["sessions"], total["attendances"], total["expected"]) == (4, 14, 19)
    assert [one.cell.value for one in form.head] == ["2026年11月", 3, 66, 2.0, 1]


def test_what_was_sent_back_is_no_part_and_what_waits_is_said() -> None:
    waits = replace(session("a", 5, "pp"), late=LateState.PENDING, pending=2)
    returned = replace(session("b", 6, "pp"), late=LateState.RETURNED)
    form = month_report(say, SITE, "2026-11", (waits, returned))
    figures = {key: cell.value for key, cell in by_key(part(form.parts, "figures")).items()}
    assert [figures[key] for key in ("sessions", "late_share", "returned", "pending")] == [
        1,
        100,
        1,
        2,
    ]
    assert [row[-1].value for row in part(form.parts, "sessions").rows] == ["补录，待审批"]


def test_what_is_written_down_more_than_a_week_after_is_overdue(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        now = opened.station.tools.clock.now().wall_ms
        for days in (7, 8):
            end = now - days * 86_400_000
            sheet = LateSheet("补的", end - 3_600_000, end + 60_000, "丁一", "停电")
            opened.station.late.enter(sheet)
        listed = opened.station.today.records()
        held = tuple(of_view(opened.station.sessions.show(one.session.id)) for one in listed)
    figures = by_key(part(month_report(say, SITE, "2026-11", held).parts, "figures"))
    overdue = [one.id for one in held if one.is_overdue]
    assert len(overdue) == 1
    assert figures["overdue_share"].value == 50
    assert figures["overdue_share"].origin == tuple(overdue)
