"""The page as the operator sees it: whole and small, with a frame around what the room sees."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import say
from ui.audience.picture.moments import picture_of
from ui.audience.state import HandoutPage
from ui.theme import look, tokens

_VEIL = 90


class PagePicture(QWidget):
    """``show_page`` for each page and part; nothing is drawn while the page is not there yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: HandoutPage | None = None
        self.seen = (0.0, 0.0, 1.0, 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("handout.picture"))

    def show_page(self, page: HandoutPage | None, seen: tuple[float, float, float, float]) -> None:
        """Show this page and which part of it the room sees."""
        if (page, seen) != (self.page, self.seen):
            self.page, self.seen = page, seen
            self.update()

    def sizeHint(self) -> QSize:
        """A page that stands."""
        return QSize(look.scaled(170), look.scaled(170))

    def minimumSizeHint(self) -> QSize:
        """Still to be made out."""
        return QSize(look.scaled(96), look.scaled(84))

    def place(self) -> QRectF:
        """The rectangle of the page inside this widget."""
        if self.page is None:
            return QRectF()
        scale = min(self.width() / self.page.width, self.height() / self.page.height)
        place = QRectF(0, 0, self.page.width * scale, self.page.height * scale)
        place.moveCenter(QRectF(self.rect()).center())
        return place.adjusted(2, 2, -2, -2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page, what is not seen under a veil, and the frame."""
        if self.page is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place, picture = self.place(), picture_of(self.page)
        painter.drawImage(place, picture, QRectF(picture.rect()))
        left, top, wide, high = self.seen
        seen = QRectF(
            place.left() + left * place.width(),
            place.top() + top * place.height(),
            wide * place.width(),
            high * place.height(),
        )
        veil = QColor(tokens.NIGHT)
        veil.setAlpha(_VEIL)
        painter.save()
        painter.setClipRect(place)
        for part in (
            QRectF(place.left(), place.top(), place.width(), seen.top() - place.top()),
            QRectF(place.left(), seen.bottom(), place.width(), place.bottom() - seen.bottom()),
            QRectF(place.left(), seen.top(), seen.left() - place.left(), seen.height()),
            QRectF(seen.right(), seen.top(), place.right() - seen.right(), seen.height()),
        ):
            painter.fillRect(part, veil)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.ink(tokens.PINE), 4))
        painter.drawRect(seen)
