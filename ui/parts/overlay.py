"""An overlay over the whole window with one thing on it: what lies below waits."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count, takewhile

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QMainWindow, QVBoxLayout, QWidget

from app.words import CATALOGUE, say
from ui.parts.layout import words
from ui.theme import look
from ui.widgets.buttons import PrimaryButton
from ui.widgets.panel import label

_VEIL = QColor(0, 0, 0, 110)


class Overlay(QWidget):
    """Covers its parent, and grows with it; put the one thing in by ``hold``."""

    def __init__(self, parent: QWidget, ground: QColor = _VEIL) -> None:
        super().__init__(parent)
        self._ground = ground
        self.setProperty("veil", True)
        self._rows = QVBoxLayout(self)
        parent.installEventFilter(self)
        self.hide()

    def hold(self, part: QWidget, *, above: int = 1, below: int = 1) -> None:
        """Show this in the middle, or where so many shares of the height are left."""
        self._rows.addStretch(above)
        self._rows.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addStretch(below)

    def cover(self) -> None:
        """Lie over everything."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Grow with the window; say nothing any more while being deleted."""
        if event.type() == QEvent.Type.Resize and shiboken6.isValid(self) and self.isVisible():
            parent = self.parentWidget()
            if parent is not None:
                self.setGeometry(parent.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self._ground)


def lie_over(overlay: QWidget, owner: QWidget) -> None:
    """Have an overlay lie over the whole window that its owner stands in by now."""
    window = owner.window()
    below = window.centralWidget() if isinstance(window, QMainWindow) else window
    if below is not overlay.parentWidget():
        overlay.setParent(below)
        below.installEventFilter(overlay)


class CardOverlay(Overlay):
    """A card with a title, what the subclass puts into ``rows``, and one button that closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.card = QFrame()
        self.card.setProperty("role", "card")
        self._pad = look.scaled(28)
        self.rows = QVBoxLayout(self.card)
        self.rows.setContentsMargins(self._pad, self._pad, self._pad, self._pad)
        self.rows.setSpacing(look.scaled(14))
        self.title = label("", "title")
        self.rows.addWidget(self.title)
        self.close_button = PrimaryButton(say("help.close"))
        self.close_button.clicked.connect(self.hide)
        self.hold(self.card)

    def open_wide(self, most_px: int, lines: Iterable[QLabel]) -> None:
        """Lie over everything, at most so wide (design px); Enter closes it."""
        parent = self.parentWidget()
        room = self.width() if parent is None else parent.width()
        width = min(look.scaled(most_px), max(room - look.scaled(96), 400))
        self.card.setFixedWidth(width)
        for line in lines:
            wrap(line, width - 2 * self._pad)
        self.cover()
        self.close_button.setFocus()


def wrap(line: QLabel, width: int) -> None:
    """As high as its words get at this width: a layout in the middle of an overlay asks nobody."""
    line.ensurePolished()
    line.setMinimumHeight(line.heightForWidth(width))


def help_title(page: str) -> str:
    """The title of a page's help."""
    return say("help.title", page=say(f"help.page.{page}"))


def help_lines(page: str, *, spread: bool = False) -> tuple[str, ...]:
    """What is to be known of a page (``help.PAGE.1`` …), in the order of need; some of it is said
    otherwise where the session is ``spread`` over one page."""
    keys = (f"help.{page}.{number}" for number in count(1))
    return tuple(
        say(f"{key}.spread" if spread and f"{key}.spread" in CATALOGUE else key)
        for key in takewhile(CATALOGUE.__contains__, keys)
    )


def numbered(page: str, *, spread: bool = False) -> list[QLabel]:
    """The same as lines to show."""
    said = help_lines(page, spread=spread)
    lines = [words(f"{at}.  {line}") for at, line in enumerate(said, 1)]
    for line in lines:
        line.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return lines
