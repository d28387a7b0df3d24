"""Playing with a player on a script and a real store: resume, evidence, seeks, broken files."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.areas.attendance.marks import Lane
from app.areas.courses.course import Course
from app.areas.playback.plays import PlayOutcome
from app.areas.playback.views import PlayView
from app.areas.sessions.session import Step
from app.bootstrap import OpenStation
from app.domain.ids import PersonId, SessionId
from app.ports.player import PlayerEvent
from tests.areas.catalogue.test_planned_with_rows import bring
from tests.ui.operator_driver import Stand, sample_course

MINUTE = 60_000


@pytest.fixture
def course(opened: OpenStation, tmp_path: Path) -> Course:
    return sample_course(opened, tmp_path, minutes=10)


@pytest.fixture
def session(stand: Stand, course: Course) -> SessionId:
    station = stand.opened.station
    begun = station.sessions.prepare_extra("晚上学习", (course.id,)).session.id
    station.sessions.open_sign_in(begun)
    station.attendance.sign_in(begun, PersonId("p1"), Lane.ROLL_CALL, "operator")
    station.sessions.move(begun, Step.PLAY)
    return begun


def begin(stand: Stand, session: SessionId | None, course: Course) -> None:
    stand.playback.open(session, course)
    stand.player.observe(PlayerEvent.PLAYING)


def plays(stand: Stand, session: SessionId) -> tuple[PlayView, ...]:
    return stand.opened.station.sessions.show(session).plays


def test_a_first_play_begins_at_once_without_a_question(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    assert stand.playback.state.resume_ms is None
    assert stand.playback.state.playing
    assert [one.outcome for one in plays(stand, session)] == [None]


def test_a_stopped_play_is_asked_about_exactly_once_and_goes_on_from_there(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    stand.player.run(2 * MINUTE)
    stand.playback.stop()
    stand.playback.open(session, course)
    assert stand.playback.state.resume_ms == 2 * MINUTE
    assert not stand.player.playing
    stand.playback.begin(2 * MINUTE)
    stand.player.observe(PlayerEvent.PLAYING)
    assert stand.player.at_ms == 2 * MINUTE
    assert stand.playback.state.resume_ms is None


def test_a_play_of_twenty_seconds_is_not_asked_about(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    stand.player.run(20_000)
    stand.playback.stop()
    stand.playback.open(session, course)
    assert stand.playback.state.resume_ms is None
    assert stand.player.playing


def test_the_bookmark_is_never_more_than_five_seconds_behind(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    for _ in range(48):
        stand.player.run(1_000)
        stand.playback.tick()
    kept = plays(stand, session)[0].position_ms
    assert 43_000 <= kept <= 48_000


def test_a_course_shown_to_its_end_is_full(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    stand.player.run(10 * MINUTE - 250)
    stand.player.observe(PlayerEvent.ENDED)
    assert plays(stand, session)[0].outcome is PlayOutcome.FULL
    assert stand.playback.state.ended
    assert stand.playback.state.course == course  # the last picture stays


def test_a_course_sought_through_to_its_end_is_not_full(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    stand.player.run(MINUTE)
    stand.playback.seek(9 * MINUTE)
    stand.player.observe(PlayerEvent.POSITION)
    stand.player.run(MINUTE - 250)
    stand.player.observe(PlayerEvent.ENDED)
    view = plays(stand, session)[0]
    assert view.outcome is PlayOutcome.STOPPED
    assert view.coverage_percent == 20


def damage(stand: Stand, course: Course) -> None:
    """One bit on the disk turns, and the file's time says nothing of it."""
    path = stand.opened.station.tools.shelf.whole(course.video)
    assert path is not None
    data, was = bytearray(path.read_bytes()), path.stat()
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


@pytest.mark.parametrize("event", [PlayerEvent.ENDED, PlayerEvent.FAILED])
def test_a_damaged_file_that_ends_early_is_broken_said_plainly_and_set_aside(
    stand: Stand, session: SessionId, course: Course, event: PlayerEvent
) -> None:
    begin(stand, session, course)
    stand.player.run(3 * MINUTE)
    damage(stand, course)
    stand.player.observe(event)
    state = stand.playback.state
    assert plays(stand, session)[0].outcome is PlayOutcome.BROKEN
    assert "乡村振兴促进法解读" in state.trouble
    assert "K-311" in state.trouble
    assert state.course is None
    assert not stand.opened.station.courses.all()[0].ready


@pytest.mark.parametrize(("minutes", "percent"), [(3, 30), (6, 100)])
def test_a_sound_file_that_ends_before_its_length_is_full_and_stays(
    stand: Stand, session: SessionId, course: Course, minutes: int, percent: int
) -> None:
    begin(stand, session, course)
    stand.player.run(minutes * MINUTE)
    stand.player.observe(PlayerEvent.ENDED)
    state, play = stand.playback.state, plays(stand, session)[0]
    assert (play.outcome, play.coverage_percent) == (PlayOutcome.FULL, percent)
    assert (state.trouble, state.ended) == ("", True)
    assert stand.opened.station.courses.all()[0].ready


