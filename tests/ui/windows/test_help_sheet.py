"""F1: a sheet about the page in front, whole on the smallest screen, and on paper too."""

from __future__ import annotations

from functools import partial
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from app.words import help_sheets, say, speak
from app.words.help_sheets import REFERENCE
from tests.ui.operator_driver import Stand
from tests.ui.printing.test_paper import pages_of
from ui.pages.records.view import RecordsPage
from ui.parts.overlay import help_lines
from ui.state.page_names import PageName
from ui.theme import look
from ui.theme.tokens import InterfaceSize
from ui.windows.help_sheet import draw_help


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_has_a_sheet_that_shows_whole_on_the_small_laptop(
    stand: Stand, qapp: QApplication, language: str
) -> None:
    speak(language)
    look.apply_look(qapp, InterfaceSize.LARGE)
    window = stand.open_window(width=1366, height=768)
    for place in PageName:
        window.place = place
        QTest.keyClick(window, Qt.Key.Key_F1)
        sheet = window.help_sheet
        assert sheet.isVisible(), place
        qapp.processEvents()
        card = sheet.card
        assert sheet.rect().contains(card.geometry()), (
            f"{place}: the sheet is larger than the window"
        )
        for shown in cast("list[QLabel]", card.findChildren(QLabel)):
            assert shown.height() >= shown.heightForWidth(shown.width()) - 1, shown.text()
        assert len(help_lines(place)) >= 2
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert not sheet.isVisible()


def test_the_sheet_of_a_page_prints_every_line(stand: Stand) -> None:
    stand.open_window()
    for place in PageName:
        pages = pages_of(partial(draw_help, place=place))
        assert len(pages) == 1, f"{place}: one sheet is what somebody keeps beside the PC"
        printed = "".join(pages)
        for line in help_lines(place):
            assert "".join(line.split()) in printed


def test_f1_again_or_the_button_puts_the_sheet_away(stand: Stand) -> None:
    window = stand.open_window()
    QTest.keyClick(window, Qt.Key.Key_F1)
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert not window.help_sheet.isVisible()
    QTest.mouseClick(window.rail.help_item, Qt.MouseButton.LeftButton)
    assert window.help_sheet.isVisible()
    QTest.mouseClick(window.help_sheet.close_button, Qt.MouseButton.LeftButton)
    assert not window.help_sheet.isVisible()


def _written(place: str) -> list[str]:
    """The sentences of a page's sheet as they are written, in both languages."""
    return [
        one
        for key, said in help_sheets.WORDS.items()
        if key.startswith(f"help.{place}.")
        for one in said
    ]


def test_every_button_that_the_help_names_stands_on_its_page(stand: Stand) -> None:
    window = stand.open_window()
    missing = []
    for place in PageName:
        page = window.pages[place]
        if isinstance(page, RecordsPage):
            page.books.buttons["month"].click()  # its forms are made when they are first opened
        buttons = cast("list[QAbstractButton]", page.findChildren(QAbstractButton))
        words = {word for one in buttons for word in (one.accessibleName(), one.text())}
        for key in {key for one in _written(place) for key in REFERENCE.findall(one)}:
            if say(key) not in words:
                missing.append(f"{place.value}: {key} {say(key)}")
    assert missing == []


def test_a_button_that_is_renamed_is_renamed_in_the_help() -> None:
    written = {
        "help.today.1": ("按<op.x>。", "Press <op.x>."),
        "op.x": ("开始这场学习…", "Begin…"),
    }
    assert help_sheets.with_buttons(written)["help.today.1"] == (
        "按“开始这场学习”。",
        "Press “Begin”.",
    )
    assert any("“开始这场学习”" in line for line in help_lines("today"))


def test_the_help_writes_no_name_of_a_button_itself() -> None:
    for key, said in help_sheets.WORDS.items():
        assert not any(mark in one for one in said for mark in "“”「」"), key
