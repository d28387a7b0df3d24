"""Step three: a sound and the voice on the room's loudspeaker, as loud as courses will be."""

from __future__ import annotations

from dataclasses import replace

import shiboken6

from app.words import say
from ui.pages.first_run.context import WizardContext
from ui.pages.first_run.step import SetupStep
from ui.parts.layout import row, words
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label
from ui.widgets.touch.slider import HandSlider


class SoundStep(SetupStep):
    """First the sound is played, then one goes on."""

    def __init__(self, context: WizardContext) -> None:
        super().__init__(say("first.sound.title"), "sound")
        self._context = context
        self._heard = False
        self.volume = HandSlider(say("first.sound.volume"))
        self.percent = label("", "body")
        self.again = FitButton(say("first.sound.play"), icon="sound")
        self.again.clicked.connect(self.play)
        self.voice = FitButton(say("first.sound.voice"), icon="talk")
        self.voice.clicked.connect(self.speak)
        line = row(label(say("first.sound.volume"), "body"), self.volume, self.percent)
        line.setStretch(1, 1)
        self.rows.addWidget(words(say("first.sound.how"), "body"))
        self.rows.addLayout(line)
        self.rows.addLayout(row(self.again, self.voice))
        self.rows.addWidget(self.note)
        self.rows.addStretch(1)
        self.volume.valueChanged.connect(self._on_volume)
        self.volume.setValue(context.preferences.read().volume)
        self.percent.setText(f"{self.volume.value()}%")

    def main_word(self) -> str:
        """See ``SetupStep``."""
        return say("first.sound.right" if self._heard else "first.sound.play")

    def main_icon(self) -> str:
        """See ``SetupStep``."""
        return "arrow_right" if self._heard else "sound"

    def act(self) -> None:
        """See ``SetupStep``."""
        if self._heard:
            self.passed.emit()
        else:
            self.play()

    def opened(self) -> None:
        """The button beside the main one is for hearing it again."""
        self.again.setVisible(self._heard)

    def play(self) -> None:
        """Play the sound."""
        self._let_hear(voice=False)

    def speak(self) -> None:
        """Say aloud what somebody hears who has signed in."""
        self._let_hear(voice=True)

    def _let_hear(self, *, voice: bool) -> None:
        self._heard = True
        self.again.show()
        self.tell(say("first.sound.speaking" if voice else "first.sound.playing"))
        self._context.sound.play(self.volume.value(), self._on_failed, voice=voice)

    def _on_failed(self) -> None:
        if shiboken6.isValid(self):  # a player that fails late may find another language here
            self.tell(say("first.sound.none"))

    def _on_volume(self, percent: int) -> None:
        self.percent.setText(f"{percent}%")
        choices = self._context.preferences.read()
        if choices.volume != percent:
            self._context.preferences.choose(replace(choices, volume=percent))
