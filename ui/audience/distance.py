"""How large the room's text must be for the last row; all lengths in metres."""

from __future__ import annotations

from math import radians, tan

from ui.theme import tokens

LEAST_ARC = radians(25 / 60)
"""Under a smaller angle signs are not read with ease."""
NEAR = 6.0
"""Up to so many image heights away, text of the plain size is read."""
FAR = NEAR * tokens.FARTHEST_ROW
"""Beyond this even the largest text is too small."""


def heights_away(last_row_m: float, picture_m: float) -> float:
    """How many image heights the last row is away; 0 when that is not known."""
    return last_row_m / picture_m if last_row_m > 0 and picture_m > 0 else 0.0


def row_factor(last_row_m: float, picture_m: float) -> float:
    """What all text of the room's screen is multiplied with, from 1 on."""
    away = heights_away(last_row_m, picture_m)
    return min(max(away / NEAR, 1.0), tokens.FARTHEST_ROW)


def least_px(last_row_m: float, picture_m: float) -> float:
    """The smallest font, px of 1080 lines, that the last row reads with ease."""
    return 1080 * tan(LEAST_ARC) * heights_away(last_row_m, picture_m)


def is_too_far(last_row_m: float, picture_m: float) -> bool:
    """Whether the last row cannot read even the largest text."""
    return heights_away(last_row_m, picture_m) > FAR


def subtitle_px(size: tokens.InterfaceSize, last_row_m: float, picture_m: float) -> float:
    """The font of subtitles, px of 1080 lines: the smallest of the three is read in the last row."""
    plain = tokens.SUBTITLES[size]
    least = tokens.SUBTITLES[tokens.InterfaceSize.STANDARD]
    wanted = tokens.ROOM.floor * row_factor(last_row_m, picture_m)
    return plain * max(wanted / least, 1.0)
