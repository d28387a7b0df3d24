"""A visitor who may be somebody known: one question with a button for each, and one for "no"."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.areas.attendance.visitors import Lookalike
from app.words import say
from ui.parts.layout import ScrollColumn, column, row, words
from ui.theme import look, tokens
from ui.widgets.buttons import QuietButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label

BUTTON_HEIGHT = 66


class KnownForm(QWidget):
    """``same(person)`` for one of them, ``other`` for none of them, ``back`` to the form."""

    same = Signal(str)
    other = Signal()
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = words("", "section")
        self.who = ScrollColumn()
        self.no = FitButton(say("op.roll.known_no"), icon="plus")
        self.no.set_height(BUTTON_HEIGHT)
        self.cancel = QuietButton(say("op.cancel"))
        self.buttons: list[FitButton] = []
        self.no.clicked.connect(self.other)
        self.cancel.clicked.connect(self.back)
        self.setLayout(
            column(
                label(say("op.roll.visitor_title"), "caption"),
                self.question,
                self.who,
                self.no,
                row(self.cancel, None),
            )
        )

    def ask(self, known: tuple[Lookalike, ...]) -> None:
        """Ask about these; the first answer has the keyboard."""
        sentence = question_of(known)
        self.question.setText(sentence)
        self.setAccessibleName(sentence)
        holder, self.buttons = QWidget(), []
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.scaled(tokens.GAP))
        for one in known:
            button = FitButton(answer_of(one, alone=len(known) == 1), icon="check", main=True)
            button.setAccessibleName(button.words)
            button.set_height(BUTTON_HEIGHT)
            button.clicked.connect(lambda _on=False, person=one.person: self.same.emit(person))
            rows.addWidget(button)
            self.buttons.append(button)
        self.who.show_parts((holder,))
        self.buttons[0].setFocus()

    def set_busy(self, busy: bool) -> None:
        """An answer is being carried out: it is given once."""
        for button in (*self.buttons, self.no):
            button.setEnabled(not busy)


def question_of(known: tuple[Lookalike, ...]) -> str:
    """One sentence, whoever it may be."""
    first = known[0]
    if len(known) > 1:
        return say("op.roll.known_several", name=first.name, count=len(known))
    tail = say("op.roll.known_tail", tail=first.phone_tail) if first.phone_tail else ""
    if first.guest:
        return say("op.roll.known_guest", name=first.name, first_at=first.first_at)
    if first.first_at:
        return say("op.roll.known_came", name=first.name, tail=tail, first_at=first.first_at)
    if first.nearby:
        return say("op.roll.known_nearby", name=first.name, tail=tail, place=first.note)
    key = "op.roll.known_listed" if first.listed else "op.roll.known_elsewhere"
    return say(key, name=first.name, tail=tail)


def answer_of(one: Lookalike, *, alone: bool) -> str:
    """What the button for one of them says."""
    came = say("op.roll.known_at", first_at=one.first_at) if one.first_at else ""
    if alone:
        return say("op.roll.known_same" if one.first_at else "op.roll.known_yes")
    tail = say("op.roll.known_tail", tail=one.phone_tail) if one.phone_tail else ""
    return say("op.roll.known_one", name=one.name, note=" ".join((one.note, tail, came)).strip())
