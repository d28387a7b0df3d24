"""A paper list is written down: by touch, letters and card, put aside, gone on with, handed in."""

from __future__ import annotations

from typing import cast

import pytest

from app.areas.attendance.marks import Lane, Status
from app.areas.sessions.approval import LateState
from app.areas.sessions.kinds import SessionKind
from app.domain.ids import PersonId
from tests.ui.operator_driver import Stand
from ui.pages.late_session.view import LateSessionPage
from ui.pages.records.view import RecordsPage
from ui.state.page_names import PageName


@pytest.fixture
def page(stand: Stand) -> LateSessionPage:
    window = stand.open_window()
    window.pages.today().extra.click()
    window.pages.today().extra_form.late.click()
    assert window.place is PageName.LATE_SESSION
    return cast("LateSessionPage", window.pages[PageName.LATE_SESSION])


def write_head(page: LateSessionPage) -> None:
    page.title.setText("大坪水库现场课")
    page.by.setText("丁一")
    page.reason.setText("在工地上开的")
    page.place.setText("大坪水库工地")
    page.villagers.setText("23")


def test_a_paper_is_handed_in_with_names_by_touch_letters_and_card(
    stand: Stand, page: LateSessionPage
) -> None:
    write_head(page)
    page.kind.click()
    page.kinds.buttons[SessionKind.MOBILE_CLASS].click()
    page.people.grid.touched.emit("p1")
    page.people.search.textEdited.emit("0005")
    page.people.search.returnPressed.emit()
    stand.room.scan("YJ1-00006")
    stand.room.scan("YJ1-00006")
    page.people.leave.click()
    page.people.grid.touched.emit("p8")
    page.people.leave.click()
    page.visitor.told.emit("周来宾", "", "邻村")
    assert page.main.words == "交上去（4 人）"
    page.main.click()
    (summary,) = stand.opened.station.today.records()
    view = stand.opened.station.sessions.show(summary.session.id)
    lanes = {str(one.id): one.lane for one in view.cards if one.status is Status.LATE_ENTRY}
    assert lanes["p1"] is Lane.NAME_WALL
    assert lanes["p5"] is Lane.ROLL_CALL
    assert lanes["p6"] is Lane.SCANNER
    assert (view.turnout.on_leave, view.turnout.visitors, view.late) == (1, 1, LateState.PENDING)
    assert view.session.activities.heads[0].count == 23
    assert stand.shown_window().place is PageName.RECORDS
    records = cast("RecordsPage", stand.shown_window().pages[PageName.RECORDS])
    row = records.list.rows.itemAt(0).widget()
    assert row is not None
    assert "待审批" in row.accessibleName()
    assert page.title.text() == "", "the next paper is an empty one"


def test_what_is_put_aside_is_gone_on_with_or_given_up(stand: Stand, page: LateSessionPage) -> None:
    write_head(page)
    page.people.grid.touched.emit("p1")
    page.people.grid.touched.emit("p2")
    page.people.grid.touched.emit("p2")
    page.aside.click()
    today = stand.shown_window().pages.today()
    today.extra.click()
    assert today.extra_form.late.words == "补记一场（1 份没写完）"
    today.extra_form.late.click()
    (draft,) = page.presenter.state.drafts
    page.presenter.go_on(draft)
    assert page.title.text() == "大坪水库现场课"
    assert not page.day.isEnabled(), "what was first written of when it was held holds"
    assert list(page.presenter.state.marks) == [PersonId("p1")]
    page.people.grid.touched.emit("p1")
    page.people.grid.touched.emit("p3")
    page.main.click()
    view = stand.opened.station.sessions.show(draft.session.id)
    came = [one.id for one in view.cards if one.status is Status.LATE_ENTRY]
    assert (came, view.late) == ([PersonId("p3")], LateState.PENDING)
    write_head(page)
    page.aside.click()
    (other,) = stand.opened.station.late.drafts()
    page.presenter.give_up(other)
    assert stand.opened.station.late.drafts() == ()


def test_what_lacks_is_said_and_all_that_was_typed_stays(
    stand: Stand, page: LateSessionPage
) -> None:
    write_head(page)
    page.by.clear()
    page.people.grid.touched.emit("p1")
    page.main.click()
    assert "谁补记" in stand.said
    page.by.setText("丁一")
    page.day.setText("昨天")
    page.main.click()
    assert "K-131" in stand.said
    assert stand.opened.station.today.records() == ()
    assert list(page.presenter.state.marks) == [PersonId("p1")]
    page.after.click()
    assert page.day.text() == page.presenter.yesterday()
    page.main.click()
    assert len(stand.opened.station.today.records()) == 1


def test_cards_are_the_session_s_again_when_the_page_is_left(
    stand: Stand, page: LateSessionPage
) -> None:
    assert stand.room.takes_card is not None
    stand.shown_window().go(PageName.TODAY)
    assert stand.room.takes_card is None
    stand.room.scan("YJ1-00006")
    assert not page.presenter.state.marks
