"""Paper sheets counted by level and typed in, over the page."""

from __future__ import annotations

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.areas.ratings.tally import LEVELS, RatingSheet
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.parts.forms.fields import Choice, field
from ui.parts.layout import clear
from ui.parts.overlay import CardOverlay, lie_over
from ui.parts.room_asks.ratings import RatingsPresenter
from ui.theme import look, tokens
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.panel import label

MOST_TYPED = 99_999
WIDTH = 620


class PaperTally(CardOverlay):
    """``open`` shows it empty: what is typed are all paper sheets of the kind."""

    def __init__(self, owner: QWidget, presenter: RatingsPresenter) -> None:
        super().__init__(owner)
        self._owner, self._presenter = owner, presenter
        self.title.setText(say("op.rating.paper"))
        self.sheet = Choice([(one.value, say(f"op.rating.sheet.{one}")) for one in RatingSheet])
        self.sheet.chosen.connect(lambda _key: self._name_levels())
        self.rows.addWidget(self.sheet)
        self._grid = QGridLayout()
        self._grid.setSpacing(look.scaled(tokens.GAP))
        self.fields: tuple[QLineEdit, ...] = ()
        self.rows.addLayout(self._grid)
        self.save = PrimaryButton(say("op.rating.save"))
        self.save.clicked.connect(self._on_save)
        self.rows.addWidget(self.save)
        self.close_button.hide()
        self.away = QuietButton(say("member.put_away"))
        self.away.clicked.connect(self.hide)
        self.rows.addWidget(self.away)

    def open(self) -> None:
        """Ask for the counts."""
        lie_over(self, self._owner)
        self.sheet.choose(RatingSheet.SATISFACTION)
        self._name_levels()
        self.open_wide(WIDTH, ())
        self.fields[0].setFocus()

    def takes(self, act: Shortcut) -> bool:
        """While it is shown no key does anything below it; Esc puts it away."""
        if not self.isVisible():
            return False
        if act is Shortcut.ESCAPE:
            self.hide()
        return act is not Shortcut.PRESS

    def _name_levels(self) -> None:
        clear(self._grid)
        made = []
        for at in range(LEVELS):
            name = say(f"rating.level.{self.sheet.current()}.{at + 1}")
            box = field(name, "0")
            box.setValidator(QIntValidator(0, MOST_TYPED, box))
            self._grid.addWidget(label(name, "body"), at, 0)
            self._grid.addWidget(box, at, 1)
            made.append(box)
        self.fields = tuple(made)

    def _on_save(self) -> None:
        counts = [int(one.text() or "0") for one in self.fields]
        self._presenter.type_paper(RatingSheet(self.sheet.current()), counts, self.hide)
