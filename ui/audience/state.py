"""Everything the room may see, frozen. No Qt, and no field for what must not be projected."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MOST_NAMES = 8
MOST_QUESTIONS = 3


class RoomShows(StrEnum):
    """What fills the room's screen."""

    BACKDROP = "backdrop"
    WELCOME = "welcome"
    SIGN_IN = "sign_in"
    """One screen for all: the member's sign-in screen itself."""
    PLAY = "play"
    """The video surface; a held frame is its affair too."""
    BLACK = "black"
    QUESTIONS = "questions"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class AudienceState:
    """The whole picture. Names only of people who came, newest first; no digits of theirs."""

    shows: RoomShows = RoomShows.BACKDROP
    site_name: str = ""
    title: str = ""
    starts_at: str = ""
    """Local HH:MM, or empty."""
    arrived: int = 0
    expected: int = 0
    recent: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    day: str = ""
    """The date as people say it."""
    minutes: int = 0
    code: str = ""
    """The session code, for the record book."""
    next_session: str = ""
    """Day, hour and title of the next one in one phrase, or empty."""
    dark: bool = False
    """A dark room: moon on night instead of ink on paper."""
    back_row: bool = False
    """The farthest seat is eight image heights away, not six: all text is larger by a third."""
    drawer: bool = False
    """One screen for all, while a course plays: sign-in in the right third."""
