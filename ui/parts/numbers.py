"""A large number with the word for it below; large where there is room, never cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.theme import look, tokens
from ui.widgets.fit.label import FitLabel
from ui.widgets.panel import label

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom


class BigNumber(QWidget):
    """One figure people look for; ``most`` is its largest size in design px."""

    def __init__(self, under: str, most: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self._number = FitLabel(
            "–",
            ceiling=look.scaled(most),
            floor=look.scaled(34),
            weight=700,
            colour=tokens.PINE,
            align=_START,
        )
        self._number.setMinimumWidth(look.scaled(most))
        self._number.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._under = label(under, "caption")
        rows.addWidget(self._number)
        rows.addWidget(self._under)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_number(self, text: str, under: str | None = None) -> None:
        """Show another figure."""
        self._number.show_text(text)
        if under is not None:
            self._under.setText(under)
        self.setAccessibleName(f"{self._under.text()} {text}")
