"""The screens of this PC as plain values, and which of them the room sees."""

from __future__ import annotations

from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ScreenSeen:
    """One screen: ``name`` survives replugging, ``width`` and ``height`` are logical pixels.

    ``place`` is its top left corner on the desktop; None where nobody knows.
    """

    name: str
    width: int
    height: int
    place: tuple[int, int] | None = None

    def shows_the_same_as(self, other: ScreenSeen) -> bool:
        """Whether both show one picture: they lie over each other by more than a half."""
        if self.place is None or other.place is None:
            return False
        spans = (
            min(mine + length, its + its_length) - max(mine, its)
            for mine, length, its, its_length in (
                (self.place[0], self.width, other.place[0], other.width),
                (self.place[1], self.height, other.place[1], other.height),
            )
        )
        across, down = (max(span, 0) for span in spans)
        smaller = min(self.width * self.height, other.width * other.height)
        return across * down * 2 > smaller


def choose_screen(
    screens: tuple[ScreenSeen, ...], operator: str, wanted: str, *, one_screen: bool
) -> str:
    """Name of the screen for the room, or empty: one-screen mode. Never the operator's.

    A screen that shows the same picture as the operator's is no other screen.
    """
    others = [one.name for one in other_screens(screens, operator)]
    if one_screen or not others:
        return ""
    return wanted if wanted in others else others[0]


def other_screens(screens: tuple[ScreenSeen, ...], operator: str) -> tuple[ScreenSeen, ...]:
    """Screens with a picture of their own besides the operator's."""
    own = next((one for one in screens if one.name == operator), None)
    return tuple(
        one
        for one in screens
        if one.name != operator and not (own is not None and one.shows_the_same_as(own))
    )
