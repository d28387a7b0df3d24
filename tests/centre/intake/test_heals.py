"""Two records become one again, whatever was lost, put back or delivered in whatever way."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.wire.fact_bytes import segment_root
from app.wire.messages import MAX_RETURN_BYTES, WHOLE, Held, Run, SegmentHeld
from app.wire.sums import ZERO
from centre.store.tables import facts, segments, stations
from tests.centre.benches import Bench
from tests.centre.memories import (
    STILL,
    Memory,
    a_chain,
    check_sums,
    grow,
    heal,
    kept,
    pieces,
    strange_history,
)
from tests.support.talking_station import (
    census_of,
    held_of,
    opened_segment,
)


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None, suppress_health_check=STILL)
def test_any_delivery_of_any_history_ends_with_the_same_sums_and_the_same_set_apart(
    bench: Bench, chance: random.Random
) -> None:
    chains = strange_history(chance)
    straight, mixed = bench.station(), bench.station()
    for chain in chains:
        straight.exchange(straight.request(runs=[chain.run()]))
    runs = pieces(chains, chance)
    while runs:
        count = chance.randrange(1, 5)
        mixed.exchange(mixed.request(runs=runs[:count]))
        runs = runs[count:]
    assert check_sums(bench, straight.me.station) == check_sums(bench, mixed.me.station)
    with bench.centre.store.reading() as tx:
        assert kept(tx, straight.me.station) == kept(tx, mixed.me.station)
        ordinals = [
            {
                row.segment: (row.ordinal, row.parent_segment, row.fork_n)
                for row in tx.execute(select(segments).where(segments.c.station == one.me.station))
            }
            for one in (straight, mixed)
        ]
    assert ordinals[0] == ordinals[1]


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None, suppress_health_check=STILL)
def test_a_station_that_lost_anything_gets_it_back_and_the_centre_too(
    bench: Bench, chance: random.Random
) -> None:
    chains = [a_chain(chance.randrange(1, 20))]
    for _ in range(chance.randrange(5)):
        chains.append(a_chain(chance.randrange(1, 20), chance.choice(chains)))
    station = bench.station()
    station.deliver(*chains)
    memory = Memory.of(chains)
    everything = memory.held()
    for own in chance.sample(sorted(memory.rows), chance.randrange(len(memory.rows) + 1)):
        del memory.rows[own]
    newer = a_chain(chance.randrange(1, 5))
    memory.take(newer.run())
    assert heal(station, memory) == "agreed"
    assert memory.held().facts == everything.facts + len(newer.facts)
    assert check_sums(bench, station.me.station) == memory.held()


def test_both_sides_that_lost_different_facts_end_with_all_of_them(bench: Bench) -> None:
    chains = [a_chain(30)]
    chains.append(a_chain(30, chains[0]))
    station = bench.station()
    station.exchange(station.request(runs=[chains[0].run(1, 20), chains[1].run()]))
    memory = Memory.of([chains[0]])
    memory.take(chains[1].run(1, 7))
    assert heal(station, memory) == "agreed"
    assert memory.held() == held_of(chains) == check_sums(bench, station.me.station)


def test_a_centre_that_was_restored_asks_for_just_what_it_lacks(bench: Bench) -> None:
    chains = [a_chain(5) for _ in range(4)]
    station = bench.station()
    station.deliver(*chains)
    lost = chains[2]
    with bench.centre.store.writing() as tx:
        tx.execute(delete(facts).where(facts.c.segment == lost.name))
        tx.execute(delete(segments).where(segments.c.segment == lost.name))
        rest = held_of([one for one in chains if one is not lost])
        tx.execute(
            stations.update()
            .where(stations.c.id == station.me.station)
            .values(held_facts=rest.facts, held_sum=rest.sum)
        )
    assert station.compare(*chains).answer.wants_census
    told = station.compare(*chains, census=True)
    assert told.answer.resend == (lost.name,)
    assert not told.answer.returns
    assert not told.answer.wants_census
    station.deliver(lost)
    assert station.compare(*chains).receipts[WHOLE].status == "agreed"


def test_what_is_given_back_comes_parents_first_with_what_names_people(bench: Bench) -> None:
    from tests.centre.recorded_sessions import rich_session

    recorded = rich_session()
    station = bench.station()
    station.deliver(*recorded.chains)
    answer = station.exchange(station.request(held=Held(0, ZERO), census=())).answer
    ordinal = {one.name: one.ordinal for one in recorded.chains}
    order = [ordinal[run.segment] for run in answer.returns]
    assert order == sorted(order)
    assert len(order) == len(recorded.chains)
    given_back = {run.segment: run for run in answer.returns}
    for chain in recorded.chains:
        assert given_back[chain.name].facts == tuple(chain.facts)
        assert dict(given_back[chain.name].personal) == chain.personal


def test_what_is_given_back_is_bounded_and_goes_on(bench: Bench) -> None:
    chain = opened_segment()
    for number in range(60):
        chain.append(b"x" * 5_000 + str(number).encode())
    station = bench.station()
    station.deliver(chain)
    memory, rounds = Memory(), 0
    wants = True
    while wants:
        answer = station.exchange(
            station.request(held=memory.held(), census=memory.census())
        ).answer
        assert sum(memory.take(run) for run in answer.returns) > 0
        wants, rounds = answer.wants_census, rounds + 1
    assert rounds == 3
    assert memory.held() == held_of([chain])


def test_one_fact_larger_than_all_that_may_be_given_back_is_given_back_alone(bench: Bench) -> None:
    chain = opened_segment()
    chain.append(b"y" * (MAX_RETURN_BYTES + 1))
    grow(chain)
    station = bench.station()
    station.deliver(chain)
    memory = Memory()
    for _ in range(3):
        answer = station.exchange(
            station.request(held=memory.held(), census=memory.census())
        ).answer
        assert [len(run.facts) for run in answer.returns] == [1]
        memory.take(answer.returns[0])
    assert memory.held() == held_of([chain])


def test_a_census_is_asked_for_only_when_nothing_else_explains_the_difference(
    bench: Bench,
) -> None:
    old, new = a_chain(), a_chain()
    station = bench.station()
    held = held_of([old, new])
    sent = station.exchange(station.request(tips=[old.tip()], runs=[old.run()], held=held))
    assert sent.receipts[WHOLE].status == "differs"
    assert not sent.answer.wants_census
    named = station.exchange(station.request(tips=[new.tip()], held=held))
    assert not named.answer.wants_census
    silent = station.exchange(station.request(tips=[old.tip()], held=held))
    assert silent.answer.wants_census
    last = station.exchange(station.request(tips=[new.tip()], runs=[new.run()], held=held))
    whole = last.receipts[WHOLE]
    assert (whole.status, whole.count, whole.upto_hash) == ("agreed", held.facts, held.sum)
    assert not last.answer.wants_census


def test_who_does_not_say_what_it_holds_is_not_compared(bench: Bench) -> None:
    station = bench.station()
    told = station.deliver(a_chain())
    assert WHOLE not in told.receipts
    assert not told.answer.wants_census


def test_pieces_behind_a_gap_are_kept_counted_and_attached_when_it_closes(bench: Bench) -> None:
    chain, station = a_chain(20), bench.station()
    station.exchange(station.request(runs=[chain.run(1, 5)]))
    told = station.exchange(station.request(tips=[chain.tip()], runs=[chain.run(9, 20)]))
    assert told.receipts[chain.name].upto_n == 4, "the last place below 5 that the tip names"
    assert check_sums(bench, station.me.station).facts == 17
    memory = Memory()
    for run in (chain.run(1, 5), chain.run(9, 20)):
        memory.take(run)
    whole = station.exchange(station.request(tips=[chain.tip()], held=memory.held()))
    assert whole.receipts[WHOLE].status == "agreed"
    assert (
        station.exchange(station.request(runs=[chain.run(6, 8)])).receipts[chain.name].upto_n == 8
    )
    told = station.exchange(station.request(tips=[chain.tip()], held=held_of([chain])))
    assert (told.receipts[chain.name].upto_n, told.receipts[WHOLE].status) == (20, "agreed")


def test_a_gap_that_never_closes_is_agreed_upon_too(bench: Bench) -> None:
    chain, station = a_chain(20), bench.station()
    memory = Memory()
    for run in (chain.run(1, 5), chain.run(9, 20)):
        memory.take(run)
        station.exchange(station.request(runs=[run]))
    station.exchange(station.request(runs=[grow(chain, 3).run(21, 23)]))
    memory.take(chain.run(21, 23))
    assert heal(station, memory, 1) == "agreed"


def test_a_fact_that_is_held_under_another_segments_name_stops_nothing(bench: Bench) -> None:
    chain, station = a_chain(80), bench.station()
    wrong = Run("e" * 32, 1, segment_root(chain.name), tuple(chain.facts[:3]))
    station.exchange(station.request(runs=[wrong]))
    told = station.exchange(station.request(tips=[chain.tip()], runs=[chain.run()]))
    assert told.receipts[chain.name].upto_n == 80
    assert check_sums(bench, station.me.station) == held_of([chain])


def test_a_census_that_is_no_census_is_refused(bench: Bench) -> None:
    from app.wire.codec import pack

    station, chain = bench.station(), a_chain()
    for held in (Held(1, b"short"), Held(-1, ZERO), Held(1 << 70, ZERO)):
        try:
            body = pack(station.request(held=held))
        except OverflowError:
            continue
        assert station.send(body).status_code == 400
    strange = (SegmentHeld("x\0", 1 << 62, -4, ZERO),)
    assert (
        station.send(pack(station.request(held=Held(1, ZERO), census=strange))).status_code == 400
    )
    assert census_of([chain])


@pytest.mark.parametrize("portions", [[[0, 1]], [[1, 0]], [[0], [1]], [[1], [0]]])
def test_of_two_first_facts_the_one_that_is_a_beginning_says_where_a_segment_goes_on_from(
    bench: Bench, portions: list[list[int]]
) -> None:
    parent, station = a_chain(3), bench.station()
    child = a_chain(3, parent)
    branches = (child, grow(child.fork(0), 2))
    station.deliver(parent)
    for portion in portions:
        station.exchange(station.request(runs=[branches[one].run() for one in portion]))
    with bench.centre.store.reading() as tx:
        row = tx.execute(select(segments).where(segments.c.segment == child.name)).one()
    assert (row.parent_segment, row.ordinal, row.fork_n) == (parent.name, child.ordinal, 1)
    assert check_sums(bench, station.me.station) == held_of([parent])
