"""What the room sees at each step of a session, worked out from values alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.areas.attendance.marks import Turnout
from app.areas.courses.course import Course, CourseFile
from app.areas.sessions.session import PlanEntry, Session, Step
from app.areas.sessions.views import SessionView
from app.domain.ids import CourseId, PlanId, SessionId
from app.domain.time import wall_ms_of
from ui.audience.distance import is_too_far, row_factor
from ui.audience.state import HandoutPage, RoomShows
from ui.audience.view_state import AudienceInputs, audience_state, next_of
from ui.playback.state import PlaybackState

PLAN = PlanEntry(PlanId("p1"), "2026-11-23", "19:30", "十一月集中学习")
START = wall_ms_of(PLAN.starts_at)
SHEET = HandoutPage(1, 1, 4, b"\0\0\0\0")
COURSE = Course(
    CourseId("c1"), "课程", "", "", 60_000, 16, 9, CourseFile("0" * 64, 1, ("0" * 64,), ".mp4")
)
PLAYING = PlaybackState(course=COURSE, playing=True)


def side_at(step: Step, *, arrived: int = 37) -> AudienceInputs:
    session = Session(
        SessionId("s1"), PLAN.id, "group_session", PLAN.title, step, (), (), START, 15, START
    )
    turnout = Turnout(52, arrived, 0, 1, 0, 0, 0, 0, 0)
    view = SessionView(session, (), turnout, None, ())
    return AudienceInputs("松岭村", view, questions=("有什么困难？",), now_ms=START - 600_000)


@pytest.mark.parametrize(
    ("step", "shows"),
    [
        (Step.PREPARE, RoomShows.BACKDROP),
        (Step.SIGN_IN, RoomShows.WELCOME),
        (Step.PLAY, RoomShows.WELCOME),
        (Step.DISCUSS, RoomShows.QUESTIONS),
        (Step.CLOSED, RoomShows.THANKS),
        (Step.NOT_HELD, RoomShows.BACKDROP),
    ],
)
def test_each_step_has_its_picture(step: Step, shows: RoomShows) -> None:
    assert audience_state(side_at(step), PlaybackState()).shows is shows


def test_the_last_minute_counts_down_to_the_planned_start_and_not_a_second_longer() -> None:
    def seen(before_ms: int, step: Step = Step.SIGN_IN) -> tuple[RoomShows, int]:
        state = audience_state(replace(side_at(step), now_ms=START - before_ms), PlaybackState())
        return state.shows, state.countdown_s

    assert seen(60_001) == (RoomShows.WELCOME, 0)
    assert seen(60_000) == (RoomShows.COUNTDOWN, 60)
    assert seen(41_200, Step.PREPARE) == (RoomShows.COUNTDOWN, 42)
    assert seen(1) == (RoomShows.COUNTDOWN, 1)
    assert seen(0) == (RoomShows.WELCOME, 0)
    assert seen(41_200, Step.PLAY) == (RoomShows.WELCOME, 0)


def test_where_members_sign_in_on_the_rooms_screen_the_countdown_does_not_take_it_away() -> None:
    side = replace(side_at(Step.SIGN_IN), now_ms=START - 30_000, self_service=True)
    assert audience_state(side, PlaybackState()).shows is RoomShows.SIGN_IN


def test_a_course_on_early_is_not_covered_by_the_countdown() -> None:
    side = replace(side_at(Step.PLAY), now_ms=START - 30_000)
    assert audience_state(side, PLAYING).shows is RoomShows.PLAY
    paused = replace(PLAYING, playing=False)
    assert audience_state(side, paused).shows is RoomShows.PLAY, "a paused course holds its frame"


def test_black_covers_everything_then_a_message_then_a_handout() -> None:
    side = replace(side_at(Step.PLAY), message="请稍候", sheet=SHEET)
    assert audience_state(side, replace(PLAYING, black=True)).shows is RoomShows.BLACK
    assert audience_state(side, PLAYING).shows is RoomShows.MESSAGE
    assert audience_state(replace(side, message=""), PLAYING).shows is RoomShows.HANDOUT
    shown = audience_state(replace(side, message="", sheet=None), PLAYING)
    assert shown.shows is RoomShows.PLAY


def test_a_handout_left_open_does_not_cover_thanks_or_sign_in() -> None:
    for step, shows in ((Step.CLOSED, RoomShows.THANKS), (Step.SIGN_IN, RoomShows.WELCOME)):
        state = audience_state(replace(side_at(step), sheet=SHEET), PlaybackState())
        assert state.shows is shows


def test_the_drawer_is_only_for_one_screen_in_a_running_session() -> None:
    opened = replace(side_at(Step.PLAY), drawer=True, self_service=True)
    assert audience_state(opened, PLAYING).drawer
    assert not audience_state(replace(opened, self_service=False), PLAYING).drawer
    assert not audience_state(replace(opened, view=None), PLAYING).drawer


def test_the_next_session_is_the_first_that_has_not_begun_and_is_not_this_one() -> None:
    later = PlanEntry(PlanId("p3"), "2026-12-07", "19:30", "冬季农业技术")
    sooner = PlanEntry(PlanId("p2"), "2026-11-30", "08:00", "政策解读", withdrawn=True)
    nonsense = PlanEntry(PlanId("p4"), "2026-13-40", "25:00", "无")
    session = side_at(Step.CLOSED).view
    assert session is not None
    plans = (later, nonsense, sooner, PLAN)
    assert next_of(plans, session.session, START - 1) == "12月7日 19:30\n冬季农业技术"
    assert next_of(plans, None, START - 1) == "11月23日 19:30\n十一月集中学习"
    assert next_of(plans, None, START) == "12月7日 19:30\n冬季农业技术"
    assert next_of((), None, START) == ""


def test_text_grows_with_the_last_rows_distance_and_says_when_that_is_too_far() -> None:
    assert row_factor(0, 1.3) == 1.0
    assert row_factor(6, 1.0) == 1.0
    assert row_factor(7, 1.0) == pytest.approx(7 / 6)
    assert row_factor(12, 1.0) == pytest.approx(4 / 3)
    assert not is_too_far(8, 1.0)
    assert is_too_far(8.5, 1.0)
