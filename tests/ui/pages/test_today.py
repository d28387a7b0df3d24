"""What is told above the first page: notices, the question of the day, a session that came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.areas.catalogue.values import Lecturer
from app.areas.sessions.session import PlanEntry, Step
from app.bootstrap import OpenStation, open_station
from app.domain.ids import PlanId, SessionId
from app.domain.time import ClockGrade
from app.words import say, speak
from tests.areas.catalogue.test_planned_with_rows import bring
from tests.store.copies.test_own_facts_back import runs_of
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SCOPE, SetClock, fill, station_at
from tests.ui.operator_driver import Stand, sample_course, stand_at
from ui.pages.courses.view import CoursesPage
from ui.pages.today.station_strip import StationPart
from ui.pages.today.view import TodayPage
from ui.state.page_names import PageName
from ui.theme import look
from ui.theme.tokens import InterfaceSize


def today(stand: Stand, **size: int) -> TodayPage:
    """The first page in front of a window."""
    window = stand.open_window(**size)
    window.go(PageName.TODAY)
    QApplication.processEvents()
    page = window.pages[PageName.TODAY]
    assert isinstance(page, TodayPage)
    return page


def press(button: QWidget) -> None:
    """A tap of the mouse."""
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def kinds(opened: OpenStation) -> list[str]:
    """The newest facts."""
    return [one.kind for one in opened.station.tools.store.newest_facts(20)]


def test_a_doubtful_clock_is_asked_about_once_a_boot_and_the_answer_is_kept(
    stand: Stand, opened: OpenStation, clock: SetClock
) -> None:
    clock.grade = ClockGrade.BAD
    page = today(stand)
    assert page.day_question.isVisible()
    assert page.day_question.text.text() == "今天是 2026年11月23日 吗？"
    press(page.day_question.yes)
    assert not page.day_question.isVisible()
    assert kinds(opened).count("clock.asserted") == 1
    assert say("op.clock.thanks") == stand.said
    page.presenter.load()
    assert not page.day_question.isVisible(), "asked once"
    clock.boot = "another-boot"
    page.presenter.load()
    assert page.day_question.isVisible(), "another boot is asked anew"


def test_another_day_can_be_said(stand: Stand, opened: OpenStation, clock: SetClock) -> None:
    clock.grade = ClockGrade.BAD
    page = today(stand)
    press(page.day_question.no)
    assert page.day_question.date.isVisible()
    page.day_question.date.setDate(QDate(2026, 12, 1))
    press(page.day_question.take)
    with opened.station.tools.store.read() as reading:
        assert reading.setting("clock_asserted") == clock.boot
    assert not page.day_question.isVisible()
    assert kinds(opened).count("clock.asserted") == 1


def test_the_question_never_stands_in_the_way_of_a_session(
    stand: Stand, opened: OpenStation, clock: SetClock
) -> None:
    clock.grade = ClockGrade.BAD
    page = today(stand)
    assert page.day_question.isVisible()
    assert page.begin.isVisible()
    press(page.begin)
    assert stand.room.step() is Step.PREPARE
    session = stand.room.session_id()
    assert session is not None
    opened.station.sessions.open_sign_in(session)
    sign_in(opened, session, 1)
    assert opened.station.sessions.show(session).turnout.arrived == 1


def test_a_clock_that_is_right_is_not_asked_about(stand: Stand) -> None:
    assert not today(stand).day_question.isVisible()


def test_notices_are_read_one_after_the_other_and_then_stay_away(
    stand: Stand, opened: OpenStation
) -> None:
    with opened.station.tools.store.begin() as work:
        work.keep_setting("centre_said", "copied put_back")
    opened.station.tools.notices.append(("notice.recovered_all", (("facts", "12"),)))
    page = today(stand)
    seen = []
    for left in (2, 1, 0):
        seen.append(page.notice.text)
        assert page.notice._act.text() == (
            say("op.today.read_more", count=left) if left else say("op.today.read")
        )
        press(page.notice._act)
    assert seen == [
        say("notice.recovered_all", facts=12),
        say("notice.copied"),
        say("notice.put_back"),
    ]
    assert not page.notice.isVisible()
    page.presenter.load()
    assert not page.notice.isVisible(), "though the centre goes on saying it"
    with opened.station.tools.store.begin() as work:
        work.keep_setting("centre_said", "")
    page.presenter.load()
    with opened.station.tools.store.begin() as work:
        work.keep_setting("centre_said", "put_back")
    page.presenter.load()
    assert page.notice.text == say("notice.put_back"), "it happened again"


def test_a_wrong_clock_that_was_read_about_is_not_told_again_each_minute(
    stand: Stand, opened: OpenStation, clock: SetClock
) -> None:
    clock.grade = ClockGrade.BAD
    opened.station.clock.assert_day("2026-11-23")
    page = today(stand)
    assert page.notice.isVisible()
    press(page.notice._act)
    clock.pass_minutes(1)
    page.presenter.load()
    assert not page.notice.isVisible()


@pytest.fixture
def returned(tmp_path: Path, qapp: QApplication) -> Iterator[tuple[Stand, SessionId]]:
    """A new PC that got its own facts back: a session was open when the old one died."""
    speak("zh")
    look.apply_look(qapp, InterfaceSize.STANDARD)
    with station_at(tmp_path / "old") as old:
        session = begin(old, "冬季果树修剪")
        sign_in(old, session, 1, 2, 3)
    opened = open_station(tmp_path / "new", clock=SetClock())
    fill(opened, people=30, day="2026-11-23")
    for run in runs_of(tmp_path / "old"):
        opened.station.tools.store.take_back((run,))
    stand = stand_at(opened)
    yield stand, session
    stand.close()
    opened.close()


def test_a_session_that_came_back_unfinished_goes_on_with_one_button(
    returned: tuple[Stand, SessionId],
) -> None:
    stand, session = returned
    page = today(stand)
    assert page.elsewhere.isVisible()
    assert "冬季果树修剪" in page.elsewhere.text.text()
    press(page.elsewhere.go_on)
    assert stand.window is not None
    assert stand.window.place is PageName.ROLL_CALL
    assert stand.room.session_id() == session
    assert stand.room.view is not None
    assert stand.room.view.turnout.arrived == 3, "its sign-ins are there"
    assert stand.facts == 1, "it is sent soon"


def test_it_can_wait_and_stays_away_until_the_next_start(
    returned: tuple[Stand, SessionId],
) -> None:
    stand, _ = returned
    page = today(stand)
    press(page.elsewhere.later)
    assert not page.elsewhere.isVisible()
    page.presenter.load()
    assert not page.elsewhere.isVisible()
    assert stand.opened.station.today.overview().elsewhere is not None
    stand.close()
    assert today(stand).elsewhere.isVisible()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(1366, 768, InterfaceSize.STANDARD), (1366, 768, InterfaceSize.LARGE)],
)
def test_what_is_told_pushes_no_button_out_of_the_page(
    stand: Stand,
    opened: OpenStation,
    clock: SetClock,
    qapp: QApplication,
    language: str,
    width: int,
    height: int,
    size: InterfaceSize,
) -> None:
    speak(language)
    look.apply_look(qapp, size)
    with opened.station.tools.store.begin() as work:
        work.keep_setting("centre_said", "put_back copied")
    page = today(stand, width=width, height=height)
    assert page.notice.isVisible()
    _fits(page)
    clock.grade = ClockGrade.BAD
    page.presenter.load()
    assert page.day_question.isVisible()
    _fits(page)
    press(page.day_question.no)
    _fits(page)
    look.apply_look(qapp, InterfaceSize.STANDARD)


def _fits(page: TodayPage) -> None:
    for _ in range(4):
        QApplication.processEvents()
    buttons = cast("list[QAbstractButton]", page.findChildren(QAbstractButton))
    places = {}
    for button in buttons:
        if not button.isVisible() or not button.accessibleName():
            continue
        corner = button.mapTo(page, QPoint(0, 0))
        assert corner.y() >= 0
        assert corner.y() + button.height() <= page.height(), button.accessibleName()
        holder = button.parentWidget()
        assert holder is not None
        assert holder.rect().contains(button.geometry()), button.accessibleName()
        assert button.height() >= round(44 * look.interface_size().factor), button.accessibleName()
        places[button.accessibleName()] = button.rect().translated(corner)
    names = sorted(places)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            assert not places[one].intersects(places[other]), (one, other)


def test_after_the_session_today_is_done_with_its_papers_and_on_the_calendar(
    stand: Stand, opened: OpenStation, tmp_path: Path
) -> None:
    sample_course(opened, tmp_path, "c1")
    page = today(stand)
    assert page.kicker.text() == "今天的安排"
    assert page.calendar.accessibleName() == "有安排 23 日"
    press(page.begin)
    session = stand.room.session_id()
    assert session is not None
    opened.station.sessions.open_sign_in(session)
    sign_in(opened, session, 1, 2, 3)
    opened.station.sessions.close(session)
    assert stand.window is not None
    stand.room.load()
    stand.window.go(PageName.TODAY)
    page.presenter.load()
    assert (page.kicker.text(), page.title.text) == ("今天办完了 ✓", "十一月集中学习")
    assert page.starts.text().startswith("3 人")
    assert page.calendar.accessibleName() == "已办 23 日"
    assert page.sessions.accessibleName() == "次 1/1", "held and planned"
    assert page.sheet.isVisible()
    assert not page.begin.isVisible()
    press(page.record)
    assert stand.window.place is PageName.RECORDS


def test_the_five_words_and_the_course_cards_lead_to_where_more_is_said(
    stand: Stand, opened: OpenStation, tmp_path: Path
) -> None:
    sample_course(opened, tmp_path, "c1")
    sample_course(opened, tmp_path, "c2", title="冬季果树修剪")
    stand.choices = replace(stand.choices, volume=0)
    page = today(stand, width=1920, height=1080)
    assert stand.window is not None
    told = {part: chip.words for part, chip in page.strip.chips.items()}
    assert told == {
        StationPart.ENROLLED: "已登记",
        StationPart.SCREEN: "大屏已连接",
        StationPart.SOUND: "音量是 0，听不见",
        StationPart.COURSES: "2 门课程可放",
        StationPart.SENDING: "没有要上报的",
    }
    for part, place in (
        (StationPart.SOUND, PageName.SETTINGS),
        (StationPart.COURSES, PageName.COURSES),
        (StationPart.SENDING, PageName.SENDING),
    ):
        stand.window.go(PageName.TODAY)
        press(page.strip.chips[part])
        assert stand.window.place is place
    stand.window.go(PageName.TODAY)
    QApplication.processEvents()
    card = next(one for one in page.courses.cards if one.view.course.id == "c2")
    press(card)
    assert stand.window.place is PageName.COURSES
    courses = stand.window.pages[PageName.COURSES]
    assert isinstance(courses, CoursesPage)
    assert courses.name.text() == "冬季果树修剪"


@pytest.mark.parametrize("size", [InterfaceSize.STANDARD, InterfaceSize.LARGEST])
def test_what_was_put_off_or_called_off_is_a_calm_line(
    stand: Stand, opened: OpenStation, qapp: QApplication, size: InterfaceSize
) -> None:
    day = "2026-11-23"
    put_off = PlanEntry(
        PlanId("m1"),
        day,
        "18:30",
        "法律课",
        kind="talk",
        lecturers=("l1",),
        was="2026-11-21 19:30",
        reason="停电",
    )
    bring(opened, "catalogue", ("lecturer", "l1", Lecturer("l1", "丁一")))
    bring(opened, SCOPE, ("plan", "m1", put_off))
    look.apply_look(qapp, size)
    page = today(stand)
    line = "11月21日 19:30 的“法律课”改到今天 18:30：停电"
    if size is InterfaceSize.STANDARD:
        assert page.change.text() == line
        assert page.change.isVisible()
        assert page.told.text().startswith("讲师：丁一")
    else:
        assert page.coming.text() == line, "on a low page it takes the place of what comes next"
        assert page.coming.isVisible()
        assert not page.change.isVisible()
    gone = replace(put_off, withdrawn=True, reason="农忙")
    plain = PlanEntry(PlanId("plan1"), day, "19:30", "十一月集中学习", withdrawn=True)
    bring(opened, SCOPE, ("plan", "m1", gone), ("plan", "plan1", plain))
    page.presenter.load()
    assert page.change.text() == "今天 18:30 的“法律课”不办了：农忙"
    assert page.change.isVisible()
    assert not page.begin.isVisible()
    look.apply_look(qapp, InterfaceSize.STANDARD)
