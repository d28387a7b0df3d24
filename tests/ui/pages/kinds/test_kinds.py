"""Kinds of session at the operator's window: chosen in the form, ticked in the sheet, told at the end."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtWidgets import QApplication

from app.areas.catalogue.values import Lecturer, Route, RouteStop
from app.areas.sessions.activities import ActivityRecord
from app.areas.sessions.kinds import Item, SessionKind
from app.areas.sessions.session import Step
from app.domain.ids import PersonId
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.ui.operator_driver import Stand
from ui.input.shortcuts import Shortcut
from ui.pages.close.view import ClosePage
from ui.parts.activities.sheet import ActivitiesSheet
from ui.state.page_names import PageName
from ui.widgets.fit.button import FitButton
from ui.windows.operator_window import OperatorWindow

ROUTE = Route("r1", "雷锋路线", (RouteStop("a", "纪念馆"), RouteStop("b", "雷高路")))


@pytest.fixture
def window(stand: Stand) -> OperatorWindow:
    lecturer = Lecturer("l1", "丁一")
    rows = (
        FeedRow("route", ROUTE.id, 1, write_row(ROUTE)),
        FeedRow("lecturer", lecturer.id, 2, write_row(lecturer)),
    )
    stand.opened.station.tools.store.apply_page(FeedPage("catalogue", 2, rows))
    return stand.open_window()


def begin(stand: Stand, window: OperatorWindow, kind: SessionKind) -> ActivitiesSheet:
    """A session of a kind, chosen in the form, its sign-in open and its sheet in front."""
    today = window.pages.today()
    today.extra.click()
    today.extra_form.kind_button.click()
    today.extra_form.kinds.buttons[kind].click()
    today.extra_form.accept.click()
    view = stand.room.view
    assert view is not None
    assert view.session.kind == kind.value
    stand.room.show(stand.opened.station.sessions.open_sign_in(view.session.id))
    window.go(PageName.ROLL_CALL)
    roll = window.pages.roll_call()
    roll.doing.click()
    return roll.doings


def done(stand: Stand) -> ActivityRecord:
    """What was done in the session in hand, as it is shown."""
    assert stand.room.view is not None
    return stand.room.view.session.activities


def lines(sheet: ActivitiesSheet, part: str) -> list[FitButton]:
    QApplication.processEvents()  # what was just laid out is shown
    found = getattr(sheet, part).findChildren(FitButton)
    return [one for one in found if one.isVisibleTo(sheet)]


def test_without_a_word_it_is_a_lesson_with_not_one_tap_more(
    stand: Stand, window: OperatorWindow
) -> None:
    today = window.pages.today()
    today.extra.click()
    assert today.extra_form.place.isHidden()
    today.extra_form.accept.click()
    view = stand.room.view
    assert view is not None
    assert (view.session.kind, view.session.setting.agenda) == ("group_session", ())
    stand.room.show(stand.opened.station.sessions.open_sign_in(view.session.id))
    window.go(PageName.ROLL_CALL)
    assert window.pages.roll_call().doing.isHidden()


def test_a_theme_day_is_ticked_by_touch_and_a_slip_goes_by_the_same_touch(
    stand: Stand, window: OperatorWindow
) -> None:
    sheet = begin(stand, window, SessionKind.THEME_DAY)
    roll = window.pages.roll_call()
    assert roll.doing.words == "议程 0/7"
    lines(sheet, "agenda")[2].click()
    assert roll.doing.words == "议程 1/7"
    assert [one.item for one in done(stand).agenda] == ["oath"]
    lines(sheet, "agenda")[2].click()
    assert not done(stand).agenda
    lines(sheet, "agenda")[9].click()
    sheet.reason.setText("已网上缴")
    sheet.reason.returnPressed.emit()
    (dues,) = done(stand).agenda
    assert (dues.item, dues.is_done, dues.reason) == ("dues", False, "已网上缴")
    assert roll.act(Shortcut.ESCAPE)
    assert not sheet.isVisible()


def test_stops_lectures_and_heads_are_kept_and_told_at_the_end(
    stand: Stand, window: OperatorWindow
) -> None:
    today = window.pages.today()
    today.extra.click()
    today.extra_form.kind_button.click()
    today.extra_form.kinds.buttons[SessionKind.ROUTE].click()
    today.extra_form.place.setText("雷锋镇")
    route = today.extra_form.list.rows.itemAt(0).widget()
    assert isinstance(route, FitButton)
    route.click()
    today.extra_form.accept.click()
    view = stand.room.view
    assert view is not None
    assert (view.session.setting.route, view.session.setting.place) == ("r1", "雷锋镇")
    stand.room.show(stand.opened.station.sessions.open_sign_in(view.session.id))
    window.go(PageName.ROLL_CALL)
    roll = window.pages.roll_call()
    assert roll.presenter.state.course is None, "nothing is played on a route"
    roll.doing.click()
    sheet = roll.doings
    lines(sheet, "stops")[0].click()
    sheet.who.setText("丁一")
    sheet.topic.setText("雷锋精神")
    sheet.minutes.setText("20")
    sheet._on_lecture()
    sheet.heads["villager"].setText("12")
    sheet.heads["villager"].returnPressed.emit()
    (lecture,) = done(stand).lectures
    assert (lecture.lecturer, lecture.name, lecture.minutes) == ("l1", "", 20)
    window.go(PageName.CLOSE)
    close = cast("ClosePage", window.pages[PageName.CLOSE])
    told = close.done.text()
    assert told.splitlines()[0] == "雷锋镇 · 雷锋路线"
    assert "丁一讲“雷锋精神”，20 分钟" in told
    assert "群众 12 人" in told


def test_a_home_visit_names_whom_and_goes_straight_to_its_end(
    stand: Stand, window: OperatorWindow
) -> None:
    sheet = begin(stand, window, SessionKind.HOME_VISIT)
    sheet.visited.choose(PersonId("p9"), "李秀兰")
    sheet.visitor.choose(PersonId("p1"), "陈建国")
    sheet.pairing.choose("youth_helps_old")
    sheet.visit_minutes.setText("45")
    sheet._on_visit()
    (visit,) = done(stand).visits
    assert (visit.person, visit.by, visit.minutes, visit.pairing) == (
        *("p9", "p1", 45, "youth_helps_old"),
    )
    sheet.put_away()
    roll = window.pages.roll_call()
    assert [one.key for one in window.steps.marks] == ["prepare", "roll_call", "close"]
    roll.main.click()
    assert window.place is PageName.CLOSE
    assert stand.room.step() is Step.SIGN_IN


def test_today_says_the_theme_day_and_what_is_missing_with_a_way_in(
    stand: Stand, window: OperatorWindow
) -> None:
    today = window.pages.today()
    assert today.presenter.state.stands is not None
    missing = [item for item, _ in today.presenter.state.stands.missing]
    assert missing == [Item.LESSON, Item.FILM, Item.PRACTICE]
    assert "一课、一片、一实践" in today.missing.words
    assert "26" in today.theme.text()
    begun = stand.opened.station.sessions.prepare_extra("一课", ())
    station = stand.opened.station
    station.sessions.open_sign_in(begun.session.id)
    station.activities.count_heads(begun.session.id, "villager", 3)
    station.sessions.close(begun.session.id)
    today.presenter.load()
    assert today.missing.words.startswith("本月还差 一片")
    today.missing.click()
    assert today.extra_form.kind is SessionKind.FILM
