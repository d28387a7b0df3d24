"""What the room's screen shows, worked out from the evening and the playback; no Qt, no choice of its own.

Never the names of people who did not come, never a digit of a phone.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.sessions import Step
from app.domain.views import SessionView
from ui.audience.state import AudienceState, RoomShows
from ui.playback_state import PlaybackState
from ui.says import clock_time, day_of


@dataclass(frozen=True, slots=True)
class RoomSide:
    """What the operator's side knows that the room's screen needs."""

    site_name: str = ""
    view: SessionView | None = None
    newest: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    self_service: bool = False
    """Whether people sign in themselves on the room's screen."""


def audience_state(side: RoomSide, playback: PlaybackState) -> AudienceState:
    """The state of the room's screen now."""
    view = side.view
    shows = _shows(side, playback)
    if view is None:
        return AudienceState(shows=shows, site_name=side.site_name)
    session = view.session
    start = session.planned_start_ms or session.opened_ms
    return AudienceState(
        shows=shows,
        site_name=side.site_name,
        title=session.title,
        starts_at=clock_time(start) if start else "",
        arrived=view.turnout.arrived,
        expected=view.turnout.expected,
        recent=side.newest,
        questions=side.questions,
        day=day_of(session.opened_ms or session.prepared_ms),
        minutes=_minutes(view),
        code=view.code,
    )


def _minutes(view: SessionView) -> int:
    opened, closed = view.session.opened_ms, view.session.closed_ms
    return max((closed - opened) // 60_000, 0) if opened and closed else 0


def _shows(side: RoomSide, playback: PlaybackState) -> RoomShows:
    if playback.black:
        return RoomShows.BLACK
    step = side.view.session.step if side.view else None
    if playback.course is not None and step in (None, Step.PLAY):
        return RoomShows.PLAY
    if step is Step.SIGN_IN:
        return RoomShows.SIGN_IN if side.self_service else RoomShows.WELCOME
    if step is Step.PLAY:
        return RoomShows.WELCOME
    if step is Step.DISCUSS and side.questions:
        return RoomShows.QUESTIONS
    if step is Step.CLOSED:
        return RoomShows.THANKS
    return RoomShows.BACKDROP
