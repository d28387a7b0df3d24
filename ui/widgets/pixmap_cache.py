"""Pictures of painted parts, kept while they look the same: showing one again is one blit.

A screen of twenty parts that comes back is painted in a fraction of the time, and with few
calls between which a lane could take the interpreter away from the screen. The newest are
kept, up to ``MOST_BYTES``. GUI thread only.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import look

MOST_BYTES = 12 << 20
_DEEP = 4
"""Bytes of one dot."""

_MOST_SEEN = 500

_seen: OrderedDict[Hashable, None] = OrderedDict()
_kept: OrderedDict[Hashable, QPixmap] = OrderedDict()
_bytes = [0]


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
    key = (shown, widget.width(), widget.height(), ratio, look.worn_now())
    picture = _kept.get(key)
    if picture is None and _is_new(key):
        draw(QPainter(widget), QRectF(widget.rect()))
        return
    if picture is None:
        picture = _drawn(widget, ratio, draw)
        _keep(key, picture)
    else:
        _kept.move_to_end(key)
    QPainter(widget).drawPixmap(0, 0, picture)


def forget_pictures() -> None:
    """Before the program goes: pictures must not outlive what draws them."""
    _kept.clear()
    _seen.clear()
    _bytes[0] = 0


def kept_bytes() -> int:
    """What is kept now."""
    return _bytes[0]


def _is_new(key: Hashable) -> bool:
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


def _keep(key: Hashable, picture: QPixmap) -> None:
    _kept[key] = picture
    _bytes[0] += _weight(picture)
    while _bytes[0] > MOST_BYTES and len(_kept) > 1:
        _bytes[0] -= _weight(_kept.popitem(last=False)[1])


def _weight(picture: QPixmap) -> int:
    return picture.width() * picture.height() * _DEEP
