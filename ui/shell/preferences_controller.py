"""The operator's choices: kept on this PC, and what changes when one of them does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.words import speak
from ui.audience.placement import AudiencePlacement
from ui.sound.tones import Tones
from ui.state.current_session import CurrentSession
from ui.state.preferences import Preferences, save_preferences
from ui.state.screens import ScreenSeen
from ui.theme import look
from ui.theme.tokens import InterfaceSize, Theme, first_size


class PreferenceTargets(Struct, frozen=True):
    """What follows the choices while the record is open."""

    room: CurrentSession
    placement: AudiencePlacement
    set_volume: Callable[[int], None]
    show_room: Callable[[], None]
    rebuild: Callable[[], None]
    """Make the operator's pages anew, in the language and look of now."""


class PreferencesController:
    """GUI thread only. ``now`` are the choices as they stand."""

    def __init__(
        self, app: QApplication, home: Path, choices: Preferences, tones: Tones, *, windowed: bool
    ) -> None:
        self._app, self._home, self._tones, self._windowed = app, home, tones, windowed
        self.now = choices
        self._follows: PreferenceTargets | None = None
        tones.choose(on=choices.tones, voice=choices.voice, volume=choices.tone_volume)

    def begin(self, follows: PreferenceTargets) -> None:
        """The record is open: from now on these follow."""
        self._follows = follows
        follows.set_volume(self.now.volume)

    def apply_look(self, window: QWidget) -> None:
        """Language stays; size and theme as chosen, or as fits a new PC's screen."""
        size = self.now.size or first_size(_pitch_mm(window))
        lines = 768 if self._windowed else window.screen().geometry().height()
        theme = Theme(self.now.theme)
        look.apply_look(self._app, InterfaceSize(size), lines=lines, theme=theme)

    def read(self) -> tuple[Preferences, tuple[ScreenSeen, ...], str]:
        """The choices, the screens there are, and the room's."""
        choices = self._with_size(self.now)
        if self._follows is None:
            return choices, (), ""
        placement = self._follows.placement
        return choices, placement.seen(), placement.current

    def choose(self, choices: Preferences) -> None:
        """Keep these and let everything follow."""
        was, self.now = self._with_size(self.now), choices
        follows, home = self._follows, self._home
        if follows is None:
            return
        follows.room.ask(lambda: save_preferences(home, choices), lambda _none: None)
        if choices.volume != was.volume:
            follows.set_volume(choices.volume)
        self._tones.choose(on=choices.tones, voice=choices.voice, volume=choices.tone_volume)
        if (choices.audience_screen, choices.one_screen) != (was.audience_screen, was.one_screen):
            follows.placement.choose(choices.audience_screen, one_screen=choices.one_screen)
        follows.show_room()
        if (choices.language, choices.size, choices.theme) != (was.language, was.size, was.theme):
            QTimer.singleShot(0, self._rebuild)

    def _rebuild(self) -> None:
        if self._follows is not None:
            speak(self.now.language)
            self._follows.rebuild()

    def _with_size(self, choices: Preferences) -> Preferences:
        return replace(choices, size=look.interface_size().value)


def _pitch_mm(window: QWidget) -> float:
    screen = window.screen()
    width = screen.geometry().width()
    return screen.physicalSize().width() / width if width else 0.0
