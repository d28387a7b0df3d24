"""The records page says what waits at the centre, and which verdict is another by now."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QApplication, QLabel

from app.bootstrap import OpenStation
from app.domain.ids import SessionId
from app.domain.policy import Policy
from app.domain.time import local_date
from app.usecases.to_check import TO_CHECK, written
from app.wire.codec import write_row
from app.wire.messages import POLICY, FeedPage, FeedRow
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SCOPE, SetClock
from tests.ui.operator_driver import Stand
from ui.pages.records.view import RecordsPage
from ui.parts.lists.course_row import CourseRow
from ui.state.page_names import PageName


def told(opened: OpenStation, session: SessionId, clock: SetClock) -> None:
    """One fact of the session waits at the centre, and a rule makes somebody late."""
    store = opened.station.tools.store
    with store.begin() as work:
        work.keep_setting(TO_CHECK, written({session: 1}))
    rev = store.cursors((SCOPE,))[SCOPE]
    day = local_date(clock.wall_ms).isoformat()
    row = FeedRow(POLICY, f"songling@{day}", rev + 1, write_row(Policy(day, 5)))
    store.apply_page(FeedPage(SCOPE, rev + 1, (row,), from_rev=rev))


def test_a_session_of_which_something_waits_says_so_with_what_to_do_and_a_changed_verdict_too(
    stand: Stand, opened: OpenStation, clock: SetClock
) -> None:
    session = begin(opened)
    clock.pass_minutes(10)
    sign_in(opened, session, 1)
    opened.station.sessions.close(session)
    told(opened, session, clock)
    window = stand.open_window()
    window.go(PageName.RECORDS)
    QApplication.processEvents()
    page = window.pages[PageName.RECORDS]
    assert isinstance(page, RecordsPage)
    rows = cast("list[CourseRow]", page.list.findChildren(CourseRow))
    assert [one.shown.under[-1] for one in rows] == ["1 条待中心核对"]
    labels = cast("list[QLabel]", page.people.findChildren(QLabel))
    texts = [one.text() for one in labels]
    assert any(one.startswith("1 条待中心核对：核对前不计入") for one in texts)
    assert "陈建国：签到时显示“已到”，按更正后的时间和当天的规定为“迟到”" in texts
