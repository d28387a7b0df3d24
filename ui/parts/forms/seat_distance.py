"""How far the last row sits and how high the room's picture is: two touches, said at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.words import say
from ui.audience.distance import FAR, is_too_far, row_factor
from ui.parts.forms.fields import Choice
from ui.parts.layout import column, words
from ui.state.preferences import Preferences

LAST_ROWS_M = (4, 6, 8, 10)
PICTURES_M = (0.7, 1.0, 1.4, 2.0)


class SeatForm(QWidget):
    """``chosen(last_row_m, picture_m)`` at each touch, metres, 0 for what is not said yet."""

    chosen = Signal(float, float)

    def __init__(self, *, low: bool = False) -> None:
        """``low`` where there is little height: what the lengths do is not explained."""
        super().__init__()
        self._last_row_m = self._picture_m = 0.0
        self.last_row = Choice(_options(LAST_ROWS_M))
        self.picture = Choice(_options(PICTURES_M))
        self.note = words("", "body")
        if low:
            self.note.hide()
        self.last_row.chosen.connect(lambda key: self.chosen.emit(float(key), self._picture_m))
        self.picture.chosen.connect(lambda key: self.chosen.emit(self._last_row_m, float(key)))
        self.setLayout(
            column(
                words(say("room.last_row"), "body"),
                self.last_row,
                words(say("room.picture"), "body"),
                self.picture,
                self.note,
            )
        )

    def show_choices(self, choices: Preferences) -> None:
        """Show the lengths in force and what they do."""
        self._last_row_m, self._picture_m = choices.last_row_m, choices.picture_m
        self.last_row.choose(_key(choices.last_row_m, LAST_ROWS_M))
        self.picture.choose(_key(choices.picture_m, PICTURES_M))
        self.note.setText(distance_words(choices))


def distance_words(choices: Preferences) -> str:
    """What the two lengths mean for the text the room sees."""
    if not choices.last_row_m or not choices.picture_m:
        return say("room.distance_not_said")
    if is_too_far(choices.last_row_m, choices.picture_m):
        return say("room.distance_too_far", m=f"{choices.picture_m * FAR:.0f}")
    factor = row_factor(choices.last_row_m, choices.picture_m)
    if factor == 1:
        return say("room.distance_plain")
    return say("room.distance_larger", percent=round((factor - 1) * 100))


def _options(lengths: tuple[float, ...]) -> list[tuple[str, str]]:
    return [(str(one), say("room.metres", m=one)) for one in lengths]


def _key(metres: float, offered: tuple[float, ...]) -> str:
    return next((str(one) for one in offered if one == metres), "")
