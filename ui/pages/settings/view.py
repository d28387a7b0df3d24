"""Settings: every choice as words to touch, in force at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QWidget

from app.words import say
from ui.choices import Choices
from ui.keys import Act
from ui.pages.parts.forms import Choice
from ui.pages.parts.layout import PageView, ScrollColumn, clear, column, row, tight, words
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.state import SettingsState
from ui.room import Room
from ui.screens_setup import ScreenSeen
from ui.theme import look, tokens
from ui.theme.tokens import InterfaceSize
from ui.widgets.buttons import SecondaryButton
from ui.widgets.panel import Card, label

ONE_SCREEN = "-"


class SettingsView(PageView):
    """See the module."""

    def __init__(
        self,
        room: Room,
        *,
        read: Callable[[], tuple[Choices, tuple[ScreenSeen, ...], str]],
        chosen: Callable[[Choices], None],
        identify: Callable[[], None],
    ) -> None:
        super().__init__()
        self.language = Choice([("zh", say("op.settings.zh")), ("en", say("op.settings.en"))])
        self.sizes = Choice(
            [(one.value, say(f"op.settings.size.{one.value}")) for one in InterfaceSize]
        )
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setPageStep(5)
        self.volume.setMinimumHeight(look.scaled(tokens.CONTROL))
        self.volume.setAccessibleName(say("op.settings.sound"))
        self.volume_words = label("", "body")
        left = tight(Card(), 24)
        sound = row(self.volume, self.volume_words)
        sound.setStretch(0, 1)
        for key, part in (("language", self.language), ("size", self.sizes)):
            left.rows.addWidget(label(say(f"op.settings.{key}"), "section"))
            left.rows.addWidget(part)
        left.rows.addWidget(label(say("op.settings.sound"), "section"))
        left.rows.addLayout(sound)
        left.rows.addStretch(1)
        left.rows.addWidget(words(say("op.settings.at_once"), "caption"))
        self.screens_place = column()
        self.screens: Choice | None = None
        self.screen_note = words("", "body")
        self.identify = SecondaryButton(say("op.settings.identify"), icon="screens")
        scroll = ScrollColumn(gap=12)
        screens = QWidget()
        screens.setLayout(self.screens_place)
        for shown in (
            label(say("op.settings.screens"), "section"),
            screens,
            self.screen_note,
            self.identify,
            label(say("op.settings.keys"), "section"),
            words(say("op.settings.keys_play"), "body"),
            words(say("op.settings.keys_roll"), "body"),
        ):
            scroll.rows.addWidget(shown)
        right = tight(Card(), 24)
        right.rows.addWidget(scroll, 1)
        body = row(left, right, gap=16)
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        self.rows.addLayout(body, 1)
        self.presenter = SettingsPresenter(room, self.render_state, read=read, chosen=chosen)
        self.reader = self.presenter.reader
        self.language.chosen.connect(self.presenter.speak)
        self.sizes.chosen.connect(self.presenter.enlarge)
        self.volume.valueChanged.connect(self.presenter.sound)
        self.identify.clicked.connect(identify)

    def act(self, _act: Act) -> bool:
        """No keys of its own."""
        return False

    def render_state(self, state: SettingsState) -> None:
        """Show a state."""
        self.language.choose(state.choices.language)
        self.sizes.choose(state.choices.size)
        self.volume.blockSignals(True)
        self.volume.setValue(state.choices.volume)
        self.volume.blockSignals(False)
        self.volume_words.setText(f"{state.choices.volume}%")
        options = [
            (one.name, say("op.settings.screen", name=one.name, width=one.width, height=one.height))
            for one in state.screens
        ]
        clear(self.screens_place)
        self.screens = Choice([*options, (ONE_SCREEN, say("op.settings.one_screen"))], columns=1)
        self.screens.choose(state.audience or ONE_SCREEN)
        self.screens.chosen.connect(self._on_screen_chosen)
        self.screens_place.addWidget(self.screens)
        self.screen_note.setText(
            say("op.settings.two_screens_note" if state.audience else "op.settings.one_screen_note")
        )

    def _on_screen_chosen(self, key: str) -> None:
        self.presenter.show_on("" if key == ONE_SCREEN else key)
