"""Every text a station confirms is in the report, or in the queue with what is wanting."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import update

from app.areas.attendance.facts import VisitorAdmitted
from app.areas.discussion.facts import DiscussionNoted
from app.areas.sessions.facts import SessionNotHeld
from app.areas.sessions.session import NotHeldReason
from app.bootstrap import enrol_station, open_station
from app.domain import bounds
from app.domain.ids import PersonId, SessionId
from app.domain.personal import LeaveKind, Personal
from app.wire.fact_bytes import MAX_PERSONAL_BYTES, write_personal
from centre.erasing.erasing import erase_person
from centre.interpretation.pending import interpret_all
from centre.interpretation.queue import waiting_facts
from centre.store.migrations.versions import v0005_longer_texts
from centre.store.tables import facts
from tests.centre.benches import Bench
from tests.centre.recorded_sessions import mark, new_session, prepared
from tests.support.centre_process import running_centre
from tests.support.talking_station import Chain, opened_segment

LENGTHS = (500, 2_000, 2_001, 5_000, 6_000, 20_000, 80_000)


@dataclass
class NotedSession:
    """A session's chain."""

    session: SessionId = field(default_factory=new_session)
    chain: Chain = field(default_factory=opened_segment)

    def note(self, text: str) -> None:
        self.chain.record(DiscussionNoted(self.session), personal=Personal(note=text))


def with_notes(*notes: str) -> NotedSession:
    noted = NotedSession()
    noted.chain.record(prepared(noted.session))
    for one in notes:
        noted.note(one)
    return noted


def waits(bench: Bench) -> list[tuple[str, str]]:
    return [(one.reason, one.detail) for one in waiting_facts(bench.centre)]


def test_notes_of_any_length_are_in_the_report_whole(bench: Bench) -> None:
    noted = with_notes(*("想" * count for count in LENGTHS))
    bench.station().deliver(noted.chain)
    (told,) = bench.report(session=noted.session).sessions
    assert [len(one) for one in told.notes] == list(LENGTHS)
    assert told.held == {}


def test_every_text_field_is_taken_in_far_beyond_its_bound(bench: Bench) -> None:
    session, long = new_session(), "长" * 3_000
    chain, guest = opened_segment(), PersonId("v-guest")
    chain.record(prepared(session, title=long))
    chain.record(
        VisitorAdmitted(session, guest), personal=Personal(name=long, phone_tail="1234", home=long)
    )
    chain.record(mark(session, guest), personal=Personal(reason=long, leave=LeaveKind.SICK))
    other = new_session()
    chain.record(prepared(other, title="a\0b"))
    chain.record(
        SessionNotHeld(other, NotHeldReason.HARVEST), personal=Personal(note=f"\0{long}\0")
    )
    bench.station().deliver(chain)
    (told,) = bench.report(session=session).sessions
    assert told.title == long
    assert [one.name for one in told.visitors] == [long]
    (second,) = bench.report(session=other).sessions
    assert (second.title, second.not_held_note) == ("ab", long)
    assert bench.report().held == {}


def test_a_payload_that_is_too_long_for_the_door_waits_with_its_reason(bench: Bench) -> None:
    noted = with_notes("短", "长" * MAX_PERSONAL_BYTES)
    station = bench.station()
    answer = station.deliver(noted.chain)
    assert answer.receipts[noted.chain.name].upto_n == len(noted.chain.facts)
    (told,) = bench.report(session=noted.session).sessions
    assert told.notes == ("短", "")
    assert told.held == {"payload_lacking": 1}
    assert waits(bench) == [("payload_lacking", "discussion.noted")]
    assert "lacking" in station.compare(noted.chain).answer.notices
    noted.chain.personal.pop(3)
    station.deliver(noted.chain)
    assert waits(bench) == [("payload_lacking", "discussion.noted")]


def test_a_payload_that_comes_after_its_fact_waits_no_longer(bench: Bench) -> None:
    noted = with_notes("想学大棚技术")
    station, kept = bench.station(), dict(noted.chain.personal)
    noted.chain.personal.clear()
    station.deliver(noted.chain)
    (told,) = bench.report(session=noted.session).sessions
    assert told.held == {"payload_lacking": 1}
    noted.chain.personal.update(kept)
    station.deliver(noted.chain)
    (told,) = bench.report(session=noted.session).sessions
    assert (told.notes, told.held) == (("想学大棚技术",), {})
    assert "lacking" not in station.compare(noted.chain).answer.notices


def test_a_payload_that_cannot_be_read_waits_and_its_fact_counts(bench: Bench) -> None:
    noted = with_notes("好")
    bench.station().deliver(noted.chain)
    with bench.centre.store.writing() as tx:
        tx.execute(
            update(facts)
            .where(facts.c.personal.is_not(None))
            .values(personal=b'{"salt":"00","b":{"note":"\xff"}}', interpreted=False)
        )
    (told,) = bench.report(session=noted.session).sessions
    assert (told.notes, told.held) == (("",), {"payload_unreadable": 1})


