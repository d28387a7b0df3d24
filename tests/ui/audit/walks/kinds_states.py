"""Screens of kinds of session, and of a paper list that is written down: part of the audit's walk."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.areas.catalogue.values import (
    Campaign,
    Lecturer,
    Partner,
    Route,
    RouteStop,
    TrainingClass,
)
from app.areas.sessions.kinds import SessionKind
from app.areas.sessions.session import Step
from app.domain.ids import PersonId
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.ui.operator_driver import Stand
from ui.pages.late_session.view import LateSessionPage
from ui.pages.roll_call.view import RollCallPage
from ui.state.page_names import PageName
from ui.windows.operator_window import OperatorWindow

ROWS: tuple[tuple[str, object], ...] = (
    ("route", Route("r1", "雷锋路线", (RouteStop("a", "纪念馆"), RouteStop("b", "雷高路")))),
    ("lecturer", Lecturer("l1", "丁一")),
    ("lecturer", Lecturer("l2", "那仁格日勒·巴特尔·苏和巴特")),
    ("partner", Partner("h1", "县农业技术推广服务中心")),
    ("campaign", Campaign("k1", "冬春大宣讲")),
    ("training_class", TrainingClass("c1", "果树栽培技术培训班（二期）")),
    ("training_class", TrainingClass("c2", "入党积极分子班")),
)


def offer_rows(stand: Stand) -> None:
    """A catalogue as a county has one."""
    rows = tuple(
        FeedRow(kind, value.id, at, write_row(value))  # type: ignore[attr-defined]
        for at, (kind, value) in enumerate(ROWS, 101)
    )
    stand.opened.station.tools.store.apply_page(FeedPage("catalogue", 100 + len(rows), rows))


def page(window: OperatorWindow, place: PageName, kind: type[QWidget]) -> QWidget:
    """A page of the window, which must be of this kind."""
    found = window.pages[place]
    assert isinstance(found, kind)
    return found


def late_session(window: OperatorWindow) -> Iterator[str]:
    """A paper list that is written down and put aside."""
    window.go(PageName.LATE_SESSION)
    late = page(window, PageName.LATE_SESSION, LateSessionPage)
    assert isinstance(late, LateSessionPage)
    yield "late-session"
    late.title.setText("大坪水库现场课")
    late.by.setText("丁一")
    late.reason.setText("停电")
    for number in (1, 2, 3, 5):
        late.presenter.touch(PersonId(f"p{number}"))
    late.people.leave.click()
    late.presenter.touch(PersonId("p8"))
    yield "late-session-leave"
    late.people.leave.click()
    late.presenter.admit("周来宾", "", "")
    late.kind.click()
    yield "late-session-kinds"
    late._show_head()
    for kind in (SessionKind.ROUTE, SessionKind.HOME_VISIT):
        late._on_kind(kind)
        late.more.click()
        if kind is SessionKind.ROUTE:
            late.setting.routes.buttons["r1"].click()
            late.setting.lecturers.buttons["l1"].click()
        else:
            late.setting.went.search.setText("c")
            late.setting.went.search.textEdited.emit("c")
        yield f"late-session-{kind.value}-setting"
        late.setting.accept.click()
        yield f"late-session-{kind.value}"
    late._on_kind(SessionKind.GROUP_SESSION)
    late.people.visitor.click()
    yield "late-session-visitor"
    late._show_head()
    late.aside.click()
    window.go(PageName.LATE_SESSION)
    late.presenter.go_on(late.presenter.state.drafts[0])
    yield "late-session-draft"
    late.presenter.give_up(late.presenter.state.drafts[0])


def theme_day(stand: Stand, window: OperatorWindow) -> Iterator[str]:
    """A theme day: its agenda and all else that was done in it; then a home visit."""
    sessions = stand.opened.station.sessions
    for kind in (SessionKind.THEME_DAY, SessionKind.HOME_VISIT):
        begun = sessions.prepare_extra("十一月活动", (), kind)
        stand.room.show(sessions.open_sign_in(begun.session.id))
        window.go(PageName.ROLL_CALL)
        roll = page(window, PageName.ROLL_CALL, RollCallPage)
        assert isinstance(roll, RollCallPage)
        yield f"{kind.value}-roll-call"
        if kind is SessionKind.THEME_DAY:
            roll.presenter.move_to(Step.DISCUSS, PageName.DISCUSS)
            yield f"{kind.value}-discuss"
            window.go(PageName.ROLL_CALL)
        roll.doing.click()
        sheet = roll.doings
        if kind is SessionKind.THEME_DAY:
            sheet.presenter.tick("oath", is_done=True)
            sheet.presenter.tick("dues", is_done=False, reason="已网上缴")
            sheet.presenter.lecture("丁一", "乡村振兴", 40, lambda: None)
        else:
            sheet.visited.search.setText("c")
            sheet.visited.search.textEdited.emit("c")
        sheet.render_view()
        yield f"{kind.value}-sheet"
        sheet.put_away()
        window.go(PageName.CLOSE)
        yield f"{kind.value}-close"
        stand.room.show(sessions.close(begun.session.id))
