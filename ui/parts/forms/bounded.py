"""Fields that stop at the bound of what can be kept, and say so where one writes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolTip

from app.words import say
from ui.parts.layout import words

NEAR = 0.9
"""From this share of the bound on, the room that is left is told."""


class BoundedLine(QObject):
    """Keeps a line's text within ``most`` characters; what did not go in is told at the field."""

    def __init__(self, box: QLineEdit, most: int) -> None:
        super().__init__(box)
        self._box, self._most = box, most
        box.setMaxLength(most)
        box.inputRejected.connect(self._on_rejected)

    def _on_rejected(self) -> None:
        if len(self._box.text()) < self._most - 1:
            return  # another reason
        sentence = say("op.text.full_line", most=self._most)
        QToolTip.showText(self._box.mapToGlobal(QPoint(0, self._box.height())), sentence, self._box)
        self._box.setAccessibleDescription(sentence)


class BoundedText(QObject):
    """The same for a text of several lines; ``told`` is the sentence below it."""

    def __init__(self, box: QPlainTextEdit, most: int) -> None:
        super().__init__(box)
        self._box, self._most = box, most
        self._cutting = False
        self.told = words("", "caption")
        self.told.hide()
        box.textChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        if self._cutting:
            return
        text = self._box.toPlainText()
        over = len(text) - self._most
        if over > 0:
            self._cut(text, over)
            text = self._box.toPlainText()
        self._tell(len(text), over)

    def _cut(self, text: str, over: int) -> None:
        """What was just written or pasted stands before the cursor: its end goes."""
        cursor = self._box.textCursor()
        before = _first_units(text, cursor.position())
        end = before if len(before) >= over else text
        cursor.setPosition(_units(end))
        cursor.setPosition(_units(end[: len(end) - over]), cursor.MoveMode.KeepAnchor)
        self._cutting = True
        try:
            cursor.removeSelectedText()
        finally:
            self._cutting = False
        self._box.setTextCursor(cursor)

    def _tell(self, count: int, over: int) -> None:
        if over > 0:
            self.told.setText(say("op.text.full", most=self._most, over=over))
        elif count >= self._most * NEAR:
            self.told.setText(say("op.text.left", left=self._most - count))
        self.told.setVisible(over > 0 or count >= self._most * NEAR)


def _units(text: str) -> int:
    """How long Qt takes a text to be: rare signs count twice there."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _first_units(text: str, units: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "ignore")
