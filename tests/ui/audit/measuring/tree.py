"""Walking a shown widget tree: what is visible, where it is in the window, what is hot."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

HOT = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit)


def visible(root: QWidget, skip: tuple[type[QWidget], ...] = ()) -> Iterator[QWidget]:
    """A widget and everything shown inside it, parents first; ``skip`` are pictures of others."""
    if not root.isVisible() or isinstance(root, skip) or root.width() < 1 or root.height() < 1:
        return
    yield root
    for child in root.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from visible(child, skip)


def place_in(window: QWidget, part: QWidget) -> QRect:
    """A part's rectangle in the window."""
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def is_viewport(part: QWidget) -> bool:
    """Whether a widget is the part of a scrolling area that is looked through."""
    parent = part.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is part


def seen_part(window: QWidget, part: QWidget) -> QRect:
    """What of a part is not scrolled away, in the window; may be empty."""
    place = place_in(window, part)
    above = part.parentWidget()
    while above is not None and above is not window:
        if is_viewport(above):
            place = place.intersected(place_in(window, above))
        above = above.parentWidget()
    return place


def is_hot(part: QWidget) -> bool:
    """Whether a finger or pointer may act on it."""
    if isinstance(part, QLineEdit) and isinstance(part.parentWidget(), QAbstractSpinBox):
        return False
    hot = isinstance(part, HOT) or (
        isinstance(part, QAbstractSlider) and not isinstance(part, QScrollBar)
    )
    return hot and part.isEnabled()


def takes_tab(part: QWidget) -> bool:
    """Whether the Tab key stops at it."""
    policy = part.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(policy) and part.isEnabled() and part.focusProxy() is None


def hot_parts(window: QWidget, skip: tuple[type[QWidget], ...] = ()) -> list[QWidget]:
    """Everything hot that is wholly in sight."""
    return [
        part
        for part in visible(window, skip)
        if is_hot(part) and seen_part(window, part) == place_in(window, part)
    ]


def called(part: QWidget) -> str:
    """A widget as a person knows it."""
    name = part.accessibleName() or str(part.property("text") or "")
    return f"{type(part).__name__} '{name[:40]}'"


def inside(outer: QRectF, inner: QRectF, slack: float = 1.5) -> bool:
    """Whether a rectangle lies in another, give or take a pixel of soft edge."""
    return outer.adjusted(-slack, -slack, slack, slack).contains(inner)
