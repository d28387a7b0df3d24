"""Touching anybody, anywhere, opens their sheet; from there every mark can be made or undone."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.areas.attendance.marks import Lane, Status
from app.domain.ids import PersonId, SessionId
from app.domain.personal import LeaveKind
from app.usecases.station import Station
from tests.support.stations import SetClock
from tests.ui.operator_driver import Stand
from ui.pages.records.view import RecordsPage
from ui.pages.roll_call.state import RollCallFilter
from ui.pages.roll_call.view import RollCallPage
from ui.pages.roster.view import RosterPage
from ui.parts.lists.people_list import PeopleTiles
from ui.parts.person.sheet import PersonSheetView
from ui.state.formatting import day_of
from ui.state.page_names import PageName
from ui.widgets import tap
from ui.widgets.fit.button import FitButton


def click(button: QAbstractButton) -> None:
    assert button.isVisibleTo(button.window())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def undo_buttons(sheet: PersonSheetView) -> list[FitButton]:
    buttons: Iterable[FitButton] = sheet.trail.findChildren(FitButton)
    return sorted((one for one in buttons if one.isVisibleTo(sheet)), key=lambda one: one.y())


@pytest.fixture
def session(stand: Stand) -> SessionId:
    made = stand.opened.station.sessions.prepare_extra("夜校", ()).session.id
    stand.opened.station.sessions.open_sign_in(made)
    return made


@pytest.fixture(autouse=True)
def _slow_fingers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two touches here are two touches, however soon."""
    monkeypatch.setattr(tap, "DOUBLE_TAP_MS", 0)


@pytest.fixture
def roll(stand: Stand, session: SessionId) -> RollCallPage:
    window = stand.open_window()
    window.go(PageName.ROLL_CALL)
    page = window.pages[PageName.ROLL_CALL]
    assert isinstance(page, RollCallPage)
    return page


def tile(page: RollCallPage, person: str) -> QAbstractButton:
    return next(one for one in page.grid.tiles() if one.shown.person == person)


def status_of(station: Station, session: SessionId, person: str) -> Status | None:
    return station.attendance.sheet(session, PersonId(person)).card.status


def test_any_mark_of_the_session_can_be_taken_back_not_only_the_newest(
    stand: Stand, roll: RollCallPage, session: SessionId, qtbot: QtBot
) -> None:
    station = stand.opened.station
    for person in ("p8", "p1", "p2"):
        click(tile(roll, person))
    click(tile(roll, "p8"))
    sheet = roll.sheet
    assert sheet.isVisible()
    assert sheet.name.text == "王福生"
    assert sheet.now.text() == "已到 · 20:00 点名 · 管理员"
    click(undo_buttons(sheet)[0])
    assert stand.said == "已撤销：王福生 已到。"
    assert sheet.isVisible(), "so that the right mark can follow"
    assert sheet.now.text() == "还没有签到"
    assert [status_of(station, session, one) for one in ("p8", "p1", "p2")] == [
        None, Status.PRESENT, Status.PRESENT,
    ]  # fmt: skip
    click(sheet.kinds.buttons[LeaveKind.PRIVATE.value])
    assert not sheet.isVisible()
    assert status_of(station, session, "p8") is Status.ON_LEAVE


def test_a_touch_of_somebody_on_leave_makes_nothing_by_itself(
    stand: Stand, roll: RollCallPage, session: SessionId
) -> None:
    station = stand.opened.station
    stand.room.signed_in(
        station.attendance.mark(session, PersonId("p8"), Status.ON_LEAVE, leave=LeaveKind.SICK)
    )
    click(roll.groups.buttons[RollCallFilter.ON_LEAVE.value])
    click(tile(roll, "p8"))
    assert status_of(station, session, "p8") is Status.ON_LEAVE
    assert roll.sheet.now.text().startswith("病假")
    click(roll.sheet.come)
    assert status_of(station, session, "p8") is Status.PRESENT
    assert stand.said == "王福生：已到。"


def test_enter_on_somebody_who_is_here_opens_the_sheet(stand: Stand, roll: RollCallPage) -> None:
    QTest.keyClicks(roll.search, "wfs")
    QTest.keyClick(roll.search, Qt.Key.Key_Return)
    QTest.keyClicks(roll.search, "wfs")
    QTest.keyClick(roll.search, Qt.Key.Key_Return)
    assert roll.sheet.isVisible()
    QTest.keyClick(stand.shown_window(), Qt.Key.Key_F5)
    assert stand.shown_window().place is PageName.ROLL_CALL, "no key acts below the sheet"
    QTest.keyClick(stand.shown_window(), Qt.Key.Key_Escape)
    assert not roll.sheet.isVisible()
    assert QApplication.focusWidget() is roll.search


def test_a_late_entry_during_the_session_needs_its_reason(
    stand: Stand, roll: RollCallPage, session: SessionId
) -> None:
    roll.sheet.open(PersonId("p8"))
    click(roll.sheet.enter)
    click(roll.sheet.accept)
    assert "原因" in stand.said
    QTest.keyClicks(roll.sheet.reason, "kande jian")
    QTest.keyClick(roll.sheet.reason, Qt.Key.Key_Return)
    assert status_of(stand.opened.station, session, "p8") is Status.LATE_ENTRY


def test_a_touch_beside_the_sheet_puts_it_away(roll: RollCallPage) -> None:
    roll.sheet.open(PersonId("p8"))
    QTest.mouseClick(roll.sheet, Qt.MouseButton.LeftButton, pos=QPoint(40, 300))
    assert not roll.sheet.isVisible()


def test_records_open_the_sheet_of_anybody_and_enter_whoever_was_missed(
    stand: Stand, session: SessionId
) -> None:
    station = stand.opened.station
    station.attendance.sign_in(session, PersonId("p1"), Lane.PHONE_TAIL, "member")
    station.sessions.close(session)
    window = stand.open_window()
    window.go(PageName.RECORDS)
    page = window.pages[PageName.RECORDS]
    assert isinstance(page, RecordsPage)
    groups: Iterable[PeopleTiles] = page.people.findChildren(PeopleTiles)
    here = next(one for one in groups if [t.name for t in one.tiles] == ["陈建国"])
    click(here.tiles[0])
    assert page.sheet.now.text() == "已到 · 20:00 手机尾号 · 本人"
    assert not undo_buttons(page.sheet), "what was closed stays"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    page.sheet.open(PersonId("p8"), session)
    assert page.sheet.now.text() == "没有签到，记为缺席"
    page.sheet.reason.setText("来了漏签")
    click(page.sheet.accept)
    assert status_of(station, session, "p8") is Status.LATE_ENTRY
    assert page.presenter.state.view is not None
    assert page.presenter.state.view.turnout.late_entry == 1


def test_a_row_of_the_roster_opens_the_sheet_with_the_last_sessions(
    stand: Stand, session: SessionId, clock: SetClock
) -> None:
    station = stand.opened.station
    station.attendance.sign_in(session, PersonId("p8"), Lane.ROLL_CALL, "operator")
    station.sessions.close(session)
    window = stand.open_window()
    window.go(PageName.ROSTER)
    page = window.pages[PageName.ROSTER]
    assert isinstance(page, RosterPage)
    at = [one.id for one in page.presenter.state.people].index(PersonId("p8"))
    row = page.table.visualRect(page.model.index(at, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert page.sheet.name.text == "王福生"
    assert [one.spoken for one in page.sheet.dots.shown] == [f"{day_of(clock.wall_ms)} 已到"]
    assert not page.sheet.come.isVisibleTo(page.sheet)
