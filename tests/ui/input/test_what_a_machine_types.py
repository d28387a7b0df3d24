"""What a machine types, at any speed and of any signs, is a card or nothing; fingers stay fingers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.areas.sessions.session import Step
from app.bootstrap import OpenStation
from app.ports.player import PlayerEvent
from app.usecases.station import Station
from app.words import speak
from tests.support.stations import SetClock, station_at
from tests.ui.input.keyboards import Keyboard
from tests.ui.operator_driver import Stand, sample_course, stand_at
from tests.ui.pages.member_sign_in.driver import (
    SITE,
    HandClock,
    JobsAtOnce,
    RecordingHost,
    opened,
    present_names,
)
from tests.ui.standard_look import wear_standard_look
from ui.input.key_runs import END_MS, QUIET_MS
from ui.input.scanner import ScannerListener
from ui.pages.discuss.view import DiscussPage
from ui.pages.member_sign_in.state import Scene
from ui.pages.member_sign_in.view import MemberSignInView
from ui.pages.roll_call.view import RollCallPage
from ui.state.page_names import PageName
from ui.state.sign_in_result import SignInResult

SPEEDS = (5, 20, 60, 90, 110, 130, 200, 250)
CODES = (
    "0000123456",
    "9990000123",
    "0008BFMV42",
    "AB#12/34",
    "0021",
    "110101194503070021",
    "BFMV[]=.",
    "0000" * 10,
)
SETTLED_MS = QUIET_MS + 70
"""A first key may wait 60 ms with the listener before the screen has it."""
ENDS = ("", "\r", "\n", "\t", "\r\n")


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    speak("zh")
    wear_standard_look(qapp)


# --- the members' screen ---------------------------------------------------------------


@dataclass
class Booth:
    """The members' screen with the readers' listener, on a real station."""

    station: Station
    view: MemberSignInView
    session: str
    clock: HandClock
    keyboard: Keyboard
    cards: list[str] = field(default_factory=list)

    def people(self) -> list[str]:
        return present_names(self.station, self.view.presenter._session.id)  # type: ignore[union-attr]

    @property
    def scene(self) -> Scene:
        return self.view.presenter.state.scene

    def is_clean(self) -> bool:
        """Nobody's name, no digit."""
        state = self.view.presenter.state
        return (state.scene, state.digits, state.person) == (Scene.KEYPAD, "", None)


