"""A late entry asks for the operator's PIN where one is set; without it nothing is entered."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.areas.sessions.views import SessionView
from tests.ui.lock.conftest import PIN, Start, tap
from ui.lock.pin_confirm import PinConfirm
from ui.pages.close.view import ClosePage
from ui.pages.records.view import RecordsPage
from ui.shell.application import Application
from ui.state.page_names import PageName


def closed_session(program: Application, qtbot: QtBot, place: PageName) -> ClosePage | RecordsPage:
    """A session is over and somebody who came was not marked; their form is open."""
    station, room = program.room.station, program.room

    def begin() -> SessionView:
        session = station.sessions.prepare_extra("十一月集中学习", ()).session.id
        station.sessions.open_sign_in(session)
        return station.sessions.close(session)

    room.ask(begin, room.show)
    qtbot.waitUntil(lambda: room.view is not None)
    program.window.go(place)
    page = cast("ClosePage | RecordsPage", program.window.pages[place])
    qtbot.waitUntil(lambda: page.presenter.state.view is not None)
    view = page.presenter.state.view
    assert view is not None
    page.sheet.open(view.cards[0].id, view.session.id)
    qtbot.waitUntil(page.sheet.isVisible)
    page.sheet.reason.setText("来了漏签")
    return page


def sheet_of(program: Application) -> PinConfirm:
    sheet = program.window.findChild(PinConfirm)
    assert isinstance(sheet, PinConfirm)
    return sheet


def entered(program: Application, page: ClosePage | RecordsPage) -> int:
    view = page.presenter.state.view
    return view.turnout.late_entry if view else -1


@pytest.mark.parametrize("place", [PageName.CLOSE, PageName.RECORDS])
def test_with_a_pin_a_late_entry_goes_in_only_when_it_was_given(
    start: Start, qtbot: QtBot, place: PageName
) -> None:
    program = start(pin=PIN, screens=2)
    page = closed_session(program, qtbot, place)
    entering = page.sheet.presenter.state.sheet
    assert entering is not None
    QTest.mouseClick(page.sheet.accept, Qt.MouseButton.LeftButton)
    sheet = sheet_of(program)
    assert sheet.isVisible()
    assert entering.card.name in sheet.pad.title.text()
    tap(sheet.pad, "9999")
    qtbot.waitUntil(lambda: "密码不对" in sheet.pad.note.text)
    assert entered(program, page) == 0
    QTest.keyClick(sheet.pad, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert page.sheet.reason.text() == "来了漏签", "what was written is still there"
    QTest.mouseClick(page.sheet.accept, Qt.MouseButton.LeftButton)
    tap(sheet.pad, PIN)
    qtbot.waitUntil(lambda: entered(program, page) == 1)
    assert not sheet.isVisible()


def test_without_a_reason_nobody_is_asked_for_the_pin(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN, screens=2)
    page = closed_session(program, qtbot, PageName.CLOSE)
    page.sheet.reason.setText(" ")
    QTest.mouseClick(page.sheet.accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "原因" in program.window.foot.words.text)
    assert program.window.findChild(PinConfirm) is None


def test_without_a_pin_a_late_entry_is_not_held_up(start: Start, qtbot: QtBot) -> None:
    program = start(screens=2)
    page = closed_session(program, qtbot, PageName.CLOSE)
    QTest.mouseClick(page.sheet.accept, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: entered(program, page) == 1)


def test_keys_stay_on_the_sheet_and_a_lock_puts_it_away(start: Start, qtbot: QtBot) -> None:
    program = start(pin=PIN, screens=2)
    page = closed_session(program, qtbot, PageName.CLOSE)
    QTest.mouseClick(page.sheet.accept, Qt.MouseButton.LeftButton)
    sheet = sheet_of(program)
    QTest.keyClick(sheet.pad, Qt.Key.Key_F5)
    assert program.window.place is PageName.CLOSE
    assert sheet.isVisible()
    program.guard.lock()
    assert not sheet.isVisible()
    assert program.guard.sheet.isVisible()
    tap(program.guard.sheet.pad, PIN)
    qtbot.waitUntil(lambda: not program.guard.is_locked)
    assert entered(program, page) == 0
