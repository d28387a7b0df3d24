"""A list of courses beside a scroll bar that comes and goes with the height of its rows."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.audit.states import settled
from ui.parts.layout import ScrollColumn
from ui.parts.lists.course_row import NARROW, CourseRow, CourseShown
from ui.theme import look


@pytest.mark.parametrize("factor_width", [1366, 2560])
def test_a_row_at_the_edge_of_being_narrow_comes_to_rest(
    qtbot: QtBot, qapp: QApplication, factor_width: int
) -> None:
    look.apply_look(qapp, width=factor_width, lines=factor_width * 9 // 16)
    column = ScrollColumn()
    qtbot.addWidget(column)
    title = "大棚蔬菜病虫害绿色防控要点"
    column.show_parts(
        tuple(CourseRow(CourseShown(title, ("46 分钟",), "等着上报")) for _ in range(4))
    )
    column.show()
    for wide in range(look.scaled(NARROW) - 8, look.scaled(NARROW) + 60, 4):
        for high in range(look.scaled(300), look.scaled(470), 20):
            column.resize(wide, high)
            settled(qapp)
    look.apply_look(qapp)
    assert column.rows.count() == 4
