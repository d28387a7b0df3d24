"""The clip whose every picture shows its own number, and how to read the number back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from app.ports.player import Clip

CLIPS = Path(__file__).parent / "clips"
COUNTED_MS = 3_000
PICTURE_MS = 40
_BARS = 8


def counted_clip(name: str = "counted.mp4", *, subtitle: Path | None = None) -> Clip:
    """The counted clip, as mp4 or as transport stream."""
    return Clip(CLIPS / name, COUNTED_MS, 320, 180, subtitle)


def number_in(picture: QImage) -> int:
    """The number of the picture; it must fill the image (no black borders)."""
    number = 0
    for bar in range(_BARS):
        x = round((bar + 0.5) * picture.width() / _BARS)
        if picture.pixelColor(x, picture.height() // 4).lightness() > 128:
            number |= 1 << bar
    return number
