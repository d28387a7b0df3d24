"""Who was said to be one person is so again after the centre was put back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.areas.attendance.facts import VisitorAdmitted
from app.areas.attendance.marks import Status
from app.domain.ids import PersonId
from app.domain.personal import Personal
from centre.decisions import ledger
from centre.lost_decisions.coming_back import take_back
from centre.people.sameness import say_other, say_same
from centre.store.decision_tables import decision_heads, decisions, person_aliases
from tests.centre.benches import Bench
from tests.centre.decisions.test_people_decide import add_person
from tests.centre.recorded_sessions import closed, mark, new_session, prepared
from tests.support.talking_station import opened_segment


@pytest.mark.logs_warnings
def test_who_a_visitor_is_comes_back_and_so_does_that_they_are_not(bench: Bench) -> None:
    station, home, session = bench.station(), bench.station("清水村"), new_session()
    add_person(bench, home, "p1", "李秀兰")
    chain = opened_segment()
    chain.record(prepared(session))
    chain.record(VisitorAdmitted(session, PersonId("v1")), personal=Personal(name="李秀兰"))
    chain.record(mark(session, "v1", Status.PRESENT))
    chain.record(closed(session))
    station.deliver(chain)

    def visitors() -> list[str]:
        (told,) = bench.report(site="石门村").sessions
        return [one.person for one in told.visitors]

    def put_back() -> None:
        with bench.centre.store.reading() as tx:
            kept = ledger.verified(bench.centre, ledger.for_station(tx, station.me.site))
        with bench.centre.store.writing() as tx:
            for table in (person_aliases, decisions, decision_heads):
                tx.execute(table.delete())
            take_back(tx, bench.centre, kept)

    assert visitors() == ["v1"]
    say_same(bench.centre, "v1", "p1", by="王主任")
    assert visitors() == ["p1"]
    put_back()
    assert visitors() == ["p1"]
    say_other(bench.centre, "v1")
    put_back()
    assert visitors() == ["v1"]
    with bench.centre.store.reading() as tx:
        assert tx.execute(select(person_aliases)).all() == []
