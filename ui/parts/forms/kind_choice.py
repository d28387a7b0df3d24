"""Choosing the kind of a session: all of them as large words, the ordinary one first."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.areas.sessions.activity_lines import kind_word
from app.areas.sessions.kinds import RULES, MinutesSource, SessionKind
from app.words import say
from ui.parts.layout import column, row
from ui.theme import look, tokens
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label

ACROSS = 3
CHOSEN_HERE = tuple(
    kind
    for kind, rule in RULES.items()
    if rule.minutes is MinutesSource.HELD and kind is not SessionKind.TEST
)
"""Kinds that come from a list are imported; tests have their own page."""


class KindChoice(QWidget):
    """``chosen`` is told the kind that was touched."""

    def __init__(self, chosen: Callable[[SessionKind], None], back: Callable[[], None]) -> None:
        super().__init__()
        grid = QGridLayout()
        grid.setSpacing(look.scaled(tokens.GAP))
        self.buttons: dict[SessionKind, FitButton] = {}
        for at, kind in enumerate(CHOSEN_HERE):
            button = self.buttons[kind] = FitButton(kind_word(kind))
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
            button.clicked.connect(partial(chosen, kind))
            grid.addWidget(button, at // ACROSS, at % ACROSS)
            grid.setColumnStretch(at % ACROSS, 1)
        leave = SecondaryButton(say("op.cancel"))
        leave.clicked.connect(back)
        rows = column(label(say("op.kind.choose"), "section"), grid, row(leave, None))
        rows.setStretch(1, 1)
        self.setLayout(rows)
