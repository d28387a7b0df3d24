"""Every colour and every size of the screens, without Qt. Sizes are logical px at 100 %.

The palette and where a pair may be used are measured (see the contrast test); a pair
marked "everywhere" stays readable on a daylit projector of 7:1.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

PAPER = "#FBF8F1"
CARD = "#FFFFFF"
MIST = "#F0EBDF"
INK = "#1B2322"
INK2 = "#46504C"
HAIR = "#D9D3C5"
LINE = "#858B85"
PINE = "#0E5A45"
PINE_DEEP = "#0A4636"
PINE_TINT = "#DDEBE3"
CINNABAR = "#A3261B"
CINNABAR_TINT = "#F8E4DF"
INDIGO = "#1F4B73"
INDIGO_TINT = "#DFE9F2"
AMBER = "#7A4B00"
AMBER_TINT = "#FCE8B8"
CHOSEN = "#DDEBE4"
ON_CHOSEN = "#1B2323"
ICON_CHOSEN = "#0E5A46"
"""Of what is chosen: by daylight as a pine tint, in high contrast filled, with white on it."""
NIGHT = "#121817"
NIGHT2 = "#1E2725"
MOON = "#F4F1E8"
MOON2 = "#B9C1BB"
JADE = "#7FD1AE"
GOLD_NIGHT = "#F0C75E"
CORAL = "#FF9C8A"
SKY = "#9CC9F0"
BLACK = "#000000"

EVERYWHERE: tuple[tuple[str, str], ...] = (
    (INK, PAPER),
    (MOON, NIGHT),
    (INK, AMBER_TINT),
    (CARD, INDIGO),
    (CARD, PINE),
    (PINE, PAPER),
    (INK, PINE_TINT),
    (INK2, PAPER),
)
"""Pairs (text, ground) that hold 4.5:1 behind a projector of 7:1; INK2 from 64 px up only."""


class Theme(StrEnum):
    """How the operator's window and the sign-in screen are lit; the room's screen has its own."""

    LIGHT = "light"
    DARK = "dark"
    STARK = "stark"
    """High contrast: black, white and one blue, borders of 3 px."""


BLUE = "#0B3D91"
_DARK: dict[str, str] = {
    PAPER: NIGHT,
    CARD: NIGHT2,
    MIST: "#26312E",
    INK: MOON,
    INK2: MOON2,
    HAIR: "#3A4743",
    LINE: "#84928C",
    PINE: JADE,
    PINE_DEEP: "#A6E3C9",
    PINE_TINT: "#1C3A30",
    CHOSEN: "#1C3A30",
    ON_CHOSEN: MOON,
    ICON_CHOSEN: JADE,
    CINNABAR: CORAL,
    CINNABAR_TINT: "#40221E",
    INDIGO: SKY,
    INDIGO_TINT: "#1B3040",
    AMBER: GOLD_NIGHT,
    AMBER_TINT: "#40330F",
}
_STARK: dict[str, str] = {
    PAPER: CARD,
    CARD: CARD,
    MIST: CARD,
    INK: BLACK,
    INK2: BLACK,
    HAIR: BLACK,
    LINE: BLACK,
    PINE: BLUE,
    PINE_DEEP: BLACK,
    PINE_TINT: CARD,
    CHOSEN: BLUE,
    ON_CHOSEN: CARD,
    ICON_CHOSEN: CARD,
    CINNABAR: BLACK,
    CINNABAR_TINT: CARD,
    INDIGO: BLUE,
    INDIGO_TINT: CARD,
    AMBER: BLACK,
    AMBER_TINT: CARD,
}
WORN: dict[Theme, dict[str, str]] = {Theme.LIGHT: {}, Theme.DARK: _DARK, Theme.STARK: _STARK}
"""What each colour of the light room becomes in a theme; white words stay dark on jade."""
BORDERS = {Theme.LIGHT: 2, Theme.DARK: 2, Theme.STARK: 3}
"""The least border of what can be touched, px."""


class InterfaceSize(StrEnum):
    """The three sizes a person can choose on every screen."""

    STANDARD = "standard"
    LARGE = "large"
    LARGEST = "largest"

    @property
    def factor(self) -> float:
        """What design sizes are multiplied with."""
        return FACTORS[self]

    def factor_on(self, width: int, lines: int) -> float:
        """The same in a window of so many logical px; 0 when that is not known.

        What is written grows with the window, as far as the pages still find their place.
        """
        by = next((by for least, by in GROWTH if width >= least), 1.0)
        most = min(width / LEAST_WIDTH if width else 9.0, lines / LEAST_LINES if lines else 9.0)
        grown = min(self.factor * by, max(self.factor, most * GROWN_SHARE))
        return max(min(grown, most), 1.0)


FACTORS: dict[InterfaceSize, float] = {
    InterfaceSize.STANDARD: 1.0,
    InterfaceSize.LARGE: 1.25,
    InterfaceSize.LARGEST: 1.5,
}


LEAST_WIDTH, LEAST_LINES = 1366 / 1.25, 768 / 1.25
"""The pages find their place in so many design px: 1366×768 holds them at the large size."""
GROWTH = ((2200, 1.3), (1600, 1.15))
"""From so many px of width on everything is so much larger."""
GROWN_SHARE = 0.92
"""Growing stops a little before the pages only just find their place."""
WIDE = 1_500
"""From so many design px of width on there is room for a third column."""
TELLABLE = 1.05
"""A size that is not larger than the one before by this is not offered."""


def sizes_on(width: int, lines: int) -> tuple[InterfaceSize, ...]:
    """The sizes that differ in a window of so many logical px."""
    told: list[InterfaceSize] = []
    for size in InterfaceSize:
        before = told[-1].factor_on(width, lines) if told else 0.0
        if size.factor_on(width, lines) >= before * TELLABLE:
            told.append(size)
    return tuple(told)


class TypeScale(Struct, frozen=True):
    """Font sizes of one kind of screen."""

    caption: int
    body: int
    control: int
    section: int
    title: int
    name: int
    digits: int
    floor: int


OPERATOR = TypeScale(18, 20, 22, 28, 34, 34, 40, 18)
SIGN_IN = TypeScale(22, 28, 40, 40, 46, 132, 80, 28)
ROOM = TypeScale(48, 56, 56, 64, 96, 72, 300, 48)
"""The second screen at 1080 lines for a farthest seat of six image heights."""

BACK_ROW = 4 / 3
"""What ``ROOM`` is multiplied with when the farthest seat is eight image heights away."""
FARTHEST_ROW = 23 / 12
"""The same at eleven and a half: a television 8 m away; larger text would not fit."""
SUBTITLES = {InterfaceSize.STANDARD: 72, InterfaceSize.LARGE: 84, InterfaceSize.LARGEST: 96}
"""Fonts of subtitles on the room's screen, px of 1080 lines."""

