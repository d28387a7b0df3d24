"""Entering someone afterwards: the reason is needed and stays visible for ever."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain import bounds
from app.domain.personal import LeaveKind
from app.words import say
from ui.parts.forms.fields import Choice, field
from ui.parts.layout import column, row, words
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.panel import label


class LateForm(QWidget):
    """``entered(reason)``, ``excused(kind)`` while the session runs, or ``put_away``."""

    entered = Signal(str)
    excused = Signal(str)
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = words("", "section")
        self.reason = field(say("op.close.reason"), say("op.close.reason_hint"), most=bounds.REASON)
        self.accept = PrimaryButton(say("op.close.late_entry"))
        self.kinds = Choice(
            [(one.value, say(f"leave.{one.value}")) for one in LeaveKind], columns=2
        )
        self.leave_words = label(say("op.roll.leave"), "caption")
        cancel = QuietButton(say("op.close_panel"))
        acts = row(cancel, self.accept)
        acts.setStretch(1, 1)
        self.setLayout(
            column(
                self.title,
                label(say("op.close.reason"), "caption"),
                self.reason,
                acts,
                None,
                self.leave_words,
                self.kinds,
            )
        )
        self.accept.clicked.connect(self._on_accepted)
        self.reason.returnPressed.connect(self._on_accepted)
        self.kinds.chosen.connect(self.excused)
        cancel.clicked.connect(self.put_away)

    def begin(self, name: str, *, may_excuse: bool) -> None:
        """Write about this person."""
        self.title.setText(name)
        self.reason.clear()
        self.kinds.choose("")
        self.kinds.setVisible(may_excuse)
        self.leave_words.setVisible(may_excuse)
        self.reason.setFocus()

    def _on_accepted(self) -> None:
        self.entered.emit(self.reason.text())
