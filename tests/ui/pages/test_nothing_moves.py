"""The roll-call while a session signs in: no mark moves anybody, and no word changes a width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.areas.attendance.marks import Lane, Status
from app.bootstrap import OpenStation
from app.domain.ids import PersonId, SessionId
from app.domain.personal import LeaveKind
from app.usecases.views import SyncState
from tests.support import stations
from tests.support.stations import sample_people
from tests.ui.operator_driver import Stand, stand_at
from ui.pages.close.view import ClosePage
from ui.pages.roll_call.state import RollCallFilter
from ui.pages.roll_call.view import RollCallPage
from ui.parts.lists.name_grid import GroupHead, NameGrid
from ui.state.page_names import PageName
from ui.theme import look
from ui.theme.tokens import InterfaceSize
from ui.widgets import tap

LONG = "阿不都热合曼·吐尔逊江·买买"
PEOPLE = 120


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenStation]:
    """A station of 120 people in 12 groups, one with a very long name."""
    people = sample_people(PEOPLE)
    grouped = tuple(replace(one, group=f"{at % 12 + 1}组") for at, one in enumerate(people))
    long = (*grouped[:13], replace(grouped[13], name=LONG), *grouped[14:])
    monkeypatch.setattr(stations, "sample_people", lambda count: long[:count])
    with stations.station_at(tmp_path / "home", people=PEOPLE) as station:
        yield station


@pytest.fixture(autouse=True)
def _slow_fingers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two touches here are two touches, however soon."""
    monkeypatch.setattr(tap, "DOUBLE_TAP_MS", 0)


@pytest.fixture
def roll(stand: Stand) -> RollCallPage:
    """Sign-in is open at 1366×768."""
    session = stand.opened.station.sessions.prepare_extra("夜校", ()).session.id
    stand.opened.station.sessions.open_sign_in(session)
    window = stand.open_window(width=1366, height=768)
    window.go(PageName.ROLL_CALL)
    page = window.pages[PageName.ROLL_CALL]
    assert isinstance(page, RollCallPage)
    return page


def session_of(stand: Stand) -> SessionId:
    session = stand.room.session_id()
    assert session is not None
    return session


def status_of(stand: Stand, person: PersonId) -> Status | None:
    cards = stand.opened.station.sessions.show(session_of(stand)).cards
    return next((one.status for one in cards if one.id == person), None)


def places(grid: NameGrid) -> dict[str, QRect]:
    return {one.shown.person: one.geometry() for one in grid.tiles()}


def heads_of(grid: NameGrid) -> list[GroupHead]:
    found: Iterable[GroupHead] = grid.findChildren(GroupHead)
    return [one for one in found if one.isVisible()]


def lie_of(page: QWidget) -> dict[int, QRect]:
    """Where every part of a page lies, but the list of the newest, which shows what is new."""
    assert isinstance(page, RollCallPage)
    parts: Iterable[QWidget] = page.findChildren(QWidget)
    return {
        id(one): QRect(one.mapTo(page, QPoint(0, 0)), one.size())
        for one in parts
        if one.isVisible()
        and one is not page.grid.widget()  # it may grow below
        and not page.newest.isAncestorOf(one)
    }


def test_at_least_twenty_names_are_in_sight_at_1366(roll: RollCallPage) -> None:
    assert len(roll.grid.in_sight()) >= 20


@pytest.fixture
def large(stand: Stand, qapp: QApplication) -> Iterator[RollCallPage]:
    """The same with large letters."""
    look.apply_look(qapp, InterfaceSize.LARGE, width=1366, lines=768)
    session = stand.opened.station.sessions.prepare_extra("夜校", ()).session.id
    stand.opened.station.sessions.open_sign_in(session)
    window = stand.open_window(width=1366, height=768)
    window.go(PageName.ROLL_CALL)
    qapp.processEvents()
    page = window.pages[PageName.ROLL_CALL]
    assert isinstance(page, RollCallPage)
    yield page
    look.apply_look(qapp)


def test_with_large_letters_too_and_headings_lead_to_their_group(
    large: RollCallPage, qapp: QApplication
) -> None:
    assert not large.column.isVisible()
    assert len(large.grid.in_sight()) >= 18, "of 120 people in 12 groups"
    QTest.mouseClick(heads_of(large.grid)[1], Qt.MouseButton.LeftButton)
    qapp.processEvents()
    assert large.presenter.state.group == "2组"
    assert len(large.grid.tiles()) == 10
    QTest.mouseClick(heads_of(large.grid)[0], Qt.MouseButton.LeftButton)
    assert large.presenter.state.group is None, "the heading 全部 leads back"


def test_no_mark_of_any_lane_moves_anybody_or_anything(
    stand: Stand, roll: RollCallPage, qapp: QApplication, qtbot: QtBot
) -> None:
    station, session = stand.opened.station, session_of(stand)
    qapp.processEvents()
    before, lie = places(roll.grid), lie_of(roll)
    tile = roll.grid.in_sight()[6]
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert status_of(stand, tile.shown.person) is Status.PRESENT
    for person, lane in (("p13", Lane.PHONE_TAIL), ("p20", Lane.SCANNER), ("p31", Lane.NAME_WALL)):
        stand.room.signed_in(station.attendance.sign_in(session, PersonId(person), lane, "member"))
        stand.shown_window().show_sync(station.today.sync_view())
    stand.room.signed_in(
        station.attendance.mark(session, PersonId("p40"), Status.ON_LEAVE, leave=LeaveKind.SICK)
    )
    stand.room.signed_in(station.attendance.admit_visitor(session, "钱来宾"))
    qapp.processEvents()
    after = places(roll.grid)
    assert {one: after[one] for one in before} == before
    now = lie_of(roll)
    assert {one: now.get(one) for one in lie} == lie
    assert {one.shown.state.value for one in roll.grid.tiles()} >= {"none", "arrived", "leave"}
    assert roll.grid.tiles()[-1].shown.name == "钱来宾"


