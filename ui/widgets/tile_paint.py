"""How a painted tile looks: its ground and border, and the focus ring all painted parts share."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.theme import look, tokens


class Dress(Struct, frozen=True):
    """Colours of one tile."""

    ground: str
    border: str
    text: str
    border_px: float = 2


PLAIN = Dress(tokens.CARD, tokens.LINE, tokens.INK)
HOVERED = Dress(tokens.CARD, tokens.PINE, tokens.INK)
PRESSED = Dress(tokens.PINE_TINT, tokens.PINE_DEEP, tokens.INK, 3)
CHOSEN = Dress(tokens.CHOSEN, tokens.PINE, tokens.ON_CHOSEN)
ARRIVED = Dress(tokens.PINE_TINT, tokens.PINE, tokens.INK)
WAITING = Dress(tokens.AMBER_TINT, tokens.AMBER, tokens.INK)
MUTED = Dress(tokens.MIST, tokens.LINE, tokens.INK)
MAIN = Dress(tokens.PINE, tokens.PINE, tokens.CARD)
MAIN_PRESSED = Dress(tokens.PINE_DEEP, tokens.PINE_DEEP, tokens.CARD)


def paint_tile(painter: QPainter, place: QRectF, dress: Dress, radius: float) -> None:
    """Fill and border of a tile."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = look.border_px(dress.border_px) / 2
    painter.setPen(QPen(look.ink(dress.border), look.border_px(dress.border_px)))
    painter.setBrush(look.ink(dress.ground))
    painter.drawRoundedRect(place.adjusted(half, half, -half, -half), radius, radius)


def paint_focus(painter: QPainter, place: QRectF, radius: float) -> None:
    """4 px of indigo and 2 px of white inside the edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = tokens.FOCUS_RING
    painter.setPen(QPen(look.ink(tokens.INDIGO), ring))
    painter.drawRoundedRect(place.adjusted(2, 2, -2, -2), radius, radius)
    painter.setPen(QPen(look.ink(tokens.CARD), 2))
    painter.drawRoundedRect(place.adjusted(5, 5, -5, -5), radius - 3, radius - 3)
