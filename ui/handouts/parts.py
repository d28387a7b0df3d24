"""Which part of a page the room sees: as wide as the screen, step by step down the page.

A page that lies fits whole; one that stands is cut into thirds or so, a little of the part before
stays in sight. Larger, parts go from left to right and down, as one reads.
"""

from __future__ import annotations

from math import ceil

from msgspec import Struct

ZOOMS = (1.0, 1.5, 2.0)
WHOLE = 0.0
"""The whole page, however small."""
OVERLAP = 0.08
"""So much of a screen two parts that follow one another share."""
LIES_FROM = 0.7
"""A page that is so much of the screen's width when it is seen whole is not cut."""
MOST_PARTS = 60


class Part(Struct, frozen=True):
    """One part: the size of the whole drawing, px, and the rectangle of it that is seen."""

    full_width: int
    full_height: int
    left: int
    top: int
    width: int
    height: int

    @property
    def seen(self) -> tuple[float, float, float, float]:
        """Left, top, width and height in parts of the page."""
        return (
            self.left / self.full_width,
            self.top / self.full_height,
            self.width / self.full_width,
            self.height / self.full_height,
        )


def parts_of(wide: float, high: float, width: int, height: int, zoom: float) -> tuple[Part, ...]:
    """The parts of a page of ``wide`` × ``high`` on a screen of ``width`` × ``height`` px."""
    whole = min(width / wide, height / high)
    across = width / wide
    scale = whole if zoom == WHOLE or whole >= across * LIES_FROM else across
    scale *= zoom or 1.0
    full_width, full_height = max(int(wide * scale), 1), max(int(high * scale), 1)
    lefts = _steps(full_width, width)
    tops = _steps(full_height, height)
    if len(lefts) * len(tops) > MOST_PARTS:
        return parts_of(wide, high, width, height, WHOLE)
    seen = min(width, full_width), min(height, full_height)
    return tuple(Part(full_width, full_height, left, top, *seen) for top in tops for left in lefts)


def _steps(full: int, window: int) -> tuple[int, ...]:
    """Where the windows begin, evenly, the last one at the end."""
    if full <= window:
        return (0,)
    shared = window * OVERLAP
    count = ceil((full - shared) / (window - shared))
    return tuple(round((full - window) * one / (count - 1)) for one in range(count))
