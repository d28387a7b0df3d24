"""The station's rows are what the one fold says: whatever came first, was written twice or came back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.areas.attendance.marks import Lane, Status
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.code import session_code
from app.areas.sessions.facts import (
    SessionClosed,
    SessionMoved,
    SessionNotHeld,
    SessionOpened,
    SessionPrepared,
)
from app.areas.sessions.session import NotHeldReason, Step
from app.areas.sessions.views import SessionView
from app.bootstrap import OpenStation, open_station
from app.domain.fact_kinds import Fact
from app.domain.facts import ClockCompared
from app.domain.ids import CourseId, PersonId, PlanId, PlayId, SessionId
from app.store.engine import SQLITE
from app.store.projected_tables import PROJECTED
from app.store.seal import put_seal
from app.store.station_store import StationStore
from app.wire.messages import Run
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SetClock, fill, station_at

S = SessionId("s-one")
DAY = "2026-11-23"


def store_of(opened: OpenStation) -> StationStore:
    """The real store behind the port."""
    store = opened.station.tools.store
    assert isinstance(store, StationStore)
    return store


def record(opened: OpenStation, *facts: Fact) -> None:
    """Write facts, each in a unit of work of its own."""
    for fact in facts:
        with store_of(opened).begin() as work:
            work.record(fact, actor="operator")


def runs_of(home: Path) -> tuple[Run, ...]:
    """All facts of a home, as the centre could give them back."""
    opened = open_station(home, clock=SetClock())
    try:
        with store_of(opened).begin() as work:
            work.conn.exec_driver_sql("UPDATE segments SET acked_n = 0")
        return store_of(opened).outgoing(1 << 30)[1]
    finally:
        opened.close()


def rows_of(home: Path) -> dict[str, list[object]]:
    """All that is made of the facts, of a closed store."""
    connection = SQLITE.connect(home / "station.db")
    try:
        return {
            table.name: sorted(connection.execute(f"SELECT * FROM {table.name}"), key=repr)  # noqa: S608
            for table in PROJECTED
        }
    finally:
        connection.close()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenStation]:
    """A station whose rows, at the test's end, are those that a rebuild makes."""
    with station_at(tmp_path / "home") as station:
        yield station
    before = rows_of(tmp_path / "home")
    station = open_station(tmp_path / "home", clock=SetClock())
    station.station.tools.store.rebuild()
    station.close()
    assert rows_of(tmp_path / "home") == before


def prepared(title: str = "学习", session: SessionId = S) -> SessionPrepared:
    return SessionPrepared(session, PlanId(title), "group_session", title, (), (), None, 15)


# --- the first in line holds ------------------------------------------------------------------


def test_a_session_prepared_twice_is_as_it_was_prepared_first(opened: OpenStation) -> None:
    record(opened, prepared("先"), prepared("后"))
    session = opened.station.sessions.show(S).session
    assert (session.title, session.plan) == ("先", "先")


def test_of_two_opened_lists_the_first_holds(opened: OpenStation) -> None:
    first = SessionOpened(S, (PersonId("p1"), PersonId("p2")), ())
    record(opened, prepared(), first, SessionOpened(S, (PersonId("p2"), PersonId("p3")), ()))
    view = opened.station.sessions.show(S)
    assert sorted(card.id for card in view.cards) == ["p1", "p2"]
    assert view.turnout.expected == 2


def test_a_move_to_an_end_step_is_nothing(opened: OpenStation) -> None:
    record(opened, prepared(), SessionOpened(S, (), ()), SessionMoved(S, Step.CLOSED))
    assert opened.station.sessions.show(S).session.step is Step.SIGN_IN


