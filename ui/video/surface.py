"""Surfaces that paint the player's newest picture, letter-boxed on black.

The hub takes each picture once; the audience's surface and the operator's mirror paint the
same memory. Freeze holds what the room sees, its subtitle too, by taking nothing more; black paints black.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.player.frames import Frame, FrameRing
from ui.video.subtitle import paint_subtitle, subtitle_band

SMOOTH_BUDGET_MS = 12.0
"""A smooth surface that takes longer for a picture, on the average, paints plainly from then on."""
_JUDGED = 25
"""Pictures before a judgement: one second."""


class FrameHub(QObject):
    """What the room sees now; GUI thread only."""

    changed = Signal()
    """There is something else to paint."""

    def __init__(
        self,
        ring: FrameRing,
        parent: QObject | None = None,
        words: Callable[[], str] = lambda: "",
    ) -> None:
        """``words`` tells what the subtitle says now."""
        super().__init__(parent)
        self._ring, self._words_now = ring, words
        self.words = ""
        """The subtitle that is painted over the picture."""
        self.words_px = 72.0
        """Its font, of 1080 lines."""
        self._image: QImage | None = None
        self._frame: Frame | None = None
        self._shape = (0, 0)
        self._frozen = False
        self._black = False
        self.taken = 0

    @property
    def image(self) -> QImage | None:
        """The picture to paint, or None for black; valid until the next ``pull``."""
        return None if self._black else self._image

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height the picture is to be shown in, whatever its memory's are."""
        return self._shape

    def pull(self) -> None:
        """Take the newest picture, unless frozen, and have every surface painted."""
        if self._frozen:
            return
        self.read_words()
        frame = self._ring.take()
        if frame is None:
            # A picture that stands gets its shape also when that is known only after it.
            shape = self._ring.shown_of_taken
            if self._frame is not None and shape is not None and shape != self._shape:
                self._shape = shape
                self.changed.emit()
            return
        # The image before the frame: an image must never outlive the memory it shows.
        self._image = QImage(
            memoryview(frame.buffer),
            frame.width,
            frame.height,
            frame.pitch,
            QImage.Format.Format_RGB32,
        )
        self._frame = frame
        self._shape = frame.shown
        self.taken += 1
        self.changed.emit()

    def read_words(self) -> None:
        """Time has passed: the subtitle may say something else, also where no picture comes."""
        if self._frozen:
            return
        words = self._words_now()
        if words != self.words:
            self.words = words
            self.changed.emit()

    def write_large(self, words_px: float) -> None:
        """From now on subtitles are so large."""
        if words_px != self.words_px:
            self.words_px = words_px
            self.changed.emit()

    def freeze(self, frozen: bool) -> None:
        """Hold the present picture, or go on with the newest."""
        if frozen and not self._frozen:
            self.hold_last()
        self._frozen = frozen
        if not frozen:
            self.pull()

    def black(self, black: bool) -> None:
        """Paint black, or the picture again."""
        self._black = black
        self.changed.emit()

    def clear(self) -> None:
        """Nothing to show: after the player stopped. Ends a freeze."""
        self._image = self._frame = None
        self._frozen, self.words = False, ""
        self.changed.emit()

    def hold_last(self) -> None:
        """Keep the last picture beyond the life of the player's memory: at the end of a file."""
        if self._image is not None and self._frame is not None:
            self._image = self._image.copy()
            self._frame = None


class VideoSurface(QWidget):
    """Paints the hub's picture as large as it fits; the rest is black.

    Plain scaling costs 0.3 ms a picture for a mirror and 3 ms for 1080 lines of a 720p course,
    ``smooth`` 1 and 16 ms of one core; where that is too slow it is given up by itself.
    """

    def __init__(
        self, hub: FrameHub, parent: QWidget | None = None, *, smooth: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._hub = hub
        self.smooth = smooth
        self.budget_ms = SMOOTH_BUDGET_MS
        self._spent_ms = 0.0
        self._judged = 0
        self._written: object = None
        self._letters, self._band = QPixmap(), QRect()
        self.painted = 0
        """Pictures painted, black not counted."""
        # Qt itself ends this connection when the widget goes.
        hub.changed.connect(self.update)

    def detach(self) -> None:
        """Follow the hub no more."""
        self._hub.changed.disconnect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what the room sees."""
        painter = QPainter(self)
        image = self._hub.image
        if image is None:
            painter.fillRect(self.rect(), Qt.GlobalColor.black)
            return
        began = time.perf_counter()
        target = fitted(*self._hub.shape, self.rect())
        if target != self.rect():
            painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.smooth)
        painter.drawImage(target, image)
        if self._hub.words:
            self._paint_words(painter)
        self.painted += 1
        if self.smooth:
            self._judge((time.perf_counter() - began) * 1000)

    def _paint_words(self, painter: QPainter) -> None:
        """The letters are set once for each text and size; large ones cost milliseconds."""
        wanted = (self._hub.words, self._hub.words_px, self.size(), self.devicePixelRatio())
        if wanted != self._written:
            size = QSizeF(self.size())
            band = subtitle_band(self._hub.words, size, self._hub.words_px).toAlignedRect()
            picture = QPixmap(band.size() * self.devicePixelRatio())
            picture.setDevicePixelRatio(self.devicePixelRatio())
            picture.fill(Qt.GlobalColor.transparent)
            letters = QPainter(picture)
            letters.translate(-band.topLeft())
            paint_subtitle(letters, size, self._hub.words, self._hub.words_px)
            letters.end()
            self._written, self._letters, self._band = wanted, picture, band
        painter.drawPixmap(self._band.topLeft(), self._letters)

    def _judge(self, spent_ms: float) -> None:
        self._spent_ms += spent_ms
        self._judged += 1
        if self._judged == _JUDGED:
            self.smooth = self._spent_ms <= self.budget_ms * _JUDGED
            self._spent_ms, self._judged = 0.0, 0


def fitted(width: int, height: int, place: QRect) -> QRect:
    """The largest rectangle of the picture's shape inside ``place``, centred."""
    scale = min(place.width() / max(width, 1), place.height() / max(height, 1))
    target = QRect(0, 0, round(width * scale), round(height * scale))
    target.moveCenter(place.center())
    return target
