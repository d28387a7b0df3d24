"""The order Tab walks in: as one reads, whenever the parts were made.

Tiles and rows that are made while a page is shown would come last otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def read_in_order(root: QWidget) -> None:
    """Have Tab walk through everything shown in ``root`` in reading order."""
    for one, following in pairwise(tab_stops(root)):
        QWidget.setTabOrder(one, following)


def tab_stops(root: QWidget) -> list[QWidget]:
    """What Tab stops at, in the order of the layouts."""
    return [part for part in _walk(root) if part is not root and _stops(part)]


def _stops(part: QWidget) -> bool:
    takes = part.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(takes) and part.isEnabled() and part.focusProxy() is None


def _walk(part: QWidget) -> Iterator[QWidget]:
    if not part.isVisible():
        return
    yield part
    for child in _children(part):
        yield from _walk(child)


def _children(part: QWidget) -> list[QWidget]:
    layout = part.layout()
    ordered = list(_in_layout(layout)) if layout is not None else []
    known = set(map(id, ordered))
    loose = [
        child
        for child in part.children()
        if isinstance(child, QWidget) and id(child) not in known and not child.isWindow()
    ]
    loose.sort(key=lambda child: (child.y(), child.x()))
    return ordered + loose


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_layout(inner)
