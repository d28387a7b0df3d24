"""Two quiet questions on the first page: what day it is, and whether a lost session goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QDateEdit, QSizePolicy, QStackedWidget, QWidget

from app.areas.sessions.session import Session
from app.words import say
from ui.parts.layout import row, tight, words
from ui.state.formatting import long_day_of
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.panel import Card


class DayQuestion(Card):
    """Is today this day? ``said`` gets the ISO date that holds."""

    def __init__(self, said: Callable[[str], None]) -> None:
        super().__init__()
        self._day = ""
        self.text = words("", "section")
        self.yes = PrimaryButton(say("op.clock.yes"))
        self.no = SecondaryButton(say("op.clock.no"))
        self.date = QDateEdit()
        self.date.setLocale(QLocale(QLocale.Language.Chinese))
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setCalendarPopup(True)
        for part in (self.date, self.date.lineEdit()):
            part.setAccessibleName(say("op.clock.which"))
        self.take = PrimaryButton(say("op.clock.take"))
        asking, choosing = QWidget(), QWidget()
        asked = row(self.text, self.no, self.yes)
        asked.setStretch(0, 1)
        asking.setLayout(asked)
        which = words(say("op.clock.which"), "section")
        chosen = row(which, self.date, self.take)
        chosen.setStretch(0, 1)
        choosing.setLayout(chosen)
        self.stack = QStackedWidget()
        self.stack.addWidget(asking)
        self.stack.addWidget(choosing)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        tight(self, 8).rows.addWidget(self.stack)
        self.yes.clicked.connect(lambda: said(self._day))
        self.no.clicked.connect(self._on_no)
        self.take.clicked.connect(lambda: said(self.date.date().toString("yyyy-MM-dd")))
        self.hide()

    def ask(self, day: str) -> None:
        """Ask about an ISO date; empty puts the question away."""
        if day and day != self._day:
            self.text.setText(say("op.clock.ask", day=long_day_of(day)))
            self.date.setDate(QDate.fromString(day, "yyyy-MM-dd"))
            self.stack.setCurrentIndex(0)
        self._day = day
        self.setVisible(bool(day))

    def _on_no(self) -> None:
        self.stack.setCurrentIndex(1)
        self.date.setFocus()


class ElsewhereOffer(Card):
    """A session that came back from the centre unfinished: go on with it, or not now."""

    def __init__(self, go_on: Callable[[], None], later: Callable[[], None]) -> None:
        super().__init__()
        self.text = words("", "body")
        self.go_on = SecondaryButton(say("op.elsewhere.go_on"), icon="play")
        self.later = QuietButton(say("op.elsewhere.later"))
        self.later.clicked.connect(later)
        body = row(self.text, self.later, self.go_on)
        body.setStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        tight(self, 8).rows.addLayout(body)
        self.go_on.clicked.connect(go_on)
        self.hide()

    def offer(self, session: Session | None) -> None:
        """Offer a session; None puts the offer away."""
        if session is not None:
            self.text.setText(say("op.elsewhere.came", title=session.title or session.id))
        self.setVisible(session is not None)
