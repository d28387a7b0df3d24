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
from app.words import speak
from ui.audience.distance import is_too_far, least_px, row_factor, subtitle_px
from ui.audience.picture.samples import draw, every_scene
from ui.audience.scene import KeypadPlace, LooksAt
from ui.audience.state import HandoutPage, RoomShows
from ui.audience.view_state import AudienceInputs, audience_state, next_of
from ui.parts.forms.seat_distance import LAST_ROWS_M, PICTURES_M
from ui.playback.state import PlaybackState
from ui.theme.tokens import InterfaceSize

PLAN = PlanEntry(PlanId("p1"), "2026-11-23", "19:30", "十一月集中学习")
START = wall_ms_of(PLAN.starts_at)
SHEET = HandoutPage(1, 1, 4, b"\0\0\0\0")
COURSE = Course(
    CourseId("c1"), "课程", "", "", 60_000, 16, 9, CourseFile("0" * 64, 1, ("0" * 64,), ".mp4")
)
TRIAL = PlaybackState(course=COURSE, playing=True)
PLAYING = replace(TRIAL, session=SessionId("s1"))


def side_at(step: Step, *, arrived: int = 37) -> AudienceInputs:
    session = Session(
        SessionId("s1"), PLAN.id, "group_session", PLAN.title, step, (), (), START, 15, START
    )
    turnout = Turnout(52, arrived, 0, 1, 0, 0, 0, 0, 0)
    view = SessionView(session, (), turnout, None, ())
    return AudienceInputs("松岭村", view, questions=("有什么困难？",), now_ms=START - 600_000)


def with_session(side: AudienceInputs, **changes: object) -> AudienceInputs:
    assert side.view is not None
    session = replace(side.view.session, **changes)  # type: ignore[arg-type]
    return replace(side, view=replace(side.view, session=session))


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
    side = replace(side_at(Step.SIGN_IN), now_ms=START - 30_000, keypad=KeypadPlace.ROOM)
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


def test_a_course_played_after_the_close_is_seen_as_it_is_heard() -> None:
    side = side_at(Step.CLOSED)
    assert audience_state(side, TRIAL).shows is RoomShows.PLAY
    assert audience_state(side, replace(TRIAL, playing=False)).shows is RoomShows.PLAY
    over = replace(TRIAL, playing=False, ended=True)
    assert audience_state(side, over).shows is RoomShows.THANKS


def test_the_drawer_is_for_a_running_session_where_members_sign_in_on_the_rooms_screen() -> None:
    opened = replace(side_at(Step.PLAY), drawer=True, keypad=KeypadPlace.ROOM)
    assert audience_state(opened, PLAYING).drawer
    elsewhere = replace(opened, keypad=KeypadPlace.NOWHERE)
    assert not audience_state(elsewhere, PLAYING).drawer
    one = replace(elsewhere, looks_at=LooksAt.ONE_SCREEN)
    assert audience_state(one, PLAYING).drawer
    assert not audience_state(replace(opened, view=None), PLAYING).drawer


def test_a_session_called_after_its_course_is_welcomed_as_a_course() -> None:
    speak("zh")
    planned = audience_state(side_at(Step.SIGN_IN), PlaybackState())
    assert (planned.title, planned.welcome) == ("十一月集中学习", "欢迎参加十一月集中学习")
    extra = with_session(
        side_at(Step.SIGN_IN), plan=None, title="接到诈骗电话怎么办", planned_start_ms=None
    )
    shown = audience_state(replace(extra, course_titles=("接到诈骗电话怎么办",)), PlaybackState())
    assert shown.title == "《接到诈骗电话怎么办》"
    assert shown.welcome == "欢迎来看《接到诈骗电话怎么办》"
    assert shown.lead == "请先签到", "nobody planned an hour"
    assert shown.starts == ""
    own = audience_state(with_session(extra, title="妇女小组学习"), PlaybackState())
    assert own.welcome == "欢迎参加妇女小组学习"


