"""From 1600 px on the session is on one page: driven by mouse, and made narrow in the middle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.areas.attendance.marks import Status
from app.bootstrap import OpenStation
from app.domain.ids import PersonId
from app.ports.player import PlayerEvent
from app.words import help_sheets, say
from app.words.help_sheets import REFERENCE
from tests.ui.operator_driver import Stand, sample_course
from ui.audience.mirror import StageMirror
from ui.pages.prepare.view import PreparePage
from ui.pages.roll_call.view import RollCallPage
from ui.parts.overlay import help_lines
from ui.parts.session_frame import LEAST_WIDTH
from ui.state.page_names import PageName
from ui.theme import look
from ui.theme.tokens import InterfaceSize
from ui.widgets import tap
from ui.widgets.fit.button import FitButton
from ui.widgets.step_bar import StepLook
from ui.windows.operator_window import OperatorWindow

LATER = {"op.close.reopen", "op.discuss.show"}
"""What the help names for another moment: the session has not ended, the questions are shown."""
WIDE, NARROW = (1920, 1080), (LEAST_WIDTH - 1, 1080)


@pytest.fixture(autouse=True)
def _slow_fingers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two touches here are two touches, however soon."""
    monkeypatch.setattr(tap, "DOUBLE_TAP_MS", 0)


@pytest.fixture
def window(
    stand: Stand, opened: OpenStation, qapp: QApplication, tmp_path: Path
) -> Iterator[OperatorWindow]:
    """A wide window with sign-in open, reached by its own buttons."""
    look.apply_look(qapp, width=WIDE[0], lines=WIDE[1])
    sample_course(opened, tmp_path, "c1", minutes=10)
    sample_course(opened, tmp_path, "c2", title="大棚蔬菜病虫害绿色防控", minutes=10)
    made = stand.open_window(width=WIDE[0], height=WIDE[1])
    press(made.pages.today().begin)
    assert not made.frame.is_spread
    press(cast("PreparePage", made.pages[PageName.PREPARE]).open)
    QApplication.processEvents()
    yield made
    look.apply_look(qapp)


def press(button: QWidget) -> None:
    assert button.isVisibleTo(button.window()), button.accessibleName()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def status_of(stand: Stand, person: str) -> Status | None:
    assert stand.room.view is not None
    found = stand.opened.station.sessions.show(stand.room.view.session.id)
    return next(one.status for one in found.cards if one.id == person)


W = TypeVar("W", bound=QWidget)


def seen(window: QWidget, kind: type[W]) -> list[W]:
    found: Iterable[W] = window.findChildren(kind)
    return [one for one in found if one.isVisible()]


def corner(part: QWidget) -> QPoint:
    """Where somebody aims for it: its last spot in the window."""
    return part.mapTo(part.window(), part.rect().bottomRight())


def touch_waiting(roll: RollCallPage) -> PersonId:
    """Touch the first who is not here yet, in the list that stands in sight."""
    tile = next(one for one in roll.grid.in_sight() if not one.shown.state.value.startswith("arr"))
    person = tile.shown.person
    press(tile)
    return PersonId(person)


def place_of(window: OperatorWindow) -> PageName:
    return window.place


def main_buttons(window: OperatorWindow) -> list[FitButton]:
    """The green buttons in sight."""
    return [one for one in seen(window, FitButton) if one._main]


def start_film(stand: Stand, window: OperatorWindow) -> None:
    press(window.pages.roll_call().main)
    assert place_of(window) is PageName.PLAY
    press(window.pages.play().transport.main)
    stand.player.observe(PlayerEvent.PLAYING)
    QApplication.processEvents()
    assert stand.playback.state.playing


def test_a_whole_session_by_mouse_is_on_one_page(stand: Stand, window: OperatorWindow) -> None:
    roll, frame = window.pages.roll_call(), window.frame
    assert frame.is_spread
    assert not window.steps.isVisible()
    place, picture = corner(roll.people), frame.picture
    assert picture is not None
    assert picture.width() >= 700

    def still_here() -> None:
        assert roll.people.isVisible()
        assert picture.isVisible()
        assert len(seen(window, StageMirror)) == 1
        assert corner(roll.people) == place
        assert [corner(one) for one in main_buttons(window)] == [foot]

    (first,) = main_buttons(window)
    foot = corner(first)
    assert status_of(stand, touch_waiting(roll)) is not None
    still_here()
    start_film(stand, window)
    still_here()
    late = touch_waiting(roll)
    assert status_of(stand, late) is not None
    assert place_of(window) is PageName.PLAY
    assert stand.playback.state.playing
    assert frame.line.parts[1].mark.note.startswith("2 /")
    still_here()
    play = window.pages.play()
    press(play.end)
    press(play.question.yes)
    assert place_of(window) is PageName.DISCUSS
    still_here()
    discuss = window.pages.discuss()
    QTest.keyClicks(discuss.note, "good")
    touch_waiting(roll)
    assert discuss.note.toPlainText() == "good"
    still_here()
    press(discuss.finish)
    assert place_of(window) is PageName.CLOSE
    assert not frame.is_spread
    assert window.steps.isVisible()
    assert stand.room.view is not None
    assert stand.room.view.notes == ("good",)
    assert stand.room.view.turnout.arrived == 3


