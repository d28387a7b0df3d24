"""The operator's small live picture of what the room sees now, at most four times a second."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import say
from ui.audience.picture.scenes import paint_room
from ui.audience.stage import AudienceStage
from ui.audience.state import RoomShows
from ui.theme import look, tokens
from ui.theme.icons import paint_icon
from ui.widgets.fit.text import Setting, fit, paint_fitted

BEAT_MS = 250


class StageMirror(QWidget):
    """Keeps the stage's proportions. A second video surface may be given for playing."""

    def __init__(self, stage: AudienceStage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._video: QWidget | None = None
        self._picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(look.scaled(240), look.scaled(150))
        self.setAccessibleName(say("audience.mirror"))
        self._beat = QTimer(self, singleShot=True, interval=BEAT_MS)
        self._beat.timeout.connect(self._look_again)
        stage.changed.connect(self._soon)

    def set_video_widget(self, surface: QWidget) -> None:
        """A surface that shows the same video; it is visible only while the room sees video."""
        self._video = surface
        surface.setParent(self)
        self._place_video()

    def sizeHint(self) -> QSize:
        """A sixteenth of a screen."""
        return QSize(look.scaled(480), look.scaled(270))

    def heightForWidth(self, width: int) -> int:
        """The stage's proportions."""
        return round(width / self._ratio())

    def hasHeightForWidth(self) -> bool:
        """It has."""
        return True

    def place(self) -> QRectF:
        """The rectangle of the picture inside this widget."""
        wide = min(float(self.width()), self.height() * self._ratio())
        place = QRectF(0, 0, wide, wide / self._ratio())
        place.moveCenter(QRectF(self.rect()).center())
        return place

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the room's picture, or say what it sees."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place, shows = self.place(), self._stage.state.shows
        if shows in (RoomShows.PLAY, RoomShows.BLACK):
            self._paint_dark(painter, place, shows)
        elif shows is RoomShows.SIGN_IN:
            if self._picture.isNull():
                self._picture = self._stage.grab()
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
            self._beat.start()
        else:
            self._paint_room(painter, place)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.LINE), 2))
        painter.drawRect(place.adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the surface in its place."""
        super().resizeEvent(event)
        self._place_video()

    def _paint_room(self, painter: QPainter, place: QRectF) -> None:
        """Painted anew and small, so it is sharp and works without a second screen."""
        room = QSizeF(1080 * self._ratio(), 1080.0)
        painter.save()
        painter.translate(place.topLeft())
        painter.scale(place.width() / room.width(), place.height() / room.height())
        paint_room(painter, room, self._stage.state)
        painter.restore()

    def _paint_dark(self, painter: QPainter, place: QRectF, shows: RoomShows) -> None:
        painter.fillRect(place, QColor(tokens.BLACK))
        if shows is RoomShows.PLAY and self._video is not None:
            return
        playing = shows is RoomShows.PLAY
        side = min(place.height() * 0.24, look.scaled(64))
        icon = QRectF(0, 0, side, side)
        icon.moveCenter(place.center())
        icon.translate(0, -side * 0.5)
        paint_icon(painter, "play" if playing else "black", tokens.MOON, icon)
        word_place = QRectF(place.left(), icon.bottom(), place.width(), side)
        words = say("audience.playing" if playing else "audience.black")
        wish = Setting(look.scaled(20), 600)
        word = fit(words, place.width() - 16, side, wish)
        paint_fitted(painter, word_place, word, tokens.MOON, 600)

    def _ratio(self) -> float:
        # A window that was never shown has laid nothing out in it yet.
        stage = self._stage if self._stage.isVisible() else self._stage.window()
        size = stage.size()
        return size.width() / size.height() if size.height() else 16 / 9

    def _soon(self) -> None:
        self._place_video()
        if not self._beat.isActive():
            self._beat.start()

    def _look_again(self) -> None:
        self._picture = QPixmap()
        self.updateGeometry()
        self.update()

    def _place_video(self) -> None:
        if self._video is not None:
            self._video.setGeometry(self.place().toRect().adjusted(2, 2, -2, -2))
            self._video.setVisible(self._stage.state.shows is RoomShows.PLAY)
