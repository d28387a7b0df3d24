"""When a site is read: at a session's end, when somebody looks, else once in five minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from app.areas.attendance.facts import VisitorAdmitted
from app.areas.sessions.facts import SessionNotHeld, SessionOpened
from app.areas.sessions.session import NotHeldReason
from app.domain.ids import PersonId
from app.wire.codec import pack
from app.wire.messages import ExchangeRequest
from centre.intake.exchanging import exchange
from centre.interpretation.pending import (
    REST_MS,
    interpret_all,
    interpret_due,
    interpret_pending,
)
from centre.interpretation.projections import sessions
from centre.interpretation.queue import waiting_facts
from centre.interpretation.understanding import understood_of
from centre.opening import open_centre
from centre.service import Centre
from centre.stations.credentials import Credential
from centre.store.prepared import Prepared
from centre.store.tables import facts, stations
from centre.store.unread import read_again
from tests.centre.benches import Bench
from tests.centre.recorded_sessions import closed, mark, new_session, prepared
from tests.support.talking_station import Chain, opened_segment


def unread(centre: Centre) -> int:
    """How many facts nobody looked at yet."""
    with centre.store.reading() as tx:
        return int(tx.scalar(select(func.count()).where(~facts.c.interpreted)) or 0)


@pytest.fixture
def centre(bench: Bench) -> Iterator[Centre]:
    """A centre that serves nobody, so that nothing is read but what the test reads."""
    bench.station()
    bench.stop()
    opened = open_centre(bench.settings, now_ms=bench.clock)
    yield opened
    opened.close()


def came(centre: Centre, chain: Chain, *, since: int = 1) -> str:
    """Take in a chain's facts from number ``since`` on; the site they came from."""
    with centre.store.reading() as tx:
        row = tx.execute(select(stations.c.id, stations.c.site)).one()
    request = ExchangeRequest(row.id, bytes(16), 1, "", (chain.tip(),), (chain.run(since),), {})
    exchange(centre, Credential(row.id, row.site), pack(request))
    return str(row.site)


def test_a_running_session_is_read_once_in_five_minutes_and_at_once_when_it_ends(
    bench: Bench, centre: Centre
) -> None:
    session, chain = new_session(), opened_segment()
    chain.record(prepared(session))
    site = came(centre, chain)
    assert interpret_due(centre) == (2, {site})
    chain.record(mark(session, "p1"))
    came(centre, chain, since=3)
    bench.clock.ms += REST_MS - 1
    assert interpret_due(centre) == (0, set())
    assert unread(centre) == 1
    bench.clock.ms += 1
    assert interpret_due(centre) == (1, {site})
    chain.record(closed(session))
    came(centre, chain, since=4)
    assert interpret_due(centre) == (0, set())
    assert interpret_due(centre, {site}) == (1, {site})
    assert interpret_due(centre, {site}) == (0, {site}), "nothing is left to hurry for"


@pytest.mark.logs_warnings
def test_a_clock_that_was_set_back_keeps_nobody_from_being_read(
    bench: Bench, centre: Centre
) -> None:
    session, chain = new_session(), opened_segment()
    site = came(centre, chain)
    interpret_due(centre)
    bench.clock.ms -= 365 * 86_400_000
    chain.record(prepared(session))
    came(centre, chain, since=2)
    assert interpret_due(centre) == (1, {site})


@pytest.mark.parametrize("is_held", [True, False])
def test_the_end_of_a_session_rings_and_a_sign_in_does_not(bench: Bench, is_held: bool) -> None:
    station, session, chain = bench.station(), new_session(), opened_segment()
    chain.record(prepared(session))
    chain.record(mark(session, "p1"))
    rung = bench.centre.arrivals
    rung.take()
    station.deliver(chain)
    assert rung.take() == set()
    chain.record(closed(session) if is_held else SessionNotHeld(session, NotHeldReason.POWER_CUT))
    station.deliver(chain)
    assert rung.take() == {station.me.site}


def test_who_looks_sees_what_came_this_moment(bench: Bench) -> None:
    station, session, chain = bench.station(), new_session(), opened_segment()
    chain.record(prepared(session))
    station.deliver(chain)
    assert len(bench.report().sessions) == 1
    chain.record(mark(session, "nobody"))
    station.deliver(chain)
    assert [one.reason for one in waiting_facts(bench.centre)] == ["unknown_person"]


def test_what_was_due_is_read_after_a_stop(bench: Bench, centre: Centre) -> None:
    """A process that ends forgets whom it wanted to read at once; the facts do not."""
    session, chain = new_session(), opened_segment()
    chain.record(prepared(session))
    came(centre, chain)
    interpret_due(centre)
    chain.record(closed(session))
    came(centre, chain, since=3)
    assert interpret_due(centre) == (0, set())
    interpret_all(centre)
    assert unread(centre) == 0


@pytest.mark.parametrize("backlog", [10, 400])
def test_what_a_station_hears_of_reading_is_exact_at_any_backlog(
    bench: Bench, centre: Centre, backlog: int
) -> None:
    session, chain = new_session(), opened_segment()
    chain.record(prepared(session))
    site = came(centre, chain)
    interpret_pending(centre, site)
    for person in range(backlog):
        chain.record(VisitorAdmitted(session, PersonId(f"v{person}")))
    came(centre, chain, since=3)
    assert heard(centre) == (2, backlog + 2)
    with centre.store.writing() as tx:
        read_again(tx, facts.c.n == 2)
    assert heard(centre) == (1, backlog + 2)
    interpret_pending(centre, site)
    assert heard(centre) == (backlog + 2, backlog + 2)


def heard(centre: Centre) -> tuple[int, int]:
    """How many facts the centre says it read, and how many it holds."""
    with centre.store.reading() as tx:
        row = tx.execute(select(stations)).one()
        told = understood_of(tx, row.id, row.site, row.held_facts, row.came_facts)
        return told.read, row.held_facts


def test_a_row_that_did_not_change_is_not_written(bench: Bench) -> None:
    station, session, chain = bench.station(), new_session(), opened_segment()
    people = tuple(PersonId(f"p{one}") for one in range(30))
    chain.record(prepared(session))
    chain.record(SessionOpened(session, people, ()))
    for person in people[:20]:
        chain.record(mark(session, person))
    station.deliver(chain)
    bench.report()
    chain.record(mark(session, people[20]))
    station.deliver(chain)
    with written() as rows:
        bench.report()
    assert rows == [1]
    with bench.centre.store.writing() as tx:
        read_again(tx, facts.c.session == session)
    with written() as rows:
        bench.report()
    assert rows == [0], "the same facts read once more change nothing"


@contextmanager
def written() -> Iterator[list[int]]:
    """How many rows each writing of a session's report changed."""
    rows: list[int] = []
    run = Prepared.run

    def listen(self: Prepared, tx: Connection, values: Mapping[str, object]) -> Any:
        cursor = run(self, tx, values)
        if self is sessions._WRITTEN:
            rows.append(cursor.rowcount)
        return cursor

    with pytest.MonkeyPatch.context() as listening:
        listening.setattr(Prepared, "run", listen)
        yield rows
