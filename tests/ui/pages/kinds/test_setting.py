"""Class, campaign, lecturers, hosts, route and visits: chosen by whoever wants them, by nobody else."""

from __future__ import annotations

from typing import cast

import pytest

from app.areas.catalogue.values import (
    Campaign,
    Lecturer,
    Partner,
    Route,
    RouteStop,
    TrainingClass,
)
from app.areas.sessions.kinds import SessionKind
from app.areas.sessions.views import SessionView
from app.domain.ids import PersonId
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.ui.operator_driver import Stand
from ui.pages.late_session.view import LateSessionPage
from ui.state.page_names import PageName

ROWS: tuple[tuple[str, object], ...] = (
    ("route", Route("r1", "雷锋路线", (RouteStop("a", "纪念馆"), RouteStop("b", "雷高路")))),
    ("lecturer", Lecturer("l1", "丁一")),
    ("lecturer", Lecturer("l2", "戊二")),
    ("partner", Partner("h1", "县农技站")),
    ("campaign", Campaign("k1", "冬春大宣讲")),
    ("training_class", TrainingClass("c1", "果树班")),
    ("training_class", TrainingClass("c2", "复训班", is_restricted=True)),
)


@pytest.fixture
def offered(stand: Stand) -> Stand:
    rows = tuple(
        FeedRow(kind, value.id, at, write_row(value))  # type: ignore[attr-defined]
        for at, (kind, value) in enumerate(ROWS, 1)
    )
    stand.opened.station.tools.store.apply_page(FeedPage("catalogue", len(rows), rows))
    return stand


def late_page(stand: Stand, kind: SessionKind) -> LateSessionPage:
    window = stand.open_window()
    window.go(PageName.LATE_SESSION)
    page = cast("LateSessionPage", window.pages[PageName.LATE_SESSION])
    page.kind.click()
    page.kinds.buttons[kind].click()
    page.title.setText("补的一场")
    page.by.setText("丁一")
    page.reason.setText("停电")
    return page


def newest(stand: Stand) -> SessionView:
    (summary, *_) = stand.opened.station.today.records()
    return stand.opened.station.sessions.show(summary.session.id)


def test_an_extra_session_says_for_whom_it_is_and_who_teaches(offered: Stand) -> None:
    form = offered.open_window().pages.today().extra_form
    offered.shown_window().pages.today().extra.click()
    assert form.more.words == "班次、讲课人…"
    form.more.click()
    setting = form.setting
    assert setting is not None
    assert list(setting.classes.buttons) == ["c1"], "nobody sees here who is to be retrained"
    setting.classes.buttons["c1"].click()
    setting.campaigns.buttons["k1"].click()
    for one in ("l2", "l1"):
        setting.lecturers.buttons[one].click()
    setting.hosts.buttons["h1"].click()
    setting.accept.click()
    assert form.more.words == "已选 5 项"
    form.accept.click()
    view = offered.room.view
    assert view is not None
    said = view.session.setting
    assert (said.training_class, said.campaign) == ("c1", "k1")
    assert (said.lecturers, said.hosts) == (("l2", "l1"), ("h1",))


def test_a_station_without_a_catalogue_is_asked_nothing_of_it(stand: Stand) -> None:
    today = stand.open_window().pages.today()
    today.extra.click()
    assert today.extra_form.more.isHidden()


def test_of_a_class_another_can_be_touched_and_let_go(offered: Stand) -> None:
    today = offered.open_window().pages.today()
    today.extra.click()
    today.extra_form.more.click()
    setting = today.extra_form.setting
    assert setting is not None
    setting.classes.buttons["c1"].click()
    setting.classes.buttons["c1"].click()
    setting.accept.click()
    today.extra_form.accept.click()
    view = offered.room.view
    assert view is not None
    assert view.session.setting.training_class == ""