def test_nobody_waits_for_what_was_erased(bench: Bench) -> None:
    session, chain, guest = new_session(), opened_segment(), PersonId("v-guest")
    chain.record(prepared(session))
    chain.record(VisitorAdmitted(session, guest), personal=Personal(name="王过路"))
    chain.record(mark(session, guest))
    bench.station().deliver(chain)
    bench.report()
    erase_person(bench.centre, guest, by="办公室", reason="本人要求")
    report = bench.report(session=session)
    assert report.held == {}
    assert [one.name for one in report.sessions[0].visitors] == [""]


def test_what_an_older_program_dropped_is_read_again_after_the_upgrade(bench: Bench) -> None:
    """Its readers left texts over 2,000 characters out, its door those over 16 KiB."""
    noted = with_notes("短", "长" * 3_000, "丢" * 9_000)
    station = bench.station()
    station.deliver(noted.chain)
    bench.report()
    centre = bench.centre
    with centre.store.writing() as tx:
        # As the older program left it: read, empty in the report, the longest not kept.
        tx.execute(update(facts).where(facts.c.n == 5).values(personal=None))
        with Operations.context(MigrationContext.configure(tx)):
            v0005_longer_texts.upgrade()
        waiting = tx.execute(facts.select().where(~facts.c.interpreted)).all()
    assert sorted(one.n for one in waiting) == [4, 5]
    interpret_all(centre)
    (told,) = bench.report(session=noted.session).sessions
    assert [len(one) for one in told.notes] == [1, 3_000, 0]
    assert told.held == {"payload_lacking": 1}


# --- from the use cases, through a real exchange, to the report ------------------------------


def test_each_text_at_its_bound_comes_to_the_report_by_a_real_exchange(
    tmp_path: Path,
) -> None:
    sign = "𠮷"  # four bytes, the longest there are
    with running_centre(tmp_path / "centre") as centre:
        home = tmp_path / "home"
        enrol_station(home, centre.address, centre.enrol_code("松岭村学习点"))
        opened = open_station(home)
        station = opened.station
        try:
            first = station.sessions.prepare_extra(sign * bounds.TITLE, ()).session.id
            station.sessions.not_held(first, NotHeldReason.HARVEST, '"' * bounds.NOT_HELD_NOTE)
            session = station.sessions.prepare_extra("学习", ()).session.id
            station.sessions.open_sign_in(session)
            station.attendance.admit_visitor(
                session, sign * bounds.NAME, "0021", sign * bounds.HOME
            )
            for text in (sign * bounds.DISCUSSION_NOTE, "\\" * bounds.DISCUSSION_NOTE):
                station.discussion.note(session, text)
            station.sessions.close(session)
            outcome = station.sync.run(store_lane=lambda job: job())
            assert outcome.trouble is None
        finally:
            opened.close()
        report = centre.report()
        assert centre.command("queue", "--json").strip() == "[]"
    by_id = {one["session"]: one for one in report["sessions"]}
    assert by_id[first]["title"] == sign * bounds.TITLE
    assert by_id[first]["not_held_note"] == '"' * bounds.NOT_HELD_NOTE
    assert [one["name"] for one in by_id[session]["visitors"]] == [sign * bounds.NAME]
    assert by_id[session]["notes"] == [
        sign * bounds.DISCUSSION_NOTE,
        "\\" * bounds.DISCUSSION_NOTE,
    ]
    assert report["held"] == {}


def test_the_longest_lawful_payload_is_far_below_the_door() -> None:
    sign = "𠮷"
    everything = Personal(
        name=sign * bounds.NAME,
        phone_tail="0021",
        home=sign * bounds.HOME,
        reason=sign * bounds.REASON,
        note=sign * bounds.DISCUSSION_NOTE,
        leave=LeaveKind.PRIVATE,
    )
    assert len(write_personal(everything, bytes(16))) * 4 < MAX_PERSONAL_BYTES


def test_a_text_that_an_older_station_wrote_without_bound_holds_up_nothing(tmp_path: Path) -> None:
    with running_centre(tmp_path / "centre") as centre:
        home = tmp_path / "home"
        enrol_station(home, centre.address, centre.enrol_code("松岭村学习点"))
        opened = open_station(home)
        station, long = opened.station, "长" * 400_000
        try:
            session = station.sessions.prepare_extra("学习", ()).session.id
            station.sessions.open_sign_in(session)
            with station.tools.store.begin() as work:
                work.record(
                    DiscussionNoted(session), actor="operator", personal=Personal(note=long)
                )
            station.attendance.admit_visitor(session, "路人")
            outcome = station.sync.run(store_lane=lambda job: job())
            assert outcome.trouble is None
            view = station.today.sync_view()
            assert view.facts == view.confirmed
            assert station.sessions.show(session).notes == (long,), "the station keeps it"
            centre.report()
            station.sync.run(store_lane=lambda job: job())
            notices = [key for key, _ in station.today.overview().notices]
        finally:
            opened.close()
        (told,) = centre.report()["sessions"]
    assert [one["name"] for one in told["visitors"]] == ["路人"]
    assert told["held"] == {"payload_lacking": 1}
    assert "notice.lacking" in notices