def test_of_two_starts_and_two_ends_of_a_play_the_first_hold(opened: OpenStation) -> None:
    play = PlayId("y-one")
    record(
        opened,
        prepared(),
        PlaybackStarted(play, S, CourseId("c1"), "v1", 0, 10_000),
        PlaybackStarted(play, S, CourseId("c2"), "v2", 5_000, 20_000),
        PlaybackEnded(play, PlayOutcome.STOPPED, 4_000, ((0, 4_000),)),
        PlaybackEnded(play, PlayOutcome.FULL, 10_000, ((0, 10_000),)),
    )
    (shown,) = opened.station.sessions.show(S).plays
    assert (shown.course, shown.duration_ms) == ("c1", 10_000)
    assert (shown.outcome, shown.position_ms, shown.coverage_percent) == ("stopped", 4_000, 40)


def test_why_a_session_was_not_held_stands_apart_from_the_discussion(opened: OpenStation) -> None:
    session = opened.station.sessions.prepare_extra("学习", ()).session.id
    view = opened.station.sessions.not_held(session, NotHeldReason.HARVEST, "抢收")
    assert (view.notes, view.session.not_held_note) == ((), "抢收")
    assert view.session.closed_ms is None
    assert view.session.ended_ms == view.session.not_held_ms


# --- what came back ----------------------------------------------------------------------------


@pytest.mark.logs_warnings
def test_a_session_elsewhere_stays_so_when_the_store_is_made_again_from_the_second_copy(
    tmp_path: Path,
) -> None:
    with station_at(tmp_path / "first") as one:
        session = begin(one)
        sign_in(one, session, 1)
    home = tmp_path / "second"
    with station_at(home) as other:
        store_of(other).take_back(runs_of(tmp_path / "first"))
        assert other.station.sessions.running() is None
    for path in home.glob("station.db*"):
        path.unlink()
    again = open_station(home, clock=SetClock())
    fill(again, people=30, day=DAY)
    elsewhere = again.station.today.overview().elsewhere
    assert elsewhere is not None
    assert elsewhere.id == session
    assert again.station.sessions.running() is None
    again.station.sessions.resume(session)
    assert again.station.sessions.running() is not None
    again.close()


def test_a_session_of_which_only_a_part_came_back_goes_on_here(tmp_path: Path) -> None:
    clock = SetClock()
    with station_at(tmp_path / "home", clock=clock) as one:
        session = begin(one)
    shutil.copytree(tmp_path / "home", tmp_path / "later")
    with station_at(tmp_path / "later", clock=clock) as one:
        sign_in(one, session, 1)
    opened = open_station(tmp_path / "home", clock=clock)
    store_of(opened).take_back(runs_of(tmp_path / "later"))
    running = opened.station.sessions.running()
    assert running is not None
    assert running.turnout.arrived == 1
    opened.close()


def test_both_codes_are_kept_when_the_session_was_closed_again_after_files_were_put_back(
    tmp_path: Path,
) -> None:
    clock = SetClock()
    with station_at(tmp_path / "home", clock=clock) as one:
        session = begin(one)
        sign_in(one, session, 1)
    shutil.copytree(tmp_path / "home", tmp_path / "put_back")
    with station_at(tmp_path / "home", clock=clock) as one:
        first = one.station.sessions.close(session).code
    for _ in range(2):  # two starts: what is written after the put-back stands later in line
        opened = open_station(tmp_path / "put_back", clock=clock)
        sign_in(opened, session, 2 + _)
        opened.close()
    opened = open_station(tmp_path / "put_back", clock=clock)
    second = opened.station.sessions.close(session).code
    store_of(opened).take_back(runs_of(tmp_path / "home"))
    view = opened.station.sessions.show(session)
    assert first != second
    assert (view.code, view.other_codes) == (first, (second,))
    opened.close()