def test_no_state_of_sending_moves_the_button_beside_it(stand: Stand, roll: RollCallPage) -> None:
    window = stand.shown_window()
    stand.audience = ""
    window._show_frame()
    view = stand.opened.station.today.sync_view()
    seen = set()
    for state in SyncState:
        for facts in (1, 40, 3_000):
            window.show_sync(replace(view, state=state, facts=facts, confirmed=facts // 3))
            QApplication.processEvents()
            seen.add(window.header.screen_full.geometry().getRect())
    assert len(seen) == 1, seen


def test_whoever_is_here_keeps_a_place_until_the_page_is_opened_anew(
    stand: Stand, roll: RollCallPage, qtbot: QtBot
) -> None:
    QTest.mouseClick(roll.groups.buttons[RollCallFilter.WAITING.value], Qt.MouseButton.LeftButton)
    before = list(places(roll.grid))
    tile = roll.grid.in_sight()[3]
    person = tile.shown.person
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert list(places(roll.grid)) == before
    stand.shown_window().go(PageName.ROLL_CALL)
    assert list(places(roll.grid)) == [one for one in before if one != person]


def test_a_second_touch_of_the_same_place_opens_the_sheet_of_the_same_person(
    stand: Stand, roll: RollCallPage, qtbot: QtBot
) -> None:
    tile = roll.grid.in_sight()[4]
    person, spot = tile.shown.person, tile.mapTo(roll, tile.rect().center())
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    again = roll.childAt(spot)
    assert again is tile
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert roll.sheet.isVisible()
    assert roll.sheet.presenter.state.sheet is not None
    assert roll.sheet.presenter.state.sheet.card.id == person
    assert len(stand.opened.station.attendance.sheet(session_of(stand), person).marks) == 1


def test_groups_and_letters_are_filters(stand: Stand, roll: RollCallPage, qtbot: QtBot) -> None:
    chip = roll.column.buttons["2组"]
    assert chip.words == "2组\n0/8"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    group = {"2组"}
    cards = {one.id: one for one in stand.opened.station.sessions.show(session_of(stand)).cards}
    assert {cards[one].group for one in map(PersonId, places(roll.grid))} == group
    QTest.mouseClick(roll.column.buttons[None], Qt.MouseButton.LeftButton)
    cells = roll.letters.cells()
    assert "".join(cells) == roll.presenter.state.initials
    wide = roll.letters.width() / len(cells)
    middle = QPoint(int(wide * 1.5), roll.letters.height() // 2)
    QTest.mouseClick(roll.letters, Qt.MouseButton.LeftButton, pos=middle)
    assert {cards[PersonId(one)].spelled[0].upper() for one in places(roll.grid)} <= set(cells[1])
    QTest.mouseClick(roll.letters, Qt.MouseButton.LeftButton, pos=middle)
    assert len(places(roll.grid)) == PEOPLE
    roll.letters.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(roll.letters, Qt.Key.Key_Right)
    assert roll.presenter.state.letters == cells[0]


def test_the_end_page_keeps_everybody_in_place_and_gives_no_key_to_the_end(
    stand: Stand, roll: RollCallPage, qtbot: QtBot, qapp: QApplication
) -> None:
    window = stand.shown_window()
    window.go(PageName.CLOSE)
    page = window.pages[PageName.CLOSE]
    assert isinstance(page, ClosePage)
    before = places(page.people)
    tile = page.people.in_sight()[2]
    person = tile.shown.person
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.sheet.kinds.buttons[LeaveKind.SICK.value], Qt.MouseButton.LeftButton)
    assert status_of(stand, person) is Status.ON_LEAVE
    assert not page.sheet.isVisible()
    assert places(page.people) == before
    assert QApplication.focusWidget() is not page.main


def test_the_wheel_scrolls_the_names_and_a_mark_does_not_scroll_back(
    stand: Stand, roll: RollCallPage, qtbot: QtBot
) -> None:
    bar = roll.grid.verticalScrollBar()
    assert bar.maximum() > 0
    port = roll.grid.viewport()
    middle = port.rect().center()
    QApplication.sendEvent(
        port,
        QWheelEvent(
            QPointF(middle), QPointF(port.mapToGlobal(middle)), QPoint(), QPoint(0, -360),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - by place only
        ),
    )  # fmt: skip
    down = bar.value()
    assert down > 0
    QTest.mouseClick(roll.grid.in_sight()[2], Qt.MouseButton.LeftButton)
    assert bar.value() == down


def test_a_grid_of_a_large_window_shows_more(opened: OpenStation, qapp: QApplication) -> None:
    stand = stand_at(opened)
    session = opened.station.sessions.prepare_extra("夜校", ()).session.id
    opened.station.sessions.open_sign_in(session)
    seen = []
    window = stand.open_window(width=1366, height=768)
    window.go(PageName.ROLL_CALL)
    page = window.pages[PageName.ROLL_CALL]
    assert isinstance(page, RollCallPage)
    for width, height in ((1366, 768), (1920, 1080), (2560, 1440)):
        window.resize(width, height)
        qapp.processEvents()
        seen.append(len(page.grid.in_sight()))
    stand.close()
    assert seen == sorted(seen)
    assert seen[1] > seen[0], "though the room's picture and the line of tonight are beside it"
