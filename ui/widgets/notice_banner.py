"""A strip of amber paper tape with one sentence: something waits or should be read; never red."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.theme import look, tokens
from ui.theme.icons import pixmap
from ui.theme.tokens import Theme
from ui.widgets.buttons import QuietButton

_TOOTH = 9


class NoticeBanner(QWidget):
    """A sentence on tape and, if given, one act; ``act_chosen`` when it is tapped."""

    act_chosen = Signal()

    def __init__(
        self, text: str = "", act: str = "", *, icon: str = "tell", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.scaled(28), look.scaled(10), look.scaled(28), look.scaled(10))
        row.setSpacing(look.scaled(14))
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setProperty("role", "body")
        self._text.setWordWrap(True)
        self._act = QuietButton("")
        self._act.clicked.connect(self.act_chosen)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._act)
        self.show_notice(text, act, icon=icon)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def show_notice(self, text: str, act: str = "", *, icon: str = "tell") -> None:
        """Show a sentence; an empty one hides the tape."""
        self._text.setText(text)
        self._icon.setPixmap(pixmap(icon, tokens.AMBER, look.scaled(28)))
        self._act.say(act)
        self._act.setVisible(bool(act))
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def minimumSizeHint(self) -> QSize:
        """Never lower than one line with air."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), look.scaled(52)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tape: flat, with the two short ends torn in a zigzag."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        framed = look.theme() is Theme.STARK
        painter.setPen(QPen(look.ink(tokens.INK), 6) if framed else Qt.PenStyle.NoPen)
        painter.setBrush(look.ink(tokens.AMBER_TINT))
        painter.drawPolygon(_torn(QRectF(self.rect())))


def _torn(place: QRectF) -> QPolygonF:
    teeth = max(round(place.height() / _TOOTH), 2)
    step = place.height() / teeth
    left = [
        QPointF(place.left() + (0 if n % 2 else _TOOTH * 0.6), place.top() + n * step)
        for n in range(teeth + 1)
    ]
    right = [
        QPointF(place.right() - (0 if n % 2 else _TOOTH * 0.6), place.top() + n * step)
        for n in range(teeth + 1)
    ]
    return QPolygonF(left + right[::-1])
