"""What the playing step asks, and what its one large button says: at the page and at the touch bar."""

from __future__ import annotations

from app.areas.courses.course import Course
from app.domain.values import dataclass
from app.words import say
from ui.pages.play.state import PlayQuestion, PlayState
from ui.state.formatting import running_time


@dataclass(frozen=True, slots=True)
class AskedNow:
    """A question with its two answers; ``no`` is the one that changes nothing."""

    words: str
    no: str
    yes: str


def asked_now(state: PlayState) -> AskedNow | None:
    """What waits for an answer, if anything."""
    playback = state.playback
    on = playback.course.title if playback.course else ""
    if state.asking is not PlayQuestion.NOTHING:
        kind = state.asking.value
        trial = "_trial" if state.is_trial and state.asking is PlayQuestion.STOP else ""
        return AskedNow(
            say(f"op.play.{kind}_ask{trial}", title=on),
            say("op.play.no"),
            say(f"op.play.{kind}_yes{trial}"),
        )
    if playback.resume_ms is None or playback.asked is None:
        return None
    at = running_time(playback.resume_ms)
    return AskedNow(
        say("op.play.resume_title", title=playback.asked.title, at=at),
        say("op.play.resume_no"),
        say("op.play.resume_yes", at=at),
    )


def main_word(state: PlayState) -> tuple[str, str]:
    """Word and icon of the one large button."""
    playback = state.playback
    if playback.opening:
        return say("op.play.opening"), "play"
    if playback.is_on:
        return (
            (say("op.play.pause"), "pause") if playback.playing else (say("op.play.go_on"), "play")
        )
    if playback.ended and state.next is not None:
        return _begin(state, "op.play.start_next", state.next), "play"
    if playback.ended and playback.course is not None:
        return _begin(state, "op.play.again", playback.course), "play"
    if state.chosen is not None:
        return _begin(state, "op.play.start", state.chosen), "play"
    return say("op.play.nothing"), "play"


def end_word(state: PlayState) -> str:
    """What leaves the playing: on to the discussion, or back from a trial."""
    if state.is_trial:
        return say("op.play.end_trial" if state.playback.is_on else "op.play.leave")
    return say("op.play.end" if state.playback.is_on else "op.play.to_discussion")


def _begin(state: PlayState, key: str, course: Course) -> str:
    return say("op.play.try" if state.is_trial else key, title=course.title)
