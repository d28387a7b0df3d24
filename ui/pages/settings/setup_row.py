"""Going through the first setting up once more: another centre, other screens, sound, printer."""

from __future__ import annotations

from collections.abc import Callable

from app.words import say
from ui.pages.settings.section import Section
from ui.parts.layout import words
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.restart import Restart
from ui.widgets.buttons import SecondaryButton


class SetupRow(Section):
    """Not in the middle of a session: the program begins anew with it."""

    def __init__(self, room: CurrentSession, again: Callable[[Restart], None]) -> None:
        super().__init__(say("first.again.title"))
        self._room, self._again = room, again
        self.again = SecondaryButton(say("first.again"), icon="settings")
        self.again.clicked.connect(self._on_again)
        self.rows.addWidget(words(say("first.again.note"), "body"))
        self.rows.addWidget(self.again)

    def _on_again(self) -> None:
        if self._room.is_running():
            self._room.say("first.again.not_now", StatusTone.CARE)
        else:
            self._again(Restart.SETUP)
