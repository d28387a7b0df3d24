"""What a widget really draws: its texts with font, colour and place, from a recording paint device.

Works alike for labels, buttons, tables and for everything that paints itself, because it
listens to the painting and not to properties.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainterPath,
    QRegion,
    QTextItem,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from ui.widgets.pixmap_cache import forget_pictures


@dataclass(frozen=True, slots=True)
class Word:
    """A run of text as it was drawn; ``ink`` is its inked rectangle in the widget, ``let`` what the
    painter let through of what was drawn then (everything without one)."""

    owner: QWidget
    text: str
    ink: QRectF
    px: float
    weight: int
    let: QRectF | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    at: QPointF
    scale: float
    font: QFont
    let: QRectF | None


_CLIP_PATH = QPaintEngine.DirtyFlag.DirtyClipPath


class _Ear(QPaintEngine):
    """Hears texts and forgets everything else."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.heard: list[_Run] = []
        self._turn = QTransform()
        self._let: QRectF | None = None

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        if state.state() & QPaintEngine.DirtyFlag.DirtyTransform:
            self._turn = state.transform()
        if state.state() & (QPaintEngine.DirtyFlag.DirtyClipRegion | _CLIP_PATH):
            self._clip(state)

    def _clip(self, state: QPaintEngineState) -> None:
        """Follow what is let through; a painter that takes a clip back tells all from the start."""
        if state.clipOperation() is Qt.ClipOperation.NoClip:
            self._let = None
            return
        path = state.state() & _CLIP_PATH
        now = state.clipPath().boundingRect() if path else QRectF(state.clipRegion().boundingRect())
        now = state.transform().mapRect(now)
        if state.clipOperation() is Qt.ClipOperation.IntersectClip and self._let is not None:
            now = now.intersected(self._let)
        self._let = now

    def drawTextItem(self, at: QPointF | QPoint | QPainterPath.Element, item: QTextItem) -> None:
        if item.text().strip() and isinstance(at, QPointF | QPoint):
            place = self._turn.map(QPointF(at))
            self.heard.append(
                _Run(item.text(), place, self._turn.m11(), QFont(item.font()), self._let)
            )

    def drawPixmap(self, *_parts: object) -> None:
        """Not heard."""

    def drawImage(self, *_parts: object, **_more: object) -> None:
        """Not heard."""

    drawPath = drawPolygon = drawRects = drawLines = drawPixmap
    drawEllipse = drawPoints = drawTiledPixmap = drawPixmap


class _Sheet(QPaintDevice):
    """A sheet of paper of a widget's size that keeps nothing but what is heard."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.ear = _Ear()
        metric = QPaintDevice.PaintDeviceMetric
        self._metrics = {
            metric.PdmWidth: size.width(),
            metric.PdmHeight: size.height(),
            metric.PdmDpiX: 96,
            metric.PdmDpiY: 96,
            metric.PdmPhysicalDpiX: 96,
            metric.PdmPhysicalDpiY: 96,
            metric.PdmDepth: 32,
            metric.PdmDevicePixelRatio: 1,
            metric.PdmDevicePixelRatioScaled: 65536,
        }

    def paintEngine(self) -> QPaintEngine:
        return self.ear

    def metric(self, asked: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(asked, 1)


def words_of(widget: QWidget) -> tuple[Word, ...]:
    """Everything one widget draws itself, its children not counted."""
    forget_pictures()  # a kept picture says nothing of what is written on it
    sheet = _Sheet(widget.size())
    widget.render(sheet, QPoint(), QRegion(), QWidget.RenderFlag(0))
    return tuple(
        Word(
            widget,
            run.text.strip(),
            _ink(run),
            run.font.pixelSize() * run.scale,
            int(run.font.weight()),
            run.let,
        )
        for run in sheet.ear.heard
    )


def _ink(run: _Run) -> QRectF:
    left, top, wide, high = _tight(run.text, run.font.toString())
    scale = run.scale
    return QRectF(
        run.at.x() + left * scale, run.at.y() + top * scale, wide * scale, high * scale
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _tight(text: str, font_words: str) -> tuple[float, float, float, float]:
    font = QFont()
    font.fromString(font_words)
    ink = QFontMetricsF(font).tightBoundingRect(text)
    return ink.x(), ink.y(), ink.width(), ink.height()
