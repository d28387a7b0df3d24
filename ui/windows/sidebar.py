"""The rail at the left: the seal, seven pages, help and size, each an icon with its word."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.words import say
from ui.pages.registry import PAGES
from ui.state.page_names import STEPS, PageName
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.seal import Seal
from ui.widgets.tap import TapPart
from ui.widgets.tile_paint import CHOSEN, Dress

_REST = Dress(tokens.MIST, tokens.MIST, tokens.INK)
_HERE = CHOSEN

LOW = 585
"""Design px of height."""


class SidebarItem(TapPart):
    """One page of the rail."""

    def __init__(self, word: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(word, parent=parent)
        self._word, self._icon = word, icon
        self._here = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(look.scaled(96))

    def show_here(self, here: bool) -> None:
        """Whether this page is in front."""
        if here != self._here:
            self._here = here
            self.update()

    def dress(self) -> Dress:
        """Tinted when here."""
        return _HERE if self._here else _REST

    def sizeHint(self) -> QSize:
        """Icon above word."""
        return QSize(look.scaled(88), look.scaled(76))

    def minimumSizeHint(self) -> QSize:
        """Still a good target."""
        return QSize(look.scaled(80), look.scaled(48))

    def paint_content(self, painter: QPainter, place: QRectF, dress: Dress) -> None:
        """Icon and word."""
        word_px = look.scaled(19)
        side = min(look.scaled(24), place.height() - word_px * 1.5)
        block = side + word_px * 1.3
        top = (place.height() - block) / 2
        colour = tokens.ICON_CHOSEN if self._here else tokens.INK2
        paint_icon(painter, self._icon, colour, QRectF((place.width() - side) / 2, top, side, side))
        below = QRectF(4, top + side, place.width() - 8, word_px * 1.4)
        fitted = fit(self._word, below.width(), below.height(), Setting(word_px, 600, 1, 1.2))
        paint_fitted(painter, below, fitted, dress.text, 600, Qt.AlignmentFlag.AlignCenter)


class Sidebar(QFrame):
    """``chosen(place)`` when a page is tapped; ``size_wanted`` asks for the next size,
    ``help_wanted`` for the sheet of the page in front."""

    chosen = Signal(str)
    size_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "well")
        self.setAccessibleName(say("op.nav.label"))
        rows = QVBoxLayout(self)
        pad = look.scaled(6)
        rows.setContentsMargins(pad, pad, pad, pad)
        rows.setSpacing(tokens.GRID)
        self.setFixedWidth(look.scaled(104))
        self.seal = Seal(look.scaled(52))
        rows.addWidget(self.seal, 0, Qt.AlignmentFlag.AlignHCenter)
        self.items: dict[PageName, SidebarItem] = {}
        for page in (one for one in PAGES if one.icon):
            item = SidebarItem(say(f"op.nav.{page.name.value}"), page.icon)
            item.clicked.connect(partial(self.chosen.emit, page.name.value))
            self.items[page.name] = item
            rows.addWidget(item, 9)
        rows.addStretch(1)
        self.help_item = SidebarItem(say("op.help"), "help")
        self.help_item.clicked.connect(self.help_wanted)
        rows.addWidget(self.help_item, 9)
        self.size_item = SidebarItem(say("op.size"), "text_size")
        self.size_item.clicked.connect(self.size_wanted)
        rows.addWidget(self.size_item, 9)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the pages have the place of the seal."""
        super().resizeEvent(event)
        self.seal.setVisible(self.height() >= look.scaled(LOW))

    def show_place(self, place: PageName) -> None:
        """The page in front; the steps of a session belong to today."""
        here = PageName.TODAY if place in STEPS else place
        for one, item in self.items.items():
            item.show_here(one is here)
