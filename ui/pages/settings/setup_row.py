"""Going through the first setting up once more: another centre, other screens, sound, printer."""

from __future__ import annotations

from collections.abc import Callable

from app.words import say
from ui.pages.settings.section import Section
from ui.parts.layout import words
from ui.state.restart import Restart
from ui.widgets.buttons import SecondaryButton


class SetupRow(Section):
    """Not in the middle of a session: the program begins anew with it."""

    def __init__(self, again: Callable[[Restart], None]) -> None:
        super().__init__(say("first.again.title"))
        self.again = SecondaryButton(say("first.again"), icon="settings")
        self.again.clicked.connect(lambda: again(Restart.SETUP))
        self.rows.addWidget(words(say("first.again.note"), "body"))
        self.rows.addWidget(self.again)
