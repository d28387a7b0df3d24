"""What the room sees now: one pure function from everything that decides it.

What is heard is seen: a course that is on fills the screen whatever the step. Below it the step
decides, and the sentences name only the ways of signing in that are really open.
"""

from __future__ import annotations

from enum import StrEnum

from app.areas.sessions.session import RUNNING, Step
from app.domain.values import dataclass
from ui.audience.state import RoomShows
from ui.playback.state import PlaybackState


class RoomFilm(StrEnum):
    """How the player stands."""

    NOTHING = "nothing"
    ON = "on"
    """A course of the session plays or is paused."""
    OVER = "over"
    """It has ended; its last picture is held."""
    TRIAL = "trial"
    """A course is on that belongs to no session."""


class Cover(StrEnum):
    """What the operator put in front of everything else."""

    NOTHING = "nothing"
    SHEET = "sheet"
    QUIZ = "quiz"
    MESSAGE = "message"
    REST = "rest"
    BLACK = "black"


class KeypadPlace(StrEnum):
    """Where members can sign in by themselves."""

    NOWHERE = "nowhere"
    ROOM = "room"
    """On the screen the room sees."""
    DESK = "desk"
    """On the operator's PC, while the room's screen shows the names."""


class LooksAt(StrEnum):
    """Which screen the room looks at."""

    ONE_SCREEN = "one_screen"
    """The operator's, which is the only one."""
    SAME_PICTURE = "same_picture"
    """The operator's, and what shows the same picture."""
    OWN_SCREEN = "own_screen"
    """One of its own."""


class Start(StrEnum):
    """Where the planned start lies."""

    UNPLANNED = "unplanned"
    AHEAD = "ahead"
    LAST_MINUTE = "last_minute"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class SceneInputs:
    """All that decides; ``step`` is None without a session."""

    step: Step | None = None
    film: RoomFilm = RoomFilm.NOTHING
    cover: Cover = Cover.NOTHING
    keypad: KeypadPlace = KeypadPlace.NOWHERE
    scanner: bool = False
    """Whether a card reader is in use."""
    start: Start = Start.UNPLANNED
    questions: bool = False
    """Whether the operator shows questions."""
    drawer: bool = False
    """Whether sign-in is wanted beside the course."""
    looks_at: LooksAt = LooksAt.OWN_SCREEN


@dataclass(frozen=True, slots=True)
class RoomScene:
    """What fills the screen, and which sentences stand in it, as keys of the catalogue."""

    shows: RoomShows
    lead: str = ""
    """Below the title of the welcome."""
    how: str = ""
    """How to sign in, in the welcome where no name stands yet."""
    drawer: bool = False
    """Whether sign-in stands beside the course."""
    digits_seen: bool = False
    """Whether only the member sees the keypad, so that the digit just pressed may show briefly."""


def scene_of(now: SceneInputs) -> RoomScene:
    """The room's scene."""
    shows, is_open = _shows(now), now.step in RUNNING
    beside = shows is RoomShows.PLAY and is_open
    return RoomScene(
        shows,
        lead=_lead(now),
        how=f"audience.how.{_lanes(now)}" if is_open else "",
        drawer=now.drawer
        and beside
        and (now.looks_at is not LooksAt.OWN_SCREEN or now.keypad is KeypadPlace.ROOM),
        digits_seen=now.looks_at is LooksAt.ONE_SCREEN or now.keypad is KeypadPlace.DESK,
    )


def film_of(playback: PlaybackState) -> RoomFilm:
    """How the player stands; of a trial that is over nothing is held."""
    if playback.course is None:
        return RoomFilm.NOTHING
    if playback.session is None:
        return RoomFilm.NOTHING if playback.ended else RoomFilm.TRIAL
    return RoomFilm.OVER if playback.ended else RoomFilm.ON


def _shows(now: SceneInputs) -> RoomShows:
    if now.cover in _COVERS:
        return _COVERS[now.cover]
    if now.film in (RoomFilm.ON, RoomFilm.TRIAL) or (
        now.film is RoomFilm.OVER and now.step is Step.PLAY
    ):
        return RoomShows.PLAY
    if now.step is Step.SIGN_IN and now.keypad is KeypadPlace.ROOM:
        return RoomShows.SIGN_IN
    if now.step in (Step.PREPARE, Step.SIGN_IN) and now.start is Start.LAST_MINUTE:
        return RoomShows.COUNTDOWN
    if now.step is Step.DISCUSS and now.questions:
        return RoomShows.QUESTIONS
    return _BY_STEP.get(now.step, RoomShows.BACKDROP)


def _lead(now: SceneInputs) -> str:
    if now.step is Step.PLAY:
        return "audience.begun"
    return _LEADS[now.start] if now.step is Step.SIGN_IN else ""


def _lanes(now: SceneInputs) -> str:
    """The operator takes names always; a keypad on the room's screen speaks for itself."""
    lanes = "desk" if now.keypad is KeypadPlace.DESK else "operator"
    return f"{lanes}_card" if now.scanner else lanes


_COVERS = {
    Cover.BLACK: RoomShows.BLACK,
    Cover.MESSAGE: RoomShows.MESSAGE,
    Cover.REST: RoomShows.REST,
    Cover.SHEET: RoomShows.HANDOUT,
    Cover.QUIZ: RoomShows.QUIZ,
}
_BY_STEP: dict[Step | None, RoomShows] = {
    Step.SIGN_IN: RoomShows.WELCOME,
    Step.PLAY: RoomShows.WELCOME,
    Step.CLOSED: RoomShows.THANKS,
}
_LEADS = {
    Start.UNPLANNED: "audience.sign_in",
    Start.AHEAD: "audience.starts",
    Start.LAST_MINUTE: "audience.starts",
    Start.PAST: "audience.should_have_begun",
}
