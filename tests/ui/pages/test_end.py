"""The end of a session: unusual ends are asked, the sheet is printed, the close can be undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.areas.attendance.marks import Lane
from app.areas.attendance.views import PersonCard
from app.areas.forms.held import of_view
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.areas.sessions.session import NotHeldReason, Step
from app.areas.sessions.views import SessionView
from app.domain.ids import PersonId, PlanId, SessionId
from app.words import say
from tests.support.stations import SetClock
from tests.ui.operator_driver import Stand
from tests.ui.printing.test_paper import pages_of
from ui.pages.close.view import ClosePage
from ui.pages.records.view import RecordsPage
from ui.pages.today.view import TodayPage
from ui.printing import print_or_save
from ui.printing.form_paper import draw_form
from ui.printing.output import Draw
from ui.state.page_names import PageName


def click(button: QAbstractButton) -> None:
    assert button.isVisibleTo(button.window())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def page(stand: Stand) -> ClosePage:
    """Sign-in is open, nobody has come, the end page is in front."""
    return end_of(stand, stand.opened.station.sessions.prepare_extra("夜校", ()).session.id)


@pytest.fixture
def planned(stand: Stand) -> ClosePage:
    """The same of what is planned for today: after it the day is over."""
    return end_of(stand, stand.opened.station.sessions.prepare(PlanId("plan1")).session.id)


def end_of(stand: Stand, session: SessionId) -> ClosePage:
    stand.opened.station.sessions.open_sign_in(session)
    window = stand.open_window()
    window.go(PageName.CLOSE)
    found = window.pages[PageName.CLOSE]
    assert isinstance(found, ClosePage)
    return found


def come(stand: Stand, count: int) -> None:
    session = stand.room.session_id()
    assert session is not None
    station = stand.opened.station
    people = [one.id for one in station.sessions.show(session).cards][:count]
    for person in people:
        stand.room.signed_in(
            station.attendance.sign_in(session, person, Lane.ROLL_CALL, "operator")
        )


def shown(stand: Stand) -> SessionView:
    assert stand.room.view is not None
    return stand.room.view


def test_a_session_nobody_came_to_is_offered_as_not_held(stand: Stand, page: ClosePage) -> None:
    session = shown(stand).session.id
    stand.opened.station.sessions.move(session, Step.DISCUSS)
    click(page.plain)
    assert "一个人也没有签到" in page.question.text.text()
    assert stand.opened.station.sessions.show(session).session.step is Step.DISCUSS
    assert QApplication.focusWidget() is page.question.main
    click(page.question.main)
    click(page.not_held.reasons.buttons[NotHeldReason.HARVEST.value])
    click(page.not_held.accept)
    assert stand.said == "已登记为未开展：农忙。"
    assert stand.opened.station.sessions.show(session).session.step is Step.NOT_HELD
    assert stand.shown_window().place is PageName.TODAY


def test_a_session_nobody_came_to_can_be_closed_all_the_same_or_go_on(
    stand: Stand, page: ClosePage
) -> None:
    click(page.plain)
    click(page.question.back)
    assert not page.question.isVisible()
    assert shown(stand).session.step is Step.SIGN_IN
    click(page.plain)
    click(page.question.end)
    assert shown(stand).session.step is Step.CLOSED


def test_an_end_with_few_people_is_asked_and_enter_does_not_end(
    stand: Stand, page: ClosePage
) -> None:
    come(stand, 4)
    click(page.plain)
    assert page.question.text.text() == "还有 24 人没到，确定结束？"
    assert QApplication.focusWidget() is page.question.main
    QTest.keyClick(page.question.main, Qt.Key.Key_Return)
    assert shown(stand).session.step is Step.SIGN_IN
    assert not page.question.isVisible()
    click(page.plain)
    QTest.keyClick(stand.shown_window(), Qt.Key.Key_Escape)
    assert not page.question.isVisible()


def test_a_usual_end_is_one_touch(stand: Stand, page: ClosePage) -> None:
    come(stand, 20)
    click(page.plain)
    assert shown(stand).session.step is Step.CLOSED


def test_the_main_button_ends_and_prints_whom_one_wants(
    stand: Stand, page: ClosePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers: list[str] = []

    def printed(_parent: object, draw: Draw, _title: str, *, is_wide: bool) -> bool:
        assert not is_wide
        papers.append("".join(pages_of(draw)))
        return True

    monkeypatch.setattr(print_or_save, "has_printer", lambda: True)
    monkeypatch.setattr(print_or_save, "print_asking", printed)
    come(stand, 20)
    missing = next(one.name for one in shown(stand).cards if one.status is None)
    click(page.only_here)
    click(page.main)
    assert shown(stand).session.step is Step.CLOSED
    assert missing not in papers[0]
    click(page.only_here)
    click(page.plain)
    assert missing in papers[1]
    assert shown(stand).code in papers[1]


def test_the_close_can_be_undone_and_the_session_goes_on(
    stand: Stand, page: ClosePage, clock: SetClock
) -> None:
    come(stand, 20)
    assert not page.reopen.isVisible()
    click(page.plain)
    code = shown(stand).code
    clock.pass_minutes(12)
    click(page.reopen)
    assert shown(stand).session.step is Step.SIGN_IN
    assert stand.said.startswith("已撤销结束")
    assert page.main.words == "结束并打印签到表"
    missing: PersonCard = next(one for one in shown(stand).cards if one.status is None)
    page.sheet.open(PersonId(missing.id))
    click(page.sheet.come)
    click(page.plain)
    assert shown(stand).other_codes == (code,)
    clock.pass_minutes(31)
    click(page.reopen)  # the page has not looked since
    assert shown(stand).session.step is Step.CLOSED
    assert "不能撤销" in stand.said
    page.reopen.watch.timeout.emit()
    assert not page.reopen.isVisible(), "no button that can only refuse"
    assert not page.reopen.watch.isActive()


@pytest.mark.parametrize("place", [PageName.TODAY, PageName.RECORDS])
def test_the_end_can_be_undone_wherever_the_session_is_shown_while_there_is_time(
    stand: Stand, planned: ClosePage, clock: SetClock, place: PageName
) -> None:
    come(stand, 20)
    session = shown(stand).session.id
    click(planned.plain)
    window = stand.shown_window()
    click(planned.main)
    window.go(place)
    elsewhere = window.pages[place]
    assert isinstance(elsewhere, TodayPage | RecordsPage)
    clock.pass_minutes(29)
    elsewhere.reopen.watch.timeout.emit()
    click(elsewhere.reopen)
    assert shown(stand).session.id == session
    assert shown(stand).session.step is Step.SIGN_IN
    assert stand.said.startswith("已撤销结束")
    assert window.place is PageName.ROLL_CALL
    assert not elsewhere.reopen.isVisibleTo(elsewhere)

    window.go(PageName.CLOSE)
    click(planned.plain)
    click(planned.main)
    window.go(place)
    elsewhere.presenter.load()
    assert elsewhere.reopen.isVisible()
    clock.pass_minutes(31)
    elsewhere.reopen.watch.timeout.emit()
    assert not elsewhere.reopen.isVisible()


def test_the_day_that_is_over_prints_whom_one_wants(
    stand: Stand, planned: ClosePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers: list[str] = []

    def printed(_parent: object, draw: Draw, _title: str, *, is_wide: bool) -> bool:
        assert not is_wide
        papers.append("".join(pages_of(draw)))
        return True

    monkeypatch.setattr(print_or_save, "has_printer", lambda: True)
    monkeypatch.setattr(print_or_save, "print_asking", printed)
    come(stand, 20)
    missing = next(one.name for one in shown(stand).cards if one.status is None)
    click(planned.plain)
    click(planned.main)
    today = stand.shown_window().pages[PageName.TODAY]
    assert isinstance(today, TodayPage)
    click(today.sheet)
    click(today.only_here)
    click(today.sheet)
    assert missing in papers[0]
    assert missing not in papers[1]


def test_the_sheet_of_those_who_came_names_nobody_else(stand: Stand, page: ClosePage) -> None:
    come(stand, 3)
    view = shown(stand)
    form = sign_in_sheet(say, "学习点", of_view(view), only_here=True)
    (paper,) = pages_of(lambda paper: draw_form(paper, form))
    here = {one.name for one in view.cards if one.status is not None}
    assert {one.name for one in view.cards if one.name in paper} == here
