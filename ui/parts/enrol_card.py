"""What stands in place of sending while a station is not enrolled: why, and the ways out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QSizePolicy

from app.words import say
from ui.parts.layout import row, tight, words
from ui.state.restart import Restart
from ui.theme import look, tokens
from ui.theme.icons import pixmap
from ui.widgets.buttons import SecondaryButton
from ui.widgets.panel import Card, label

WAYS = (
    (Restart.CODE, "op.enrol.by_code", "send"),
    (Restart.STICK, "op.enrol.by_stick", "usb"),
    (Restart.PRACTICE, "practice.begin", "play"),
)


class EnrolCard(Card):
    """Amber paper; ``begin`` gets the way that was chosen."""

    def __init__(self, begin: Callable[[Restart], None]) -> None:
        super().__init__()
        self.setProperty("role", "told")
        self.setAccessibleName(say("sync.not_enrolled"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        mark = QLabel()
        mark.setPixmap(pixmap("tell", tokens.AMBER, look.scaled(28)))
        head = row(mark, label(say("sync.not_enrolled"), "section"), None)
        self.ways: dict[Restart, SecondaryButton] = {}
        for way, key, icon in WAYS:
            button = SecondaryButton(say(key), icon=icon)
            button.clicked.connect(lambda _on=False, way=way: begin(way))
            self.ways[way] = button
            head.addWidget(button)
        tight(self)
        self.rows.setSpacing(look.scaled(6))
        self.rows.addLayout(head)
        self.rows.addWidget(words(say("op.enrol.why"), "caption"))
