"""The queue: what waits is listed in plain words, tried again, and decided about with a trail."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from app.areas.attendance.facts import AttendanceVoided
from app.areas.playback.facts import PlaybackEnded
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.facts import SessionOpened
from app.domain.errors import NotFound
from app.domain.ids import FactHash, PersonId, PlayId, SessionId
from centre.commands.main import main
from centre.interpretation.queue import resolve_person, try_again, waiting_facts
from centre.store.projection_tables import held, report_sessions
from centre.store.tables import facts, resolutions
from tests.centre.benches import Bench
from tests.centre.decisions.test_people_decide import add_person
from tests.centre.recorded_sessions import mark, new_session, prepared
from tests.support.talking_station import Chain, TalkingStation, opened_segment


def opened_session(*unknown: str) -> tuple[SessionId, Chain]:
    session, chain = new_session(), opened_segment()
    chain.record(prepared(session))
    chain.record(SessionOpened(session, (PersonId("p1"),), ()))
    for person in unknown:
        chain.record(mark(session, person))
    return session, chain


def command(bench: Bench, *arguments: str) -> int:
    where = ["--home", str(bench.settings.home), "--database", bench.settings.database]
    return main([*where, *arguments])


def present(bench: Bench) -> set[str]:
    (told,) = bench.report().sessions
    return {one.person for one in told.people if one.status == "present"}


def with_two_people(bench: Bench) -> TalkingStation:
    station = bench.station()
    add_person(bench, station, "p1", "李秀兰")
    add_person(bench, station, "p2", "李秀莲")
    return station


def test_the_list_says_where_what_why_and_since_when(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    station = bench.station("石门村")
    session, chain = opened_session("p-typo")
    chain.record(AttendanceVoided(session, PersonId("p1"), FactHash("0" * 64)))
    chain.append(b'{"v":1,"n":6,"k":"dream.told","w":1,"m":1,"g":"ok","a":"x","b":{}}')
    chain.append(b"no fact at all")
    station.deliver(chain)
    bench.report()
    assert command(bench, "queue", "--json", "--site", "石门村") == 0
    told = json.loads(capsys.readouterr().out)
    assert {(one["reason"], one["kind"]) for one in told} == {
        ("unknown_person", "attendance.marked"),
        ("unknown_mark", "attendance.voided"),
        ("unknown_kind", ""),
        ("unreadable", ""),
    }
    by_reason = {one["reason"]: one for one in told}
    assert by_reason["unknown_person"]["session"] == session
    assert "名册里没有这个人（p-typo）" in by_reason["unknown_person"]["why"]
    assert {one["since_ms"] for one in told} == {bench.clock.ms}
    assert command(bench, "queue") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert all("石门村" in line and line.rstrip().endswith("。") for line in lines)
    with pytest.raises(NotFound):
        waiting_facts(bench.centre, site="没有的村")


def test_an_empty_queue_says_so(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(bench, "queue") == 0
    assert capsys.readouterr().out.strip() == "没有要人处理的记录。"


def test_what_waits_holds_up_nothing_that_comes_after_it(bench: Bench) -> None:
    station = bench.station()
    session, chain = opened_session("p-typo")
    chain.append(b"no fact at all")
    chain.record(mark(session, "p1"))
    station.deliver(chain)
    assert present(bench) == {"p1"}


def test_trying_again_takes_in_whom_the_roster_knows_by_now(bench: Bench) -> None:
    station = bench.station()
    _, chain = opened_session("p-later")
    station.deliver(chain)
    assert bench.report().held == {"unknown_person": 1}
    add_person(bench, station, "p-later", "迟来")
    try_again(bench.centre, site=station.me.site)
    assert waiting_facts(bench.centre) == ()
    assert present(bench) == {"p-later"}


def test_what_waits_says_since_when_however_often_it_was_looked_at(bench: Bench) -> None:
    station = bench.station()
    session, chain = opened_session("p-typo")
    chain.record(PlaybackEnded(PlayId("y1"), PlayOutcome.FULL, 1, ()))
    chain.append(b"no fact at all")
    station.deliver(chain)
    bench.report()
    began, bench.clock.ms = bench.clock.ms, bench.clock.ms + 3_600_000
    later = opened_segment(parent=chain)
    later.record(mark(session, "p1"))
    station.deliver(later)
    bench.report()
    try_again(bench.centre)
    waiting = waiting_facts(bench.centre)
    assert {one.reason for one in waiting} == {"unknown_person", "unknown_play", "unreadable"}
    assert {one.since_ms for one in waiting} == {began}


def test_trying_again_looks_at_what_belongs_to_no_session_too(bench: Bench) -> None:
    """As after an upgrade: what was put aside as a kind nobody knew is one now."""
    station = bench.station()
    _, chain = opened_session()
    station.deliver(chain)
    bench.report()
    with bench.centre.store.writing() as tx:
        arrival = tx.scalar(select(facts.c.arrival).where(facts.c.n == 2))
        tx.execute(report_sessions.delete())
        tx.execute(facts.update().values(session=None, kind=None))
        aside = {"arrival": arrival, "reason": "unknown_kind", "detail": "", "since_ms": 1}
        aside |= {"projection": "", "key": ""}
        tx.execute(held.insert().values(site=station.me.site, **aside))
    try_again(bench.centre, site="石门村")
    assert waiting_facts(bench.centre) == ()
    assert len(bench.report().sessions) == 1


def test_a_wrong_word_is_corrected_by_a_newer_one_and_both_are_kept(bench: Bench) -> None:
    station = with_two_people(bench)
    _, chain = opened_session("p-typo")
    station.deliver(chain)
    bench.report()
    (waiting,) = waiting_facts(bench.centre)
    resolve_person(bench.centre, waiting.arrival, "p1", by="王", reason="像是她")
    assert present(bench) == {"p1"}
    resolve_person(bench.centre, waiting.arrival, "p2", by="陈", reason="本人来说明")
    assert present(bench) == {"p2"}
    with bench.centre.store.reading() as tx:
        query = select(resolutions).order_by(resolutions.c.at_ms)
        trail = [(row.person, row.by, row.reason) for row in tx.execute(query)]
        kept = [bytes(one) for one in tx.scalars(select(facts.c.bytes).order_by(facts.c.n))]
    assert trail == [("p1", "王", "像是她"), ("p2", "陈", "本人来说明")]
    assert kept == chain.facts


def test_a_word_about_a_fact_counts_by_whichever_way_the_fact_came(bench: Bench) -> None:
    """A cloned disk that was let in again brings it under another station of the same site."""
    station = with_two_people(bench)
    _, chain = opened_session("p-typo")
    station.deliver(chain)
    bench.report()
    (waiting,) = waiting_facts(bench.centre)
    resolve_person(bench.centre, waiting.arrival, "p1", by="王", reason="卡号登错")
    bench.station().deliver(chain)
    assert present(bench) == {"p1"}
    assert bench.report().held == {}


def test_a_void_of_a_mark_that_was_resolved_takes_it_back(bench: Bench) -> None:
    station = with_two_people(bench)
    session, chain = opened_session("p-typo")
    target = FactHash(chain.hashes[-1].hex())
    station.deliver(chain)
    bench.report()
    (waiting,) = waiting_facts(bench.centre)
    resolve_person(bench.centre, waiting.arrival, "p1", by="王", reason="卡号登错")
    chain.record(AttendanceVoided(session, PersonId("p-typo"), target))
    station.deliver(chain)
    assert present(bench) == set()


def test_only_what_waits_for_a_person_can_be_given_one_and_only_of_its_own_roster(
    bench: Bench,
) -> None:
    station, other = with_two_people(bench), bench.station("另一村")
    add_person(bench, other, "p-far", "远人")
    _, chain = opened_session("p-typo")
    station.deliver(chain)
    bench.report()
    (waiting,) = waiting_facts(bench.centre)
    with pytest.raises(NotFound):
        resolve_person(bench.centre, waiting.arrival, "p-far", by="王", reason="r")
    for arrival in (waiting.arrival - 1, 10**9):
        with pytest.raises(NotFound):
            resolve_person(bench.centre, arrival, "p1", by="王", reason="r")
    with bench.centre.store.reading() as tx:
        assert tx.execute(select(resolutions)).all() == []
        assert tx.scalar(select(held.c.arrival)) == waiting.arrival


def test_the_command_decides_with_author_and_reason_or_refuses(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    station = with_two_people(bench)
    _, chain = opened_session("p-typo")
    station.deliver(chain)
    bench.report()
    (waiting,) = waiting_facts(bench.centre)
    assert command(bench, "queue", "--as", "p1", "--by", "王", "--reason", "卡号登错") == 1
    assert "--fact" in capsys.readouterr().err
    which = ("queue", "--fact", str(waiting.arrival), "--as", "p1")
    assert command(bench, *which) == 1
    assert "--reason" in capsys.readouterr().err
    assert command(bench, *which, "--by", "王", "--reason", "卡号登错", "--retry") == 0
    assert present(bench) == {"p1"}
