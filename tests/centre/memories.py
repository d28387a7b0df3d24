"""What a station holds and may lose, and what the centre keeps of it, as tests of healing see them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from hypothesis import HealthCheck
from sqlalchemy import Connection, select

from app.areas.attendance.facts import VisitorAdmitted
from app.domain.ids import PersonId, SessionId
from app.wire.fact_bytes import chain_hash
from app.wire.messages import MAX_RETURN_BYTES, WHOLE, Held, Run, SegmentHeld
from app.wire.sums import ZERO, add_hashes
from centre.store.tables import facts, segments, stations
from tests.centre.benches import Bench
from tests.support.talking_station import (
    Chain,
    TalkingStation,
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
