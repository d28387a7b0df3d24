"""Handouts on the operator's pages and the room's screen, with a clicker's keys and with buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.areas.sessions.session import Step
from app.words import say
from tests.support.small_sessions import begin
from tests.support.stations import station_at
from tests.ui.handouts.pdfs import pdf, written
from tests.ui.inline_jobs import InlineJobs
from tests.ui.operator_driver import Stand, sample_course, stand_at
from ui.audience.picture.moments import picture_of
from ui.audience.state import HandoutPage
from ui.handouts.controller import KEPT_BYTES, HandoutController
from ui.jobs.protocols import Failed
from ui.jobs.runner import JobRunner
from ui.pages.discuss.view import DiscussPage
from ui.pages.play.view import PlayPage
from ui.state.page_names import PageName
from ui.widgets.fit.button import FitButton
from ui.windows.operator_window import OperatorWindow

T = TypeVar("T")


class InlineDraw(InlineJobs):
    """The drawing lane too, done at once."""

    def draw(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed,
        owner: object | None = None,
    ) -> None:
        self.store(job, done, failed, owner)


@dataclass
class SeenByRoom:
    """The room's screen as handouts know it, and what was shown there."""

    size: tuple[int, int] = (864, 486)
    sheets: list[HandoutPage | None] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    rests_ms: list[int] = field(default_factory=list)

    def page_size(self) -> tuple[int, int]:
        return self.size

    def show_sheet(self, sheet: HandoutPage | None) -> None:
        self.sheets.append(sheet)

    def tell(self, message: str, rest_ms: int = 0) -> None:
        self.told.append(message)
        self.rests_ms.append(rest_ms)


class SlowStick(InlineDraw):
    """What is asked of it is done when it ``arrive``s."""

    def __init__(self) -> None:
        self._late: list[Callable[[], None]] = []

    def draw(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed,
        owner: object | None = None,
    ) -> None:
        self._late.append(lambda: self.store(job, done, failed, owner))

    def arrive(self) -> None:
        while self._late:
            self._late.pop(0)()


