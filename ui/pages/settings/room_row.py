"""How far the last row sits, how large subtitles are, how light the room is: what the room's screen needs to know."""

from __future__ import annotations

from app.words import say
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.section import Section
from ui.pages.settings.state import SettingsState
from ui.parts.forms.fields import Choice
from ui.parts.forms.seat_distance import SeatForm
from ui.parts.layout import words
from ui.theme.tokens import InterfaceSize


class RoomRow(Section):
    """Each choice is in force at once; the sentence below says what it does."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(say("room.settings"))
        self.seats = SeatForm()
        self.light = Choice([("light", say("room.light")), ("dark", say("room.dark"))], columns=1)
        self.seats.chosen.connect(presenter.seat)
        self.light.chosen.connect(lambda key: presenter.darken(dark=key == "dark"))
        self.letters = Choice(
            [(one.value, say(f"room.subtitles.{one.value}")) for one in InterfaceSize]
        )
        self.letters.chosen.connect(presenter.write_subtitles)
        for part in (
            self.seats,
            words(say("room.subtitles"), "body"),
            self.letters,
            words(say("room.lighting"), "body"),
            self.light,
        ):
            self.rows.addWidget(part)

    def render_state(self, state: SettingsState) -> None:
        """See ``Section``."""
        self.seats.show_choices(state.choices)
        self.letters.choose(state.choices.subtitle_size)
        self.light.choose("dark" if state.choices.dark_room else "light")
