"""Pixmap cache for painted widgets, keyed by content, size and look (Qt's own LRU, 12 MiB).

A screen of twenty parts that comes back is painted in a fraction of the time, and with few
calls between which a lane could take the interpreter away from the screen. GUI thread only.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QPixmapCache
from PySide6.QtWidgets import QWidget

from ui.theme import look

MOST_KIB = 12 << 10
_MOST_SEEN = 500
_seen: OrderedDict[str, None] = OrderedDict()


def paint_kept(widget: QWidget, shown: Hashable, draw: Callable[[QPainter, QRectF], None]) -> None:
    """Paint all of ``widget`` by ``draw``, or the kept picture of the same ``shown`` and size.

    ``draw`` lays an opaque ground below its words: words on nothing would come out otherwise.
    ``shown`` must name everything that ``draw`` looks at, but for the look in use; None, and a
    screen whose dots are no whole number a pixel, are painted directly.
    """
    ratio = widget.devicePixelRatioF()
    if shown is None or ratio != int(ratio) or look.is_own() or widget.size().isEmpty():
        draw(QPainter(widget), QRectF(widget.rect()))
        return
    key = repr((shown, widget.width(), widget.height(), ratio, look.worn_now()))
    picture = QPixmap()
    if not QPixmapCache.find(key, picture):
        if _is_new(key):
            draw(QPainter(widget), QRectF(widget.rect()))
            return
        picture = _drawn(widget, ratio, draw)
        QPixmapCache.setCacheLimit(MOST_KIB)
        QPixmapCache.insert(key, picture)
    QPainter(widget).drawPixmap(0, 0, picture)


def forget_pictures() -> None:
    """Before the program goes: pictures must not outlive what draws them."""
    QPixmapCache.clear()
    _seen.clear()


def _is_new(key: str) -> bool:
    """Whether this is seen for the first time: a name that comes once costs no picture."""
    if key in _seen:
        return False
    _seen[key] = None
    if len(_seen) > _MOST_SEEN:
        _seen.popitem(last=False)
    return True


def _drawn(widget: QWidget, ratio: float, draw: Callable[[QPainter, QRectF], None]) -> QPixmap:
    picture = QPixmap(widget.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw(painter, QRectF(widget.rect()))
    painter.end()
    return picture
