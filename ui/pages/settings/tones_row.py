"""What is heard at sign-in: a voice, a tone or nothing; how loud, and hearing it once."""

from __future__ import annotations

from app.words import say
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.section import Section
from ui.pages.settings.state import SettingsState
from ui.parts.forms.fields import Choice
from ui.parts.layout import row, words
from ui.state.current_session import SessionHost
from ui.state.sign_in_result import SignInResult
from ui.widgets.buttons import SecondaryButton
from ui.widgets.panel import label
from ui.widgets.touch.slider import HandSlider


class TonesRow(Section):
    """In force at once; ``host`` sounds what somebody hears who has signed in."""

    def __init__(self, presenter: SettingsPresenter, host: SessionHost) -> None:
        super().__init__(say("sound.title"))
        self.choice = Choice([(one, say(f"sound.{one}")) for one in ("voice", "tone", "off")])
        self.choice.chosen.connect(presenter.tone)
        self.volume = HandSlider(say("sound.volume"), step=10)
        self.volume.valueChanged.connect(presenter.tone_volume)
        self.percent = label("", "body")
        self.listen = SecondaryButton(say("sound.try"), icon="sound")
        self.listen.clicked.connect(lambda: host.hear(SignInResult.SUCCESS))
        line = row(self.volume, self.percent, self.listen)
        line.setStretch(0, 1)
        self.rows.addWidget(self.choice)
        self.rows.addLayout(line)
        self.rows.addWidget(words(say("sound.note"), "body"))

    def render_state(self, state: SettingsState) -> None:
        """See ``Section``."""
        on = state.choices.tones
        self.choice.choose("voice" if on and state.choices.voice else "tone" if on else "off")
        self.volume.blockSignals(True)
        self.volume.setValue(state.choices.tone_volume)
        self.volume.blockSignals(False)
        self.percent.setText(f"{state.choices.tone_volume}%")
        for part in (self.volume, self.percent, self.listen):
            part.setVisible(on)
