"""The sending page: the states, how far each session has come, the countdown, and the stick."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import OpenStation
from app.domain.ids import PlanId
from app.usecases.carry import Carry
from app.usecases.exchange import UNDERSTOOD
from app.usecases.views import SyncState, SyncView
from app.words import CATALOGUE, say, speak
from tests.support.port_centre import PortCentre, sync
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SetClock, station_at
from tests.ui.operator_driver import Stand, stand_at
from ui.pages.sending.session_path import SessionPath
from ui.pages.sending.view import SendingPage
from ui.parts.lists.course_row import CourseRow
from ui.state.page_names import PageName
from ui.state.restart import Restart
from ui.theme import look
from ui.theme.tokens import InterfaceSize

DAY_MS = 24 * 3_600_000


@dataclass
class Beat:
    """What the beat would know; the test sets it."""

    next_try_s: int | None = None
    reason: str = ""
    state: SyncState | None = None

    def view(self, read: SyncView) -> SyncView:
        reason = read.reason or self.reason
        return replace(
            read, next_try_s=self.next_try_s, reason=reason, state=self.state or read.state
        )


@pytest.fixture
def beat(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> Beat:
    made = Beat()
    monkeypatch.setattr(stand, "view", made.view)
    return made


def opened_page(stand: Stand, carry: Carry | None = None) -> SendingPage:
    window = stand.open_window()
    page = SendingPage(replace(stand.desk(), sticks=carry))
    window.pages[PageName.SENDING] = page
    window._stack.addWidget(page)
    window.go(PageName.SENDING)
    QApplication.processEvents()
    return page


def two_sessions(opened: OpenStation) -> tuple[str, str]:
    codes = []
    for title in ("冬季果树修剪", "防诈骗知识"):
        session = begin(opened, title)
        sign_in(opened, session, 0, 1, 2)
        codes.append(opened.station.sessions.close(session).code)
    return codes[0], codes[1]


def rows_of(page: SendingPage) -> list[tuple[str, str]]:
    return [(one.shown.title, one.shown.badge) for one in _shown(page)]


def _shown(page: SendingPage) -> list[CourseRow]:
    places = (page.queue.rows.itemAt(at) for at in range(page.queue.rows.count()))
    found = [place.widget() for place in places]
    return [one for one in found if isinstance(one, CourseRow)]


def paths_of(page: SendingPage) -> list[tuple[str, int]]:
    places = (page.queue.rows.itemAt(at) for at in range(page.queue.rows.count()))
    found = [one for one in (place.widget() for place in places) if isinstance(one, SessionPath)]
    return [(one.shown.title, one.shown.reached) for one in found]


def test_in_a_wide_window_each_session_shows_the_steps_of_its_way(
    stand: Stand, opened: OpenStation, qapp: QApplication
) -> None:
    look.apply_look(qapp, width=1920, lines=1080)
    two_sessions(opened)
    page = opened_page(stand)
    assert paths_of(page) == [("防诈骗知识", 1), ("冬季果树修剪", 1)]
    assert page.stands.lines[0].value == "2 场"
    assert page.stands.lines[1].value == say("op.sending.compared.unsaid")
    sync(opened, PortCentre())
    page.presenter.load()
    assert paths_of(page) == [("防诈骗知识", 2), ("冬季果树修剪", 2)]
    facts = opened.station.today.sync_view().facts
    with opened.station.tools.store.begin() as work:  # as the centre's next answer says it
        work.keep_setting(UNDERSTOOD, str(facts))
    page.presenter.load()
    assert paths_of(page) == [("防诈骗知识", 3), ("冬季果树修剪", 3)]
    assert page.stands.lines[0].value == "0 场"


def test_each_session_is_told_with_how_far_it_has_come(
    stand: Stand, opened: OpenStation, beat: Beat, clock: SetClock
) -> None:
    codes = two_sessions(opened)
    page = opened_page(stand)
    facts = opened.station.today.sync_view().facts
    assert page.chip.text == "有 2 场待上报"
    assert rows_of(page) == [
        ("11月23日　防诈骗知识", "等着上报"),
        ("11月23日　冬季果树修剪", "等着上报"),
    ]
    for code, row in zip(codes[::-1], _shown(page), strict=True):
        assert row.shown.under == ("3 人", f"编号 {code}")
    assert page.last.value.text == "还没有上报过"
    sync(opened, PortCentre())
    clock.pass_minutes(3 * 24 * 60)
    page.presenter.load()
    assert page.chip.text == "已全部上报"
    assert {badge for _, badge in rows_of(page)} == {"中心已收到 ✓"}
    assert page.last.value.text.endswith("（3 天前）")
    with opened.station.tools.store.begin() as work:  # as the centre's next answer says it
        work.keep_setting(UNDERSTOOD, str(facts))
    page.presenter.load()
    assert {badge for _, badge in rows_of(page)} == {"中心已入账 ✓"}


def test_a_centre_that_has_read_only_some_enters_the_older_session_only(
    stand: Stand, opened: OpenStation, beat: Beat
) -> None:
    two_sessions(opened)
    facts = opened.station.today.sync_view().facts
    sync(opened, PortCentre())
    with opened.station.tools.store.begin() as work:
        work.keep_setting(UNDERSTOOD, str(facts - 1))
    page = opened_page(stand)
    assert page.chip.text == "已全部上报"
    assert [badge for _, badge in rows_of(page)] == ["中心已收到 ✓", "中心已入账 ✓"]


def test_where_only_preparing_was_pressed_nothing_is_to_be_sent(
    stand: Stand, opened: OpenStation, beat: Beat
) -> None:
    opened.station.clock.assert_day("2026-11-23")
    opened.station.sessions.prepare(PlanId("plan1"))
    page = opened_page(stand)
    told = [one.text() for one in cast("list[QLabel]", page.queue.findChildren(QLabel))]
    assert told == [say("op.sending.no_sessions")]
    assert page.chip.text == "没有要上报的"
    assert stand.window is not None
    assert stand.window.header.sync_chip.words == "没有要上报的"
    assert not any(re.search(r"\d+ 条", words) for words in _words_of(page))


def test_nothing_that_is_only_read_looks_like_a_button(stand: Stand, opened: OpenStation) -> None:
    two_sessions(opened)
    page = opened_page(stand)
    assert [row.dress().border_px for row in _shown(page)] == [0, 0]


def test_why_it_does_not_stand_as_it_should_is_one_sentence(stand: Stand) -> None:
    page = opened_page(stand)
    base = SyncView(SyncState.ALL_SENT, 9, 9, 1)
    cases = (
        (base, ""),
        (replace(base, state=SyncState.WAITING, reason="link.offline"), say("link.offline")),
        (replace(base, state=SyncState.NO_SPACE), say("media.disk_full")),
        (
            replace(base, state=SyncState.NEEDS_CARE, quarantined=True, reason="link.later"),
            say("op.sending.quarantined"),
        ),
    )
    for view, told in cases:
        page.render_state(replace(page.presenter.state, sync=view))
        assert (page.reason.text(), page.reason.isVisible()) == (told, bool(told))
        assert page.safe.isVisible() == (not told), "else it says that all is safe"


def test_each_state_has_its_own_word() -> None:
    for language in ("zh", "en"):
        speak(language)
        said = {say(f"sync.{one.value}", count=3) for one in SyncState}
        assert len(said) == len(SyncState) == 7
    speak("zh")


def test_a_station_that_is_not_enrolled_is_told_so_everywhere_and_led_to_enrolling(
    tmp_path: Path, qapp: QApplication
) -> None:
    speak("zh")
    look.apply_look(qapp, InterfaceSize.STANDARD)
    with station_at(tmp_path / "new", enrolled=False) as opened:
        stand = stand_at(opened)
        window = stand.open_window()
        told = say("sync.not_enrolled")
        for place in (PageName.TODAY, PageName.SENDING):
            window.go(place)
            page = window.pages[place]
            assert window.header.sync_chip.words == told
            shown = " ".join(_words_of(page))
            assert "已全部上报" not in shown
            assert "自动上报" not in shown
            assert told in shown
            for way in (Restart.CODE, Restart.STICK):
                button = page.enrol.ways[way]  # type: ignore[attr-defined]  # both have the card
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                assert stand.restarts[-1] is way
        window.go(PageName.TODAY)
        went = []
        for chip in (window.header.sync_chip, window.header.screen_chip):
            QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
            went.append(window.place)
        assert went == [PageName.SENDING, PageName.SETTINGS]
        stand.close()


def _words_of(page: QWidget) -> list[str]:
    labels = cast("list[QLabel]", page.findChildren(QLabel))
    parts = cast("list[QWidget]", page.findChildren(QWidget))
    spoken = [one.accessibleName() for one in parts if one.isVisible()]
    return [one.text() for one in labels if one.isVisible()] + spoken


def test_the_wait_until_the_next_try_counts_down_without_reading_anew(
    stand: Stand, opened: OpenStation, beat: Beat, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat.next_try_s = 200
    page = opened_page(stand)
    assert page.next.value.text == "3 分 20 秒后"
    row = page.queue.rows.itemAt(0)
    assert row is not None
    before = row.widget()
    for seconds, told in ((199, "3 分 19 秒后"), (59, "59 秒后"), (0, "0 秒后")):
        beat.next_try_s = seconds
        page.tick()
        assert page.next.value.text == told
    row = page.queue.rows.itemAt(0)
    assert row is not None
    assert row.widget() is before, "the list is left alone"
    assert page._ticker.isActive()
    assert stand.window is not None
    stand.window.go(PageName.TODAY)
    assert not page._ticker.isActive(), "nobody looks"


def test_the_button_sends_and_says_when_the_centre_wants_a_pause(stand: Stand, beat: Beat) -> None:
    page = opened_page(stand)
    QTest.mouseClick(page.now, Qt.MouseButton.LeftButton)
    assert stand.sent == 1
    assert stand.window is not None
    stand.held_back, beat.next_try_s = True, 61
    QTest.keyClick(stand.window, Qt.Key.Key_F5)
    assert stand.sent == 2
    assert "1 分 1 秒后自动再报" in stand.said
    assert "记录都在本机" in stand.said
    beat.state = SyncState.SENDING
    page.presenter.load()
    assert not page.now.isEnabled()
    assert page.next.value.text == say("op.sending.is_on")
    QTest.keyClick(stand.window, Qt.Key.Key_F5)
    assert stand.sent == 2, "one round is enough"


def carry_at(opened: OpenStation, *drives: Path, plugged: tuple[Path, ...] = ()) -> Carry:
    """Carrying without an enrolment: it refuses, in words."""
    return Carry(opened.station.tools, None, None, lambda: drives, lambda: plugged)


@pytest.mark.parametrize("ours", [True, False])
def test_one_stick_in_place_is_taken_unasked(
    stand: Stand, opened: OpenStation, tmp_path: Path, ours: bool
) -> None:
    there = (tmp_path,)
    page = opened_page(stand, carry_at(opened, *there) if ours else carry_at(opened, plugged=there))
    for button in (page.carry_out, page.carry_in):
        stand.lines.clear()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        said = [line.text for line in stand.lines]
        assert say("op.sending.looking") in said
        assert say("op.sending.carrying") in said
        assert said[-1] == say("refusal.not_enrolled"), "what the carrying said is told last"
        assert button.isEnabled()
        assert not page.question.isVisible()


def test_without_a_stick_one_sentence_says_so_and_no_window_opens(
    stand: Stand, opened: OpenStation
) -> None:
    page = opened_page(stand, carry_at(opened))
    for button in (page.carry_out, page.carry_in):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert stand.said == "没有看到 U 盘，插好后再按一次。"
        assert button.isEnabled()
        assert QApplication.activeModalWidget() is None


def test_one_of_several_sticks_is_asked_for_in_large_rows(
    stand: Stand, opened: OpenStation, tmp_path: Path
) -> None:
    page = opened_page(stand, carry_at(opened, tmp_path / "A", tmp_path / "B"))
    QTest.mouseClick(page.carry_out, Qt.MouseButton.LeftButton)
    assert page.question.isVisible()
    assert [row.shown.title for row in page.question.lines] == ["U 盘 A", "U 盘 B"]
    assert all(row.height() >= 56 for row in page.question.lines)
    QTest.keyClick(stand.shown_window(), Qt.Key.Key_Escape)
    assert not page.question.isVisible()
    assert stand.said != say("refusal.not_enrolled"), "nothing was carried"
    QTest.mouseClick(page.carry_out, Qt.MouseButton.LeftButton)
    assert len(page.question.lines) == 2
    QTest.mouseClick(page.question.lines[1], Qt.MouseButton.LeftButton)
    assert not page.question.isVisible()
    assert stand.said == say("refusal.not_enrolled")


def test_while_a_stick_is_busy_mb_and_minutes_are_shown(
    stand: Stand, opened: OpenStation, qtbot: QtBot
) -> None:
    page = opened_page(stand, carry_at(opened))
    page.render_state(replace(page.presenter.state, carrying=True))
    page.progress.show_far()
    assert not page.progress.isVisible(), "nothing was told yet"
    page.presenter.told(35_000_000, 350_000_000)
    page.progress.show_far()
    assert page.progress.isVisible()
    assert page.progress.text.text() == "35 MB / 350 MB"
    stand.player.mono_ms += 10_000
    page.presenter.told(70_000_000, 350_000_000)
    page.progress.show_far()
    assert page.progress.text.text() == "70 MB / 350 MB · 还要约 2 分钟"
    page.render_state(replace(page.presenter.state, carrying=False))
    assert not page.progress.isVisible()
    for key in ("stick.exported", "stick.imported", "stick.nothing_new"):
        assert "可以拔出了" in CATALOGUE[key][0]


FORMS = [
    (1366, 768, InterfaceSize.STANDARD),
    (1366, 768, InterfaceSize.LARGE),
    (1920, 1080, InterfaceSize.STANDARD),
    (1920, 1080, InterfaceSize.LARGEST),
]
REASONS = sorted(
    (key for key in CATALOGUE if key.startswith("link.") or key == "refusal.not_enrolled"),
    key=lambda key: max(len(sentence) for sentence in CATALOGUE[key]),
)[-3:]
"""The longest reasons; what is shown whole with them is shown whole with all."""
