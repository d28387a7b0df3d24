"""Restarts, rollbacks, clones and forks: what is told apart, what is set apart, who is told."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.wire.messages import WHOLE
from centre.stations.releasing import release
from centre.store.tables import segments
from tests.centre.benches import Bench
from tests.centre.memories import (
    STILL,
    a_chain,
    check_sums,
    flags,
    grow,
    kept,
    pieces,
)
from tests.support.talking_station import (
    Chain,
    held_of,
    opened_segment,
)


def test_two_branches_are_set_apart_until_a_person_lets_both_count(bench: Bench) -> None:
    chain, station = a_chain(8), bench.station()
    other = grow(chain.fork(5), 2)
    station.deliver(chain)
    told = station.deliver(other)
    assert told.receipts[chain.name].status == "fork"
    assert told.answer.notices == ("copied",), "the station's people are told"
    with bench.centre.store.reading() as tx:
        apart = [(n, one) for _, n, one, _, flag in kept(tx, station.me.station) if flag]
    assert sorted(apart) == sorted(
        [(n, chain.hashes[n - 1]) for n in (6, 7, 8)] + [(n, other.hashes[n - 1]) for n in (6, 7)]
    )
    assert check_sums(bench, station.me.station).facts == 5
    station.deliver(grow(chain))
    assert check_sums(bench, station.me.station).facts == 5
    done = release(bench.centre, station.me.station)
    assert (done.facts, done.segments) == (6, 1)
    assert check_sums(bench, station.me.station).facts == 11
    station.deliver(grow(other))
    assert check_sums(bench, station.me.station).facts == 12
    with bench.centre.store.reading() as tx:
        assert not any(one[4] for one in kept(tx, station.me.station))


@pytest.mark.parametrize("released", [False, True])
def test_each_pc_of_a_forked_segment_agrees_about_its_own_branch(
    bench: Bench, released: bool
) -> None:
    chain, station = a_chain(8), bench.station()
    other = grow(chain.fork(5), 2)
    for one in (chain, other):
        station.deliver(one)
    if released:
        release(bench.centre, station.me.station)
    for one in (chain, other):
        assert station.compare(one).answer.wants_census
        told = station.compare(one, census=True)
        assert told.receipts[WHOLE].status == "agreed"
        assert not told.answer.resend
        assert not told.answer.returns
    unknown = grow(chain.fork(6), 1)
    assert station.compare(unknown, census=True).answer.resend == (chain.name,)
    short = chain.fork(3)
    (run,) = station.compare(short, census=True).answer.returns
    assert (run.from_n, len(run.facts)) == (4, 2)


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None, suppress_health_check=STILL)
def test_a_thousand_normal_restarts_raise_no_flag_in_whatever_order_they_come(
    bench: Bench, chance: random.Random
) -> None:
    chains = [a_chain(2)]
    for _ in range(199 if bench.centre.store.is_sqlite else 29):
        chains.append(a_chain(chance.randrange(1, 4), chains[-1]))
    station = bench.station()
    runs = pieces(chains, chance) if chance.random() < 0.7 else [one.run() for one in chains]
    while runs:
        station.exchange(station.request(runs=runs[:40]))
        runs = runs[40:]
        bench.clock.ms += 1
    assert flags(bench, station) == (False, False)
    with bench.centre.store.reading() as tx:
        own = segments.c.station == station.me.station
        query = select(segments.c.segment).where(own).order_by(segments.c.ordinal)
        assert list(tx.scalars(query)) == [one.name for one in chains]


def test_files_that_were_put_back_are_noticed_and_told_for_a_day(bench: Bench) -> None:
    chain, station = a_chain(8), bench.station()
    station.deliver(chain)
    told = station.deliver(a_chain(2, chain.fork(5)))
    assert told.answer.notices == ("put_back",)
    bench.clock.ms += 24 * 3_600_000
    assert station.deliver(chain).answer.notices == ()


def test_a_pc_that_forgets_each_session_is_noticed(bench: Bench) -> None:
    image, station = a_chain(8), bench.station()
    station.deliver(image)
    assert station.deliver(a_chain(4, image)).answer.notices == ()
    assert station.deliver(a_chain(4, image)).answer.notices == ("put_back",)
    assert flags(bench, station) == (False, True)


@pytest.mark.parametrize("running", [False, True], ids=["both start anew", "one runs on"])
def test_two_pcs_that_both_go_on_are_noticed(bench: Bench, running: bool) -> None:
    image, station = a_chain(8), bench.station()
    station.deliver(image)
    first = image if running else a_chain(2, image)
    station.deliver(first)
    second = a_chain(2, image.fork(8))
    station.deliver(second)
    told = None
    for _ in range(3):
        station.deliver(grow(first))
        told = station.deliver(grow(second))
    assert told is not None
    assert told.answer.notices == ("copied",)
    assert check_sums(bench, station.me.station) == held_of(
        [first, second] if running else [image, first, second]
    )


def test_facts_that_come_late_by_another_way_are_no_second_pc(bench: Bench) -> None:
    first, station = a_chain(8), bench.station()
    station.exchange(station.request(runs=[first.run(1, 3)]))
    second = a_chain(2, first)
    station.deliver(second)
    station.exchange(station.request(runs=[first.run(4, 6)]))
    station.deliver(grow(second))
    station.exchange(station.request(runs=[first.run(7, 8)]))
    assert flags(bench, station) == (False, False)


@pytest.mark.parametrize(
    "data",
    [
        b"no fact",
        b'{"v":1,"n":1,"k":"segment.opened","w":99999999999999999999,"m":1,"g":"ok","a":"x","b":{}}',
        (
            b'{"v":1,"n":1,"k":"segment.opened","w":1,"m":1,"g":"ok","a":"x","b":{"random":"a",'
            b'"reason":"r","boot":"\\u0000","station":"s","app_version":"1","sqlite_version":"3",'
            b'"platform":"p","parent_segment":"a\\u0000","parent_n":99999999999999999999,'
            b'"parent_hash":"x","ordinal":-5}}'
        ),
    ],
)
def test_a_beginning_that_cannot_be_believed_is_kept_like_all_facts(
    bench: Bench, data: bytes
) -> None:
    chain, station = Chain("f" * 32), bench.station()
    chain.append(data)
    assert station.deliver(chain).receipts[chain.name].upto_n == 1
    assert station.compare(chain).receipts[WHOLE].status == "agreed"


def test_ordinals_of_older_stations_are_made_whatever_comes_first(bench: Bench) -> None:
    chains = [a_chain(2)]
    for _ in range(4):
        parent = chains[-1]
        parent.ordinal = -1
        chains.append(a_chain(2, parent))
    station = bench.station()
    for chain in reversed(chains):
        station.deliver(chain)
    with bench.centre.store.reading() as tx:
        rows = tx.execute(select(segments.c.segment, segments.c.ordinal)).all()
    assert {row.segment: row.ordinal for row in rows} == {
        chain.name: place for place, chain in enumerate(chains)
    }


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None, suppress_health_check=STILL)
def test_ordinals_of_older_stations_are_made_whatever_comes_together(
    bench: Bench, chance: random.Random
) -> None:
    """Of several segments in one request each may stand below what another one raises."""
    station, chains = bench.station(), [opened_segment()]
    for _ in range(6):
        parent = chains[-1]
        parent.ordinal = -1
        chains.append(opened_segment(parent=parent))
    left = chains[:]
    chance.shuffle(left)
    while left:
        together = chance.randint(1, 3)
        station.deliver(*left[:together])
        del left[:together]
    with bench.centre.store.reading() as tx:
        own = segments.c.station == station.me.station
        query = select(segments.c.segment, segments.c.ordinal).where(own)
        ordinals = {row.segment: row.ordinal for row in tx.execute(query)}
    assert [ordinals[one.name] for one in chains] == list(range(7))
