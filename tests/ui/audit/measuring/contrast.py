"""Contrast of text as it stands in the picture: the commonest colour against the farthest from it."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.ui.audit.measuring.drawn import Word
from tests.ui.audit.measuring.faults import Fault, Floors, Kind
from tests.ui.audit.measuring.tree import called, seen_part

LOOK_PX = 120
"""So much of a text's width is looked at: a few signs tell its colours."""
BOLD = 600


@lru_cache(maxsize=8192)
def luminance(rgb: int) -> float:
    """Relative luminance of 0xRRGGBB; what stands above these bits does not count."""

    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return (
        0.2126 * linear(rgb >> 16 & 255)
        + 0.7152 * linear(rgb >> 8 & 255)
        + 0.0722 * linear(rgb & 255)
    )


def ratio(one: int, other: int, system: float | None = None) -> float:
    """Contrast of two colours; ``system`` is that of the projector in its room."""
    haze = 0.05 if system is None else 1 / (system - 1)
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + haze) / (dark + haze)


def measured(picture: QImage, ink: QRect, system: float | None = None) -> float:
    """The contrast of what is drawn in a rectangle of an RGB32 picture; 0 when there is nothing."""
    place = ink.intersected(picture.rect())
    if place.width() < 2 or place.height() < 2:
        return 0.0
    place.setWidth(min(place.width(), LOOK_PX))
    cut_out = picture.copy(place)  # must outlive its bits
    counted = Counter(memoryview(cut_out.constBits()).cast("I"))
    ground = counted.most_common(1)[0][0] & 0xFFFFFF
    farthest = min(counted, key=luminance), max(counted, key=luminance)
    return max(ratio(ground, colour, system) for colour in farthest)


def contrast_faults(
    root: QWidget, picture: QImage, words: tuple[Word, ...], floors: Floors
) -> list[Fault]:
    """Texts that do not stand out enough from their ground."""
    faults = []
    for word in words:
        place = _in_picture(root, word)
        if place.isEmpty():
            continue
        large = word.px >= floors.large_px - 0.5 and word.weight >= BOLD
        floor = floors.large_contrast if large else floors.contrast
        found = measured(picture, place, floors.system)
        if found and found < floor - 0.1:
            where = f"{called(word.owner)} “{word.text[:24]}”"
            faults.append(Fault(Kind.CONTRAST, where, f"{found:.1f} of {floor:.1f}"))
    return faults


def picture_of(root: QWidget) -> QImage:
    """A screen as pixels."""
    return root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def _in_picture(root: QWidget, word: Word) -> QRect:
    corner = word.owner.mapTo(root, QPoint(0, 0)) if word.owner is not root else QPoint(0, 0)
    ink = QRectF(word.ink).translated(corner.x(), corner.y()).toAlignedRect()
    seen = seen_part(root, word.owner)
    return ink if seen.contains(ink) else QRect()
