"""Settings: every choice as words to touch, in force at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.settings.about_row import AboutRow
from ui.pages.settings.help_row import HelpRow
from ui.pages.settings.lock_row import LockRow
from ui.pages.settings.plain_rows import KeysRow, LanguageRow, SizeRow, SoundRow, ThemeRow
from ui.pages.settings.presenter import SettingsPresenter
from ui.pages.settings.room_row import RoomRow
from ui.pages.settings.screens_row import ScreensRow
from ui.pages.settings.section import Section
from ui.pages.settings.setup_row import SetupRow
from ui.pages.settings.state import SettingsState
from ui.pages.settings.tones_row import TonesRow
from ui.parts.layout import PageView, ScrollColumn, row, tight, words
from ui.theme import look
from ui.widgets.panel import Card

if TYPE_CHECKING:
    from ui.pages.context import PageContext


class SettingsPage(PageView):
    """Two columns of sections, or three where there is room; another section is a module of its own and a line here."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.sections: list[Section] = []
        self.presenter = SettingsPresenter(
            context.session, self.render_state, context.preferences, context.audience
        )
        self.reader = self.presenter.reader
        self.language = LanguageRow(self.presenter)
        self.size_row = SizeRow(self.presenter)
        self.theme_row = ThemeRow(self.presenter)
        self.sound = SoundRow(self.presenter)
        self.screens = ScreensRow(self.presenter, context.audience)
        self.room_row = RoomRow(self.presenter)
        self.lock = None if context.lock is None else LockRow(context.lock)
        self.setup = SetupRow(context.app.begin_anew)
        self.tones = TonesRow(self.presenter, context.session.host)
        self.help = HelpRow(context.app)
        self.about = AboutRow()
        left = (
            self.language,
            self.size_row,
            self.theme_row,
            self.sound,
            self.tones,
            self.screens,
            self.setup,
        )
        right = (self.lock, self.room_row, self.help, KeysRow(), self.about)
        columns = [left, right]
        if look.is_wide():
            columns = [left[:5], (self.room_row, self.screens), (self.lock, self.setup, *right[2:])]
        body = row(*(self._card(one) for one in columns), gap=16)
        for at in range(len(columns)):
            body.setStretch(at, 1)
        self.rows.addLayout(body, 1)
        self.rows.addWidget(words(say("op.settings.at_once"), "caption"))

    def act(self, act: Shortcut) -> bool:
        """Esc puts the licences away."""
        sheet = self.about.sheet
        if act is not Shortcut.ESCAPE or sheet is None or not sheet.isVisible():
            return False
        sheet.hide()
        return True

    def render_state(self, state: SettingsState) -> None:
        """Show a state."""
        for section in self.sections:
            section.render_state(state)

    def _card(self, sections: tuple[Section | None, ...]) -> QWidget:
        scroll = ScrollColumn(gap=8)
        for section in sections:
            if section is not None:
                self.sections.append(section)
                scroll.rows.addWidget(section)
        card = tight(Card(), 24)
        card.rows.addWidget(scroll, 1)
        return card
