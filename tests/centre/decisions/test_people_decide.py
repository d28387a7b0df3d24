"""What people decide at the centre: whom an unknown mark is of, and whose data is erased."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import select

from app.areas.attendance.facts import AttendanceMarked, VisitorAdmitted
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.people.person import Person
from app.areas.sessions.code import session_code
from app.areas.sessions.facts import SessionClosed, SessionOpened, SessionPrepared
from app.domain.errors import BadInput, NotFound
from app.domain.facts import ClockAsserted, ClockCompared
from app.domain.ids import PersonId, SessionId
from app.domain.personal import Personal
from app.wire.codec import write_row
from app.wire.fact_bytes import chain_hash, segment_root
from centre.erasing.erasing import erase_person
from centre.interpretation.queue import resolve_person, waiting_facts
from centre.store.tables import erasures, facts, feed_rows, people
from tests.centre.benches import Bench
from tests.support.talking_station import Chain, TalkingStation, opened_segment

S = SessionId("s-session")
START_MS = 1_795_000_000_000
DAY_MS = 86_400_000


def opened_session(station: str, *expected: str, boot: str = "b") -> Chain:
    """A segment with one opened session."""
    chain = opened_segment(station)
    chain.record(SessionPrepared(S, None, "group_session", "学习", (), (), None, 15))
    chain.record(SessionOpened(S, tuple(PersonId(one) for one in expected), ()))
    assert boot
    return chain


def mark(chain: Chain, person: str, personal: Personal | None = None) -> str:
    """Somebody signs in; the mark's hash."""
    fact = AttendanceMarked(
        S, PersonId(person), Status.PRESENT, Lane.NAME_WALL, RosterStatus.EXPECTED
    )
    return chain.record(fact, actor="member", personal=personal)


def add_person(bench: Bench, station: TalkingStation, person: str, name: str) -> None:
    """Put somebody into the roster."""
    body = write_row(Person(PersonId(person), name))
    with bench.centre.store.writing() as tx:
        tx.execute(
            people.insert().values(
                id=person,
                site=station.me.site,
                name=name,
                member_no="",
                unit="",
                phone="",
                birth="",
                active=True,
                body=body,
            )
        )


def test_who_stands_on_the_frozen_list_is_known_though_the_roster_lacks_them(bench: Bench) -> None:
    station = bench.station()
    chain = opened_session(station.me.station, "p-gone")
    mark(chain, "p-gone")
    station.deliver(chain)
    (session,) = bench.report().sessions
    assert [(one.person, one.status) for one in session.people] == [("p-gone", "present")]
    assert not session.held


def test_an_unknown_mark_waits_until_somebody_says_whose_it_is(bench: Bench) -> None:
    station = bench.station()
    add_person(bench, station, "p-real", "李秀兰")
    chain = opened_session(station.me.station, "p-real")
    mark(chain, "p-typo")
    station.deliver(chain)
    (session,) = bench.report().sessions
    assert session.held == {"unknown_person": 1}
    (waiting,) = waiting_facts(bench.centre)
    assert (waiting.reason, waiting.detail) == ("unknown_person", "p-typo")
    with pytest.raises(BadInput):
        resolve_person(bench.centre, waiting.arrival, "p-real", by="", reason="打错了")
    with pytest.raises(NotFound):
        resolve_person(bench.centre, waiting.arrival, "p-nobody", by="王", reason="打错了")
    resolve_person(bench.centre, waiting.arrival, "p-real", by="王会计", reason="卡号登错")
    (session,) = bench.report().sessions
    assert [(one.person, one.status) for one in session.people] == [("p-real", "present")]
    assert not session.held
    assert waiting_facts(bench.centre) == ()
    with bench.centre.store.reading() as tx:
        kept = [bytes(one) for one in tx.scalars(select(facts.c.bytes).order_by(facts.c.n))]
    assert kept == chain.facts, "the fact itself is as it was"


