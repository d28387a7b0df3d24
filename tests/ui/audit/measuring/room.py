"""Faults of the room's screen: text in the border where projectors cut, and digits of people."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtWidgets import QWidget

from tests.ui.audit.measuring.drawn import Word
from tests.ui.audit.measuring.faults import Fault, Kind
from tests.ui.audit.measuring.tree import called, inside

BORDER = 0.05
PRIVATE = re.compile(r"\d{7,}")


def border_faults(root: QWidget, words: tuple[Word, ...]) -> list[Fault]:
    """Text outside the safe nine tenths of the picture."""
    across, down = root.width() * BORDER, root.height() * BORDER
    safe = QRectF(root.rect()).adjusted(across, down, -across, -down)
    faults = []
    for word in words:
        corner = word.owner.mapTo(root, QPoint(0, 0)) if word.owner is not root else QPoint(0, 0)
        ink = QRectF(word.ink).translated(corner.x(), corner.y())
        if not inside(safe, ink):
            faults.append(Fault(Kind.BORDER, called(word.owner), word.text[:30]))
    return faults


def private_digits(words: tuple[Word, ...]) -> list[Fault]:
    """Runs of seven digits and more: a phone, an identity card."""
    return [
        Fault(Kind.PRIVATE, called(word.owner), word.text[:30])
        for word in words
        if PRIVATE.search(word.text)
    ]
