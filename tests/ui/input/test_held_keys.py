"""A key that is held down, by a heavy hand or a book on the clicker, is one press of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.areas.sessions.session import Step
from app.ports.player import PlayerEvent
from tests.support.small_sessions import begin
from tests.ui.operator_driver import Stand, sample_course
from ui.state.page_names import PageName

Key = Qt.Key
KIND = QEvent.Type.KeyPress


def hold(part: QWidget, key: Qt.Key, text: str = "", repeats: int = 30) -> None:
    """Down, and a second of what the system makes of it."""
    plain = Qt.KeyboardModifier.NoModifier
    for repeat in range(repeats + 1):
        QApplication.sendEvent(part, QKeyEvent(KIND, key, plain, text, repeat > 0))
    QApplication.sendEvent(part, QKeyEvent(QEvent.Type.KeyRelease, key, plain, text))


def playing(stand: Stand, tmp_path: Path) -> QWidget:
    """Two courses are here and the first plays."""
    for course in ("c1", "c2"):
        sample_course(stand.opened, tmp_path, course)
    stand.opened.station.sessions.move(begin(stand.opened), Step.PLAY)
    window = stand.open_window()
    window.go(PageName.PLAY)
    window.pages.play().presenter.main()
    stand.player.observe(PlayerEvent.PLAYING)
    stand.player.run(1_000)
    return window


def test_a_clickers_page_key_held_down_never_changes_the_course(
    stand: Stand, tmp_path: Path
) -> None:
    window = playing(stand, tmp_path)
    on = stand.playback.state.course
    assert on is not None
    hold(window, Key.Key_PageDown)
    assert stand.playback.state.course == on
    assert "再按一次" in stand.said
    hold(window, Key.Key_PageDown)
    assert stand.playback.state.course != on, "a second press still does"


def test_black_and_pause_held_down_are_done_once(stand: Stand, tmp_path: Path) -> None:
    window = playing(stand, tmp_path)
    hold(window, Key.Key_B)
    assert stand.playback.state.black
    hold(window, Key.Key_B, repeats=29)
    assert not stand.playback.state.black
    was = stand.playback.state.playing
    hold(window, Key.Key_Space)
    assert stand.playback.state.playing is not was


def test_louder_goes_on_while_its_key_is_held(stand: Stand, tmp_path: Path) -> None:
    window = playing(stand, tmp_path)
    stand.playback.set_volume(20)
    hold(window, Key.Key_Up, repeats=5)
    assert stand.playback.state.volume == 50


def test_f5_held_down_does_not_run_through_the_session(stand: Stand) -> None:
    window = stand.open_window()
    hold(window, Key.Key_F5)
    assert window.place is PageName.PREPARE
    assert stand.room.step() is Step.PREPARE


def test_enter_held_down_presses_a_button_once(stand: Stand, tmp_path: Path) -> None:
    playing(stand, tmp_path)
    window = stand.window
    assert window is not None
    mute = window.pages.play().transport.mute
    mute.setFocus()
    was = stand.playback.state.muted
    hold(mute, Key.Key_Return)
    assert stand.playback.state.muted is not was
