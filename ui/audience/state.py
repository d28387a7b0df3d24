"""Everything the room may see, frozen. No Qt, and no field for what must not be projected."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from app.domain.values import dataclass

MOST_NAMES = 8
MOST_QUESTIONS = 3
COUNTDOWN_S = 60
"""The last minute before the start is counted."""


class RoomShows(StrEnum):
    """What fills the room's screen."""

    BACKDROP = "backdrop"
    WELCOME = "welcome"
    COUNTDOWN = "countdown"
    """The last minute before the start."""
    SIGN_IN = "sign_in"
    """One screen for all: the member's sign-in screen itself."""
    PLAY = "play"
    """The video surface; a held frame is its affair too."""
    BLACK = "black"
    HANDOUT = "handout"
    """A page of a handout."""
    MESSAGE = "message"
    """One sentence of the operator's."""
    REST = "rest"
    """The time that is left of a break."""
    QUESTIONS = "questions"
    QUIZ = "quiz"
    """A quiz between teams."""
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class HandoutPage:
    """A page of a handout, drawn: ``pixels`` are rows of BGRX, ``stride`` bytes each."""

    width: int
    height: int
    stride: int
    pixels: bytes = field(repr=False)
    part: int = 0
    """Which part of the page it is, of ``parts``; ``seen`` is that part: left, top, width, height."""
    parts: int = 1
    seen: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class QuizPicture:
    """A question of a quiz; ``right`` are the places of the answer once it is told, ``turn`` the team
    that answers, teams with how often they were right."""

    question: str
    options: tuple[str, ...]
    right: tuple[int, ...]
    teams: tuple[tuple[str, int], ...]
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class AudienceState:
    """The whole picture. Names only of people who came, newest first; no digits of theirs."""

    shows: RoomShows = RoomShows.BACKDROP
    site_name: str = ""
    title: str = ""
    """What the session is called; a course in its title marks."""
    welcome: str = ""
    """The sentence that welcomes to it."""
    lead: str = ""
    """One line below the welcome."""
    how: str = ""
    """How to sign in, in short lines."""
    starts: str = ""
    """When it begins, or empty once that is past."""
    arrived: int = 0
    expected: int = 0
    recent: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    day: str = ""
    """The date as people say it."""
    came: int = 0
    """Everybody who came, visitors too."""
    minutes: int = 0
    next_session: str = ""
    """Day, hour and title of the next one in one phrase, or empty."""
    countdown_s: int = 0
    """Seconds to the start, 60 at most."""
    message: str = ""
    rest_s: int = 0
    """Seconds left of a break; 0 when it is over."""
    rest_until: str = ""
    """When it goes on, local HH:MM."""
    sheet: HandoutPage | None = None
    quiz: QuizPicture | None = None
    dark: bool = False
    """A dark room: moon on night instead of ink on paper."""
    row_factor: float = 1.0
    """How much larger all text is for a far last row: 1 up to six image heights, in proportion beyond."""
    drawer: bool = False
    """One screen for all, while a course plays: sign-in in the right third."""
    digits_seen: bool = False
    """Whether the keypad is seen only by who stands at it."""
