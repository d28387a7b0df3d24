"""Getting help from afar: one file without anybody's data, to a stick or to the desktop."""

from __future__ import annotations

from app.words import say, say_error
from ui.pages.context import AppOwner
from ui.pages.settings.section import Section
from ui.parts.layout import words
from ui.widgets.buttons import SecondaryButton


class HelpRow(Section):
    """Says first what is in the file, then where it is and its number."""

    def __init__(self, app: AppOwner) -> None:
        super().__init__(say("diagnostics.title"))
        self._app = app
        self.to_stick = SecondaryButton(say("diagnostics.to_stick"), icon="usb")
        self.to_desktop = SecondaryButton(say("diagnostics.to_desktop"), icon="disk")
        self.told = words("", "body")
        self.told.hide()
        self.rows.addWidget(words(say("diagnostics.note"), "body"))
        for button in (self.to_stick, self.to_desktop):  # side by side they are too wide
            self.rows.addWidget(button)
        self.rows.addWidget(self.told)
        self.to_stick.clicked.connect(lambda: self._on_wanted("stick"))
        self.to_desktop.clicked.connect(lambda: self._on_wanted("desktop"))

    def _on_wanted(self, place: str) -> None:
        if not self.to_stick.isEnabled():
            return
        self._busy(True)
        self._say(say("diagnostics.busy"))
        self._app.write_help(place, self._done, lambda said: self._done(say_error(said)), self)

    def _done(self, sentence: str) -> None:
        self._busy(False)
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.show()

    def _busy(self, busy: bool) -> None:
        for button in (self.to_stick, self.to_desktop):
            button.setEnabled(not busy)