@pytest.fixture(params=["with the listener", "alone"])
def booth(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> Iterator[Booth]:
    with station_at(tmp_path / "home") as at:
        clock, host = HandClock(), RecordingHost()
        cards = host.cards
        view = MemberSignInView(
            at.station.attendance, JobsAtOnce(), host, after=clock, pitch_mm=0.25
        )
        qtbot.addWidget(view)
        view.resize(1366, 768)
        view.show()
        view.setFocus()
        shown = opened(at.station)
        view.show_session(shown, SITE)
        listener = ScannerListener(cards.append, view, after=clock)
        if request.param != "alone":
            qapp.installEventFilter(listener)
        keyboard = Keyboard(lambda: QApplication.focusWidget() or view, clock.pass_ms)
        yield Booth(at.station, view, shown.session.id, clock, keyboard, cards)
        qapp.removeEventFilter(listener)


@pytest.mark.parametrize("gap_ms", SPEEDS)
def test_at_the_members_screen_it_signs_nobody_in_and_leaves_nothing(
    booth: Booth, gap_ms: int
) -> None:
    for code in CODES:
        for end in ENDS:
            for jitter_ms in (0, min(gap_ms // 10, 10)):
                before = list(booth.cards)
                booth.keyboard.machine(code, gap_ms, end, jitter_ms=jitter_ms)
                booth.keyboard.wait(SETTLED_MS)
                assert booth.is_clean(), (code, end)
                assert booth.people() == [], (code, end)
                new = booth.cards[len(before) :]
                assert new in ([code], []), (code, end)
                assert new == [code] or len(code) > 12, (code, end, jitter_ms)
                booth.keyboard.press("\r", END_MS + 10)
                assert booth.people() == []


@pytest.mark.parametrize("gap_ms", SPEEDS)
def test_a_name_never_shows_while_a_card_is_read(booth: Booth, gap_ms: int) -> None:
    shown: list[Scene] = []
    for place, sign in enumerate("0000123456\r"):
        booth.keyboard.press(sign, gap_ms if place else 900)
        shown.append(booth.scene)
    assert set(shown) == {Scene.KEYPAD}


@pytest.mark.parametrize(("gap_ms", "end"), [(20, "\r"), (60, ""), (130, "\r"), (250, "")])
def test_a_card_read_while_somebodys_name_is_shown_puts_the_name_away(
    booth: Booth, gap_ms: int, end: str
) -> None:
    booth.keyboard.fingers("0001")
    booth.keyboard.wait(SETTLED_MS)
    assert booth.scene is Scene.CONFIRM
    booth.keyboard.machine("0000123456", gap_ms, end)
    booth.keyboard.wait(SETTLED_MS)
    assert booth.people() == []
    assert booth.cards == ["0000123456"]


@pytest.mark.parametrize("gap_ms", [20, 60, 130, 250])
def test_half_a_number_before_a_card_does_no_harm(booth: Booth, gap_ms: int) -> None:
    booth.keyboard.fingers("00")
    booth.keyboard.machine("0000123456", gap_ms, "\r")
    booth.keyboard.wait(SETTLED_MS)
    assert booth.people() == []
    assert booth.is_clean() or gap_ms < 60  # a fast card leaves alone what fingers began
    assert booth.cards == ["0000123456"]


@pytest.mark.parametrize("seed", range(12))
def test_four_digits_of_fingers_and_a_later_enter_sign_in(booth: Booth, seed: int) -> None:
    chance = random.Random(seed)
    gaps = [chance.randint(120, 600) for _ in range(4)]
    if max(gaps[1:]) - min(gaps[1:]) < 40:
        gaps[2] += 150  # fingers are uneven
    booth.keyboard.fingers("0000", gaps)
    booth.keyboard.press("\r", chance.randint(END_MS + 20, 3_000))
    assert booth.people() == ["陈桂英"]
    assert booth.cards == []


def test_an_enter_right_behind_the_fourth_digit_is_not_it_is_me(booth: Booth) -> None:
    booth.keyboard.fingers("0000", (400, 300, 150, 350))
    for gap_ms in (20, 150, 300):
        booth.keyboard.press("\r", gap_ms)
        assert booth.people() == []
    booth.keyboard.press("\r", END_MS + 50)
    assert booth.people() == ["陈桂英"]


def test_five_digits_of_fingers_are_no_tail_and_no_card(booth: Booth) -> None:
    booth.keyboard.fingers("00005", (400, 150, 220, 130, 260))
    booth.keyboard.wait(SETTLED_MS)
    assert booth.is_clean()
    assert booth.cards == []
    told = booth.view.presenter.state.told
    assert told is not None
    assert told.kind is SignInResult.NOT_FOUND
    assert "再刷一次" in told.sentence


def test_a_slow_finger_is_not_hurried(booth: Booth) -> None:
    booth.keyboard.fingers("0000", (2_000, 900, 1_500, 700))
    assert booth.view.presenter.state.person is None
    booth.keyboard.wait(SETTLED_MS)
    assert booth.scene is Scene.CONFIRM


# --- the operator's pages ------------------------------------------------------------------


@dataclass
class Room:
    """The operator's window with all its filters, and a sample session."""

    stand: Stand
    clock: HandClock
    keyboard: Keyboard
    cards: list[str]

    def go(self, place: PageName) -> None:
        assert self.stand.window is not None
        self.stand.window.go(place)

    def marked(self) -> int:
        view = self.stand.room.view
        assert view is not None
        now = self.stand.opened.station.sessions.show(view.session.id)
        return sum(card.status is not None for card in now.cards)


@pytest.fixture
def room(qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    with station_at(tmp_path / "home", clock=SetClock()) as at:
        yield from _room(at, qapp, tmp_path)


def _room(at: OpenStation, qapp: QApplication, folder: Path) -> Iterator[Room]:
    sample_course(at, folder, "c1", minutes=10)
    stand = stand_at(at)
    window = stand.open_window()
    view = opened(at.station)
    stand.room.load()
    clock, cards = HandClock(), list[str]()
    listener = ScannerListener(cards.append, window, after=clock)
    qapp.installEventFilter(listener)

    def focus() -> QWidget:
        found: QWidget | None = window.focusWidget()
        return window if found is None else found

    assert view.session.step is Step.SIGN_IN
    yield Room(stand, clock, Keyboard(focus, clock.pass_ms), cards)
    qapp.removeEventFilter(listener)
    stand.close()


def is_card_or_nothing(room: Room, code: str, already: int) -> None:
    assert room.cards[already:] in ([code], [])


@pytest.mark.parametrize("gap_ms", SPEEDS)
def test_on_the_play_page_it_presses_no_shortcut(room: Room, gap_ms: int) -> None:
    room.go(PageName.PLAY)
    room.stand.player.observe(PlayerEvent.PLAYING)
    before = room.stand.playback.state
    for code in CODES:
        for end in ENDS:
            already = len(room.cards)
            room.keyboard.machine(code, gap_ms, end)
            room.keyboard.wait(QUIET_MS + 10)
            assert room.stand.playback.state == before, (code, end)
            assert room.stand.window is not None
            assert room.stand.window.place is PageName.PLAY
            is_card_or_nothing(room, code, already)
    assert room.marked() == 0


@pytest.mark.parametrize(
    "place", [PageName.PREPARE, PageName.TODAY, PageName.CLOSE, PageName.DISCUSS]
)
def test_its_enter_presses_no_button_of_a_page(room: Room, place: PageName) -> None:
    room.go(place)
    view = room.stand.room.view
    for code, gap_ms in product(("0000123456", "0008BFMV42", "0021", "AB#12/34"), SPEEDS):
        already = len(room.cards)
        room.keyboard.machine(code, gap_ms, "\r")
        room.keyboard.wait(QUIET_MS + 10)
        assert room.stand.window is not None
        assert room.stand.window.place is place
        assert room.stand.room.view == view
        assert room.cards[already:] == [code]


@pytest.mark.parametrize("gap_ms", SPEEDS)
def test_in_the_search_box_it_marks_nobody_and_leaves_no_sign(room: Room, gap_ms: int) -> None:
    room.go(PageName.ROLL_CALL)
    assert room.stand.window is not None
    page = room.stand.window.pages[PageName.ROLL_CALL]
    assert isinstance(page, RollCallPage)
    page.search.setFocus()
    for code in ("0000123456", "0021", "0008BFMV42", "AB#12/34", "0003"):
        for end in ("", "\r", "\t"):
            already = len(room.cards)
            room.keyboard.machine(code, gap_ms, end)
            room.keyboard.wait(QUIET_MS + 10)
            assert room.marked() == 0, (code, end)
            is_card_or_nothing(room, code, already)
            if end or len(code) > 4:
                assert room.cards[already:] == [code]
                assert page.search.text() == page.presenter.state.text == ""
                assert room.stand.window.focusWidget() is page.search
            page.search.clear()


@pytest.mark.parametrize("gap_ms", [20, 60, 130, 250])
def test_in_the_notes_it_leaves_what_was_written(room: Room, gap_ms: int) -> None:
    room.go(PageName.DISCUSS)
    assert room.stand.window is not None
    page = room.stand.window.pages[PageName.DISCUSS]
    assert isinstance(page, DiscussPage)
    page.note.setPlainText("想学大棚技术")
    page.note.moveCursor(page.note.textCursor().MoveOperation.End)
    page.note.setFocus()
    room.keyboard.machine("0000123456", gap_ms, "\r")
    room.keyboard.wait(QUIET_MS + 10)
    assert page.note.toPlainText() == "想学大棚技术"
    assert room.cards == ["0000123456"]


def test_a_visitors_form_is_not_sent_by_a_reader(room: Room) -> None:
    room.go(PageName.ROLL_CALL)
    assert room.stand.window is not None
    page = room.stand.window.pages[PageName.ROLL_CALL]
    assert isinstance(page, RollCallPage)
    page._on_visitor_asked()
    for gap_ms in SPEEDS:
        for one in (page.visitor_form.name, page.visitor_form.tail):
            one.setFocus()
            room.keyboard.machine("0000123456", gap_ms, "\r")
            room.keyboard.wait(QUIET_MS + 10)
            assert one.text() == ""
    assert room.marked() == 0
    assert room.cards == ["0000123456"] * (2 * len(SPEEDS))


# --- fingers and clickers -------------------------------------------------------------------


def test_a_clickers_key_waits_less_than_a_third_of_a_second(room: Room) -> None:
    room.go(PageName.PLAY)
    room.stand.player.observe(PlayerEvent.PLAYING)
    assert QUIET_MS < 300
    for sign in ("b", "."):
        was = room.stand.playback.state.black
        room.keyboard.press(sign, 1_000)
        room.keyboard.wait(QUIET_MS)
        assert room.stand.playback.state.black is not was
    room.keyboard.press("", 1_000, key=Qt.Key.Key_Space)
    assert room.cards == []


def test_the_same_key_pressed_again_and_again_is_a_finger(room: Room) -> None:
    room.go(PageName.PLAY)
    room.stand.player.observe(PlayerEvent.PLAYING)
    was = room.stand.playback.state.black
    for _ in range(5):
        room.keyboard.press("b", 200)
    room.keyboard.wait(QUIET_MS)
    assert room.stand.playback.state.black is not was
    assert room.cards == []


@pytest.mark.parametrize("seed", range(6))
def test_a_person_searches_by_letters_and_digits_at_any_pace(room: Room, seed: int) -> None:
    chance = random.Random(seed)
    room.go(PageName.ROLL_CALL)
    assert room.stand.window is not None
    page = room.stand.window.pages[PageName.ROLL_CALL]
    assert isinstance(page, RollCallPage)
    page.search.setFocus()
    for asked in ("wfs", "cgy", "0008", "chenguiying"):
        gaps = [chance.randint(90, 600) for _ in asked]
        room.keyboard.fingers(asked, gaps)
        room.keyboard.wait(QUIET_MS + 10)
        assert page.search.text() == asked
        page.search.clear()
    room.keyboard.fingers("wfs", (500, 130, 210))
    room.keyboard.press("\r", 260)
    assert room.marked() == 1
    assert room.cards == []