def test_of_two_marks_from_two_copies_of_a_disk_the_earlier_stands(tmp_path: Path) -> None:
    clock = SetClock()
    with station_at(tmp_path / "one", clock=clock) as opened:
        session = begin(opened)
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    early, late = replace_clock(clock, 1), replace_clock(clock, 20)
    opened = open_station(tmp_path / "one", clock=clock)
    opened.station.discussion.note(session, "先记一条")
    opened.close()  # so that the earlier mark stands in a segment of a higher ordinal
    for home, now in (("one", early), ("two", late)):
        opened = open_station(tmp_path / home, clock=now)
        sign_in(opened, session, 1)
        opened.close()
    for home, other in (("one", "two"), ("two", "one")):
        shutil.copytree(tmp_path / other, tmp_path / f"{other}_read")
        opened = open_station(tmp_path / home, clock=late)
        store_of(opened).take_back(runs_of(tmp_path / f"{other}_read"))
        at = {card.id: card.at_ms for card in opened.station.sessions.show(session).cards}
        assert at[PersonId("p1")] == early.wall_ms
        opened.close()


def replace_clock(clock: SetClock, minutes: int) -> SetClock:
    """The same clock so many minutes later."""
    later = SetClock(clock.wall_ms, clock.mono_ms)
    later.pass_minutes(minutes)
    return later


def test_a_first_fact_that_comes_late_puts_its_segment_where_it_belongs(tmp_path: Path) -> None:
    clock = SetClock()
    with station_at(tmp_path / "home", clock=clock) as one:
        record(one, prepared("先"))
    for title in ("后", "末"):
        opened = open_station(tmp_path / "home", clock=clock)
        record(opened, prepared(title))
        opened.close()
    runs = [
        Run(run.segment, n, previous, (data,), ())
        for run in runs_of(tmp_path / "home")
        for n, previous, data in _each(run)
    ]
    late = [run for run in runs if run.from_n == 1]
    opened = open_station(tmp_path / "other", clock=SetClock(boot="other"))
    store_of(opened).take_back([run for run in runs if run.from_n > 1])
    store_of(opened).take_back(late)
    assert opened.station.sessions.show(S).session.title == "先"
    opened.close()
    assert _ordinals(tmp_path / "other") == _ordinals(tmp_path / "home")


def _each(run: Run) -> Iterator[tuple[int, bytes, bytes]]:
    from app.wire.fact_bytes import chain_hash

    previous = run.previous
    for n, data in enumerate(run.facts, run.from_n):
        yield n, previous, data
        previous = chain_hash(previous, data)


def _ordinals(home: Path) -> dict[str, int]:
    connection = SQLITE.connect(home / "station.db")
    try:
        return dict(connection.execute("SELECT id, ordinal FROM segments").fetchall())
    finally:
        connection.close()


# --- what time it was ------------------------------------------------------------------------


def test_when_the_station_learns_that_its_clock_was_wrong_its_own_view_follows(
    opened: OpenStation,
) -> None:
    clock = opened.station.tools.clock
    assert isinstance(clock, SetClock)
    session = begin(opened)
    sign_in(opened, session, 1)
    said = clock.wall_ms
    true = said - 40 * 60_000
    record(opened, ClockCompared(clock.boot, said, clock.mono_ms, true, 0))
    sign_in(opened, session, 2)
    view = opened.station.sessions.show(session)
    shown = {card.id: (card.at_ms, card.said_ms, card.time_source) for card in view.cards}
    assert shown[PersonId("p1")] == (true, said, "repaired")
    assert shown[PersonId("p2")] == (true, said, "repaired")
    assert (view.session.opened_ms, view.session.opened_said_ms) == (true, said)
    assert view.session.opened_time_source == "repaired"


def test_nobody_is_late_by_a_clock_that_is_known_to_be_fast(opened: OpenStation) -> None:
    clock = opened.station.tools.clock
    assert isinstance(clock, SetClock)
    true_start = clock.wall_ms - 40 * 60_000
    planned = SessionPrepared(S, None, "group_session", "学习", (), (), true_start, 15)
    record(opened, planned, SessionOpened(S, (PersonId("p1"),), ()))
    record(opened, ClockCompared(clock.boot, clock.wall_ms, clock.mono_ms, true_start, 0))
    done = opened.station.attendance.sign_in(S, PersonId("p1"), Lane.NAME_WALL, "member")
    assert done.card.status is Status.PRESENT


