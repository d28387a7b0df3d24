"""All lengths of the sign-in screen, from its size, the interface size and the panel's pitch.

Real pixels throughout. Fonts grow with the window; fingers' floors come from the
panel and never shrink with it.
"""

from __future__ import annotations

from msgspec import Struct

from ui.theme.tokens import SIGN_IN, TouchFloors


class Measure(Struct, frozen=True):
    """Lengths in real px; ``narrow`` is the drawer beside a playing course."""

    narrow: bool
    margin: int
    gap: int
    tile: int
    key: int
    header: int
    caption: float
    body: float
    control: float
    title: float
    name: float
    digits: float
    count: float


def measure(width: int, height: int, factor: float, floors: TouchFloors) -> Measure:
    """Lengths for a screen of ``width`` × ``height`` logical px."""
    narrow = width < height * 0.9
    unit = min(height / 1080, width / (620 if narrow else 1500))
    unit = min(max(unit, 0.6), 2.4)

    def font(px: float, floor: float, share: float = 1.0) -> float:
        """A font that grows with window and size, but takes no more than a share of the height."""
        return min(max(px * unit * factor, floor), height * share)

    gap = max(min(floors.gap, round(height * 0.026)), 12)
    tile = min(floors.tile, int(height * (0.12 if narrow else 0.145)))
    low = narrow and height < 900
    rest = height * 0.7
    if narrow:
        rest = height - tile - gap * 4 - height * (0.27 if low else 0.44)
    key = int((rest - 3 * gap) / 4)
    if not narrow or low:
        key = min(key, floors.key)
    return Measure(
        narrow=narrow,
        margin=round((20 if narrow else 40) * unit),
        gap=gap,
        tile=tile,
        key=key,
        header=0 if low else max(round(64 * unit), 48 if narrow else tile),
        caption=font(SIGN_IN.caption + 4, 22),
        body=font(SIGN_IN.body + 4, 28),
        control=font(SIGN_IN.control, 28, 0.036 if narrow else 1.0),
        title=font(SIGN_IN.title + 6, 28, 0.05 if narrow else 1.0),
        name=font(SIGN_IN.name, 60),
        digits=font(SIGN_IN.digits, 44, 0.07 if narrow else 1.0),
        count=font(110 if narrow else 150, 48, 0.065 if low else 0.1 if narrow else 0.155),
    )
