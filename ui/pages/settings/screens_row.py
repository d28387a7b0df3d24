"""Which screen the room sees."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.words import say
from ui.audience.picture.extend_picture import ExtendPicture
from ui.pages.context import AudienceOwner
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.section import Section
from ui.pages.settings.state import SettingsState
from ui.parts.forms.fields import Choice
from ui.parts.layout import clear, column, row, words
from ui.widgets.buttons import SecondaryButton

ONE_SCREEN = "-"


class ScreensRow(Section):
    """The screens there are, and one screen for all."""

    def __init__(self, presenter: SettingsPresenter, audience: AudienceOwner) -> None:
        super().__init__(say("op.settings.screens"))
        self._presenter = presenter
        self._place = column()
        place = QWidget()
        place.setLayout(self._place)
        self.choice: Choice | None = None
        self.note = words("", "body")
        self.identify = SecondaryButton(say("op.settings.identify"), icon="screens")
        self.identify.clicked.connect(audience.identify)
        self.swap = SecondaryButton(say("room.swap"), icon="screens")
        self.swap.clicked.connect(audience.swap)
        self.picture = ExtendPicture()
        for part in (place, self.note, self.picture):
            self.rows.addWidget(part)
        for button in (self.identify, self.swap):  # side by side they are wider than the column
            self.rows.addLayout(row(button, None))

    def render_state(self, state: SettingsState) -> None:
        """See ``Section``."""
        options = [
            (one.name, say("op.settings.screen", name=one.name, width=one.width, height=one.height))
            for one in state.screens
        ]
        clear(self._place)
        self.choice = Choice([*options, (ONE_SCREEN, say("op.settings.one_screen"))], columns=1)
        self.choice.choose(state.audience or ONE_SCREEN)
        self.choice.chosen.connect(self._on_chosen)
        self._place.addWidget(self.choice)
        self.swap.setVisible(bool(state.audience))
        self.picture.setVisible(not state.audience and not _chose_one_of_several(state))
        self.note.setText(
            say("op.settings.two_screens_note" if state.audience else "op.settings.one_screen_note")
        )

    def _on_chosen(self, key: str) -> None:
        self._presenter.show_on("" if key == ONE_SCREEN else key)


def _chose_one_of_several(state: SettingsState) -> bool:
    return state.choices.one_screen and len(state.screens) > 1