@dataclass
class Shown:
    """A desk with handouts, what the room has been shown, and the stick."""

    stand: Stand
    control: HandoutController
    seen: SeenByRoom
    stick: Path
    window: OperatorWindow

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key)

    def colour(self) -> str:
        sheet = self.seen.sheets[-1]
        assert sheet is not None
        return picture_of(sheet).pixelColor(sheet.width // 2, sheet.height // 2).name()

    def play_page(self) -> PlayPage:
        page = self.window.pages[PageName.PLAY]
        assert isinstance(page, PlayPage)
        return page


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    with station_at(tmp_path / "home") as opened:
        for course in ("c1", "c2"):
            sample_course(opened, tmp_path, course)
        opened.station.sessions.move(begin(opened), Step.PLAY)
        stand = stand_at(opened)
        stick, seen = tmp_path / "stick", SeenByRoom()
        control = HandoutController(stand.room, InlineDraw(), seen, lambda: (stick,))
        plain = stand.desk
        stand.desk = lambda: replace(plain(), handouts=control)  # type: ignore[method-assign]
        window = stand.open_window()
        window.go(PageName.PLAY)
        yield Shown(stand, control, seen, stick, window)
        stand.close()


def test_a_handout_is_chosen_from_the_stick_and_turned_by_the_clicker(shown: Shown) -> None:
    written(shown.stick, "果树修剪")
    page = shown.play_page()
    page.handout.click()
    panel = page.handouts
    assert panel is not None
    assert page.main_stack.currentWidget() is panel
    line = next(one for one in buttons_of(panel.found) if "果树修剪" in one.words)
    line.click()
    assert shown.colour() == "#ff0000"
    shown.press(Qt.Key.Key_PageDown)
    assert shown.colour() == "#00ff00"
    assert "2 / 3" in panel.where.text()
    shown.press(Qt.Key.Key_PageUp)
    assert shown.colour() == "#ff0000"
    panel.away.click()
    assert shown.seen.sheets[-1] is None
    assert page.main_stack.currentWidget() is page.transport


def test_at_the_last_page_the_clicker_says_so_and_stays_however_often_it_is_pressed(
    shown: Shown,
) -> None:
    shown.control.open(written(shown.stick, content=pdf(2)))
    shown.press(Qt.Key.Key_PageDown)
    for _ in range(3):
        shown.press(Qt.Key.Key_PageDown)
        assert shown.stand.said == say("handout.last")
    assert shown.control.state.page == 2
    assert shown.stand.player.clip is None, "no course was opened"
    for _ in range(3):
        shown.press(Qt.Key.Key_PageUp)
    assert shown.stand.said == say("handout.first")
    assert shown.stand.player.clip is None


def test_without_a_handout_one_page_key_never_changes_the_course_that_plays(shown: Shown) -> None:
    shown.press(Qt.Key.Key_Space)
    playing = shown.stand.player.clip
    assert playing is not None
    shown.press(Qt.Key.Key_PageDown)
    assert shown.stand.player.clip is playing
    assert "再按一次" in shown.stand.said
    shown.stand.player.mono_ms += 2_001
    shown.press(Qt.Key.Key_PageDown)
    assert shown.stand.player.clip is playing, "the second press came too late to be one"


def test_page_keys_pressed_while_a_handout_is_still_being_opened_leave_the_course_alone(
    shown: Shown,
) -> None:
    shown.press(Qt.Key.Key_Space)
    playing = shown.stand.player.clip
    assert playing is not None
    control, slow = shown.control, SlowStick()
    control._jobs = slow
    control.open(written(shown.stick, "果树修剪"))
    assert control.state.opening
    for _ in range(4):
        shown.press(Qt.Key.Key_PageDown)
    assert shown.stand.player.clip is playing
    slow.arrive()
    assert control.state.page == 1


def test_in_the_discussion_the_clicker_turns_pages_even_while_notes_are_written(
    shown: Shown,
) -> None:
    session = shown.stand.room.session_id()
    assert session is not None
    shown.stand.room.show(shown.stand.opened.station.sessions.move(session, Step.DISCUSS))
    shown.window.go(PageName.DISCUSS)
    page = shown.window.pages[PageName.DISCUSS]
    assert isinstance(page, DiscussPage)
    shown.control.open(written(shown.stick))
    assert page.stack.currentWidget() is page.handouts
    page.note.setFocus()
    QTest.keyClick(page.note, Qt.Key.Key_PageDown)
    assert shown.colour() == "#00ff00"
    assert page.note.toPlainText() == ""


def test_a_broken_handout_is_one_sentence_and_the_room_keeps_its_picture(shown: Shown) -> None:
    shown.control.open(written(shown.stick, content=b"%PDF-1.7 nonsense"))
    assert shown.stand.said == say("handout.broken")
    assert shown.seen.sheets == []
    assert not shown.control.state.is_open


def test_an_empty_stick_says_what_to_do(shown: Shown) -> None:
    page = shown.play_page()
    page.handout.click()
    assert page.handouts is not None
    texts = words_of(page.handouts.found)
    assert say("handout.none") in texts
    shown.press(Qt.Key.Key_Escape)
    assert page.main_stack.currentWidget() is page.transport


def test_a_sentence_for_the_room_is_shown_instead_and_taken_away(shown: Shown) -> None:
    told = shown.seen.told
    page = shown.play_page()
    page.handout.click()
    panel = page.handouts
    assert panel is not None
    rest = say("room.message.wait")
    next(one for one in buttons_of(panel.found) if one.words == rest).click()
    assert told == [rest]
    assert panel.name.text() == rest
    assert not panel.on.isVisible()
    shown.press(Qt.Key.Key_PageDown)
    assert shown.stand.player.clip is None
    panel.away.click()
    assert told == [rest, ""]
    assert page.main_stack.currentWidget() is page.transport


def test_a_break_is_counted_down_until_it_is_taken_away(shown: Shown) -> None:
    page = shown.play_page()
    page.handout.click()
    panel = page.handouts
    assert panel is not None
    ten = say("room.rest", minutes=10)
    next(one for one in buttons_of(panel.found) if one.words == ten).click()
    assert (shown.seen.told, shown.seen.rests_ms) == ([ten], [600_000])
    assert panel.name.text() == ten
    panel.away.click()
    assert shown.seen.told[-1] == ""


def test_an_own_sentence_is_shown_and_there_again_the_next_time(shown: Shown) -> None:
    page = shown.play_page()
    page.handout.click()
    panel = page.handouts
    assert panel is not None
    box = lines_of(panel.found)[1]
    box.setText("  明天修水渠  ")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert shown.seen.told == ["明天修水渠"]
    assert shown.stand.choices.sentences == ("", "明天修水渠")
    panel.away.click()
    page.handout.click()
    assert lines_of(panel.found)[-1].text() == "明天修水渠"
    box = lines_of(panel.found)[-2]
    box.setText("字" * 60)
    assert len(box.text()) == 40


def test_only_so_many_drawn_pages_are_kept(shown: Shown) -> None:
    shown.seen.size = (1728, 972)
    shown.control.open(written(shown.stick, content=pdf(30)))
    for _ in range(29):
        shown.press(Qt.Key.Key_PageDown)
    assert shown.control.state.page == 30
    assert shown.control._kept_bytes() <= KEPT_BYTES
    assert shown.colour() == QColor("#00ffff").name()


def test_on_the_real_lane_fast_pages_end_at_the_last_wish_and_closing_lets_all_go(
    qtbot: QtBot, shown: Shown
) -> None:
    runner = JobRunner()
    seen = SeenByRoom()
    sheets = seen.sheets
    control = HandoutController(shown.stand.room, runner, seen, lambda: ())
    control.open(written(shown.stick, content=pdf(5)))
    qtbot.waitUntil(lambda: control.state.is_open)
    for _ in range(4):
        control.turn(+1)
    qtbot.waitUntil(
        lambda: bool(sheets) and sheets[-1] is not None and colour_of(sheets[-1]) == "#00ffff"
    )
    control.close()
    assert sheets[-1] is None
    control.open(written(shown.stick, "b", pdf(1)))
    control.close()
    qtbot.waitUntil(lambda: not control.state.opening)
    runner.close()
    assert sheets[-1] is None


def colour_of(sheet: HandoutPage) -> str:
    return picture_of(sheet).pixelColor(sheet.width // 2, sheet.height // 2).name()


def buttons_of(place: QWidget) -> list[FitButton]:
    return cast("list[FitButton]", place.findChildren(FitButton))


def lines_of(place: QWidget) -> list[QLineEdit]:
    return cast("list[QLineEdit]", place.findChildren(QLineEdit))


def words_of(place: QWidget) -> list[str]:
    return [one.text() for one in cast("list[QLabel]", place.findChildren(QLabel))]