def test_erasing_takes_the_payload_and_the_name_and_leaves_the_chain_and_the_counts(
    bench: Bench,
) -> None:
    station = bench.station()
    chain = opened_session(station.me.station, "p1")
    mark(chain, "p1", Personal(reason="腿摔伤了来晚"))
    chain.record(VisitorAdmitted(S, PersonId("v1")), personal=Personal(name="张三丰来客"))
    fact = AttendanceMarked(S, PersonId("v1"), Status.PRESENT, Lane.ROLL_CALL, RosterStatus.VISITOR)
    chain.record(fact)
    station.deliver(chain)
    before = bench.report().sessions[0]
    assert before.visitors[0].name == "张三丰来客"
    done = erase_person(bench.centre, "v1", by="本人", reason="要求删除")
    assert (done.payloads, done.sessions) == (1, 1)
    after = bench.report().sessions[0]
    assert after.visitors[0].name == ""
    assert after.turnout == before.turnout
    with bench.centre.store.reading() as tx:
        rows = tx.execute(select(facts).order_by(facts.c.n)).all()
        told = tx.execute(select(feed_rows).where(feed_rows.c.kind == "erasure")).one()
        assert tx.scalar(select(erasures.c.reason)) == "要求删除"
    held = segment_root(chain.name)
    for row in rows:
        held = chain_hash(held, bytes(row.bytes))
        assert held == bytes(row.hash)
    assert b"\xe5\xbc\xa0\xe4\xb8\x89\xe4\xb8\xb0" not in b"".join(
        bytes(row.personal or b"") for row in rows
    )
    assert sum(row.personal is not None for row in rows) == 1, "the other's payload stays"
    assert told.key == "v1"
    station.deliver(chain)
    assert bench.report().sessions[0].visitors[0].name == "", "sent again, it does not come back"
    erase_person(bench.centre, "v1", by="本人", reason="再说一次")
    with pytest.raises(NotFound):
        erase_person(bench.centre, "nobody", by="x", reason="y")


def test_a_wrong_clock_is_repaired_with_a_trace_and_changes_nobodys_place(bench: Bench) -> None:
    station = bench.station()
    chain = opened_session(station.me.station, "p1", "p2")
    chain.wall_ms = 1_000_000
    mark(chain, "p1")
    chain.wall_ms = START_MS + 70 * 365 * DAY_MS
    mark(chain, "p2")
    chain.record(SessionClosed(S, 2, 2, 0, 0, 0, "x"))
    station.deliver(chain)
    wild = {one.person: one for one in bench.report().sessions[0].people}
    assert {one.status for one in wild.values()} == {"present"}, "nothing is hidden for its time"
    assert wild["p1"].at_ms == 1_001_000
    n = len(chain.facts) + 1
    chain.record(ClockCompared("b", chain.wall_ms, n, START_MS, 0), actor="station")
    station.deliver(chain)
    mended = {one.person: one for one in bench.report().sessions[0].people}
    assert (mended["p1"].at_ms, mended["p1"].time_source) == (START_MS + 4 - n, "repaired")
    assert mended["p1"].said_ms == 1_001_000, "what the clock said stays beside it"
    assert list(mended) == list(wild)


def test_the_operators_day_counts_until_the_centre_was_asked(bench: Bench) -> None:
    station = bench.station()
    chain = opened_session(station.me.station, "p1")
    chain.wall_ms = 60_000
    mark(chain, "p1")
    n = len(chain.facts) + 1
    chain.record(ClockAsserted("b", chain.wall_ms, n, "2026-11-23"))
    station.deliver(chain)
    (person,) = bench.report().sessions[0].people
    assert person.time_source == "by_day"
    assert person.at_ms is not None
    assert abs(person.at_ms - 1_795_363_200_000) < DAY_MS
    chain.record(ClockCompared("b", 0, n + 1, START_MS, 0), actor="station")
    station.deliver(chain)
    (person,) = bench.report().sessions[0].people
    assert person.time_source == "repaired"


def test_the_session_code_is_that_of_the_closing_facts_hash(bench: Bench) -> None:
    station = bench.station()
    chain = opened_session(station.me.station, "p1")
    closing = chain.record(SessionClosed(S, 1, 0, 0, 1, 0, os.urandom(8).hex()))
    station.deliver(chain)
    assert bench.report().sessions[0].code == session_code(closing)
