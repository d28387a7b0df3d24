"""The feedback book: what was noted in sessions, what was told as a case, from whom, and the answer."""

from __future__ import annotations

from pathlib import Path

from app.areas.cases.verbs import Cases
from app.areas.forms.form import shown
from app.areas.forms.verbs import FormWish
from app.domain.time import local_date
from tests.support.stations import station_at


def test_a_need_says_from_whom_it_came_and_what_came_of_it(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        cases, books = Cases(opened.station.tools), opened.station.books
        told = cases.open_case("feedback", {"text": "想学修剪", "from_whom": "丙一"})
        cases.open_case("feedback", {"text": "门口要一盏灯"})
        gone = cases.open_case("feedback", {"text": "说错了", "from_whom": "丙二"})
        cases.move_case(gone.record.case, "withdraw", {})
        cases.move_case(told.record.case, "handle", {"handled": "请了农技站"})
        month = f"{local_date(opened.station.tools.clock.now().wall_ms):%Y-%m}"
        (table,) = books.form(FormWish("feedback", month=month)).tables
        rows = [[shown(cell.value) for cell in row] for row in table.filled.rows]
        assert sorted(row[2:] for row in rows) == [
            ["想学修剪", "丙一", "请了农技站"],
            ["门口要一盏灯", "", "已反映"],
        ]
        assert books.form(FormWish("feedback", month="2020-01")).tables[0].filled.rows == ()
