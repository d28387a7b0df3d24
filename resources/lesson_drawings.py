"""All drawings of the sample lessons by the name that the lessons' files use."""

from __future__ import annotations

from collections.abc import Callable

from resources import lesson_citrus, lesson_fire, lesson_fraud
from resources.lesson_strokes import Painter

DRAWINGS: dict[str, Callable[[Painter], None]] = {
    drawing.__name__: drawing
    for drawing in (*lesson_fraud.DRAWN, *lesson_fire.DRAWN, *lesson_citrus.DRAWN)
}