def test_an_end_right_behind_a_jump_blames_nobody(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    stand.player.run(MINUTE)
    stand.playback.seek(10 * MINUTE)
    stand.player.observe(PlayerEvent.ENDED)
    play = plays(stand, session)[0]
    assert (play.outcome, play.coverage_percent) == (PlayOutcome.STOPPED, 10)
    assert stand.playback.state.trouble == ""
    assert stand.opened.station.courses.all()[0].ready


def test_a_sound_file_this_pc_cannot_play_stays_and_is_told_once_with_the_reason(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    stand.player.observe(PlayerEvent.FAILED)
    state = stand.playback.state
    assert "K-314" in state.trouble
    assert plays(stand, session)[0].outcome is PlayOutcome.BROKEN
    view = stand.opened.station.courses.all()[0]
    assert (view.ready, view.trouble) == (True, "media.not_shown")
    begin(stand, session, course)  # tried again after an upgrade, it plays
    stand.player.run(10 * MINUTE - 250)
    stand.player.observe(PlayerEvent.ENDED)
    assert stand.opened.station.courses.all()[0].trouble == ""


def test_an_observation_of_an_earlier_load_changes_nothing(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    old = stand.player.generation
    stand.playback.stop()
    begin(stand, session, course)
    stand.player.observe(PlayerEvent.ENDED, generation=old)
    assert stand.playback.state.playing


def test_seeks_in_a_row_are_undone_with_one_key_for_ten_seconds(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    stand.player.run(5 * MINUTE)
    for _ in range(3):
        stand.playback.seek_by(-10_000)
    assert stand.player.at_ms == 5 * MINUTE - 30_000
    assert stand.playback.state.undo_to_ms == 5 * MINUTE
    stand.playback.undo_seek()
    assert stand.player.at_ms == 5 * MINUTE
    assert stand.playback.state.undo_to_ms is None
    stand.playback.seek_by(60_000)
    stand.player.mono_ms += 10_000
    stand.playback.tick()
    assert stand.playback.state.undo_to_ms is None


def test_the_rate_goes_in_steps_and_starts_anew_with_each_course(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    for _ in range(5):
        stand.playback.step_rate(+1)
    assert stand.player.rate == 1.5
    stand.playback.step_rate(0)
    assert stand.player.rate == 1.0
    stand.playback.step_rate(-1)
    begin(stand, session, course)
    assert stand.player.rate == 1.0


def test_black_waits_with_the_course_and_goes_on_afterwards(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    stand.playback.toggle_black()
    assert not stand.player.playing
    assert stand.playback.state.black
    stand.playback.toggle_freeze()
    assert (stand.playback.state.black, stand.playback.state.frozen) == (False, True)
    stand.playback.uncover()
    assert stand.player.playing


def test_what_was_paused_behind_the_black_stays_paused_when_the_picture_comes_back(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    stand.playback.toggle_black()
    stand.playback.pause()  # a handout was opened, or the room's cable came off
    stand.playback.toggle_black()
    assert not stand.playback.state.black
    assert not stand.player.playing


def test_muting_keeps_the_volume(stand: Stand, session: SessionId, course: Course) -> None:
    begin(stand, session, course)
    stand.playback.set_volume(60)
    stand.playback.toggle_mute()
    assert stand.player.volume == 0
    stand.playback.toggle_mute()
    assert stand.player.volume == 60


def test_courses_are_evened_out_unless_that_is_switched_off(
    stand: Stand, session: SessionId, opened: OpenStation, tmp_path: Path
) -> None:
    loud = replace(sample_course(opened, tmp_path, "loud"), gain_db=-7.5)
    bring(opened, "catalogue", ("course", loud.id, loud))
    begin(stand, session, loud)
    assert stand.player.gains == [-7.5]
    stand.playback.even_out(on=False)
    assert stand.player.gains == [-7.5, 0], "heard at once"
    begin(stand, session, loud)
    stand.playback.even_out(on=True)
    assert stand.player.gains == [-7.5, 0, 0, -7.5]


def test_the_page_key_needs_a_second_press_within_two_seconds(
    stand: Stand, session: SessionId, course: Course
) -> None:
    begin(stand, session, course)
    assert not stand.playback.arm(+1)
    stand.player.mono_ms += 2_000
    assert not stand.playback.arm(+1)
    stand.player.mono_ms += 1_900
    assert stand.playback.arm(+1)


def test_a_player_that_stays_silent_is_given_up_with_a_sentence(
    stand: Stand, session: SessionId, course: Course
) -> None:
    stand.playback.open(session, course)
    stand.player.mono_ms += 15_001
    stand.playback.tick()
    assert "K-313" in stand.playback.state.trouble
    assert plays(stand, session)[0].outcome is PlayOutcome.STOPPED


def test_a_course_that_is_not_here_is_refused_in_words(
    stand: Stand, opened: OpenStation, tmp_path: Path
) -> None:
    missing = sample_course(opened, tmp_path, "c9", title="还没来的课", whole=False)
    stand.playback.open(None, missing)
    assert "还没来的课" in stand.playback.state.trouble
    assert stand.player.clip is None
