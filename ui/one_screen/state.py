"""Which keys the touch bar has now: worked out from the room's picture and the playing, no Qt."""

from __future__ import annotations

from enum import StrEnum

from app.areas.sessions.session import RUNNING, Step
from app.domain.values import dataclass
from app.words import say
from ui.audience.state import AudienceState, RoomShows
from ui.pages.play.said import asked_now, main_word
from ui.pages.play.state import PlayState
from ui.state.formatting import running_time


class BarAct(StrEnum):
    """What a key of the bar does."""

    BACK_10 = "back_10"
    MAIN = "main"
    ON_10 = "on_10"
    SUBTITLES = "subtitles"
    LATE = "late"
    END = "end"
    FINISH = "finish"
    PAGE_BACK = "page_back"
    PAGE_ON = "page_on"
    NO = "no"
    YES = "yes"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class BarKey:
    """One key; ``main`` is the one that is wanted most, ``on`` a switch that is on."""

    act: BarAct
    word: str
    icon: str
    main: bool = False
    on: bool = False


@dataclass(frozen=True, slots=True)
class BarState:
    """The whole bar; one that ``stays`` is there until its question or its sentence is dealt with."""

    keys: tuple[BarKey, ...] = ()
    says: str = ""
    stays: bool = False


def bar_state(shown: AudienceState, play: PlayState) -> BarState:
    """The bar over this picture; without keys none is wanted."""
    operator = BarKey(BarAct.OPERATOR, say("lock.operator"), "lock")
    asked = asked_now(play)
    if asked is not None:
        no = BarKey(BarAct.NO, asked.no, "play")
        yes = BarKey(BarAct.YES, asked.yes, "check", main=True)
        return BarState((no, yes), asked.words, stays=True)
    playback = play.playback
    idle = shown.shows is RoomShows.BACKDROP and play.step is None and playback.course is None
    if idle or shown.shows is RoomShows.SIGN_IN:
        return BarState()  # the backdrop has its tiles, sign-in its own strip
    if playback.is_on:
        left = say("bar.left", time=running_time(playback.remaining_ms))
        if shown.drawer:  # beside sign-in there is less room; both come back with the whole picture
            return BarState(_while_on(play, late=False))
        return BarState((*_while_on(play, late=play.step in RUNNING), operator), left)
    if play.step is Step.DISCUSS:
        turns = _TURNS if shown.shows is RoomShows.HANDOUT else ()
        finish = BarKey(BarAct.FINISH, say("bar.finish"), "check", main=True)
        return BarState((*(_key(act) for act in turns), finish, operator))
    if playback.ended or (play.step is Step.PLAY and shown.shows is RoomShows.WELCOME):
        word, icon = main_word(play)
        main = BarKey(BarAct.MAIN, word, icon, main=True)
        end = BarKey(
            BarAct.END, say("op.play.to_discussion" if play.step in RUNNING else "bar.end"), "talk"
        )
        said = say("op.play.ended", title=playback.course.title) if playback.course else ""
        return BarState((main, end, operator), playback.trouble or said, stays=True)
    turns = _TURNS if shown.shows is RoomShows.HANDOUT else ()
    return BarState((*(_key(act) for act in turns), operator))


_TURNS = (BarAct.PAGE_BACK, BarAct.PAGE_ON)
_KEYS = {
    BarAct.BACK_10: ("op.play.back_10", "rewind"),
    BarAct.ON_10: ("op.play.on_10", "forward"),
    BarAct.LATE: ("member.late_title", "people"),
    BarAct.END: ("bar.end", "stop"),
    BarAct.PAGE_BACK: ("member.earlier", "arrow_left"),
    BarAct.PAGE_ON: ("member.later", "arrow_right"),
}


def _key(act: BarAct) -> BarKey:
    word, icon = _KEYS[act]
    return BarKey(act, say(word), icon)


def _while_on(play: PlayState, *, late: bool) -> tuple[BarKey, ...]:
    playback = play.playback
    goes = playback.playing
    main = BarKey(
        BarAct.MAIN,
        say("op.play.pause" if goes else "bar.go_on"),
        "pause" if goes else "play",
        main=True,
    )
    keys = [_key(BarAct.BACK_10), main, _key(BarAct.ON_10)]
    if playback.course is not None and playback.course.subtitle is not None:
        keys.append(
            BarKey(BarAct.SUBTITLES, say("bar.subtitles"), "subtitles", on=playback.subtitles)
        )
    if late:
        keys.append(_key(BarAct.LATE))
    return (*keys, _key(BarAct.END))
