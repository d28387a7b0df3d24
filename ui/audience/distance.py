"""How large the room's text must be for the last row; all lengths in metres."""

from __future__ import annotations

from ui.theme import tokens

NEAR = 6.0
"""Up to so many image heights away, text of the plain size is read."""
FAR = 8.0
"""Beyond this even the largest text is too small."""


def heights_away(last_row_m: float, picture_m: float) -> float:
    """How many image heights the last row is away; 0 when that is not known."""
    return last_row_m / picture_m if last_row_m > 0 and picture_m > 0 else 0.0


def row_factor(last_row_m: float, picture_m: float) -> float:
    """What all text of the room's screen is multiplied with: 1 to 4/3."""
    away = heights_away(last_row_m, picture_m)
    return min(max(away / NEAR, 1.0), tokens.BACK_ROW)


def is_too_far(last_row_m: float, picture_m: float) -> bool:
    """Whether the last row cannot read even the largest text."""
    return heights_away(last_row_m, picture_m) > FAR
