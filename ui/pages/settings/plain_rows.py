"""Language, interface size, light or dark, volume and the list of keys."""

from __future__ import annotations

from app.words import say
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.section import Section
from ui.pages.settings.state import SettingsState
from ui.parts.forms.fields import Choice
from ui.parts.layout import row, words
from ui.theme import look
from ui.theme.tokens import Theme
from ui.widgets.panel import label
from ui.widgets.touch.slider import HandSlider


class LanguageRow(Section):
    """Chinese or English."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(say("op.settings.language"))
        self.choice = Choice([("zh", say("op.settings.zh")), ("en", say("op.settings.en"))])
        self.choice.chosen.connect(presenter.speak)
        self.rows.addWidget(self.choice)

    def render_state(self, state: SettingsState) -> None:
        """See ``Section``."""
        self.choice.choose(state.choices.language)


class SizeRow(Section):
    """Standard, large, largest."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(say("op.settings.size"))
        self.choice = Choice(
            [(one.value, say(f"op.settings.size.{one.value}")) for one in look.sizes_offered()]
        )
        self.choice.chosen.connect(presenter.enlarge)
        self.rows.addWidget(self.choice)

    def render_state(self, _state: SettingsState) -> None:
        """See ``Section``."""
        self.choice.choose(look.size_shown().value)


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


class SoundRow(Section):
    """How loud courses are, and whether they are made as loud as each other."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        super().__init__(say("op.settings.sound"))
        self.volume = HandSlider(say("op.settings.sound"))
        self.volume.valueChanged.connect(presenter.sound)
        self.percent = label("", "body")
        line = row(self.volume, self.percent)
        line.setStretch(0, 1)
        self.rows.addLayout(line)
        self.evened = Choice([(one, say(f"op.settings.even.{one}")) for one in ("on", "off")])
        self.evened.chosen.connect(presenter.even_out)
        self.rows.addWidget(self.evened)

    def render_state(self, state: SettingsState) -> None:
        """See ``Section``."""
        self.volume.blockSignals(True)
        self.volume.setValue(state.choices.volume)
        self.volume.blockSignals(False)
        self.percent.setText(f"{state.choices.volume}%")
        self.evened.choose("on" if state.choices.evened else "off")


class KeysRow(Section):
    """What the keys do."""

    def __init__(self) -> None:
        super().__init__(say("op.settings.keys"))
        for key in ("op.settings.keys_play", "op.settings.keys_roll"):
            self.rows.addWidget(words(say(key), "body"))
