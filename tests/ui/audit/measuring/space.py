"""Figures of space: how much of a page is empty, how many names are in sight, how large a word is
at the last row, and whether anything moved between two moments."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan, degrees

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from tests.ui.audit.measuring.contrast import picture_of
from tests.ui.audit.measuring.faults import Fault, Kind
from tests.ui.audit.measuring.tree import called, hot_parts, place_in, seen_part, visible
from ui.widgets.tiles.name_tile import NameTile

BLOCK_PX = 40
HAN = range(0x3400, 0x9FFF)
LEGIBLE_MINUTES = 25
"""So large a sign must be at the last row, in minutes of arc."""


def empty_share(root: QWidget) -> float:
    """The part of a screen, 0–1, whose blocks of 40 × 40 px are of one colour."""
    picture = picture_of(root)
    across, down = picture.width() // BLOCK_PX, picture.height() // BLOCK_PX
    empty = 0
    for y in range(down):
        for x in range(across):
            part = picture.copy(x * BLOCK_PX, y * BLOCK_PX, BLOCK_PX, BLOCK_PX)
            pixels = memoryview(part.constBits())
            empty += pixels == bytes(pixels[:4]) * (BLOCK_PX * BLOCK_PX)
    return empty / (across * down)


def names_in_sight(root: QWidget) -> int:
    """How many name tiles are wholly in sight."""
    tiles = (part for part in visible(root) if isinstance(part, NameTile))
    return sum(seen_part(root, tile) == place_in(root, tile) for tile in tiles)


def arc_minutes(px: float, lines: int, picture_m: float, last_row_m: float) -> float:
    """How large ``px`` of a picture of so many lines and metres of height are at the last row."""
    return degrees(atan(px / lines * picture_m / last_row_m)) * 60


def places(root: QWidget) -> dict[QWidget, QRect]:
    """Where everything is that a finger may be about to hit."""
    return {part: place_in(root, part) for part in hot_parts(root)}


def moved(root: QWidget, before: dict[QWidget, QRect]) -> list[Fault]:
    """What was hot before and is somewhere else now; what has gone is no fault."""
    now = places(root)
    return [
        Fault(Kind.MOVED, called(part), f"{_at(was)} became {_at(now[part])}")
        for part, was in before.items()
        if part in now and (now[part].topLeft() - was.topLeft()).manhattanLength() > 1
    ]


def foreign_windows(language: str) -> list[Fault]:
    """Windows beside ours whose buttons speak another language."""
    return [
        Fault(Kind.FOREIGN, type(window).__name__, word)
        for window in QApplication.topLevelWidgets()
        if isinstance(window, QDialog) and window.isVisible()
        for word in _buttons(window)
        if any(ord(sign) in HAN for sign in word) is not (language == "zh")
    ]


def _buttons(window: QWidget) -> Iterator[str]:
    for part in visible(window):
        if isinstance(part, QAbstractButton) and any(map(str.isalpha, part.text())):
            yield part.text()


def _at(place: QRect) -> str:
    corner: QPoint = place.topLeft()
    return f"{corner.x()},{corner.y()}"