def test_of_two_samples_of_one_moment_the_exact_and_lower_one_holds(opened: OpenStation) -> None:
    clock = opened.station.tools.clock
    assert isinstance(clock, SetClock)
    session = begin(opened)
    for offset in (900_000, 600_000, 1_200_000):
        record(
            opened,
            ClockCompared(clock.boot, clock.wall_ms, clock.mono_ms, clock.wall_ms + offset, 0),
        )
    assert opened.station.sessions.show(session).session.opened_ms == clock.wall_ms + 600_000


# --- folding anew after an upgrade ----------------------------------------------------------------


def test_rows_are_folded_anew_in_small_steps_while_people_sign_in_and_after_a_kill(
    tmp_path: Path,
) -> None:
    clock = SetClock()
    home = tmp_path / "home"
    with station_at(home, clock=clock) as opened:
        past = begin(opened, "第一场")
        sign_in(opened, past, 1, 2, 3)
        opened.station.sessions.close(past)
        now = begin(opened, "第二场")
        sign_in(opened, now, 1)
        shown = _without_now(opened.station.sessions.show(past))
    connection = SQLITE.connect(home / "station.db")
    connection.execute("UPDATE projections SET version = 0")
    connection.commit()
    connection.close()
    put_seal(home / "station.db")
    opened = open_station(home, clock=clock)
    assert _without_now(opened.station.sessions.show(past)) == shown, "old rows are read meanwhile"
    sign_in(opened, now, 2)
    assert opened.station.sessions.show(now).turnout.arrived == 2
    store_of(opened).fold_some()
    opened.close()  # as far as it is stands in the store
    opened = open_station(home, clock=clock)
    sign_in(opened, now, 3)
    percents = []
    while not (step := store_of(opened).fold_some()).is_over:
        percents.append(step.percent)
    assert percents
    sign_in(opened, now, 4)
    assert opened.station.sessions.show(now).turnout.arrived == 4
    opened.close()
    before = rows_of(home)
    opened = open_station(home, clock=clock)
    opened.station.tools.store.rebuild()
    opened.close()
    assert rows_of(home) == before


def _without_now(view: SessionView) -> tuple[object, ...]:
    return view.session, view.cards, view.turnout, view.code, view.notes


def test_a_closing_that_holds_names_the_code(opened: OpenStation) -> None:
    record(opened, prepared(), SessionOpened(S, (), ()))
    closing = SessionClosed(S, 0, 0, 0, 0, 0, "")
    with store_of(opened).begin() as work:
        first = work.record(closing, actor="operator")
        second = work.record(closing, actor="operator")
    record(opened, SessionNotHeld(S, NotHeldReason.OTHER))
    view = opened.station.sessions.show(S)
    assert (view.code, view.other_codes) == (session_code(first), (session_code(second),))
    assert view.session.step is Step.CLOSED


def test_sessions_stand_by_the_line_whatever_came_first_to_a_disk(tmp_path: Path) -> None:
    clock = SetClock()
    with station_at(tmp_path / "first", clock=clock) as one:
        early = begin(one, "早")
        one.station.sessions.close(early)
    shutil.copytree(tmp_path / "first", tmp_path / "again")
    with station_at(tmp_path / "again", clock=clock) as one:
        late = begin(one, "晚")
        one.station.sessions.close(late)
    runs = runs_of(tmp_path / "again")
    opened = open_station(tmp_path / "other", clock=SetClock(boot="other"))
    for run in reversed(runs):
        store_of(opened).take_back([run])
    with store_of(opened).read() as reading:
        assert [one.id for one in reading.sessions(10)] == [late, early]
    opened.close()
