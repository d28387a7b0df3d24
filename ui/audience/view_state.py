"""What the room's screen shows, worked out from the session and the playback; no Qt, no choice of its own.

Never the names of people who did not come, never a digit of a phone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.areas.sessions.session import RUNNING, PlanEntry, Session, Step
from app.areas.sessions.views import SessionView
from app.domain.time import wall_ms_of
from ui.audience.state import COUNTDOWN_S, AudienceState, HandoutPage, RoomShows
from ui.playback.state import PlaybackState
from ui.state.formatting import clock_time, day_of


@dataclass(frozen=True, slots=True)
class AudienceInputs:
    """What the operator's side knows that the room's screen needs."""

    site_name: str = ""
    view: SessionView | None = None
    newest: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    self_service: bool = False
    """Whether people sign in themselves on the room's screen."""
    now_ms: int = 0
    """Wall ms, for the last minute before the start."""
    next_session: str = ""
    """See ``next_of``."""
    message: str = ""
    """One sentence the operator shows to the room, or empty."""
    sheet: HandoutPage | None = None
    """The page of a handout that the operator shows, or None."""
    drawer: bool = False
    """One screen for all: sign-in beside the course."""
    dark: bool = False
    row_factor: float = 1.0
    """See ``AudienceState``."""


def audience_state(side: AudienceInputs, playback: PlaybackState) -> AudienceState:
    """The state of the room's screen now."""
    view = side.view
    seconds = seconds_to_start(view.session if view else None, side.now_ms)
    plain = AudienceState(
        shows=_shows(side, playback, counting=seconds is not None),
        site_name=side.site_name,
        message=side.message,
        sheet=side.sheet,
        next_session=side.next_session,
        dark=side.dark,
        row_factor=side.row_factor,
        drawer=side.drawer and side.self_service and _is_running(view),
    )
    if view is None:
        return plain
    session = view.session
    start = session.planned_start_ms or session.opened_ms
    return replace(
        plain,
        title=session.title,
        starts_at=clock_time(start) if start else "",
        arrived=view.turnout.arrived,
        expected=view.turnout.expected,
        recent=side.newest,
        questions=side.questions,
        day=day_of(session.opened_ms or session.prepared_ms),
        minutes=_minutes(view),
        code=view.code,
        countdown_s=seconds or 0,
    )


def seconds_to_start(session: Session | None, now_ms: int) -> int | None:
    """Whole seconds to the planned start in its last minute, before playing; else None."""
    if session is None or session.step not in (Step.PREPARE, Step.SIGN_IN):
        return None
    left_ms = (session.planned_start_ms or 0) - now_ms
    return -(-left_ms // 1000) if 0 < left_ms <= COUNTDOWN_S * 1000 else None


def next_of(plans: Iterable[PlanEntry], session: Session | None, now_ms: int) -> str:
    """When the next session is and what, in two lines for the room; empty if nothing is planned.

    The session in hand is not the next one; neither is what should have begun by now.
    """
    mine = session.plan if session else None
    coming = sorted(
        (wall_ms_of(one.starts_at), one.title)
        for one in plans
        if one.has_moment and not one.withdrawn and one.id != mine
    )
    return next(
        (f"{day_of(at)} {clock_time(at)}\n{title}".strip() for at, title in coming if at > now_ms),
        "",
    )


def _is_running(view: SessionView | None) -> bool:
    return view is not None and view.session.step in RUNNING


def _minutes(view: SessionView) -> int:
    opened, closed = view.session.opened_ms, view.session.ended_ms
    return max((closed - opened) // 60_000, 0) if opened and closed else 0


def _shows(side: AudienceInputs, playback: PlaybackState, *, counting: bool) -> RoomShows:
    if playback.black:
        return RoomShows.BLACK
    if side.message:
        return RoomShows.MESSAGE
    step = side.view.session.step if side.view else None
    if side.sheet is not None and step in (None, Step.PLAY, Step.DISCUSS):
        return RoomShows.HANDOUT
    if playback.course is not None and step in (None, Step.PLAY):
        return RoomShows.PLAY
    if step is Step.SIGN_IN and side.self_service:
        return RoomShows.SIGN_IN
    if counting:
        return RoomShows.COUNTDOWN
    if step is Step.DISCUSS and side.questions:
        return RoomShows.QUESTIONS
    return _BY_STEP.get(step, RoomShows.BACKDROP) if step else RoomShows.BACKDROP


_BY_STEP = {
    Step.SIGN_IN: RoomShows.WELCOME,
    Step.PLAY: RoomShows.WELCOME,
    Step.CLOSED: RoomShows.THANKS,
}