def test_no_start_is_announced_that_is_past() -> None:
    speak("zh")
    late = replace(side_at(Step.SIGN_IN), now_ms=START + 600_000)
    shown = audience_state(late, PlaybackState())
    assert shown.lead == "原定 19:30 开始，请抓紧签到"
    assert shown.starts == ""
    before = audience_state(side_at(Step.PREPARE), PlaybackState())
    assert before.starts == "19:30 开始"


def test_thanks_count_everybody_who_came_and_minutes_only_where_there_are_some() -> None:
    side = with_session(side_at(Step.CLOSED), opened_ms=START, closed_ms=START + 46 * 60_000)
    assert side.view is not None
    side = replace(side, view=replace(side.view, turnout=Turnout(52, 37, 2, 1, 0, 0, 3, 4, 1)))
    shown = audience_state(side, PlaybackState())
    assert (shown.came, shown.minutes) == (43, 46)
    none = audience_state(with_session(side, closed_ms=START + 59_000), PlaybackState())
    said = {" ".join(one.lines) for one in draw(none, 1366, 768)[1]}
    assert "43 人" in said
    assert not [one for one in said if "分钟" in one]


def test_the_next_session_is_the_first_that_has_not_begun_and_is_not_this_one() -> None:
    later = PlanEntry(PlanId("p3"), "2026-12-07", "19:30", "冬季农业技术")
    sooner = PlanEntry(PlanId("p2"), "2026-11-30", "08:00", "政策解读", withdrawn=True)
    nonsense = PlanEntry(PlanId("p4"), "2026-13-40", "25:00", "无")
    session = side_at(Step.CLOSED).view
    assert session is not None
    plans = (later, nonsense, sooner, PLAN)
    assert next_of(plans, session.session, START - 1) == "12月7日 19:30\n冬季农业技术"
    assert next_of(plans, None, START - 1) == "今晚 19:30\n十一月集中学习"
    assert next_of(plans, None, START) == "12月7日 19:30\n冬季农业技术"
    assert next_of((), None, START) == ""
    assert next_of(plans, None, START - 86_400_000) == "11月23日 19:30\n十一月集中学习"


def test_the_next_session_of_today_is_said_as_people_say_it() -> None:
    speak("zh")
    noon = PlanEntry(PlanId("p5"), "2026-11-23", "14:00", "午后学习")
    assert next_of((PLAN,), None, START - 3_600_000) == "今晚 19:30\n十一月集中学习"
    assert next_of((noon, PLAN), None, START - 8 * 3_600_000) == "今天 14:00\n午后学习"


def test_text_grows_with_the_last_rows_distance_and_says_when_that_is_too_far() -> None:
    assert row_factor(0, 1.3) == 1.0
    assert row_factor(6, 1.0) == 1.0
    assert row_factor(7, 1.0) == pytest.approx(7 / 6)
    assert row_factor(12, 1.0) == pytest.approx(23 / 12)
    assert not is_too_far(8, 0.7)
    assert is_too_far(10, 0.7)


@pytest.mark.parametrize("picture_m", PICTURES_M)
@pytest.mark.parametrize("last_row_m", LAST_ROWS_M)
def test_labels_names_and_subtitles_are_read_in_the_last_row_unless_that_is_said_to_be_too_far(
    last_row_m: int, picture_m: float
) -> None:
    """A television of 55 inches is 0.7 m high; its last row at 6 and 8 m reads everything."""
    if is_too_far(last_row_m, picture_m):
        assert (last_row_m, picture_m) == (10, 0.7)
        return
    least = least_px(last_row_m, picture_m)
    factor = row_factor(last_row_m, picture_m)
    for state in (replace(one, row_factor=factor) for _name, one in every_scene()):
        for text in draw(state, 1920, 1080)[1]:
            assert text.px >= least - 1, (text.lines, text.px, least)
    sizes = [subtitle_px(size, last_row_m, picture_m) for size in InterfaceSize]
    assert sizes == sorted(set(sizes))
    assert sizes[0] >= least
    assert sizes[0] >= 72
