"""Two records become one again, whatever was lost, put back, cloned or delivered in whatever way."""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, event, insert, select

from app.domain.facts import VisitorAdmitted
from app.domain.ids import PersonId, SessionId
from app.wire.fact_bytes import chain_hash, segment_root
from app.wire.messages import MAX_RETURN_BYTES, WHOLE, Held, Run, SegmentHeld
from app.wire.sums import ZERO, add_hashes
from centre.stations.releasing import release
from centre.store.tables import facts, segments, stations
from tests.centre.benches import Bench
from tests.centre.talking_station import (
    Chain,
    TalkingStation,
    census_of,
    held_of,
    opened_segment,
)

STILL = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
_visitors = iter(range(10**9))


def grow(chain: Chain, count: int = 1) -> Chain:
    for _ in range(count):
        chain.record(VisitorAdmitted(SessionId("e1"), PersonId(f"v{next(_visitors)}")))
    return chain


def a_chain(length: int = 6, parent: Chain | None = None) -> Chain:
    return grow(opened_segment(parent=parent), length - 1)


@dataclass(slots=True)
class Memory:
    """The facts a station holds, any of which it may lose."""

    rows: dict[bytes, tuple[str, int, bytes, bytes]] = field(default_factory=dict)

    @classmethod
    def of(cls, chains: Iterable[Chain]) -> Memory:
        memory = cls()
        for chain in chains:
            memory.take(chain.run())
        return memory

    def take(self, run: Run) -> int:
        before, previous = len(self.rows), run.previous
        for n, data in enumerate(run.facts, run.from_n):
            own = chain_hash(previous, data)
            self.rows[own] = (run.segment, n, previous, data)
            previous = own
        return len(self.rows) - before

    def held(self) -> Held:
        return Held(len(self.rows), add_hashes(ZERO, self.rows))

    def census(self) -> tuple[SegmentHeld, ...]:
        by_segment: dict[str, dict[int, bytes]] = defaultdict(dict)
        for own, (segment, n, _, _) in self.rows.items():
            by_segment[segment][n] = own
        out = []
        for segment, numbers in by_segment.items():
            upto = 0
            while upto + 1 in numbers:
                upto += 1
            total = add_hashes(ZERO, numbers.values())
            out.append(SegmentHeld(segment, upto, len(numbers), total))
        return tuple(out)

    def runs_of(self, segment: str) -> list[Run]:
        """All that is held of a segment, cut at its gaps."""
        own = sorted((row for row in self.rows.values() if row[0] == segment), key=lambda r: r[1])
        out: list[Run] = []
        for _, n, previous, data in own:
            if out and n == out[-1].from_n + len(out[-1].facts):
                last = out.pop()
                out.append(Run(segment, last.from_n, last.previous, (*last.facts, data)))
            else:
                out.append(Run(segment, n, previous, (data,)))
        return out


def heal(station: TalkingStation, memory: Memory, most: int = 60) -> str:
    """Exchange as a station does until both agree or nothing moves; the last word on the whole."""
    census: tuple[SegmentHeld, ...] | None = None
    runs: list[Run] = []
    for _ in range(most):
        told = station.exchange(station.request(runs=runs, held=memory.held(), census=census))
        answer = told.answer
        moved = sum(memory.take(run) for run in answer.returns)
        assert sum(len(one) for run in answer.returns for one in run.facts) <= MAX_RETURN_BYTES
        runs = [run for name in answer.resend for run in memory.runs_of(name)]
        if told.receipts[WHOLE].status == "agreed":
            assert told.receipts[WHOLE].count == memory.held().facts
            return "agreed"
        if not (moved or runs or answer.wants_census or census is None):
            break
        census = memory.census() if answer.wants_census or moved else None
    return told.receipts[WHOLE].status


def kept(tx: Connection, station: str) -> list[tuple[str, int, bytes, bool, bool]]:
    query = select(
        facts.c.segment, facts.c.n, facts.c.hash, facts.c.attached, facts.c.quarantined
    ).where(facts.c.station == station)
    return sorted((one[0], one[1], bytes(one[2]), one[3], one[4]) for one in tx.execute(query))