GRID = 8
GAP = 12
GAP_TOUCH = 20
RADIUS = 8
RADIUS_TOUCH = 12
TARGET = 44
CONTROL = 48
CONTROL_MAIN = 56
MARGIN = 32
MARGIN_TOUCH = 48
FOCUS_RING = 4

TILE_PX = 96
KEY_PX = 112
TILE_MM = 16.0
KEY_MM = 20.0
GAP_MM = 5.0
PITCH_FLOOR_MM = 0.1
PITCH_CEILING_MM = 0.8
"""A pixel pitch outside these is what a projector makes up, not a measure."""


class TouchFloors(Struct, frozen=True):
    """Smallest px of what a finger must hit: name tiles, keypad keys, gaps between them."""

    tile: int
    key: int
    gap: int


def touch_floors(pitch_mm: float) -> TouchFloors:
    """Floors from a panel's pixel pitch (mm per logical px), or the px ones if it is nonsense."""
    if not PITCH_FLOOR_MM <= pitch_mm <= PITCH_CEILING_MM:
        return TouchFloors(TILE_PX, KEY_PX, GAP_TOUCH)
    return TouchFloors(
        tile=_up(TILE_MM / pitch_mm), key=_up(KEY_MM / pitch_mm), gap=_up(GAP_MM / pitch_mm)
    )


def first_size(pitch_mm: float) -> InterfaceSize:
    """The size to begin with: from the pitch when it is plausible, else large."""
    if not PITCH_FLOOR_MM <= pitch_mm <= PITCH_CEILING_MM:
        return InterfaceSize.LARGE
    if pitch_mm >= 0.22:
        return InterfaceSize.STANDARD
    return InterfaceSize.LARGE if pitch_mm >= 0.16 else InterfaceSize.LARGEST


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` (0 black to 1 white)."""

    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str, system: float | None = None) -> float:
    """Contrast of two colours; ``system`` is the projector's own contrast in its room."""
    haze = 0.05 if system is None else 1 / (system - 1)
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + haze) / (dark + haze)


def _up(value: float) -> int:
    return -int(-value // 1)
