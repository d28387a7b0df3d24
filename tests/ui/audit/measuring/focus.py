"""Faults of the keyboard's way: names for the ear, a ring for the eye, an order for Tab."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from tests.ui.audit.measuring.contrast import ratio
from tests.ui.audit.measuring.faults import Fault, Kind
from tests.ui.audit.measuring.tree import called, is_hot, place_in, seen_part, takes_tab, visible

RING_CONTRAST = 3.0
RING_SHARE = 0.6
RING_DEPTH = 8
"""So much of the edge must change, and by so much, for a ring to be a ring."""


def nameless(root: QWidget, skip: tuple[type[QWidget], ...] = ()) -> list[Fault]:
    """Parts that can be acted on or focused and say nothing to a screen reader."""
    return [
        Fault(Kind.NAMELESS, type(part).__name__, f"at {place_in(root, part).topLeft().toTuple()}")
        for part in visible(root, skip)
        if (is_hot(part) or takes_tab(part)) and not _name(part).strip()
    ]


def _name(part: QWidget) -> str:
    return part.accessibleName() or str(part.property("text") or "")


def stops(root: QWidget, skip: tuple[type[QWidget], ...] = ()) -> list[QWidget]:
    """Where Tab stops inside ``root``, in its order after a press of Tab."""
    QTest.keyClick(root, Qt.Key.Key_Tab)
    shown = {id(part) for part in visible(root, skip)}
    found: list[QWidget] = []
    part = root.nextInFocusChain()
    while part is not None and part is not root:
        if id(part) in shown and takes_tab(part):
            found.append(part)
        part = part.nextInFocusChain()
    return found


def tab_disorder(root: QWidget, order: list[QWidget]) -> list[Fault]:
    """Steps of Tab that go against reading: back in the line, or up without going right.

    Tab goes round, so one step leads from the end of the page to its beginning: the longest.
    """
    back: list[tuple[int, Fault]] = []
    for one, other in zip(order, order[1:] + order[:1], strict=True):
        here, there = seen_part(root, one), seen_part(root, other)
        if not here.isEmpty() and not there.isEmpty() and reads_backwards(here, there):
            fault = Fault(Kind.TAB_ORDER, called(one), f"then back to {called(other)}")
            way = (here.center() - there.center()).manhattanLength()
            back.append((way, fault))
    back.sort(key=lambda one: one[0])
    return [fault for _way, fault in back[:-1]]


def reads_backwards(here: QRect, there: QRect) -> bool:
    """Whether the second place comes before the first for a reading eye."""
    same_line = min(here.bottom(), there.bottom()) - max(here.top(), there.top()) > 0.5 * min(
        here.height(), there.height()
    )
    if same_line:
        return there.right() <= here.left()
    return there.bottom() <= here.top() and there.left() < here.right()


def ringless(order: list[QWidget], known: set[str]) -> list[Fault]:
    """Parts that look the same with the keyboard on them; each kind is looked at once."""
    faults = []
    before = QApplication.focusWidget()
    for part in order:
        kind = f"{type(part).__name__} {part.property('role')}"
        if kind in known or isinstance(part, QAbstractScrollArea) and not is_hot(part):
            continue
        known.add(kind)
        share = ring_share(part)
        if share < RING_SHARE:
            faults.append(Fault(Kind.RINGLESS, called(part), f"{share:.0%} of its edge changes"))
    if before is not None:
        before.setFocus()
    return faults


def ring_share(part: QWidget) -> float:
    """The share of a part's edge that changes visibly when the keyboard comes to it."""
    part.clearFocus()
    without = part.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    part.setFocus(Qt.FocusReason.TabFocusReason)
    if not part.hasFocus():
        return 0.0
    with_ring = part.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    across, down = range(16, without.width() - 16, 3), range(16, without.height() - 16, 3)
    spots = [(at, 0, 0, 1) for at in across] + [(at, without.height() - 1, 0, -1) for at in across]
    spots += [(0, at, 1, 0) for at in down] + [(without.width() - 1, at, -1, 0) for at in down]
    if not spots:
        return 0.0
    return sum(_changed(without, with_ring, spot) for spot in spots) / len(spots)


def _changed(one: QImage, other: QImage, spot: tuple[int, int, int, int]) -> bool:
    """Whether within a few pixels of an edge something stands out that did not before."""
    x, y, inward_x, inward_y = spot
    return any(
        ratio(
            one.pixel(x + inward_x * deep, y + inward_y * deep) & 0xFFFFFF,
            other.pixel(x + inward_x * deep, y + inward_y * deep) & 0xFFFFFF,
        )
        >= RING_CONTRAST
        for deep in range(RING_DEPTH)
    )
