"""All lengths of the sign-in screen, from its size, the interface size and the panel's pitch.

Real pixels throughout. Fonts grow with the window; fingers' floors come from the
panel and never shrink with it.
"""

from __future__ import annotations

from msgspec import Struct

from ui.theme.tokens import SIGN_IN, TouchFloors

WIPE_BAR = 8
"""Height of the bar that shrinks before what was begun is wiped."""


LOW = 900
"""A drawer lower than this has no room for the count beside its keys."""
DRAWER_KEY = 96
"""No key of the drawer is smaller, whatever the panel's pitch and the interface size are."""


class Measure(Struct, frozen=True):
    """Lengths in real px; ``narrow`` is the drawer beside a playing course.

    ``low`` is a drawer in which what was said stands in the place of prompt and boxes, ``ask``
    high; ``foot`` is the row of the two ways out below the keys.
    """

    narrow: bool
    low: bool
    margin: int
    gap: int
    tile: int
    key: int
    header: int
    prompt: int
    boxes: int
    foot: int
    caption: float
    body: float
    control: float
    title: float
    name: float
    digits: float
    count: float

    @property
    def ask(self) -> int:
        """Prompt and boxes one below the other."""
        return self.prompt + self.gap // 2 + self.boxes


def measure(width: int, height: int, factor: float, floors: TouchFloors) -> Measure:
    """Lengths for a screen of ``width`` × ``height`` logical px."""
    narrow = width < height * 0.9
    low = narrow and height < LOW
    unit = min(height / 1080, width / (620 if narrow else 1500))
    unit = min(max(unit, 0.6), 2.4)

    def font(px: float, floor: float, share: float = 1.0) -> float:
        """A font that grows with window and size, but takes no more than a share of the height."""
        return min(max(px * unit * factor, floor), height * share)

    gap = max(min(floors.gap, round(height * (0.014 if narrow else 0.026))), 12)
    tile = min(floors.tile, int(height * (0.12 if narrow else 0.145)))
    margin = round((20 if narrow else 40) * unit)
    digits = font(SIGN_IN.digits, 44, 0.07 if narrow else 1.0)
    title = font(SIGN_IN.title + 6, 28, 0.05 if narrow else 1.0)
    count = font(110 if narrow else 150, 48, 0.1 if narrow else 0.155)
    header = 0 if low else max(round(64 * unit), 48 if narrow else tile)
    prompt = boxes = round(digits * 1.5)
    foot = max(tile, round(font(SIGN_IN.control, 28) * 2.9))
    if narrow:
        prompt, boxes = round(title * 1.25), round(digits * 1.25)
        foot = max(min(tile, int(height * 0.1)), 64)
        edges = max(margin // 2, 10) + max(margin * 2 // 3, 10) + WIPE_BAR + header
        card = 0 if low else round(count * 1.45) + gap * 3
        kept = edges + card + prompt + foot + gap // 2 + gap // 3 * 2 + gap * 5
        rest = height - kept - boxes - DRAWER_KEY * 4
        if low:
            boxes += min(max(rest, 0), round(digits * 0.7))
        key = max((height - kept - boxes) // 4, DRAWER_KEY)
        key = key if low else min(key, max(floors.key, DRAWER_KEY))
    else:
        key = min(int((height * 0.7 - 3 * gap) / 4), floors.key)
    return Measure(
        narrow=narrow,
        low=low,
        margin=margin,
        gap=gap,
        tile=tile,
        key=key,
        header=header,
        prompt=prompt,
        boxes=boxes,
        foot=foot,
        caption=font(SIGN_IN.caption + 4, 22),
        body=font(SIGN_IN.body + 4, 28),
        control=font(SIGN_IN.control, 28, 0.036 if narrow else 1.0),
        title=title,
        name=font(SIGN_IN.name, 60),
        digits=digits,
        count=count,
    )
