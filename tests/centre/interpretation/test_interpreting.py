"""What the centre reads out of facts, and what waits."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.people.person import StandingKind
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import CourseShowing, PlayOutcome
from app.areas.sessions.facts import SessionNotHeld, SessionOpened
from app.areas.sessions.session import NotHeldReason
from app.domain.ids import CourseId, FactHash, PersonId, PlayId
from app.domain.personal import LeaveKind, Personal
from centre.intake.exchanging import exchange
from centre.interpretation import pending
from centre.rosters.importing import import_roster
from centre.stations.credentials import Credential
from centre.store.projection_tables import held, report_sessions
from centre.store.tables import facts, people, sites
from tests.centre.benches import Bench
from tests.centre.recorded_sessions import closed, mark, new_session, prepared, rich_session
from tests.support.sheets import write_sheet
from tests.support.talking_station import START_MS, opened_segment

NAMES = ("陈平", "王秀英", "李建国", "赵大山")


def roster_people(bench: Bench, folder: Path, site: str = "石门村") -> dict[str, str]:
    """Import four people; name → id."""
    rows = [["姓名", "支部", "手机"]]
    rows += [[name, "一支部", f"1380000000{n}"] for n, name in enumerate(NAMES)]
    import_roster(bench.centre, write_sheet(folder / "r.xlsx", rows), site, apply=True)
    with bench.centre.store.reading() as tx:
        return {row.name: row.id for row in tx.execute(select(people))}


def test_a_session_is_reported_with_everyone_in_it(bench: Bench, tmp_path: Path) -> None:
    station = bench.station()
    ids = roster_people(bench, tmp_path)
    recorded = rich_session(tuple(ids[name] for name in NAMES))
    station.deliver(*recorded.chains)
    report = bench.report(session=recorded.session)
    (told,) = report.sessions
    assert (told.title, told.step, told.site_name) == ("冬季果树管理", "closed", "石门村")
    shown = {one.name: (one.status, one.is_late_entry) for one in told.listed}
    assert shown == {
        "陈平": ("present", False),
        "王秀英": ("present", False),
        "李建国": ("late_entry", True),
        "赵大山": ("absent", False),
        "": (None, False),
    }
    assert told.left_out == (("p-frail", "frail"),)
    assert [(one.name, one.status) for one in told.visitors] == [("王过路", "present")]
    assert (told.turnout.expected, told.turnout.arrived) == (4, 3)
    assert (told.turnout.rate_percent, told.turnout.in_room) == (75, 4)
    (play,) = told.plays
    assert (play.coverage_percent, play.outcome) == (98, "full")
    assert told.held == {"unknown_person": 1}
    late = next(one for one in told.people if one.is_late_entry)
    assert (late.lane, late.by, late.claimed_ms) == ("roll_call", "operator", START_MS)


def first_visitor(bench: Bench) -> tuple[str | None, str | None]:
    """How the first visitor stands, and what the screen said of the mark that holds."""
    visitor = bench.report().sessions[0].visitors[0]
    return visitor.status, visitor.said_status


def test_the_first_presence_holds_and_a_voided_one_does_not(bench: Bench) -> None:
    session, chain, station = new_session(), opened_segment(), bench.station()
    chain.record(prepared(session))
    chain.record(VisitorAdmitted(session, PersonId("v1")), personal=Personal(name="甲"))
    wrong = chain.record(mark(session, "v1", Status.LATE))
    chain.record(mark(session, "v1", Status.PRESENT))
    station.deliver(chain)
    assert first_visitor(bench) == ("present", "late")
    chain.record(AttendanceVoided(session, PersonId("v1"), FactHash(wrong)))
    station.deliver(chain)
    assert first_visitor(bench) == ("present", None)


def test_segments_stand_in_order_of_descent_not_of_arrival_or_clock(bench: Bench) -> None:
    session, station = new_session(), bench.station()
    first = opened_segment()
    first.record(prepared(session))
    first.record(VisitorAdmitted(session, PersonId("v1")))
    first.record(mark(session, "v1", Status.LATE))
    between = opened_segment(parent=first)
    last = opened_segment(parent=between, wall_ms=START_MS - 9_000_000)
    last.record(mark(session, "v1", Status.PRESENT))
    station.deliver(last)
    station.deliver(first)
    assert first_visitor(bench) == ("present", "late")
    station.deliver(between)
    assert first_visitor(bench) == ("present", "late")


def test_facts_that_were_read_before_their_segment_had_a_place_stand_right_once_it_has(
    bench: Bench,
) -> None:
    """The first facts of two segments come last, each after a report was made without it."""
    session, station = new_session(), bench.station()
    first = opened_segment()
    first.record(prepared(session))
    first.record(VisitorAdmitted(session, PersonId("v1")))
    second = opened_segment(parent=first)
    third = opened_segment(parent=second)
    while third.name > second.name:  # by name alone they would stand the wrong way round
        third = opened_segment(parent=second)
    second.record(mark(session, "v1", Status.LATE))
    third.record(mark(session, "v1", Status.PRESENT))
    station.deliver(first)
    for run in (third.run(2), second.run(2), third.run(1, 1), second.run(1, 1)):
        station.exchange(station.request(runs=[run]))
        bench.report()
    assert first_visitor(bench) == ("present", "late")


@given(chance=st.randoms(use_true_random=False))
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_reports_made_on_the_way_change_nothing_about_the_one_at_the_end(
    bench: Bench, chance: random.Random
) -> None:
    """Facts come one by one in any order, and are read at any time between."""
    recorded = rich_session()
    straight = bench.station(f"顺 {recorded.session}")
    mixed = bench.station(f"乱 {recorded.session}")
    straight.deliver(*recorded.chains)
    runs = [one.run(n, n) for one in recorded.chains for n in range(1, len(one.facts) + 1)]
    chance.shuffle(runs)
    while runs:
        some, runs = runs[:4], runs[4:]
        mixed.exchange(mixed.request(runs=some))
        if chance.random() < 0.5:
            bench.report(site=mixed.me.site)
    (expected,) = bench.report(site=straight.me.site).sessions
    (told,) = bench.report(site=mixed.me.site).sessions
    assert replace(told, site="", site_name="") == replace(expected, site="", site_name="")


def test_a_void_of_a_mark_that_is_not_here_waits_for_it(bench: Bench) -> None:
    session, station = new_session(), bench.station()
    first, second = opened_segment(), None
    first.record(prepared(session))
    first.record(VisitorAdmitted(session, PersonId("v1")), personal=Personal(name="甲"))
    wrong = first.record(mark(session, "v1"))
    second = opened_segment(parent=first)
    second.record(AttendanceVoided(session, PersonId("v1"), FactHash(wrong)))
    station.deliver(second)
    assert bench.report().held == {"unknown_mark": 1}
    station.deliver(first)
    assert bench.report().held == {}
    assert bench.report().sessions[0].visitors == ()


def test_an_end_of_a_play_that_did_not_begin_here_waits_for_its_beginning(bench: Bench) -> None:
    session, station, play = new_session(), bench.station(), PlayId("y1")
    first = opened_segment()
    first.record(PlaybackStarted(play, session, CourseId("k1"), "0" * 64, 0, 100_000))
    second = opened_segment(parent=first)
    second.record(PlaybackEnded(play, PlayOutcome.STOPPED, 50_000, ((0, 50_000),)))
    station.deliver(second)
    assert bench.report().held == {"unknown_play": 1}
    station.deliver(first)
    assert bench.report().held == {}
    assert bench.report().sessions[0].plays[0].coverage_percent == 50


def test_a_course_that_was_gone_on_with_is_told_once_with_all_that_was_shown(bench: Bench) -> None:
    session, station, chain = new_session(), bench.station(), opened_segment()
    for play, first, last, how in (
        (PlayId("y1"), 0, 40_000, PlayOutcome.INTERRUPTED),
        (PlayId("y2"), 70_000, 100_000, PlayOutcome.STOPPED),
    ):
        chain.record(PlaybackStarted(play, session, CourseId("k1"), "0" * 64, first, 100_000))
        chain.record(PlaybackEnded(play, how, last, ((first, last),)))
    station.deliver(chain)
    told = bench.report().sessions[0]
    assert [one.coverage_percent for one in told.plays] == [40, 30]
    assert told.showings == (CourseShowing("k1", 2, 70, True, PlayOutcome.STOPPED),)


def test_marks_of_unknown_people_wait_until_the_roster_has_them(
    bench: Bench, tmp_path: Path
) -> None:
    session, chain, station = new_session(), opened_segment(), bench.station()
    chain.record(prepared(session))
    chain.record(mark(session, "p-later"))
    chain.record(VisitorAdmitted(session, PersonId("v1")), personal=Personal(name="甲"))
    chain.record(mark(session, "v1"))
    station.deliver(chain)
    assert bench.report().sessions[0].held == {"unknown_person": 1}
    assert [one.person for one in bench.report().sessions[0].visitors] == ["v1"]
    with bench.centre.store.writing() as tx:
        tx.execute(
            people.insert().values(
                id="p-later",
                site=station.me.site,
                name="迟来",
                member_no="",
                unit="",
                phone="",
                birth="",
                active=True,
                body=b'{"id":"p-later","name":"x"}',
            )
        )
    roster_people(bench, tmp_path)
    told = bench.report().sessions[0]
    assert told.held == {}
    assert {one.name for one in told.visitors} == {"甲", "迟来"}


def test_leave_and_reasons_of_not_holding_are_reported(bench: Bench) -> None:
    session, other, chain = new_session(), new_session(), opened_segment()
    chain.record(prepared(session))
    chain.record(VisitorAdmitted(session, PersonId("v1")))
    chain.record(
        AttendanceMarked(
            session, PersonId("v1"), Status.ON_LEAVE, Lane.ROLL_CALL, RosterStatus.VISITOR
        ),
        personal=Personal(leave=LeaveKind.SICK),
    )
    chain.record(prepared(other))
    chain.record(SessionNotHeld(other, NotHeldReason.POWER_CUT), personal=Personal(note="线路检修"))
    bench.station().deliver(chain)
    told = {one.session: one for one in bench.report().sessions}
    assert told[session].visitors[0].status == "on_leave"
    assert (told[other].step, told[other].not_held_reason) == ("not_held", "power_cut")
    assert told[other].not_held_note == "线路检修"


@pytest.mark.parametrize(("said", "agrees"), [("v1 present", True), ("v1 late", False)])
def test_the_digest_tells_whether_both_sides_saw_the_same_list(
    bench: Bench, said: str, agrees: bool
) -> None:
    session, chain = new_session(), opened_segment()
    chain.record(prepared(session))
    chain.record(SessionOpened(session, (), ((PersonId("p9"), StandingKind.AWAY),)))
    chain.record(VisitorAdmitted(session, PersonId("v1")))
    chain.record(mark(session, "v1"))
    chain.record(closed(session, hashlib.sha256(said.encode()).hexdigest()))
    chain.record(mark(session, "v1", Status.LATE_ENTRY))
    bench.station().deliver(chain)
    assert bench.report().sessions[0].agrees is agrees


def test_a_stop_between_keeping_and_understanding_is_made_up_for_at_the_next_start(
    bench: Bench,
) -> None:
    recorded, station = rich_session(), bench.station()
    from app.wire.codec import pack

    request = station.request(
        tips=[one.tip() for one in recorded.chains], runs=[one.run() for one in recorded.chains]
    )
    credential = Credential(station.me.station, station.me.site)
    exchange(bench.centre, credential, pack(request))
    bench.stop()
    bench.start()
    (told,) = bench.report().sessions
    assert (told.session, told.turnout.visitors) == (recorded.session, 1)


@pytest.mark.logs_warnings
def test_a_failing_interpretation_refuses_nothing_and_is_tried_again(bench: Bench) -> None:
    recorded, station = rich_session(), bench.station()
    with bench.centre.store.writing() as tx:
        tx.execute(text("ALTER TABLE report_sessions RENAME COLUMN day TO put_away"))
    told = station.deliver(*recorded.chains)
    assert [one.upto_n for one in told.receipts.values()] == [
        len(chain.facts) for chain in recorded.chains
    ]
    assert bench.report().held == {"failed": 1}
    with bench.centre.store.writing() as tx:
        tx.execute(text("ALTER TABLE report_sessions RENAME COLUMN put_away TO day"))
    pending.interpret_all(bench.centre)
    assert bench.report().held == {"unknown_person": 1}
    assert bench.report().sessions[0].step == "closed"


def test_what_an_older_program_put_aside_is_looked_at_again(bench: Bench) -> None:
    session, chain = new_session(), opened_segment()
    chain.record(prepared(session))
    bench.station().deliver(chain)
    with bench.centre.store.writing() as tx:
        arrival = tx.scalar(select(facts.c.arrival).where(facts.c.n == 2))
        tx.execute(report_sessions.delete())
        tx.execute(facts.update().where(facts.c.n == 2).values(session=None, kind=None))
        aside = {"arrival": arrival, "reason": "unknown_kind", "detail": "", "since_ms": 1}
        aside |= {"projection": "", "key": ""}
        tx.execute(held.insert().values(site=tx.scalar(select(sites.c.id)), **aside))
    bench.stop()
    bench.start()
    assert bench.report().held == {}
    assert [one.session for one in bench.report().sessions] == [session]


def test_facts_of_one_session_from_another_site_stay_apart(bench: Bench) -> None:
    recorded = rich_session()
    bench.station("甲村").deliver(*recorded.chains)
    bench.station("乙村").deliver(*recorded.chains)
    assert {one.site_name for one in bench.report().sessions} == {"甲村", "乙村"}
    assert len(bench.report(site="甲村").sessions) == 1


def test_a_disk_that_was_cloned_and_let_in_again_counts_nobody_twice(bench: Bench) -> None:
    recorded = rich_session()
    bench.station().deliver(*recorded.chains)
    bench.station().deliver(*recorded.chains)
    (told,) = bench.report().sessions
    assert told.turnout.visitors == 1
    assert told.held == {"unknown_person": 1}
    assert "two_stations" in {fork.why for fork in bench.report().forks}


def test_two_segments_that_go_on_from_one_place_are_shown_as_siblings(bench: Bench) -> None:
    parent = opened_segment()
    left, right = opened_segment(parent=parent), opened_segment(parent=parent)
    bench.station().deliver(parent, left, right)
    (fork,) = bench.report().forks
    assert (fork.why, set(fork.segments)) == ("siblings", {left.name, right.name})


def test_everything_interpreted_is_marked_so(bench: Bench) -> None:
    bench.station().deliver(*rich_session().chains)
    bench.report()
    with bench.centre.store.reading() as tx:
        query = select(func.count()).select_from(facts).where(facts.c.interpreted.is_(False))
        assert tx.scalar(query) == 0
