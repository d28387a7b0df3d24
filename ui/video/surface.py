"""Surfaces that paint the player's newest picture, letter-boxed on black.

The hub takes each picture once; the audience's surface and the operator's mirror paint the
same memory. Freeze holds what the room sees by taking nothing more; black paints black.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.player.frames import Frame, FrameRing


class FrameHub(QObject):
    """What the room sees now; GUI thread only."""

    def __init__(self, ring: FrameRing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ring = ring
        self._image: QImage | None = None
        self._frame: Frame | None = None
        self._surfaces: list[VideoSurface] = []
        self._frozen = False
        self._black = False
        self.taken = 0

    @property
    def image(self) -> QImage | None:
        """The picture to paint, or None for black."""
        return None if self._black else self._image

    def pull(self) -> None:
        """Take the newest picture, unless frozen, and have every surface painted."""
        if self._frozen:
            return
        frame = self._ring.take()
        if frame is None:
            return
        self._frame = frame
        self._image = QImage(
            memoryview(frame.buffer),
            frame.width,
            frame.height,
            frame.pitch,
            QImage.Format.Format_RGB32,
        )
        self.taken += 1
        self._repaint()

    def freeze(self, frozen: bool) -> None:
        """Hold the present picture, or go on with the newest."""
        if frozen and not self._frozen and self._image is not None:
            self._image = self._image.copy()
        self._frozen = frozen
        if not frozen:
            self.pull()

    def black(self, black: bool) -> None:
        """Paint black, or the picture again."""
        self._black = black
        self._repaint()

    def clear(self) -> None:
        """Nothing to show: after the player stopped."""
        self._image = self._frame = None
        self._frozen = False
        self._repaint()

    def hold_last(self) -> None:
        """Keep the last picture beyond the life of the player's memory: at the end of a file."""
        if self._image is not None:
            self._image = self._image.copy()
            self._frame = None

    def add(self, surface: VideoSurface) -> None:
        """A surface wants to be painted from now on."""
        self._surfaces.append(surface)
        surface.destroyed.connect(self._forget_destroyed)

    def drop(self, surface: VideoSurface) -> None:
        """It does not any more."""
        if surface in self._surfaces:
            self._surfaces.remove(surface)

    def _forget_destroyed(self) -> None:
        self._surfaces = [one for one in self._surfaces if not one.gone]

    def _repaint(self) -> None:
        for surface in self._surfaces:
            surface.update()


class VideoSurface(QWidget):
    """Paints the hub's picture as large as it fits; the rest is black."""

    def __init__(self, hub: FrameHub, parent: QWidget | None = None, *, smooth: bool = False) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hub = hub
        self._smooth = smooth
        self.painted = 0
        self.gone = False
        hub.add(self)

    def detach(self) -> None:
        """Stop being painted by the hub; before this widget is thrown away."""
        self.gone = True
        self._hub.drop(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        image = self._hub.image
        if image is None:
            painter.fillRect(self.rect(), Qt.GlobalColor.black)
            return
        target = fitted(image.width(), image.height(), self.rect())
        if target != self.rect():
            painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
        painter.drawImage(target, image)
        self.painted += 1


def fitted(width: int, height: int, place: QRect) -> QRect:
    """The largest rectangle of the picture's shape inside ``place``, centred."""
    scale = min(place.width() / max(width, 1), place.height() / max(height, 1))
    target = QRect(0, 0, round(width * scale), round(height * scale))
    target.moveCenter(place.center())
    return target