def test_the_line_of_tonight_names_the_courses_and_leads_to_them(
    stand: Stand, window: OperatorWindow
) -> None:
    line = window.frame.line
    said = [one.mark.title for one in line.parts]
    assert said == [
        "准备", "签到", "《乡村振兴促进法解读》", "《大棚蔬菜病虫害绿色防控》", "讨论", "结束",
    ]  # fmt: skip
    press(line.parts[3])
    assert place_of(window) is PageName.PLAY
    assert not stand.playback.state.is_on, "one touch of a step starts nothing"
    press(line.parts[1])
    assert place_of(window) is PageName.ROLL_CALL
    start_film(stand, window)
    assert [one.mark.look for one in line.parts[2:4]] == [StepLook.NOW, StepLook.OPEN]
    press(line.parts[3])
    assert window.pages.play().question.isVisible(), "another course is asked about first"
    assert stand.playback.state.playing


def test_late_comers_are_at_one_key_and_the_keys_come_back(
    stand: Stand, window: OperatorWindow
) -> None:
    roll = window.pages.roll_call()
    start_film(stand, window)
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert QApplication.focusWidget() is roll.search
    QTest.keyClicks(roll.search, "wfs")
    QTest.keyClick(roll.search, Qt.Key.Key_Return)
    assert status_of(stand, "p8") is not None
    QTest.keyClicks(roll.search, "m")
    assert not stand.playback.state.muted
    QTest.keyClick(roll.search, Qt.Key.Key_Escape)
    assert roll.search.text() == ""
    focus = QApplication.focusWidget()
    assert focus is window.pages.play()
    QTest.keyClick(focus, Qt.Key.Key_Space)
    assert not stand.playback.state.playing
    QTest.keyClick(focus, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert status_of(stand, "p8") is None


def test_a_visitor_is_taken_in_while_a_course_plays(stand: Stand, window: OperatorWindow) -> None:
    roll = window.pages.roll_call()
    start_film(stand, window)
    press(roll.visitor)
    assert roll.visitor_form.isVisible()
    assert not main_buttons(window), "the question stands where the green button was"
    QTest.keyClicks(roll.visitor_form.name, "Qian")
    QTest.keyClick(roll.visitor_form.name, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert stand.room.view is not None
    assert stand.room.view.turnout.visitors == 1
    assert main_buttons(window) == [window.pages.play().transport.main]
    assert QApplication.focusWidget() is window.pages.play()
    press(next(one for one in roll.grid.tiles() if one.shown.name == "Qian"))
    assert roll.sheet.isVisible(), "who has a mark is looked at, over any page"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not roll.sheet.isVisible()
    assert stand.playback.state.playing


def test_a_mark_moves_nothing(stand: Stand, window: OperatorWindow) -> None:
    roll = window.pages.roll_call()
    start_film(stand, window)

    before = {one: one.geometry() for one in seen(window, QWidget)}
    for _ in range(3):
        touch_waiting(roll)
    moved = [one for one, was in before.items() if not one.isVisible() or one.geometry() != was]
    assert moved == []


def resize(window: OperatorWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    QApplication.processEvents()


def test_nothing_is_lost_when_the_window_becomes_narrow_and_wide_again(
    stand: Stand, window: OperatorWindow, qtbot: QtBot
) -> None:
    roll = window.pages.roll_call()
    roll.presenter.choose_group("2组")
    press(roll.visitor)
    QTest.keyClicks(roll.visitor_form.name, "Qi")
    for size in (NARROW, WIDE):
        resize(window, size)
        assert window.frame.is_spread is (size is WIDE)
        assert window.steps.isVisible() is (size is NARROW)
        assert roll.people.isVisible()
        assert roll.visitor_form.isVisible()
        assert QApplication.focusWidget() is roll.visitor_form.name
        assert roll.presenter.state.group == "2组"
    QTest.keyClicks(roll.visitor_form.name, "an")
    assert roll.visitor_form.name.text() == "Qian"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    start_film(stand, window)
    QTest.keyClick(window, Qt.Key.Key_F2)
    QTest.keyClicks(roll.search, "wf")
    resize(window, NARROW)
    drawer = window.drawer
    assert drawer.search.isVisible()
    assert drawer.search.text() == "wf"
    assert QApplication.focusWidget() is drawer.search
    resize(window, WIDE)
    assert not window.pages.play().presenter.state.drawer
    assert roll.search.text() == "wf"
    assert QApplication.focusWidget() is roll.search
    assert stand.playback.state.playing
    QTest.keyClick(roll.search, Qt.Key.Key_Escape)
    press(window.pages.play().end)
    press(window.pages.play().question.yes)
    discuss = window.pages.discuss()
    QTest.mouseClick(discuss.note.viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClicks(discuss.note, "half")
    resize(window, NARROW)
    assert discuss.finish.isVisible()
    QTest.keyClicks(discuss.note, " done")
    assert discuss.note.toPlainText() == "half done"


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_nothing_typed_is_lost_when_the_window_is_made_anew_in_another_look(
    stand: Stand, window: OperatorWindow, size: tuple[int, int]
) -> None:
    roll = window.pages.roll_call()
    roll.presenter.choose_group("2组")
    QTest.keyClicks(roll.search, "w")
    press(roll.visitor)
    QTest.keyClicks(roll.visitor_form.name, "Qi")
    window.pages.discuss().note.setPlainText("half")
    while window.shed_page():
        pass
    window.resize(*size)
    window.build(stand.desk())
    QApplication.processEvents()
    assert window.frame.is_spread is (size is WIDE)
    anew = window.pages.roll_call()
    assert anew is not roll
    assert anew.people.isVisible()
    assert (anew.search.text(), anew.presenter.state.group) == ("w", "2组")
    assert anew.visitor_form.isVisible()
    assert anew.visitor_form.name.text() == "Qi"
    assert window.pages.discuss().note.toPlainText() == "half"


def test_the_help_of_one_page_names_no_button_that_is_not_in_sight(
    stand: Stand, window: OperatorWindow
) -> None:
    session = stand.room.session_id()
    assert session is not None
    missing = []
    for place in (PageName.ROLL_CALL, PageName.PLAY, PageName.DISCUSS, PageName.CLOSE):
        window.go(place)
        QApplication.processEvents()
        found = cast("list[QAbstractButton]", window.findChildren(QAbstractButton))
        buttons = [one for one in found if one.isVisible()]
        seen = " ".join(word for one in buttons for word in (one.accessibleName(), one.text()))
        for number in range(1, 9):
            keys = [f"help.{place}.{number}.spread", f"help.{place}.{number}"]
            key = next((one for one in keys if one in help_sheets.WORDS), "")
            for named in REFERENCE.findall(help_sheets.WORDS[key][0]) if key else ():
                if say(named).rstrip("…") not in seen and named not in LATER:
                    missing.append(f"{key}: {say(named)}")
        shown = help_lines(place, spread=True)
        QTest.keyClick(window, Qt.Key.Key_F1)
        said = [one.text() for one in cast("list[QLabel]", window.help_sheet.findChildren(QLabel))]
        assert all(any(line in one for one in said) for line in shown)
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert missing == []


@pytest.mark.parametrize(
    ("size", "letters", "names"),
    [
        ((1600, 900), InterfaceSize.STANDARD, 14),
        ((1920, 1080), InterfaceSize.LARGE, 16),
        (WIDE, InterfaceSize.STANDARD, 20),
    ],
)
def test_a_laptop_and_large_letters_have_the_session_on_one_page_too(
    stand: Stand,
    opened: OpenStation,
    qapp: QApplication,
    tmp_path: Path,
    size: tuple[int, int],
    letters: InterfaceSize,
    names: int,
) -> None:
    look.apply_look(qapp, letters, width=size[0], lines=size[1])
    sample_course(opened, tmp_path, "c1", minutes=10)
    made = stand.open_window(width=size[0], height=size[1])
    press(made.pages.today().begin)
    press(cast("PreparePage", made.pages[PageName.PREPARE]).open)
    start_film(stand, made)
    roll, frame = made.pages.roll_call(), made.frame
    assert frame.is_spread
    assert frame.picture is not None
    assert frame.picture.height() >= look.scaled(220)
    assert len(roll.grid.in_sight()) >= names
    assert roll.column.isVisible() is not frame.is_dense, (
        "its place is the names' where it is dense"
    )
    assert [one.words for one in main_buttons(made)] == [made.pages.play().transport.main.words]
    look.apply_look(qapp)
