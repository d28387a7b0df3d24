"""The words and figures of the room's scene, from the session as it stands; no Qt.

Which scene it is decides ``ui.audience.scene``. Never the names of people who did not come,
never a digit of a phone, never the session code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.areas.sessions.session import PlanEntry, Session, Step
from app.areas.sessions.views import SessionView
from app.domain.time import local_time, wall_ms_of
from app.domain.values import dataclass
from app.words import say
from ui.audience.scene import Cover, KeypadPlace, LooksAt, SceneInputs, Start, film_of, scene_of
from ui.audience.state import COUNTDOWN_S, AudienceState, HandoutPage, QuizPicture
from ui.playback.state import PlaybackState
from ui.state.formatting import clock_time, day_of

TONIGHT_FROM_HOUR = 17


@dataclass(frozen=True, slots=True)
class AudienceInputs:
    """What the operator's side knows that the room's screen needs."""

    site_name: str = ""
    view: SessionView | None = None
    newest: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    keypad: KeypadPlace = KeypadPlace.NOWHERE
    scanner: bool = False
    looks_at: LooksAt = LooksAt.OWN_SCREEN
    course_titles: tuple[str, ...] = ()
    """Of the session's courses: a session nobody planned is called after one of them."""
    now_ms: int = 0
    """Wall ms."""
    next_session: str = ""
    """See ``next_of``."""
    message: str = ""
    """One sentence the operator shows to the room, or empty."""
    rest_s: int | None = None
    """Seconds left of a break, or None without one."""
    sheet: HandoutPage | None = None
    """The page of a handout that the operator shows, or None."""
    quiz: QuizPicture | None = None
    """The question of a quiz between teams, or None."""
    drawer: bool = False
    """Sign-in beside the course is wanted."""
    dark: bool = False
    row_factor: float = 1.0
    """See ``AudienceState``."""


def audience_state(side: AudienceInputs, playback: PlaybackState) -> AudienceState:
    """The state of the room's screen now."""
    view = side.view
    session = view.session if view else None
    start = start_of(session, side.now_ms)
    scene = scene_of(
        SceneInputs(
            step=session.step if session else None,
            film=film_of(playback),
            cover=_cover(side, playback),
            keypad=side.keypad,
            scanner=side.scanner,
            start=start,
            questions=bool(side.questions),
            drawer=side.drawer,
            looks_at=side.looks_at,
        )
    )
    plain = AudienceState(
        shows=scene.shows,
        site_name=side.site_name,
        message=side.message,
        rest_s=side.rest_s or 0,
        rest_until=clock_time(side.now_ms + (side.rest_s or 0) * 1000),
        sheet=side.sheet,
        quiz=side.quiz,
        next_session=side.next_session,
        dark=side.dark,
        row_factor=side.row_factor,
        drawer=scene.drawer,
        digits_seen=scene.digits_seen,
    )
    if view is None or session is None:
        return plain
    is_course = session.plan is None and session.title in side.course_titles
    title = say("room.course", title=session.title) if is_course else session.title
    at = clock_time(session.planned_start_ms) if session.planned_start_ms else ""
    return replace(
        plain,
        title=title,
        welcome=say("audience.welcome_course" if is_course else "audience.welcome", title=title),
        lead=say(scene.lead, starts_at=at) if scene.lead else "",
        how=say(scene.how) if scene.how else "",
        starts=say("room.starts", at=at) if start in (Start.AHEAD, Start.LAST_MINUTE) else "",
        arrived=view.turnout.arrived,
        expected=view.turnout.expected,
        recent=side.newest,
        questions=side.questions,
        day=day_of(session.opened_ms or session.prepared_ms),
        came=view.turnout.in_room,
        minutes=_minutes(session),
        countdown_s=seconds_to_start(session, side.now_ms) or 0,
    )


def start_of(session: Session | None, now_ms: int) -> Start:
    """Where the planned start lies."""
    if session is None or not session.planned_start_ms:
        return Start.UNPLANNED
    left_ms = session.planned_start_ms - now_ms
    if left_ms <= 0:
        return Start.PAST
    return Start.LAST_MINUTE if left_ms <= COUNTDOWN_S * 1000 else Start.AHEAD


def seconds_to_start(session: Session | None, now_ms: int) -> int | None:
    """Whole seconds to the planned start in its last minute, before playing; else None."""
    if session is None or session.step not in (Step.PREPARE, Step.SIGN_IN):
        return None
    if start_of(session, now_ms) is not Start.LAST_MINUTE:
        return None
    return -((now_ms - (session.planned_start_ms or 0)) // 1000)


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
        (f"{_when(at, now_ms)}\n{title}".strip() for at, title in coming if at > now_ms), ""
    )


def _when(at_ms: int, now_ms: int) -> str:
    """The date and hour; of today as people say it."""
    at = local_time(at_ms)
    if at.date() != local_time(now_ms).date():
        return f"{day_of(at_ms)} {clock_time(at_ms)}"
    key = "audience.tonight" if at.hour >= TONIGHT_FROM_HOUR else "audience.today"
    return say(key, at=clock_time(at_ms))


def _cover(side: AudienceInputs, playback: PlaybackState) -> Cover:
    if playback.black:
        return Cover.BLACK
    if side.rest_s is not None:
        return Cover.REST
    if side.message:
        return Cover.MESSAGE
    if side.quiz is not None:
        return Cover.QUIZ
    return Cover.NOTHING if side.sheet is None else Cover.SHEET


def _minutes(session: Session) -> int:
    opened, closed = session.opened_ms, session.ended_ms
    return max((closed - opened) // 60_000, 0) if opened and closed else 0