def check_sums(bench: Bench, station: str) -> Held:
    """The kept counts and sums are those of the facts; the whole."""
    with bench.centre.store.reading() as tx:
        rows = kept(tx, station)
        accounts = {
            row.segment: row
            for row in tx.execute(select(segments).where(segments.c.station == station))
        }
        whole = tx.execute(select(stations).where(stations.c.id == station)).one()
    counted = []
    for name, account in accounts.items():
        limit = account.fork_n or 1 << 62
        own = [one[2] for one in rows if one[0] == name and one[1] < limit]
        assert (account.held_facts, bytes(account.held_sum)) == (len(own), add_hashes(ZERO, own))
        assert account.forked or account.fork_n is None
        counted += own
    assert {one[0] for one in rows} == set(accounts)
    assert (whole.held_facts, bytes(whole.held_sum)) == (len(counted), add_hashes(ZERO, counted))
    return Held(whole.held_facts, bytes(whole.held_sum))


def flags(bench: Bench, station: TalkingStation) -> tuple[bool, bool]:
    with bench.centre.store.reading() as tx:
        query = select(stations.c.copied_ms, stations.c.put_back_ms).where(
            stations.c.id == station.me.station
        )
        row = tx.execute(query).one()
    return row.copied_ms is not None, row.put_back_ms is not None


def strange_history(chance: random.Random) -> list[Chain]:
    """Segments of a station with restarts, clones, rollbacks and forks."""
    chains = [a_chain(chance.randrange(1, 8))]
    for _ in range(chance.randrange(1, 7)):
        parent = chance.choice(chains)
        what = chance.choice(["restart", "rollback", "fork"])
        if what == "fork" and len(parent.facts) > 1:
            chains.append(
                grow(parent.fork(chance.randrange(len(parent.facts))), chance.randrange(1, 4))
            )
        elif what == "rollback":
            at = parent.fork(chance.randrange(1, len(parent.facts) + 1))
            chains.append(a_chain(chance.randrange(1, 8), at))
        else:
            chains.append(a_chain(chance.randrange(1, 8), parent))
    return chains


def pieces(chains: Iterable[Chain], chance: random.Random) -> list[Run]:
    runs = []
    for chain in chains:
        first = 1
        while first <= len(chain.facts):
            last = min(len(chain.facts), first + chance.randrange(4))
            runs.append(chain.run(max(1, first - chance.randrange(3)), last))
            first = last + 1
    runs += chance.sample(runs, chance.randrange(len(runs)))
    chance.shuffle(runs)
    return runs


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
    from tests.centre.evenings import rich_evening

    evening = rich_evening()
    station = bench.station()
    station.deliver(*evening.chains)
    answer = station.exchange(station.request(held=Held(0, ZERO), census=())).answer
    ordinal = {one.name: one.ordinal for one in evening.chains}
    order = [ordinal[run.segment] for run in answer.returns]
    assert order == sorted(order)
    assert len(order) == len(evening.chains)
    given_back = {run.segment: run for run in answer.returns}
    for chain in evening.chains:
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


def test_two_branches_are_set_apart_until_a_person_lets_both_count(bench: Bench) -> None:
    chain, station = a_chain(8), bench.station()
    other = grow(chain.fork(5), 2)
    station.deliver(chain)
    told = station.deliver(other)
    assert told.receipts[chain.name].status == "fork"
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


def test_a_pc_that_forgets_each_evening_is_noticed(bench: Bench) -> None:
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


def test_a_fact_that_is_held_under_another_segments_name_stops_nothing(bench: Bench) -> None:
    chain, station = a_chain(80), bench.station()
    wrong = Run("e" * 32, 1, segment_root(chain.name), tuple(chain.facts[:3]))
    station.exchange(station.request(runs=[wrong]))
    told = station.exchange(station.request(tips=[chain.tip()], runs=[chain.run()]))
    assert told.receipts[chain.name].upto_n == 80
    assert check_sums(bench, station.me.station) == held_of([chain])


@contextmanager
def counted(bench: Bench) -> Iterator[list[str]]:
    """The statements the centre's database was given."""
    said: list[str] = []

    def hear(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if threading.current_thread().name != "reader":
            said.append(statement)

    engine = bench.centre.store.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
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
