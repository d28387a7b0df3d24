"""Changes one choice at a time; each is in force and kept at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ui.pages.owners import PreferenceOwner, RoomScreen
from ui.pages.settings.state import SettingsState
from ui.state.current_session import CurrentSession
from ui.state.refresh import Topic


class SettingsPresenter:
    """Intents of the settings page; ``preferences`` puts them in force."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[SettingsState], None],
        preferences: PreferenceOwner,
        screen: RoomScreen,
    ) -> None:
        self._render = render
        self._preferences, self._screen = preferences, screen
        self.state = SettingsState()
        self.reader = room.refresh.register(frozenset({Topic.SCREENS, Topic.WORDS}), self.load)

    def load(self) -> None:
        """Take the choices in force and the screens there are."""
        self.state = SettingsState(
            self._preferences.read(), self._screen.screens(), self._screen.screen
        )
        self._render(self.state)

    def speak(self, language: str) -> None:
        """``zh`` or ``en``."""
        self._choose(language=language)

    def enlarge(self, size: str) -> None:
        """``standard``, ``large`` or ``largest``."""
        self._choose(size=size)

    def light(self, theme: str) -> None:
        """``light``, ``dark`` or ``stark``."""
        self._choose(theme=theme)

    def show_on(self, screen: str) -> None:
        """The room sees this screen; empty means one-screen mode."""
        self._choose(audience_screen=screen, one_screen=not screen)

    def seat(self, last_row_m: float, picture_m: float) -> None:
        """How far the last row is and how high the picture, metres; 0 is not said."""
        self._choose(last_row_m=last_row_m, picture_m=picture_m)

    def darken(self, *, dark: bool) -> None:
        """Whether the room is dark."""
        self._choose(dark_room=dark)

    def write_subtitles(self, size: str) -> None:
        """``standard``, ``large`` or ``largest``."""
        self._choose(subtitle_size=size)

    def sound(self, percent: int) -> None:
        """Volume of the courses, 0–100."""
        self._choose(volume=percent)

    def even_out(self, choice: str) -> None:
        """``on``: courses are made as loud as each other; ``off``: as they were recorded."""
        self._choose(evened=choice == "on")

    def tone(self, sound: str) -> None:
        """What is heard at sign-in: ``voice``, ``tone`` or nothing."""
        self._choose(tones=sound in ("voice", "tone"), voice=sound == "voice")

    def tone_volume(self, percent: int) -> None:
        """How loud they are, 0–100."""
        self._choose(tone_volume=percent)

    def _choose(self, **changes: object) -> None:
        self._preferences.choose(replace(self.state.choices, **changes))  # type: ignore[arg-type]
        self.load()