@pytest.mark.parametrize(
    "kind", [SessionKind.TEST, SessionKind.ONLINE_CLASS, SessionKind.OUTSIDE_TRAINING]
)
def test_a_test_an_online_class_and_an_outside_training_are_written_down_by_hand(
    offered: Stand, kind: SessionKind
) -> None:
    page = late_page(offered, kind)
    page.begins.setText("09:00")
    page.ends.setText("11:31")
    if kind is not SessionKind.TEST:
        page.more.click()
        for one in ("l1", "l2"):
            page.setting.lecturers.buttons[one].click()
        page.setting.accept.click()
    page.people.grid.touched.emit("p1")
    page.main.click()
    view = newest(offered)
    assert (view.session.kind, view.session.minutes) == (kind.value, 151)
    told = [(one.lecturer, one.minutes) for one in view.session.activities.lectures]
    assert told == ([] if kind is SessionKind.TEST else [("l1", 76), ("l2", 75)])


def test_a_route_has_all_its_stops_until_one_is_let_go(offered: Stand) -> None:
    page = late_page(offered, SessionKind.ROUTE)
    assert page.more.words == "走哪条路线、到了哪几站…"
    page.more.click()
    page.setting.routes.buttons["r1"].click()
    assert page.setting.stops.chosen == ["a", "b"]
    page.setting.stops.buttons["a"].click()
    page.setting.accept.click()
    assert page.more.words == "雷锋路线、打卡 1 站"
    page.main.click()
    view = newest(offered)
    assert view.session.setting.route == "r1"
    assert [one.stop for one in view.session.activities.stops] == ["b"]


def test_a_register_of_visits_says_who_went_to_whom_and_counts_nobody_as_absent(
    offered: Stand,
) -> None:
    page = late_page(offered, SessionKind.HOME_VISIT)
    assert page.people.leave.isHidden()
    page.people.grid.touched.emit("p1")
    page.people.grid.touched.emit("p2")
    page.more.click()
    page.setting.went.choose(PersonId("p5"), "陈五")
    page.setting.pairing.buttons["youth_helps_old"].click()
    page.setting.accept.click()
    assert page.more.words == "陈五、青帮老"
    assert page.main.words == "交上去（2 户）"
    page.aside.click()
    offered.shown_window().go(PageName.LATE_SESSION)
    (draft,) = page.presenter.state.drafts
    page.presenter.go_on(draft)
    assert list(page.presenter.state.marks) == ["p1", "p2"]
    page.people.grid.touched.emit("p2")
    page.people.grid.touched.emit("p3")
    page.people.grid.touched.emit("p4")
    page.main.click()
    view = newest(offered)
    visits = [(one.person, one.by, one.minutes) for one in view.session.activities.visits]
    assert visits == [("p1", "p5", 20), ("p3", "p5", 20), ("p4", "p5", 20)]
    assert {one.pairing for one in view.session.activities.visits} == {"youth_helps_old"}
    assert (view.turnout.expected, view.turnout.absent) == (0, 0)
    hours = offered.opened.station.ledgers.hours(PersonId("p5"), 2026).account
    assert hours.minutes == 60, "whoever went has the minutes once, whole"


def test_many_lecturers_are_found_by_a_part_of_the_name(stand: Stand) -> None:
    rows = tuple(
        FeedRow("lecturer", f"l{at}", at, write_row(Lecturer(f"l{at}", f"讲师{at:02}")))
        for at in range(1, 31)
    )
    stand.opened.station.tools.store.apply_page(FeedPage("catalogue", 30, rows))
    today = stand.open_window().pages.today()
    today.extra.click()
    today.extra_form.more.click()
    setting = today.extra_form.setting
    assert setting is not None
    setting.lecturers.buttons["l1"].click()
    setting.lecturers.search.setText("29")
    setting.lecturers.search.textEdited.emit("29")
    assert list(setting.lecturers.buttons) == ["l1", "l29"], "what is chosen stays in sight"
    assert not setting.hosts.isVisibleTo(setting)
