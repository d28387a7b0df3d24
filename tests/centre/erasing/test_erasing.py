"""Erasing somebody: nothing personal is left or comes back, and the record is as it was."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import insert, select, text, update

from app.areas.attendance.facts import VisitorAdmitted
from app.areas.attendance.marks import Status
from app.areas.sessions.facts import SessionOpened
from app.domain.errors import BadInput
from app.domain.ids import PersonId, SessionId
from app.domain.personal import LeaveKind, Personal
from app.wire.fact_bytes import chain_hash, personal_hash, segment_root, write_personal
from centre.commands.main import main
from centre.erasing.erasing import erase_person
from centre.interpretation.pending import interpret_pending
from centre.interpretation.queue import resolve_person, waiting_facts
from centre.store.forgotten import erased_among
from centre.store.projection_tables import report_sessions
from centre.store.tables import erasures, facts, feed_rows, people
from tests.centre.benches import Bench
from tests.centre.decisions.test_people_decide import add_person
from tests.centre.recorded_sessions import mark, new_session, prepared
from tests.support.talking_station import Chain, TalkingStation, opened_segment

NAME = "欧阳不留痕"
OTHER = Personal(reason="别人的事")


def session_of(person: str, *, visitor: bool) -> tuple[SessionId, Chain]:
    """A session with something personal about two people."""
    session, chain = new_session(), opened_segment()
    chain.record(prepared(session))
    chain.record(SessionOpened(session, (PersonId("p-other"),), ()))
    about = Personal(name=NAME) if visitor else Personal(leave=LeaveKind.SICK, reason=NAME)
    if visitor:
        chain.record(VisitorAdmitted(session, PersonId(person)), personal=about)
        chain.record(mark(session, person))
    else:
        chain.record(mark(session, person, Status.PRESENT), personal=about)
    chain.record(mark(session, "p-other"), personal=OTHER)
    return session, chain


def payloads(bench: Bench) -> list[bytes]:
    with bench.centre.store.reading() as tx:
        query = select(facts.c.personal).where(facts.c.personal.is_not(None))
        return [bytes(one) for one in tx.scalars(query)]


def erase(bench: Bench, person: str) -> int:
    return erase_person(bench.centre, person, by="本人", reason="要求删除").payloads


def stays_whole(bench: Bench, chain: Chain) -> None:
    """The chain verifies from the bytes that are kept."""
    with bench.centre.store.reading() as tx:
        rows = tx.execute(select(facts).where(facts.c.segment == chain.name).order_by(facts.c.n))
        own = segment_root(chain.name)
        for row, data in zip(rows, chain.facts, strict=True):
            own = chain_hash(own, bytes(row.bytes))
            assert (bytes(row.hash), bytes(row.bytes)) == (own, data)


@pytest.mark.parametrize("visitor", [True, False])
def test_everywhere_in_the_store_the_name_goes_and_the_counts_stay(
    bench: Bench, *, visitor: bool
) -> None:
    station = bench.station()
    if not visitor:
        add_person(bench, station, "x1", NAME)
    _, chain = session_of("x1", visitor=visitor)
    station.deliver(chain)
    (before,) = bench.report().sessions
    assert erase(bench, "x1") == 1
    (after,) = bench.report().sessions
    assert (after.turnout, after.held) == (before.turnout, {})
    assert [one.person for one in after.visitors] == ["x1"]
    assert NAME not in str(bench.report())
    assert len(payloads(bench)) == 1, "what is about somebody else stays"
    stays_whole(bench, chain)
    with bench.centre.store.reading() as tx:
        assert tx.scalar(select(people.c.id).where(people.c.id == "x1")) is None
        bodies = [bytes(one) for one in tx.scalars(select(report_sessions.c.body))]
        bodies += [bytes(one or b"") for one in tx.scalars(select(feed_rows.c.body))]
    assert NAME.encode() not in b"".join(bodies)


def test_stations_are_told_whom_to_forget_and_which_facts_it_is_about(bench: Bench) -> None:
    station = bench.station()
    add_person(bench, station, "x1", NAME)
    _, chain = session_of("x1", visitor=False)
    station.deliver(chain)
    scope = f"site:{station.me.site}"
    erase(bench, "x1")
    (page,) = station.exchange(station.request(cursors={scope: 0})).answer.pages
    rows = {(row.kind, row.key): row.body for row in page.rows}
    assert rows["person", "x1"] is None
    assert msgspec.json.decode(rows["erasure", "x1"] or b"") == {
        "person": "x1",
        "facts": [chain.hashes[3].hex()],
    }
    erase(bench, "x1")
    told = station.exchange(station.request(cursors={scope: page.to_rev}))
    assert told.answer.pages == (), "asked twice it changes nothing"


def test_what_is_sent_again_does_not_come_back(bench: Bench) -> None:
    station, other = bench.station(), bench.station("另一村")
    _, chain = session_of("x1", visitor=True)
    station.deliver(chain)
    erase(bench, "x1")
    station.deliver(chain)
    other.deliver(chain)
    bench.report()
    assert len(payloads(bench)) == 2, "the other's, once from each"
    assert NAME not in str(bench.report())


def test_what_was_just_coming_in_is_blanked_when_it_is_read(bench: Bench) -> None:
    """As if a request had looked who was erased before, and was committed after."""
    station = bench.station()
    _, chain = session_of("x1", visitor=True)
    station.deliver(chain)
    erase(bench, "x1")
    with bench.centre.store.writing() as tx:
        mine = facts.c.hash == chain.hashes[3]
        late = {"personal": chain.personal[4], "interpreted": False}
        tx.execute(update(facts).where(mine).values(late))
    interpret_pending(bench.centre, station.me.site)
    assert len(payloads(bench)) == 1
    assert NAME not in str(bench.report())


def test_a_mark_that_was_said_to_be_theirs_is_theirs_here_too(bench: Bench) -> None:
    station = bench.station()
    add_person(bench, station, "x1", NAME)
    session, chain = new_session(), opened_segment()
    chain.record(prepared(session))
    chain.record(mark(session, "p-typo"), personal=Personal(reason=NAME))
    station.deliver(chain)
    bench.report()
    (waiting,) = waiting_facts(bench.centre)
    resolve_person(bench.centre, waiting.arrival, "x1", by="王", reason="卡号登错")
    (before,) = bench.report().sessions
    assert erase(bench, "x1") == 1
    station.deliver(chain)
    (after,) = bench.report().sessions
    assert payloads(bench) == []
    assert (after.turnout, after.held) == (before.turnout, {})


def test_a_fact_of_a_newer_program_that_names_them_loses_its_payload_too(bench: Bench) -> None:
    station, chain = bench.station(), opened_segment()
    payload = write_personal(Personal(name=NAME), b"s" * 16)
    digest = personal_hash(payload).encode()
    chain.append(
        b'{"v":1,"n":2,"k":"dream.told","w":1,"m":1,"g":"ok","a":"x","b":{"person":"x1"},"p":"'
        + digest
        + b'"}'
    )
    chain.personal[2] = payload
    station.deliver(chain)
    assert len(payloads(bench)) == 1
    assert erase(bench, "x1") == 1
    assert payloads(bench) == []


def test_it_is_done_wholly_or_not_at_all(bench: Bench) -> None:
    station = bench.station()
    add_person(bench, station, "x1", NAME)
    _, chain = session_of("x1", visitor=False)
    station.deliver(chain)
    before = bench.report()
    with bench.centre.store.writing() as tx:
        tx.execute(text("ALTER TABLE feed_heads RENAME TO put_away"))
    with pytest.raises(Exception, match="feed_heads"):
        erase(bench, "x1")
    with bench.centre.store.writing() as tx:
        tx.execute(text("ALTER TABLE put_away RENAME TO feed_heads"))
        assert erased_among(tx, ("x1",)) == frozenset()
    assert (bench.report(), len(payloads(bench))) == (before, 2)


def test_nothing_of_it_is_left_in_the_files(tmp_path: Path, bench: Bench) -> None:
    if not bench.centre.store.is_sqlite:
        pytest.skip("PostgreSQL keeps dead rows until it cleans up; the docstring says so")
    station = bench.station()
    add_person(bench, station, "x1", NAME)
    _, chain = session_of("x1", visitor=False)
    station.deliver(chain)
    bench.report()

    def in_files() -> bool:
        files = [one for one in (tmp_path / "centre").rglob("*") if one.is_file()]
        return any(NAME.encode() in one.read_bytes() for one in files)

    assert in_files()
    erase(bench, "x1")
    assert not in_files()


def test_it_takes_a_name_and_a_reason_and_the_first_word_stays(bench: Bench) -> None:
    station = bench.station()
    add_person(bench, station, "x1", NAME)
    for by, reason in (("", "要求"), ("王", " ")):
        with pytest.raises(BadInput):
            erase_person(bench.centre, "x1", by=by, reason=reason)
    erase(bench, "x1")
    erase_person(bench.centre, "x1", by="别人", reason="再说一次")
    with bench.centre.store.reading() as tx:
        (row,) = tx.execute(select(erasures)).all()
    assert (row.by, row.reason, row.site) == ("本人", "要求删除", station.me.site)


def test_the_command_says_what_was_done_and_what_is_out_of_reach(
    bench: Bench, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YJ_LANGUAGE", "zh")
    station = bench.station()
    _, chain = session_of("x1", visitor=True)
    station.deliver(chain)
    where = ["--home", str(bench.settings.home), "--database", bench.settings.database]
    assert main([*where, "erase-person", "x1", "--by", "本人", "--reason", "要求删除"]) == 0
    assert "旧备份" in capsys.readouterr().out
    assert main([*where, "erase-person", "nobody", "--by", "本人", "--reason", "要求"]) == 1
    assert "没有这个人" in capsys.readouterr().err


def test_a_station_whose_person_was_erased_long_ago_sends_a_session_with_them(
    bench: Bench,
) -> None:
    """A station that was away still has them on its list: the mark counts, without a name."""
    station: TalkingStation = bench.station()
    with bench.centre.store.writing() as tx:
        gone = {"person": "x1", "site": station.me.site, "by": "本人", "reason": "要求", "at_ms": 1}
        tx.execute(insert(erasures).values(gone))
    _, chain = session_of("x1", visitor=False)
    station.deliver(chain)
    (told,) = bench.report().sessions
    assert ([one.name for one in told.visitors], told.held) == ([""], {})
    assert len(payloads(bench)) == 1
