"""What is asked beside the names: which leave, who a visitor is, and whether we know them."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.personal import LeaveKind
from app.words import say
from ui.parts.forms.fields import Choice, VisitorForm
from ui.parts.forms.known_visitor import KnownForm
from ui.parts.layout import column, words
from ui.widgets.buttons import PrimaryButton
from ui.widgets.panel import label


class SideForms(QStackedWidget):
    """One form at a time; it stands in a stack behind what is seen while nothing is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.visitor, self.known = VisitorForm(), KnownForm()
        self.kinds = Choice(
            [(one.value, say(f"leave.{one.value}")) for one in LeaveKind], columns=2
        )
        self.leave_words = words("", "body")
        self.leave_end = PrimaryButton(say("op.roll.leave_end"))
        self.leave = QWidget()
        self.leave.setLayout(
            column(
                label(say("op.roll.title_leave"), "section"),
                self.kinds,
                self.leave_words,
                None,
                self.leave_end,
            )
        )
        for part in (self.leave, self.visitor, self.known):
            self.addWidget(part)
        self._place: QStackedWidget | None = None

    def stand_in(self, place: QStackedWidget) -> None:
        """Stand behind what this stack shows, or in front of it if something is just asked."""
        asked = self.asked
        if self._place is not None:
            self._place.removeWidget(self)
        self._place = place
        place.addWidget(self)
        self._bring(asked)

    @property
    def asked(self) -> QWidget | None:
        """The form that is open."""
        is_open = self._place is not None and self._place.currentWidget() is self
        return self.currentWidget() if is_open else None

    def ask(self, form: QWidget) -> None:
        """Open a form."""
        self.setCurrentWidget(form)
        self._bring(form)

    def put_away(self) -> None:
        """What was seen before is seen again."""
        self._bring(None)

    def _bring(self, asked: QWidget | None) -> None:
        if self._place is not None:
            self._place.setCurrentIndex(self._place.indexOf(self) if asked else 0)
