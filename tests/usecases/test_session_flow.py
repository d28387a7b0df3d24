"""The session's flow, playing with bookmarks, and what the first screen shows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.areas.attendance.marks import Lane
from app.areas.playback.plays import Interval, PlayOutcome
from app.areas.sessions.session import NotHeldReason, Step
from app.bootstrap import OpenStation, open_station
from app.domain.errors import MediaTrouble, NotFound, NotPossibleNow
from app.domain.ids import CourseId, PersonId, PlanId, SessionId
from app.domain.time import ClockGrade
from app.usecases.station import Station
from app.usecases.views import SyncState
from tests.support.stations import SetClock, add_course, course_of, station_at

PLAN = PlanId("plan1")
COURSE = CourseId("c1")
LENGTH_MS = 3_600_000


@dataclass(slots=True)
class Room:
    """A station with one course whose file is here."""

    opened: OpenStation
    clock: SetClock
    film: Path

    @property
    def station(self) -> Station:
        """Its verbs."""
        return self.opened.station

    def restart(self) -> None:
        """End the program and start it again."""
        self.opened.close()
        self.opened = open_station(self.opened.home, clock=self.clock)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    clock = SetClock()
    film = tmp_path / "film.mp4"
    film.write_bytes(b"film" * 1_000)
    with station_at(tmp_path / "home", clock=clock) as opened:
        add_course(opened, course_of(film, str(COURSE), duration_ms=LENGTH_MS), film)
        made = Room(opened, clock, film)
        yield made
        made.opened.close()


def test_only_one_session_runs_and_a_used_plan_is_not_offered_again(room: Room) -> None:
    assert [plan.id for plan in room.station.today.overview().plans] == [PLAN]
    session = room.station.sessions.prepare(PLAN).session.id
    assert room.station.today.overview().plans == ()
    assert room.station.sessions.prepare(PLAN).session.id == session
    with pytest.raises(NotPossibleNow) as refused:
        room.station.sessions.prepare_extra("另一场", ())
    assert refused.value.values == {"title": "十一月集中学习"}
    room.station.sessions.open_sign_in(session)
    room.station.sessions.close(session)
    assert room.station.sessions.running() is None
    assert room.station.sessions.prepare_extra("另一场", ()).session.step is Step.PREPARE


def test_going_where_one_is_already_changes_nothing(room: Room) -> None:
    session = room.station.sessions.prepare_extra("学习", ()).session.id
    room.station.sessions.open_sign_in(session)
    before = room.station.today.sync_view().facts
    assert room.station.sessions.move(session, Step.SIGN_IN).session.step is Step.SIGN_IN
    room.station.sessions.move(session, Step.PLAY)
    room.station.sessions.move(session, Step.PLAY)
    assert room.station.today.sync_view().facts == before + 1
    for ended in (Step.CLOSED, Step.NOT_HELD):
        with pytest.raises(NotPossibleNow):
            room.station.sessions.move(session, ended)


def test_not_held_is_one_honest_step_until_somebody_has_signed_in(room: Room) -> None:
    view = room.station.sessions.not_held_plan(PLAN, NotHeldReason.HARVEST, " 抢收 ")
    assert (view.session.step, view.session.not_held_reason) == (
        Step.NOT_HELD,
        NotHeldReason.HARVEST,
    )
    assert (view.session.not_held_note, view.notes, view.written) == ("抢收", (), ("抢收",))
    session = room.station.sessions.prepare_extra("学习", ()).session.id
    room.station.sessions.open_sign_in(session)
    room.station.attendance.sign_in(session, PersonId("p0"), Lane.NAME_WALL, "member")
    with pytest.raises(NotPossibleNow) as refused:
        room.station.sessions.not_held(session, NotHeldReason.POWER_CUT)
    assert refused.value.values == {"count": 1}
    room.station.attendance.undo(session)
    assert (
        room.station.sessions.not_held(session, NotHeldReason.POWER_CUT).session.step
        is Step.NOT_HELD
    )
    with pytest.raises(NotFound):
        room.station.sessions.not_held_plan(PlanId("nonsense"), NotHeldReason.OTHER)


def test_notes_of_the_discussion_are_kept_in_order_and_empty_ones_are_not(room: Room) -> None:
    session = room.station.sessions.prepare_extra("学习", ()).session.id
    with pytest.raises(NotPossibleNow):
        room.station.discussion.note(session, "太早")
    room.station.sessions.open_sign_in(session)
    for text in ("讲得好", "  ", " 想看果树修剪 "):
        room.station.discussion.note(session, text)
    room.station.sessions.close(session)
    view = room.station.discussion.note(session, "散会后补记")
    assert view.notes == ("讲得好", "想看果树修剪", "散会后补记")


def test_a_play_left_without_an_end_gets_an_honest_one_and_can_be_resumed(room: Room) -> None:
    session = room.station.sessions.prepare_extra("学习", (COURSE,)).session.id
    room.station.sessions.open_sign_in(session)
    play = room.station.playback.started(session, COURSE, 0)
    assert room.station.playback.resume_offer(session, COURSE) is None
    room.station.playback.bookmark(play, 29_999, (Interval(0, 29_999),))
    assert room.station.playback.resume_offer(session, COURSE) is None
    room.station.playback.bookmark(play, 760_000, (Interval(0, 760_000),))
    room.restart()
    ended = room.station.playback.show(play)
    assert (ended.outcome, ended.position_ms) == (PlayOutcome.INTERRUPTED, 760_000)
    assert ended.coverage_percent == 21
    assert room.station.playback.resume_offer(session, COURSE) == 760_000
    assert [key for key, _ in room.station.today.overview().notices] == ["notice.resumed"]
    room.station.today.dismiss_notices()
    assert room.station.today.overview().notices == ()
    room.restart()
    assert room.station.today.overview().notices == (), "it is settled once"


def test_a_play_ends_once_and_a_later_bookmark_changes_nothing(room: Room) -> None:
    play = room.station.playback.started(None, COURSE, 0)
    shown = (Interval(0, LENGTH_MS),)
    room.station.playback.ended(play, PlayOutcome.FULL, LENGTH_MS, shown)
    room.station.playback.ended(play, PlayOutcome.STOPPED, 5, ())
    room.station.playback.bookmark(play, 7, ())
    view = room.station.playback.show(play)
    assert (view.outcome, view.position_ms, view.coverage_percent) == (
        PlayOutcome.FULL,
        LENGTH_MS,
        100,
    )
    assert room.station.playback.resume_offer(None, COURSE) is None
    with pytest.raises(NotFound):
        room.station.playback.started(None, CourseId("nonsense"), 0)


def test_a_session_is_resumed_at_its_own_place_first(room: Room) -> None:
    first = room.station.sessions.prepare_extra("第一场", (COURSE,)).session.id
    room.station.sessions.open_sign_in(first)
    play = room.station.playback.started(first, COURSE, 0)
    room.station.playback.ended(play, PlayOutcome.STOPPED, 600_000, ())
    room.station.sessions.close(first)
    second = room.station.sessions.prepare_extra("第二场", (COURSE,)).session.id
    assert room.station.playback.resume_offer(second, COURSE) == 600_000
    play = room.station.playback.started(second, COURSE, 0)
    room.station.playback.ended(play, PlayOutcome.STOPPED, 900_000, ())
    assert room.station.playback.resume_offer(second, COURSE) == 900_000
    assert room.station.playback.resume_offer(first, COURSE) == 600_000


def test_a_course_that_is_not_whole_is_named_and_never_played(room: Room) -> None:
    assert room.station.playback.clip(COURSE).duration_ms == LENGTH_MS
    whole = room.station.playback.clip(COURSE).path
    whole.write_bytes(b"short")
    with pytest.raises(MediaTrouble) as refused:
        room.station.playback.clip(COURSE)
    assert refused.value.values["title"] == "film"
    assert not room.station.courses.all()[0].ready
    with pytest.raises(NotFound):
        room.station.playback.clip(CourseId("nonsense"))


def test_a_damaged_course_is_set_aside_to_be_fetched_again(room: Room) -> None:
    path = room.station.playback.clip(COURSE).path
    was = path.stat()
    path.write_bytes(b"FILM" * 1_000)
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert room.station.playback.report_broken(COURSE) == "media.broken"
    view = room.station.courses.all()[0]
    assert (view.ready, view.percent, view.trouble) == (False, 0, "media.missing")


def test_a_course_that_is_right_is_never_thrown_away_for_how_it_played(room: Room) -> None:
    assert room.station.playback.report_broken(COURSE) == "media.not_shown"
    room.restart()
    view = room.station.courses.all()[0]
    assert (view.ready, view.percent, view.trouble) == (True, 100, "media.not_shown")
    assert room.station.playback.clip(COURSE).path.read_bytes() == b"film" * 1_000


def test_the_records_say_what_waits_for_the_centre(room: Room) -> None:
    session = room.station.sessions.prepare_extra("学习", ()).session.id
    assert room.station.today.records() == (), "a session in preparation is no record yet"
    room.station.sessions.open_sign_in(session)
    room.clock.pass_minutes(90)
    room.station.sessions.close(session)
    (line,) = room.station.today.records()
    assert (line.session.id, line.turnout.expected, line.waiting) == (session, 27, True)
    today = room.station.today.overview()
    assert (today.month_sessions, today.month_minutes) == (1, 90)
    assert (today.sync.state, today.sync.confirmed) == (SyncState.WAITING, 0)


@pytest.mark.parametrize("wall_ms", [0, 1_230_768_000_000, 4_102_444_800_000, 10**15])
def test_with_an_absurd_clock_the_session_goes_on_and_is_said(wall_ms: int, room: Room) -> None:
    room.clock.wall_ms, room.clock.grade = wall_ms, ClockGrade.BAD
    session = room.station.sessions.prepare_extra("学习", ()).session.id
    room.station.sessions.open_sign_in(session)
    done = room.station.attendance.sign_in(session, PersonId("p0"), Lane.PHONE_TAIL, "member")
    assert done.turnout.arrived == 1
    assert room.station.sessions.close(session).turnout.expected == 27
    today = room.station.today.overview()
    assert [key for key, _ in today.notices] == ["notice.clock_bad"]
    assert not next(one for one in room.station.today.checks() if one.key == "check.clock").good
    assert room.station.tools.store.verify().broken_at is None
    assert room.station.tools.store.backup_today() is not None


def test_nothing_is_known_of_a_session_that_is_not_there(room: Room) -> None:
    nowhere = SessionId("nonsense")
    for ask in (
        room.station.sessions.show,
        room.station.sessions.open_sign_in,
        room.station.sessions.close,
        lambda one: room.station.sessions.move(one, Step.PLAY),
        lambda one: room.station.attendance.sign_in(one, PersonId("p0"), Lane.NAME_WALL, "member"),
    ):
        with pytest.raises(NotFound):
            ask(nowhere)


def test_a_close_can_be_taken_back_for_thirty_minutes(room: Room) -> None:
    station = room.station
    session = station.sessions.prepare(PLAN).session.id
    with pytest.raises(NotPossibleNow):
        station.sessions.reopen(session)
    station.sessions.open_sign_in(session)
    station.attendance.sign_in(session, PersonId("p1"), Lane.ROLL_CALL, "operator")
    station.sessions.move(session, Step.DISCUSS)
    first = station.sessions.close(session)
    assert first.turnout.absent > 0
    room.clock.pass_minutes(29)
    assert station.sessions.may_reopen(session)

    again = station.sessions.reopen(session)
    assert (again.session.step, again.code, again.other_codes) == (
        Step.DISCUSS, "", (first.code,),
    )  # fmt: skip
    assert again.turnout.absent == 0
    assert station.sessions.running() == again
    station.attendance.sign_in(session, PersonId("p2"), Lane.ROLL_CALL, "operator")

    second = station.sessions.close(session)
    assert second.other_codes == (first.code,)
    assert second.code not in ("", first.code)
    assert second.turnout.arrived == first.turnout.arrived + 1
    room.restart()
    assert room.station.sessions.show(session) == second


def test_a_close_stays_after_thirty_minutes_or_while_another_session_is_open(room: Room) -> None:
    station = room.station
    session = station.sessions.prepare(PLAN).session.id
    station.sessions.open_sign_in(session)
    station.sessions.close(session)
    other = station.sessions.prepare_extra("加一场", ()).session.id
    with pytest.raises(NotPossibleNow, match="another_running"):
        station.sessions.reopen(session)
    assert not station.sessions.may_reopen(session), "nobody is offered what is refused"
    station.sessions.not_held(other, NotHeldReason.WEATHER)
    assert station.sessions.may_reopen(session)
    assert not station.sessions.may_reopen(other), "it was not held, so nothing was closed"
    room.clock.pass_minutes(31)
    assert not station.sessions.may_reopen(session)
    with pytest.raises(NotPossibleNow, match="reopen_late"):
        station.sessions.reopen(session)
    assert station.sessions.show(session).session.step is Step.CLOSED


@pytest.mark.parametrize("step", [Step.SIGN_IN, Step.PLAY, Step.DISCUSS])
def test_a_session_nobody_came_to_can_be_said_not_held_at_any_step(room: Room, step: Step) -> None:
    session = room.station.sessions.prepare(PLAN).session.id
    room.station.sessions.open_sign_in(session)
    room.station.sessions.move(session, step)
    view = room.station.sessions.not_held(session, NotHeldReason.HARVEST)
    assert view.session.step is Step.NOT_HELD
