"""Pages of which one shows, as high as that one: a stack would be as high as its highest page."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class OnePage(QWidget):
    """What is hidden takes no room in a plain column."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._front: QWidget | None = None

    def add(self, page: QWidget) -> None:
        """One more page, behind the others."""
        page.hide()
        self._rows.addWidget(page)

    @property
    def front(self) -> QWidget | None:
        """The page that shows."""
        return self._front

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        if self._front is not None and self._front is not page:
            self._front.hide()
        self._front = page
        page.show()
