"""Forms of ledgers say what the ledgers say: each figure with its records, nobody graded."""

from __future__ import annotations

from app.areas.forms.form import Form, FormTable
from app.areas.forms.sheets.feedback import feedback
from app.areas.forms.sheets.running_record import running_record
from app.areas.forms.sheets.visit_list import visit_list
from app.areas.forms.sheets.year_of_person import YearSheetPerson, year_of_person
from app.words import say
from tests.areas.forms.samples import SITE, november, running, unseen, year


def values(form: Form, key: str) -> list[list[object]]:
    """The lines of a table."""
    table = next(one for one in form.parts if isinstance(one, FormTable) and one.key == key)
    return [[cell.value for cell in line] for line in table.lines]


def test_each_note_of_a_held_session_is_a_line_and_lines_are_left_to_write_on() -> None:
    lines = values(feedback(say, SITE, "2026-11", november()), "notes")
    assert [line[0] for line in lines[:3]] == ["11月5日", "11月12日", "11月26日"]
    assert lines[0][2] == "大家想看果树修剪。\n路灯要修。"
    assert all(line == [None] * 5 for line in lines[3:])
    assert len(lines) > 3


def test_the_running_book_has_a_line_a_day_and_sums_hours_and_faults() -> None:
    form = running_record(say, SITE, "2026-11", running())
    lines = values(form, "days")
    assert lines[0][:5] == ["11月5日", "18:50–21:10", 2.3, "集中学习", "20:30 课程放不出来"]
    assert lines[1][:5] == ["11月9日", "09:00–09:30", 0.5, None, "正常"]
    assert lines[2][:5] == ["合计", "开机 2 天", 2.8, "1 场", "1 次不正常"]
    assert form.tables[0].rows[0][3].origin == ("e1",)


def test_a_persons_year_tells_hours_where_they_are_from_and_what_is_missing() -> None:
    form = year_of_person(say, YearSheetPerson(SITE, "陈桂英"), year())
    (figures,) = values(form, "figures")
    assert figures[:4] == [5.0, 32.0, 27.0, 2.0]
    assert form.tables[0].rows[0][0].origin == ("e1", "e2", "x1")
    assert form.tables[0].rows[0][3].origin == ("x1",)
    remarks = [line[-1] for line in values(form, "sessions")]
    assert remarks == ["超出上限", "待审批", "石门村"]


def test_the_visit_list_is_by_name_and_leaves_out_whom_nobody_need_alarm() -> None:
    lines = values(visit_list(say, SITE, "2026-11-30", *unseen()), "people")
    assert [line[0] for line in lines] == sorted(["陈桂英", "买买提·艾力"])
    told = {line[0]: line[2:5] for line in lines}
    assert told["陈桂英"] == ["****6217", "2026年6月5日", 5]
    assert told["买买提·艾力"] == ["****6217", "还没有参加过", 6]
