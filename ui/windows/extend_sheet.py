"""Over the operator's window when the room has no screen of its own: what to press, drawn."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.words import say
from ui.audience.picture.extend_picture import ExtendPicture
from ui.parts.layout import words
from ui.parts.overlay import Overlay
from ui.theme import look
from ui.widgets.buttons import PrimaryButton
from ui.widgets.panel import label


class ExtendSheet(Overlay):
    """``cover_now`` opens it; it goes by its button, or by itself when a screen comes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        card = QFrame()
        card.setProperty("role", "card")
        rows = QVBoxLayout(card)
        pad = look.scaled(28)
        rows.setContentsMargins(pad, pad, pad, pad)
        rows.setSpacing(look.scaled(14))
        rows.addWidget(label(say("room.extend.title"), "title"))
        self._card, self._pad = card, pad
        self._said = words(say("room.extend.also"), "body")
        self.picture = ExtendPicture()
        self.close_button = PrimaryButton(say("help.close"))
        for part in (self.picture, self._said, self.close_button):
            rows.addWidget(part)
        self.setAccessibleName(say("room.extend.title"))
        self.hold(card)
        self.close_button.clicked.connect(self.hide)

    def cover_now(self) -> None:
        """Lie over everything; Enter closes it."""
        parent = self.parentWidget()
        most = parent.width() if parent is not None else 0
        width = min(look.scaled(820), max(most - look.scaled(96), 400))
        self._card.setFixedWidth(width)
        # A layout in the middle of a veil asks nobody how high words get when they wrap.
        self._said.ensurePolished()
        self._said.setMinimumHeight(self._said.heightForWidth(width - 2 * self._pad))
        self.cover()
        self.close_button.setFocus()
