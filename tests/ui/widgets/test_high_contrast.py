"""High contrast shows what is chosen: filled, with white on it, and never as what is hovered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.theme import look, tokens
from ui.theme.tokens import InterfaceSize, Theme
from ui.widgets.chip import ChipTone, StatusChip
from ui.widgets.fit.button import FitButton
from ui.widgets.notice_banner import NoticeBanner
from ui.windows.sidebar import SidebarItem


@pytest.fixture(autouse=True)
def _stark(qapp: QApplication) -> Iterator[None]:
    look.apply_look(qapp, InterfaceSize.STANDARD, theme=Theme.STARK)
    yield
    look.apply_look(qapp)


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(300, 64)
    widget.show()
    return widget


def ground(widget: QWidget, at: QPoint = QPoint(12, 32)) -> QColor:  # noqa: B008 - a constant
    return widget.grab().toImage().pixelColor(at)


def fit_button() -> QWidget:
    made = FitButton("标准", checkable=True)
    made.setChecked(True)
    return made


def stock_button() -> QWidget:
    made = QPushButton("标准")
    made.setCheckable(True)
    made.setChecked(True)
    return made


def page_in_rail() -> QWidget:
    made = SidebarItem("今天", "home")
    made.show_here(True)
    return made


MADE = [
    fit_button,
    stock_button,
    page_in_rail,
    lambda: CourseRow(CourseShown("灭火器怎么用", chosen=True)),
]


@pytest.mark.parametrize("make", MADE)
def test_what_is_chosen_is_filled_with_blue(qtbot: QtBot, make: object) -> None:
    widget = shown(qtbot, make())  # type: ignore[operator]  # one of the functions above
    assert ground(widget) == QColor(tokens.BLUE)
    picture = widget.grab().toImage()
    colours = {picture.pixel(x, y) & 0xFFFFFF for x in range(300) for y in range(8, 56)}
    assert 0xFFFFFF in colours, "white words on it"
    assert tokens.contrast(tokens.BLUE, tokens.CARD) >= 7


def test_what_is_only_hovered_stays_white(qtbot: QtBot) -> None:
    button = shown(qtbot, FitButton("标准", checkable=True))
    QTest.mouseMove(button)
    assert ground(button) == QColor(tokens.CARD)


def test_a_warning_has_a_frame_where_there_is_no_tint(qtbot: QtBot) -> None:
    banner = shown(qtbot, NoticeBanner("大屏断开了"))
    assert ground(banner, QPoint(banner.width() // 2, 1)) == QColor(tokens.BLACK)
    chip = StatusChip("有 8 条待上报", ChipTone.WAITING)
    qtbot.addWidget(chip)
    chip.show()
    assert ground(chip, QPoint(chip.width() // 2, 1)) == QColor(tokens.BLACK)
