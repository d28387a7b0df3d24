"""The visitor's form asks before it counts somebody twice, and no field loses what is typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.areas.catalogue.values import DirectoryPerson
from app.bootstrap import OpenStation
from app.domain import bounds
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.ui.operator_driver import Stand
from tests.ui.pages.member_sign_in.driver import opened as sign_in_opened
from ui.pages.discuss.view import DiscussPage
from ui.pages.roll_call.view import RollCallPage
from ui.parts.forms.fields import NotHeldForm, VisitorForm
from ui.parts.person.sheet import PersonSheetView
from ui.state.page_names import PageName


def write(box: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


class Desk:
    """The roll-call page with the visitor's form."""

    def __init__(self, stand: Stand, page: RollCallPage) -> None:
        self.stand, self.page = stand, page

    def admit(self, name: str, tail: str = "") -> None:
        if not self.page.visitor_form.isVisible():
            QTest.mouseClick(self.page.visitor, Qt.MouseButton.LeftButton)
        form = self.page.visitor_form
        form.name.clear()
        form.tail.clear()
        write(form.name, name)
        write(form.tail, tail)
        QTest.mouseClick(form.accept, Qt.MouseButton.LeftButton)

    @property
    def asked(self) -> str:
        form = self.page.known_form
        return form.question.text() if form.isVisible() else ""

    def counts(self) -> tuple[int, int]:
        view = self.stand.room.view
        assert view is not None
        turnout = self.stand.opened.station.sessions.show(view.session.id).turnout
        return turnout.arrived, turnout.visitors


@pytest.fixture
def desk(stand: Stand, opened: OpenStation) -> Desk:
    window = stand.open_window()
    sign_in_opened(opened.station)
    stand.room.load()
    window.go(PageName.ROLL_CALL)
    page = window.pages[PageName.ROLL_CALL]
    assert isinstance(page, RollCallPage)
    return Desk(stand, page)


def test_somebody_on_the_list_is_asked_about_and_signed_in_by_the_first_button(desk: Desk) -> None:
    desk.admit("王福生", "0008")
    assert desk.asked == "名单上有王福生（尾号 0008），是他吗？"
    form = desk.page.known_form
    assert [one.words for one in form.buttons] == ["是他，签到"]
    assert QApplication.focusWidget() is form.buttons[0]
    QTest.keyClick(form.buttons[0], Qt.Key.Key_Return)
    assert desk.counts() == (1, 0)
    assert desk.asked == ""


def test_another_one_is_admitted_once_however_often_the_button_is_pressed(desk: Desk) -> None:
    desk.admit("王福生")
    QTest.mouseClick(desk.page.known_form.no, Qt.MouseButton.LeftButton)
    assert desk.counts() == (0, 1)
    assert desk.page.side.currentIndex() == 0
    desk.page.presenter.is_someone_else()
    assert desk.counts() == (0, 1)
    assert desk.asked == ""


def test_a_visitor_who_came_already_is_told_the_time(desk: Desk) -> None:
    desk.admit("路人")
    assert desk.counts() == (0, 1)
    desk.admit("路人")
    assert desk.asked == "来宾路人 20:00 已经签过了，是同一个人吗？"
    QTest.mouseClick(desk.page.known_form.buttons[0], Qt.MouseButton.LeftButton)
    assert desk.counts() == (0, 1)
    assert desk.stand.said == "路人 20:00 已经签过了，没有再记。"


def test_namesakes_have_a_button_each(desk: Desk) -> None:
    desk.admit("陈平", "0004")
    assert desk.asked == "叫陈平的有 2 位，是哪一位？"
    said = [one.words for one in desk.page.known_form.buttons]
    assert said == ["陈平 1组 （尾号 0003）", "陈平 2组 （尾号 0004）"]
    QTest.mouseClick(desk.page.known_form.buttons[1], Qt.MouseButton.LeftButton)
    view = desk.stand.opened.station.sessions.running()
    assert view is not None
    assert [one.id for one in view.cards if one.status is not None] == ["p4"]


