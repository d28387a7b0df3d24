"""Faults of place: overlapping siblings, small or crowded targets, scroll bars."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractScrollArea, QHeaderView, QScrollBar, QStackedWidget, QWidget

from tests.ui.audit.measuring.faults import Fault, Floors, Kind
from tests.ui.audit.measuring.tree import (
    called,
    hot_parts,
    is_hot,
    is_viewport,
    place_in,
    seen_part,
    visible,
)
from ui.widgets.touch.keypad import Key


def place_faults(
    root: QWidget, floors: Floors, skip: tuple[type[QWidget], ...] = ()
) -> list[Fault]:
    """All faults of place of one screen."""
    shown = list(visible(root, skip))
    faults = siblings_over_each_other(shown) + over_the_edge(shown)
    faults += cut_at_the_side(root, shown)
    if not floors.scrolls:
        faults += scroll_bars(shown)
    parts = hot_parts(root, skip)
    faults += small_targets(parts, floors)
    faults += crowded_targets(root, parts, floors)
    return faults


def siblings_over_each_other(shown: list[QWidget]) -> list[Fault]:
    """Two children of one parent that share pixels, unless one is meant to lie over the rest."""
    faults = []
    for parent in shown:
        if isinstance(parent, QStackedWidget):
            continue
        own = [
            one
            for one in parent.children()
            if isinstance(one, QWidget) and one.isVisible() and not one.isWindow()
        ]
        own = [one for one in own if not one.property("veil") and not is_viewport(one)]
        for number, one in enumerate(own):
            for other in own[number + 1 :]:
                shared = one.geometry().intersected(other.geometry())
                if shared.width() > 1 and shared.height() > 1:
                    what = f"{shared.width()}×{shared.height()} px with {called(other)}"
                    faults.append(Fault(Kind.OVERLAP, called(one), what))
    return faults


def over_the_edge(shown: list[QWidget]) -> list[Fault]:
    """Parts that reach out of what holds them, where nothing scrolls."""
    faults = []
    for part in shown[1:]:
        holder = part.parentWidget()
        if holder is None or is_viewport(holder) or holder.rect().contains(part.geometry()):
            continue
        if isinstance(holder, QAbstractScrollArea | QHeaderView):
            continue
        what = f"{part.geometry().getRect()} in {holder.size().toTuple()}"
        faults.append(Fault(Kind.CLIPPED, called(part), what))
    return faults


def cut_at_the_side(root: QWidget, shown: list[QWidget]) -> list[Fault]:
    """Targets of a scrolling place that lie partly under its bar or beyond its side."""
    faults = []
    for part in filter(is_hot, shown):
        whole, seen = place_in(root, part), seen_part(root, part)
        if not seen.isEmpty() and seen.width() < whole.width():
            what = f"{seen.width()} of {whole.width()} px across"
            faults.append(Fault(Kind.CLIPPED, called(part), what))
    return faults


def scroll_bars(shown: list[QWidget]) -> list[Fault]:
    """Scroll bars in sight."""
    return [
        Fault(Kind.SCROLLBAR, called(part.parentWidget() or part), f"{part.width()} px wide")
        for part in shown
        if isinstance(part, QScrollBar)
    ]


def small_targets(parts: list[QWidget], floors: Floors) -> list[Fault]:
    """Targets below their floor in either direction."""
    faults = []
    for part in parts:
        floor = floors.key if isinstance(part, Key) else floors.target
        least = min(part.width(), part.height())
        if least < floor - 0.5:
            what = f"{part.width()}×{part.height()} of {floor:.0f} px"
            faults.append(Fault(Kind.SMALL_TARGET, called(part), what))
    return faults


def crowded_targets(root: QWidget, parts: list[QWidget], floors: Floors) -> list[Fault]:
    """Neighbours with less air between them than the floor."""
    placed = sorted(((place_in(root, part), part) for part in parts), key=lambda one: one[0].top())
    faults = []
    for number, (place, part) in enumerate(placed):
        for other, beside in placed[number + 1 :]:
            if other.top() - place.bottom() > floors.gap:
                break
            air = _air(place, other)
            if air < floors.gap - 1 and not part.isAncestorOf(beside):
                what = f"{air} of {floors.gap:.0f} px to {called(beside)}"
                faults.append(Fault(Kind.NEAR_TARGETS, called(part), what))
    return faults


def _air(one: QRect, other: QRect) -> int:
    """Pixels between two rectangles that are beside or below each other."""
    across = max(other.left() - one.right(), one.left() - other.right()) - 1
    down = max(other.top() - one.bottom(), one.top() - other.bottom()) - 1
    return max(across, down)
