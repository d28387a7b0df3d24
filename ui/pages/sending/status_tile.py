"""A sunken tile with a short head and what is to be known below it, as large as there is room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from ui.theme import look
from ui.widgets.fit.label import FitLabel
from ui.widgets.panel import Well, label


class StatusTile(Well):
    """One thing told, such as when the record was last sent."""

    def __init__(self, head: str) -> None:
        super().__init__()
        pad = look.scaled(12)
        self.rows.setContentsMargins(pad, look.scaled(6), pad, look.scaled(6))
        self.rows.setSpacing(0)
        self.value = FitLabel(
            ceiling=look.scaled(40),
            floor=look.scaled(20),
            weight=600,
            align=Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        )
        self.value.setMinimumHeight(look.scaled(32))
        self.rows.addWidget(label(head, "caption"))
        self.rows.addWidget(self.value, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(look.scaled(104 if look.is_wide() else 140))
        self._head = head

    def show_value(self, text: str) -> None:
        """Tell something else."""
        self.value.show_text(text)
        self.setAccessibleName(f"{self._head} {text}")
