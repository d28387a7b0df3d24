"""The room's scene over every combination of what decides it, against a table that stands here."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from app.areas.courses.course import Course, CourseFile
from app.areas.sessions.session import RUNNING, Step
from app.domain.ids import CourseId, SessionId
from app.words import say
from ui.audience.scene import (
    Cover,
    KeypadPlace,
    LooksAt,
    RoomFilm,
    SceneInputs,
    Start,
    film_of,
    scene_of,
)
from ui.audience.state import RoomShows
from ui.playback.state import PlaybackState

STEPS = (None, *Step)
EVERY = [
    SceneInputs(*one)
    for one in product(
        STEPS,
        RoomFilm,
        Cover,
        KeypadPlace,
        (False, True),
        Start,
        (False, True),
        (False, True),
        LooksAt,
    )
]
NO_SESSION = (None, Step.NOT_HELD)
ANY: tuple[object, ...] = ()
"""Nothing is asked of this one."""
TABLE: tuple[tuple[dict[str, tuple[object, ...]], RoomShows], ...] = (
    ({"cover": (Cover.BLACK,)}, RoomShows.BLACK),
    ({"cover": (Cover.MESSAGE,)}, RoomShows.MESSAGE),
    ({"cover": (Cover.REST,)}, RoomShows.REST),
    ({"cover": (Cover.SHEET,)}, RoomShows.HANDOUT),
    ({"cover": (Cover.QUIZ,)}, RoomShows.QUIZ),
    ({"film": (RoomFilm.ON, RoomFilm.TRIAL)}, RoomShows.PLAY),
    ({"film": (RoomFilm.OVER,), "step": (Step.PLAY,)}, RoomShows.PLAY),
    ({"step": (Step.SIGN_IN,), "keypad": (KeypadPlace.ROOM,)}, RoomShows.SIGN_IN),
    (
        {"step": (Step.PREPARE, Step.SIGN_IN), "start": (Start.LAST_MINUTE,)},
        RoomShows.COUNTDOWN,
    ),
    ({"step": (Step.SIGN_IN, Step.PLAY)}, RoomShows.WELCOME),
    ({"step": (Step.DISCUSS,), "questions": (True,)}, RoomShows.QUESTIONS),
    ({"step": (Step.DISCUSS,), "questions": (False,)}, RoomShows.BACKDROP),
    ({"step": (Step.CLOSED,)}, RoomShows.THANKS),
    ({"step": (Step.PREPARE, *NO_SESSION)}, RoomShows.BACKDROP),
)
"""The first line that fits says what the room sees."""


def expected(now: SceneInputs) -> RoomShows:
    return next(
        shows
        for asked, shows in TABLE
        if all(getattr(now, name) in allowed for name, allowed in asked.items())
    )


def test_every_combination_is_in_the_table_and_the_room_sees_what_it_says() -> None:
    assert len(EVERY) == 7 * 4 * 6 * 3 * 2 * 4 * 2 * 2 * 3
    wrong = [now for now in EVERY if scene_of(now).shows is not expected(now)]
    assert not wrong, wrong[:3]
    used = {expected(now) for now in EVERY}
    assert used == set(RoomShows)


def test_what_is_heard_is_seen_unless_the_operator_covers_it() -> None:
    for now in EVERY:
        if now.film in (RoomFilm.ON, RoomFilm.TRIAL) and now.cover is Cover.NOTHING:
            assert scene_of(now).shows is RoomShows.PLAY, now


def test_nobody_is_told_of_a_way_to_sign_in_that_is_not_open() -> None:
    for now in EVERY:
        how = scene_of(now).how
        assert bool(how) is (now.step in RUNNING), now
        assert ("desk" in how) is (bool(how) and now.keypad is KeypadPlace.DESK), now
        assert ("card" in how) is (bool(how) and now.scanner), now


@pytest.mark.parametrize("lanes", ["operator", "operator_card"])
def test_without_a_keypad_no_digits_are_spoken_of(lanes: str) -> None:
    words = say(f"audience.how.{lanes}")
    assert "管理员" in words
    assert "手机号" not in words
    assert "是我" not in words
    assert ("刷卡" in words) is ("card" in lanes)


def test_the_line_below_the_welcome_is_true_before_and_after_the_start() -> None:
    leads = {
        (now.step, now.start): scene_of(now).lead for now in EVERY if now.cover is Cover.NOTHING
    }
    for (step, start), lead in leads.items():
        if step is Step.PLAY:
            assert lead == "audience.begun"
        elif step is not Step.SIGN_IN:
            assert not lead
        else:
            assert (lead == "audience.starts") is (start in (Start.AHEAD, Start.LAST_MINUTE))
            assert (lead == "audience.should_have_begun") is (start is Start.PAST)


def test_sign_in_stands_beside_a_course_only_while_people_may_sign_in_there() -> None:
    for now in EVERY:
        if scene_of(now).drawer:
            assert now.drawer
            assert now.step in RUNNING
            assert scene_of(now).shows is RoomShows.PLAY
            assert now.looks_at is not LooksAt.OWN_SCREEN or now.keypad is KeypadPlace.ROOM


def test_a_digit_may_show_only_where_the_member_alone_sees_it() -> None:
    for now in EVERY:
        alone = now.looks_at is LooksAt.ONE_SCREEN or now.keypad is KeypadPlace.DESK
        assert scene_of(now).digits_seen is alone


COURSE = Course(
    CourseId("c1"), "课程", "", "", 60_000, 16, 9, CourseFile("0" * 64, 1, ("0" * 64,), ".mp4")
)


def test_a_course_of_no_session_is_a_trial_and_leaves_no_picture_behind() -> None:
    on = PlaybackState(course=COURSE, playing=True)
    of_session = replace(on, session=SessionId("s1"))
    assert film_of(PlaybackState()) is RoomFilm.NOTHING
    assert film_of(on) is RoomFilm.TRIAL
    assert film_of(replace(on, playing=False)) is RoomFilm.TRIAL, "paused"
    assert film_of(replace(on, ended=True)) is RoomFilm.NOTHING
    assert film_of(of_session) is RoomFilm.ON
    assert film_of(replace(of_session, playing=False, ended=True)) is RoomFilm.OVER