def test_what_was_typed_stays_when_it_is_refused_or_the_question_put_away(desk: Desk) -> None:
    desk.admit("老李", "62")
    assert "四位数字" in desk.stand.said
    form = desk.page.visitor_form
    assert (form.isVisible(), form.name.text(), form.tail.text()) == (True, "老李", "62")
    desk.admit("王福生")
    QTest.mouseClick(desk.page.known_form.cancel, Qt.MouseButton.LeftButton)
    assert (form.isVisible(), form.name.text()) == (True, "王福生")
    assert desk.counts() == (0, 0)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_the_question_fits_its_place(desk: Desk, size: tuple[int, int]) -> None:
    assert desk.stand.window is not None
    desk.stand.window.resize(*size)
    desk.admit("陈平")
    form = desk.page.known_form
    for part in (form.question, form.no, form.cancel, form.buttons[0]):
        place = part.mapTo(desk.page, part.rect().bottomRight())
        assert desk.page.rect().contains(place), part


# --- fields stop at their bound and say so ---------------------------------------------------


def test_a_line_stops_at_its_bound_and_says_so(stand: Stand, qtbot: QtBot) -> None:
    visitor, not_held = VisitorForm(), NotHeldForm()
    for form in (visitor, not_held):
        qtbot.addWidget(form)
    late = PersonSheetView(visitor, stand.room)
    for box, most in (
        (visitor.name, bounds.NAME),
        (visitor.home, bounds.HOME),
        (late.reason, bounds.REASON),
        (not_held.note, bounds.NOT_HELD_NOTE),
    ):
        QApplication.clipboard().setText("字" * most)
        box.paste()
        assert (len(box.text()), box.accessibleDescription()) == (most, "")
        QTest.keyClick(box, Qt.Key.Key_A)
        assert len(box.text()) == most
        assert str(most) in box.accessibleDescription()


def test_the_notes_stop_at_their_bound_and_say_how_much_did_not_go_in(
    stand: Stand, opened: OpenStation
) -> None:
    window = stand.open_window()
    session = sign_in_opened(opened.station).session.id
    stand.room.load()
    window.go(PageName.DISCUSS)
    page = window.pages[PageName.DISCUSS]
    assert isinstance(page, DiscussPage)
    most, told = bounds.DISCUSSION_NOTE, page.note_room.told
    write(page.note, "想" * (most - 1_000))
    assert not told.isVisible()
    write(page.note, "想" * 900)
    assert told.text() == "还可以写 100 个字。"
    page.note.moveCursor(page.note.textCursor().MoveOperation.Start)
    write(page.note, "先" * 90 + "𠮷" * 40)
    text = page.note.toPlainText()
    assert text == "先" * 90 + "𠮷" * 10 + "想" * (most - 100), (
        "the paste is cut, nothing before it"
    )
    assert "多出的 30 个字" in told.text()
    page._on_kept()
    assert opened.station.sessions.show(session).notes == (text,)
    assert page.note.toPlainText() == ""
    assert not told.isVisible()


@pytest.mark.logs_warnings
def test_a_note_that_can_not_be_kept_stays_where_it_was_written(
    stand: Stand, opened: OpenStation
) -> None:
    window = stand.open_window()
    session = sign_in_opened(opened.station).session.id
    stand.room.load()
    window.go(PageName.DISCUSS)
    page = window.pages[PageName.DISCUSS]
    assert isinstance(page, DiscussPage)
    write(page.note, "想学大棚技术")
    opened.station.tools.store.close()
    page._on_kept()
    assert page.note.toPlainText() == "想学大棚技术"
    assert session


def test_somebody_of_the_township_is_asked_about_and_comes_under_their_own_id(desk: Desk) -> None:
    store = desk.stand.opened.station.tools.store
    near = DirectoryPerson("p77", "丙一", "柳溪支部", "liuxi", "柳溪村学习点", "0021")
    row = FeedRow("directory_person", near.id, 1, write_row(near))
    store.apply_page(FeedPage("township:anshan", 1, (row,)))
    before = desk.counts()
    desk.admit("by")
    assert desk.asked.startswith("柳溪村学习点 柳溪支部有丙一（尾号 0021），是他吗")
    QTest.mouseClick(desk.page.known_form.buttons[0], Qt.MouseButton.LeftButton)
    assert desk.counts() == (before[0], before[1] + 1)
    view = desk.stand.room.view
    assert view is not None
    shown = desk.stand.opened.station.sessions.show(view.session.id)
    assert "p77" in [card.id for card in shown.cards]
