"""Somebody at the members' keypad asks for the operator: a strip on that very screen until answered."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.words import say
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.label import FitLabel
from ui.widgets.touch.button import TouchButton, Voice

CALL_PX = 84
"""As high as the head of the sign-in screen, so that nobody's keys are covered; in the operator's
window it is as high as the site's name there, and covers nothing else."""
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class HelpCall(QWidget):
    """Hidden until ``call``; ``answered`` when the operator says that they are here."""

    answered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_open = False
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.said = FitLabel(weight=700, ceiling=36, align=_START)
        self.answer = TouchButton(icon="check", voice=Voice.MAIN)
        self.answer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.answer.clicked.connect(self._on_answered)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.said, 4)
        self._row.addWidget(self.answer, 1)
        self.hide()

    def call(self) -> None:
        """Somebody asks; a second one asks the same."""
        self.is_open = True
        self.said.show_text(say("help_call.said"))
        self.answer.show_word(say("help_call.answer"))
        self.setAccessibleName(self.said.text)

    def lie_over(self, window: QWidget, place: QRect) -> None:
        """At this place of whichever window is in front."""
        if self.parentWidget() is not window:
            self.setParent(window)
        edge = place.height() // 10
        self._row.setContentsMargins(place.height(), edge, 12, edge + 4)
        self.answer.measure(30, place.height() - 2 * edge - 4)
        self.setGeometry(place)
        self.setVisible(self.is_open)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Amber tape with a hand."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.ink(tokens.AMBER_TINT))
        painter.fillRect(0, self.height() - 4, self.width(), 4, look.ink(tokens.AMBER))
        high = self.height()
        hand = QRectF(high * 0.25, high * 0.25, high * 0.5, high * 0.5)
        paint_icon(painter, "help", tokens.AMBER, hand)

    def _on_answered(self) -> None:
        self.is_open = False
        self.hide()
        self.answered.emit()
