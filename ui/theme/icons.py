"""The program's own line icons, recoloured as asked; always shown beside a word.

Files are ``resources/icons/<name>.svg``, drawn in ``currentColor`` on a 24 × 24 grid.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import look
from ui.theme.files import resource


def icon_names() -> tuple[str, ...]:
    """All icons that ship."""
    return tuple(sorted(path.stem for path in resource("icons").glob("*.svg")))


def paint_icon(painter: QPainter, name: str, colour: str, place: QRectF) -> None:
    """Draw an icon into a square of ``place``, centred."""
    side = min(place.width(), place.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(place.center())
    _drawing(name, look.worn(colour)).render(painter, square)


def pixmap(name: str, colour: str, px: int) -> QPixmap:
    """An icon ``px`` logical pixels wide, sharp on this screen."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _pixmap(name, look.worn(colour), px, ratio)


def icon(name: str, colour: str, px: int, gap: int = 0) -> QIcon:
    """The same as a ``QIcon`` with ``gap`` px of air at its right, alike in every state."""
    made = QIcon()
    picture = pixmap(name, colour, px)
    if gap:
        ratio = picture.devicePixelRatio()
        wide = QPixmap(QSize(px + gap, px) * ratio)
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(0, 0, picture)
        painter.end()
        picture = wide
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.Mode.Active, QIcon.Mode.Selected):
        made.addPixmap(picture, mode)
    return made


@lru_cache(maxsize=256)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, px: int, ratio: float) -> QPixmap:
    picture = QPixmap(QSize(px, px) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_icon(painter, name, colour, QRectF(0, 0, px, px))
    painter.end()
    return picture
