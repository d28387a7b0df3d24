"""The operator's preferences: in force, saved on this PC, and told to what follows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.words import speak
from ui.jobs.protocols import Jobs
from ui.sound.tones import Tones
from ui.state.preferences import Preferences, save_preferences
from ui.theme import look
from ui.theme.qt_words import speak_qt
from ui.theme.tokens import InterfaceSize, Theme, first_size
from ui.windows.operator_window import OperatorWindow

WINDOWED = QSize(1366, 768)
"""The plain window of a developer, before it is resized."""


class PreferencesController(QObject):
    """GUI thread only. ``now`` are the preferences in force; a change tells what it is of."""

    volume_changed = Signal(int)
    evened_changed = Signal(bool)
    screen_changed = Signal(str, bool)
    """The screen for the room by name, and whether one screen is for all."""
    changed = Signal()
    look_changed = Signal()
    """Language, size or theme: the operator's pages are made anew."""
    not_saved = Signal(object)

    def __init__(
        self,
        app: QApplication,
        home: Path,
        preferences: Preferences,
        jobs: Jobs,
        tones: Tones,
        *,
        windowed: bool,
    ) -> None:
        super().__init__()
        self._app, self._home, self._windowed = app, home, windowed
        self._jobs, self._tones = jobs, tones
        self.now = preferences
        self._choose_tones()

    def apply_look(self, window: QWidget) -> None:
        """Language, size and theme as chosen, or as fits a new PC's screen."""
        speak(self.now.language)
        speak_qt(self._app, self.now.language)
        size, room = self._size_in(window)
        theme = Theme(self.now.theme)
        look.apply_look(self._app, size, width=room.width(), lines=room.height(), theme=theme)

    def fit_look(self, window: QWidget) -> None:
        """The window has another size: letters, columns and what can be chosen follow it."""
        size, room = self._size_in(window)
        if not look.suits(size, room.width(), room.height()):
            self.look_changed.emit()

    def _size_in(self, window: QWidget) -> tuple[InterfaceSize, QSize]:
        size = InterfaceSize(self.now.size or first_size(_pitch_mm(window)))
        if window.isVisible():
            return size, window.size()
        return size, WINDOWED if self._windowed else window.screen().geometry().size()

    def read(self) -> Preferences:
        """The preferences in force, with the size that is shown."""
        return replace(self.now, size=look.interface_size().value)

    def choose(self, preferences: Preferences) -> None:
        """Save these and let everything follow."""
        was, self.now = self.read(), preferences
        home = self._home
        self._jobs.store(
            lambda: save_preferences(home, preferences), lambda _none: None, self.not_saved.emit
        )
        if preferences.volume != was.volume:
            self.volume_changed.emit(preferences.volume)
        if preferences.evened != was.evened:
            self.evened_changed.emit(preferences.evened)
        self._choose_tones()
        screen = (preferences.audience_screen, preferences.one_screen)
        if screen != (was.audience_screen, was.one_screen):
            self.screen_changed.emit(*screen)
        self.changed.emit()
        if _look_of(preferences) != _look_of(was):
            self.look_changed.emit()

    def _choose_tones(self) -> None:
        now = self.now
        self._tones.choose(on=now.tones, voice=now.voice, volume=now.tone_volume)


class Restyling(QObject):
    """A new size, theme or language, in turns of the event loop between which the room's film goes on.

    What stands would be restyled part by part, which takes ten times as long as making one page
    anew. So the pages that nobody sees are let go one by one, then frame and look change in one
    turn, the page in front is built in the next and filled in the third, and the others follow when
    nobody waits for them. GUI thread only; lives with its window. ``frame`` puts the look in force and makes the
    window's frame anew."""

    def __init__(
        self,
        window: OperatorWindow,
        preferences: PreferencesController,
        frame: Callable[[], None],
        done: Callable[[], None],
    ) -> None:
        super().__init__(window)
        preferences.look_changed.connect(self._begin)
        window.resized.connect(lambda: preferences.fit_look(window))
        self._window, self._frame, self._done = window, frame, done
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._shed)

    def _begin(self) -> None:
        """A second choice meanwhile needs no second beginning."""
        self._turn.start()

    def _shed(self) -> None:
        window = self._window
        if window.shed_page():
            self._turn.start()
            return
        # The window keeps its picture until the page in front is there again.
        window.setUpdatesEnabled(False)
        window.let_go()
        self._frame()
        QTimer.singleShot(0, self, self._build)

    def _build(self) -> None:
        self._window.pages[self._window.place]  # noqa: B018 - looking it up builds it
        QTimer.singleShot(0, self, self._show)

    def _show(self) -> None:
        self._window.come_back()
        self._window.setUpdatesEnabled(True)
        self._done()


def _look_of(preferences: Preferences) -> tuple[str, str, str]:
    return preferences.language, preferences.size, preferences.theme


def _pitch_mm(window: QWidget) -> float:
    screen = window.screen()
    width = screen.geometry().width()
    return screen.physicalSize().width() / width if width else 0.0
