"""What an audit finds: one fault, and the floors a screen is held to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.theme import tokens


class Kind(StrEnum):
    """What can be wrong with a screen."""

    CLIPPED = "clipped"
    ELIDED = "elided"
    SMALL_TEXT = "small text"
    OVERLAP = "overlap"
    SCROLLBAR = "scrollbar"
    SMALL_TARGET = "small target"
    NEAR_TARGETS = "targets too near"
    NAMELESS = "no accessible name"
    RINGLESS = "no focus ring"
    TAB_ORDER = "tab order"
    CONTRAST = "contrast"
    BORDER = "in the safe border"
    WHEEL = "changed by the wheel"
    PRIVATE = "digits of a person"
    MOVED = "moved under the finger"
    FOREIGN = "a window of another language"
    EMPTY = "too empty"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where is the widget as a person knows it, what is the figure that is wrong."""

    kind: Kind
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.where} – {self.what}"


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one kind of screen; lengths are logical px.

    ``key`` is the floor of keypad keys; ``large_contrast`` is enough for bold text from
    ``large_px`` up. ``scrolls`` tells whether lists may scroll;
    ``system`` is the projector's contrast in its room, None for a screen one sits at.
    """

    text: float
    target: float
    key: float
    gap: float
    scrolls: bool = True
    contrast: float = 7.0
    large_contrast: float = 6.6
    large_px: float = 24
    system: float | None = None


def operator_floors(factor: float) -> Floors:
    """44 px at 100 % (9 mm and more on any station's panel), 12 px between, text 18 px."""
    return Floors(text=18, target=round(44 * factor), key=round(44 * factor), gap=12)


def member_floors(pitch_mm: float, text: float = 22) -> Floors:
    """Millimetres of the panel: 16 for targets, 20 for keys, 5 between."""
    floors = tokens.touch_floors(pitch_mm)
    return Floors(
        text=text, target=floors.tile, key=floors.key, gap=floors.gap, scrolls=False
    )  # fmt: skip


def room_floors(height: int, row_factor: float = 1.0) -> Floors:
    """48 px at 1080 lines, more for a far last row; contrast as on a daylit projector.

    Accents on night stand only from 72 px up, where less contrast is enough.
    """
    unit = height / 1080
    return Floors(
        text=48 * unit * row_factor, target=0, key=0, gap=0, scrolls=False,
        contrast=4.5, large_contrast=4.0, large_px=72 * unit, system=7.0,
    )  # fmt: skip
