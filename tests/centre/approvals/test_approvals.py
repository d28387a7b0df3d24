"""What was entered late waits until the township or county says its word about it."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import delete

from app.areas.attendance.marks import Lane, Status
from app.areas.catalogue.values import Approval, ApprovalState
from app.areas.sessions.approval import LateState
from app.areas.sessions.facts import (
    HeadsCounted,
    SessionEnteredLate,
    SessionOpened,
    SessionPrepared,
)
from app.domain.errors import BadInput, NotFound
from app.domain.ids import PersonId, SessionId
from app.domain.personal import Personal
from app.domain.time import local_date
from app.wire.codec import read_row
from app.wire.messages import FeedRow
from centre.approvals.acts import say_word
from centre.decisions import ledger
from centre.feeds.scopes import site_scope
from centre.lost_decisions.coming_back import take_back
from centre.reports.late import list_late
from centre.store.decision_tables import decision_heads, decisions
from centre.store.tables import feed_rows
from tests.centre.benches import Bench
from tests.centre.decisions.test_people_decide import add_person
from tests.centre.offices import commanded
from tests.centre.recorded_sessions import closed, mark, new_session, prepared
from tests.support.talking_station import START_MS, Chain, TalkingStation, opened_segment

HELD_MS = START_MS - 5 * 86_400_000
OFFICE = "镇组织办"


def late_session(session: SessionId, *people: str, is_closed: bool = True) -> Chain:
    """A talk of five days ago, written down now from its paper list."""
    chain = opened_segment()
    told = SessionPrepared(
        *(session, None, "talk", "院坝宣讲", (), (), HELD_MS, 15), place="院坝", agenda=()
    )
    chain.record(told)
    chain.record(
        SessionEnteredLate(session, HELD_MS, HELD_MS + 3_600_000),
        personal=Personal(name="丁一", reason="停电"),
    )
    chain.record(SessionOpened(session, tuple(PersonId(one) for one in people), ()))
    for person in people:
        chain.record(mark(session, person, Status.LATE_ENTRY, Lane.ROLL_CALL, HELD_MS))
    chain.record(HeadsCounted(session, "villager", 30))
    if is_closed:
        chain.record(closed(session))
    return chain


def session_with_late_entry(session: SessionId, person: str) -> Chain:
    chain = opened_segment()
    chain.record(prepared(session))
    chain.record(SessionOpened(session, (PersonId(person),), ()))
    chain.record(closed(session))
    chain.record(
        mark(session, person, Status.LATE_ENTRY, Lane.ROLL_CALL, START_MS),
        personal=Personal(reason="忘了签"),
    )
    return chain


def words(station: TalkingStation) -> dict[str, FeedRow]:
    scope = site_scope(station.me.site)
    answer = station.exchange(station.request(cursors={scope: 0})).answer
    return {row.key: row for page in answer.pages for row in page.rows if row.kind == "approval"}


def test_a_late_session_stands_on_its_own_day_and_waits(bench: Bench) -> None:
    station, session = bench.station(), new_session()
    for person in ("p1", "p2"):
        add_person(bench, station, person, person)
    station.deliver(late_session(session, "p1", "p2"))
    (told,) = bench.report().sessions
    assert (told.kind, told.place, told.late, told.pending) == (
        *("talk", "院坝", LateState.PENDING, 2),
    )
    assert told.day == local_date(HELD_MS).isoformat()
    assert told.activities.heads[0].count == 30
    (listed,) = list_late(bench.centre)
    assert (listed.id, listed.day, listed.people, listed.by, listed.reason) == (
        *(session, told.day, 2, "丁一", "停电"),
    )


def test_approved_it_goes_down_to_its_site_alone_and_the_newest_word_counts(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there, session = bench.station("甲村"), bench.station("乙村"), new_session()
    here.deliver(late_session(session))
    code, _, told = commanded(bench, capsys, "late", "return", session, "--by", OFFICE)
    assert code == 1
    assert "--note" in told
    given = ("late", "return", session, "--by", OFFICE, "--note", "没有签到表", "--json")
    code, said, _ = commanded(bench, capsys, *given)
    assert code == 0
    assert json.loads(said)["state"] == "returned"
    assert list_late(bench.centre)[0].note == "没有签到表"
    code, said, _ = commanded(bench, capsys, "late", "approve", session, "--by", OFFICE)
    assert code == 0
    assert session in said
    (told_session,) = bench.report().sessions
    assert (told_session.late, told_session.pending) == (LateState.APPROVED, 0)
    code, said, _ = commanded(bench, capsys, "late", "list", "--site", "甲村")
    assert "已通过" in said
    code, said, _ = commanded(bench, capsys, "late", "list", "--state", "pending", "--json")
    assert json.loads(said) == []
    assert words(there) == {}
    row = words(here)[session]
    assert row.body is not None
    assert read_row(row.body, Approval).state is ApprovalState.APPROVED


def test_a_late_entry_is_approved_by_its_mark(bench: Bench) -> None:
    station, session = bench.station(), new_session()
    add_person(bench, station, "p1", "李秀兰")
    station.deliver(session_with_late_entry(session, "p1"))
    (told,) = bench.report().sessions
    assert (told.late, told.pending) == (None, 1)
    (listed,) = list_late(bench.centre, state=LateState.PENDING)
    assert (listed.person, listed.session, listed.id) == (
        *("p1", session, told.people[0].late_mark),
    )
    say_word(bench.centre, listed.id, ApprovalState.APPROVED, OFFICE)
    assert bench.report().sessions[0].pending == 0


def test_what_is_no_late_entry_or_not_handed_in_is_refused(bench: Bench) -> None:
    station, draft, plain = bench.station(), new_session(), new_session()
    station.deliver(late_session(draft, is_closed=False))
    chain = opened_segment()
    chain.record(prepared(plain))
    station.deliver(chain)
    assert [one.state for one in list_late(bench.centre)] == [LateState.DRAFT]
    for key in (draft, plain, "0" * 64, ""):
        with pytest.raises(NotFound):
            say_word(bench.centre, key, ApprovalState.APPROVED, OFFICE)
    with pytest.raises(BadInput):
        say_word(bench.centre, draft, ApprovalState.APPROVED, "  ")


@pytest.mark.logs_warnings
def test_a_word_survives_a_store_that_was_put_back(bench: Bench) -> None:
    station, session = bench.station(), new_session()
    station.deliver(late_session(session))
    bench.report()
    say_word(bench.centre, session, ApprovalState.APPROVED, OFFICE)
    with bench.centre.store.writing() as tx:
        kept = ledger.verified(bench.centre, ledger.for_station(tx, station.me.site))
        tx.execute(delete(feed_rows).where(feed_rows.c.kind == "approval"))
        tx.execute(delete(decisions))
        tx.execute(delete(decision_heads))
    assert bench.report().sessions[0].late is LateState.PENDING
    with bench.centre.store.writing() as tx:
        assert take_back(tx, bench.centre, kept) == 1
    assert bench.report().sessions[0].late is LateState.APPROVED
