"""The session code can be copied where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import OpenStation
from app.domain.ids import PersonId
from tests.support.small_sessions import begin, sign_in
from tests.ui.operator_driver import Stand
from ui.state.page_names import PageName

DAY_MS = 24 * 3_600_000


def test_the_session_code_can_be_copied_from_the_record_and_after_the_close(
    stand: Stand, opened: OpenStation
) -> None:
    session = begin(opened, "冬季果树修剪")
    sign_in(opened, session, *range(25))  # few would be asked about before it ends
    window = stand.open_window()
    window.go(PageName.CLOSE)
    close = window.pages[PageName.CLOSE]
    code_line = close.code  # type: ignore[attr-defined]  # a page is only a QWidget to the window
    assert not code_line.isVisible(), "a session that runs has none yet"
    close.main.click()  # type: ignore[attr-defined]  # the same
    code = opened.station.sessions.show(session).code
    assert code_line.isVisible()
    assert code_line.code.text() == code
    window.go(PageName.RECORDS)
    records = window.pages[PageName.RECORDS]
    QApplication.clipboard().clear()
    QTest.mouseClick(
        records.code.copy,  # type: ignore[attr-defined]  # the same
        Qt.MouseButton.LeftButton,
    )
    assert QApplication.clipboard().text() == code
    assert code in stand.said
    assert PersonId("p0") in {one.id for one in opened.station.sessions.show(session).cards}
