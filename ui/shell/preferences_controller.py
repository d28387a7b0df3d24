"""The operator's preferences: in force, saved on this PC, and told to what follows them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.words import speak
from ui.jobs.protocols import Jobs
from ui.sound.tones import Tones
from ui.state.preferences import Preferences, save_preferences
from ui.theme import look
from ui.theme.tokens import InterfaceSize, Theme, first_size

WINDOWED = QSize(1366, 768)
"""The plain window of a developer, before it is resized."""


class PreferencesController(QObject):
    """GUI thread only. ``now`` are the preferences in force; a change tells what it is of."""

    volume_changed = Signal(int)
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
        size, room = self._size_in(window)
        theme = Theme(self.now.theme)
        look.apply_look(self._app, size, width=room.width(), lines=room.height(), theme=theme)

    def fit_look(self, window: QWidget) -> None:
        """The window has another size: what is written may grow or shrink with it."""
        size, room = self._size_in(window)
        if size.factor_on(room.width(), room.height()) != look.factor():
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


def _look_of(preferences: Preferences) -> tuple[str, str, str]:
    return preferences.language, preferences.size, preferences.theme


def _pitch_mm(window: QWidget) -> float:
    screen = window.screen()
    width = screen.geometry().width()
    return screen.physicalSize().width() / width if width else 0.0
