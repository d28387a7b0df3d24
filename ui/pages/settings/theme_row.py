"""How the operator's window and the sign-in screen are lit: light, dark, or high contrast."""

from __future__ import annotations

from app.words import say
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.section import Section
from ui.pages.settings.state import SettingsState
from ui.parts.forms.fields import Choice
from ui.theme.tokens import Theme


class ThemeRow(Section):
    """Three words; the one that holds wears the tint."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(say("look.theme"))
        self.choice = Choice([(one.value, say(f"look.theme.{one.value}")) for one in Theme])
        self.choice.chosen.connect(presenter.light)
        self.rows.addWidget(self.choice)

    def render_state(self, state: SettingsState) -> None:
        """See ``Section``."""
        self.choice.choose(state.choices.theme)
