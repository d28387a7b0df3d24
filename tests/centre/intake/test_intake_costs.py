"""What an exchange costs does not grow with history."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event, insert

from app.wire.messages import WHOLE, Held, SegmentHeld
from app.wire.sums import ZERO, add_hashes
from centre.interpretation.pending import interpret_all
from centre.store.prepared import Prepared
from centre.store.tables import facts, segments, stations
from tests.centre.benches import Bench
from tests.centre.memories import (
    a_chain,
    grow,
)


@contextmanager
def counted(bench: Bench) -> Iterator[list[str]]:
    """The statements the centre's database was given."""
    said: list[str] = []

    def hear(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if threading.current_thread().name != "reader":
            said.append(statement)

    def heard(run: Callable[..., object]) -> Callable[..., object]:
        def ask(prepared: Prepared, tx: Connection, *given: object) -> object:
            hear(None, None, prepared.text(tx))
            return run(prepared, tx, *given)

        return ask

    engine = bench.centre.store.engine
    own = Prepared.run, Prepared.run_many
    event.listen(engine, "before_cursor_execute", hear)
    with pytest.MonkeyPatch.context() as listening:
        for one in own:
            listening.setattr(Prepared, one.__name__, heard(one))
        yield said
    event.remove(engine, "before_cursor_execute", hear)


def with_many_segments(bench: Bench, station: str, site: str, count: int) -> Held:
    """Give a station a crash loop's worth of segments, as intake would have kept them."""
    own = [bytes([1]) + number.to_bytes(31, "big") for number in range(count)]
    with bench.centre.store.writing() as tx:
        tx.execute(
            insert(facts),
            [
                {
                    "station": station,
                    "segment": f"s{number}",
                    "n": 1,
                    "hash": one,
                    "previous": bytes(32),
                    "bytes": b"{}",
                    "attached": True,
                    "interpreted": True,
                    "site": site,
                    "received_ms": 1,
                }
                for number, one in enumerate(own)
            ],
        )
        tx.execute(
            insert(segments),
            [
                {
                    "station": station,
                    "segment": f"s{number}",
                    "site": site,
                    "forked": False,
                    "first_seen_ms": 1,
                    "held_facts": 1,
                    "held_sum": add_hashes(ZERO, (one,)),
                }
                for number, one in enumerate(own)
            ],
        )
        held = Held(count, add_hashes(ZERO, own))
        tx.execute(
            stations.update()
            .where(stations.c.id == station)
            .values(held_facts=held.facts, held_sum=held.sum, seen_ms=bench.clock.ms)
        )
    return held


def test_an_exchange_without_news_costs_the_same_with_ten_thousand_segments(bench: Bench) -> None:
    station = bench.station()
    chain = a_chain()
    station.deliver(chain)
    station.compare(chain)
    interpret_all(bench.centre)
    with counted(bench) as few:
        assert station.compare(chain).receipts[WHOLE].status == "agreed"
    held = with_many_segments(bench, station.me.station, station.me.site, 10_000)
    request = station.request(tips=[chain.tip()], held=held)
    station.exchange(request)
    with counted(bench) as many:
        told = station.exchange(request)
    assert [one for one in many if "centre_state" in one]
    assert len(many) == len(few) <= 6
    assert not [one for one in many if one.startswith(("INSERT", "UPDATE", "BEGIN IMM"))]
    assert told.receipts[chain.name].upto_n == len(chain.facts)


def test_a_run_costs_the_same_at_the_end_of_a_long_segment(bench: Bench) -> None:
    station = bench.station()
    chain = a_chain(40)
    station.deliver(chain)
    with counted(bench) as few:
        station.exchange(station.request(runs=[grow(chain).run(41)]))
    grow(chain, 3_000)
    station.exchange(station.request(runs=[chain.run(42)]))
    with counted(bench) as many:
        station.exchange(station.request(runs=[grow(chain).run(3_042)]))
    assert len(many) == len(few)
    assert not [one for one in many if "GROUP BY" in one]


def test_a_station_with_ten_thousand_segments_can_be_compared(bench: Bench) -> None:
    station = bench.station()
    held = with_many_segments(bench, station.me.station, station.me.site, 10_000)
    census = tuple(
        SegmentHeld(f"s{number}", 1, 1, (bytes([1]) + number.to_bytes(31, "big"))[:16])
        for number in range(9_990)
    )
    lacking = Held(9_990, add_hashes(ZERO, (one.sum for one in census)))
    answer = station.exchange(station.request(held=lacking, census=census)).answer
    assert len(answer.returns) == 10
    assert not answer.wants_census
    assert held.facts == 10_000
