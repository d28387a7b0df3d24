"""How a station's segments grow by one request: facts kept, sums kept right, forks set apart.

A fact's identity is its hash in the chain, under the station that sent it; its number is
its place in the chain, whatever a run claims. Facts whose predecessor is not held stay
detached and are attached when it comes, so order, pieces and repetition change nothing.

The usual run goes on from the end of a segment without gaps or branches, and costs one
insert. Everything else looks only at what is new and at what is detached.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from app.wire.fact_bytes import segment_root
from app.wire.messages import Run
from app.wire.sums import ZERO, add_hashes, take_hashes
from centre.intake.detached import attach_after
from centre.intake.inserting import Batch, insert_facts
from centre.intake.personal import keep_personal
from centre.intake.runs import Chained
from centre.intake.site_lock import lock_site
from centre.stations.credentials import Credential
from centre.store.insert import insert_new
from centre.store.tables import facts, run_seals, segments, stations

NEVER = 1 << 62


@dataclass(slots=True)
class Account:
    """What is held of one segment, and what this request brought.

    ``held_*`` leave out a quarantined fork: what stands at ``fork_n`` or after it. A fork that
    a person released has ``forked`` without ``fork_n``.
    """

    segment: str
    is_new: bool
    held_facts: int = 0
    held_sum: bytes = ZERO
    forked: bool = False
    fork_n: int | None = None
    parent_segment: str | None = None
    parent_n: int | None = None
    grown: int = 0
    top_n: int = 0
    first_fact: bytes | None = None
    """The bytes of fact 1, if they came in this request."""

    def add(self, hashes: Iterable[bytes], count: int) -> None:
        """Count facts in."""
        self.held_facts += count
        self.held_sum = add_hashes(self.held_sum, hashes)

    def take(self, hashes: Iterable[bytes], count: int) -> None:
        """Count facts out."""
        self.held_facts -= count
        self.held_sum = take_hashes(self.held_sum, hashes)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run goes: after number ``origin``; attached when there is no gap before it."""

    origin: int
    attached: bool


class Growth:
    """Keeps the runs of one request, in the caller's transaction and under the station's lock."""

    def __init__(self, tx: Connection, station: Credential, now_ms: int) -> None:
        self.tx = tx
        self.station = station
        self.now_ms = now_ms
        self.accounts: dict[str, Account] = {}

    @property
    def grown(self) -> int:
        """How many facts were new."""
        return sum(one.grown for one in self.accounts.values())

    def keep(self, runs: Iterable[Chained]) -> None:
        """Keep runs, in the order they come in."""
        runs = tuple(runs)
        self.accounts = self._open({one.run.segment for one in runs})
        before = {name: (one.held_facts, one.held_sum) for name, one in self.accounts.items()}
        end: dict[str, tuple[bytes, Place]] = {}
        for one in runs:
            name = one.run.segment
            last, place = end.get(name, (b"", Place(0, False)))
            if one.run.previous != last:
                place = self._place_of(one.run)
            self._keep(self.accounts[name], one, place)
            end[name] = one.end, Place(place.origin + len(one.hashes), place.attached)
        self._write(before)

    def _open(self, names: Iterable[str]) -> dict[str, Account]:
        query = select(
            segments.c.segment,
            segments.c.held_facts,
            segments.c.held_sum,
            segments.c.forked,
            segments.c.fork_n,
            segments.c.parent_segment,
            segments.c.parent_n,
        ).where(segments.c.station == self.station.station, segments.c.segment.in_(list(names)))
        known = {
            row.segment: Account(row.segment, False, *row[1:]) for row in self.tx.execute(query)
        }
        return {name: known.get(name) or Account(name, True) for name in sorted(names)}

    def _place_of(self, run: Run) -> Place:
        if run.previous == segment_root(run.segment):
            return Place(0, True)
        parent = self.tx.execute(
            select(facts.c.n, facts.c.attached).where(
                facts.c.station == self.station.station,
                facts.c.segment == run.segment,
                facts.c.hash == run.previous,
            )
        ).one_or_none()
        if parent is None:
            return Place(run.from_n - 1, False)
        return Place(parent.n, parent.attached)

    def _keep(self, account: Account, one: Chained, place: Place) -> None:
        goes_on = place.attached and not account.forked and account.held_facts == place.origin
        new = insert_facts(self.tx, self._batch(account, one, place, goes_on))
        self._keep_seal(one)
        if new:
            account.grown += len(new)
            account.top_n = max(account.top_n, place.origin + new[-1] + 1)
            if place.origin == 0 and new[0] == 0:
                account.first_fact = one.run.facts[0]
            limit = (NEVER if account.fork_n is None else account.fork_n) - place.origin - 1
            counted = [one.hashes[at] for at in new if at < limit]
            account.add(counted, len(counted))
            if not goes_on:
                self._settle(account, one, place)
        if one.run.personal:
            if len(new) < len(one.hashes):
                lock_site(self.tx, self.station.site)
            keep_personal(self.tx, self.station, one)

    def _batch(self, account: Account, one: Chained, place: Place, goes_on: bool) -> Batch:
        limit = NEVER if account.fork_n is None else account.fork_n
        return Batch(
            station=self.station.station,
            site=self.station.site,
            segment=account.segment,
            origin=place.origin,
            attached=place.attached,
            quarantined_from=limit if self.station.active else 0,
            received_ms=self.now_ms,
            previous=one.run.previous,
            hashes=one.hashes,
            facts=one.run.facts,
            goes_on=goes_on,
        )

    def _keep_seal(self, one: Chained) -> None:
        if not one.run.signature or not one.hashes:
            return
        row = {
            "station": self.station.station,
            "segment": one.run.segment,
            "hash": one.end,
            "n": one.run.from_n + len(one.hashes) - 1,
            "signature": one.run.signature,
            "received_ms": self.now_ms,
        }
        insert_new(self.tx, run_seals, (row,), key=["station", "segment", "hash"])

    def _settle(self, account: Account, one: Chained, place: Place) -> None:
        """Attach what waited for this run, and look whether the segment has two branches now."""
        low, high = place.origin + 1, place.origin + len(one.hashes)
        if place.attached:
            moved = attach_after(self.tx, self.station, account.segment, one, place.origin)
            if moved:
                low, high = min(low, *moved), max(high, *moved)
                if account.fork_n is not None:
                    self._recount(account)
        if account.forked and account.fork_n is None:
            return
        fork_n = self._first_doubled(account.segment, low, high)
        if fork_n is not None and (account.fork_n is None or fork_n < account.fork_n):
            self._set_fork_apart(account, fork_n)

    def _first_doubled(self, segment: str, low: int, high: int) -> int | None:
        doubled = (
            select(facts.c.n)
            .where(
                facts.c.station == self.station.station,
                facts.c.segment == segment,
                facts.c.n.between(low, high),
            )
            .group_by(facts.c.n)
            .having(func.count() > 1)
            .subquery()
        )
        found: int | None = self.tx.scalar(select(func.min(doubled.c.n)))
        return found

    def _set_fork_apart(self, account: Account, fork_n: int) -> None:
        """Quarantine everything from the fork on: nobody here can say which branch is right."""
        until = NEVER if account.fork_n is None else account.fork_n
        concerned = (
            facts.c.station == self.station.station,
            facts.c.segment == account.segment,
            facts.c.n >= fork_n,
            facts.c.n < until,
        )
        lock_site(self.tx, self.station.site)
        rows = self.tx.execute(select(facts.c.hash).where(*concerned)).all()
        account.take((bytes(row.hash) for row in rows), len(rows))
        apart = {"quarantined": True, "interpreted": False}
        self.tx.execute(update(facts).where(*concerned).values(apart))
        account.forked, account.fork_n = True, fork_n

    def _recount(self, account: Account) -> None:
        """Numbers changed around a fork, which only a station that claims wrong ones brings about."""
        limit = NEVER if account.fork_n is None else account.fork_n
        mine = (facts.c.station == self.station.station, facts.c.segment == account.segment)
        hashes = [
            bytes(one)
            for one in self.tx.scalars(select(facts.c.hash).where(*mine, facts.c.n < limit))
        ]
        account.held_facts, account.held_sum = len(hashes), add_hashes(ZERO, hashes)
        apart = {"quarantined": True, "interpreted": False}
        self.tx.execute(update(facts).where(*mine, facts.c.n >= limit).values(apart))

    def _write(self, before: dict[str, tuple[int, bytes]]) -> None:
        count, total = 0, ZERO
        for one in self.accounts.values():
            if not one.grown:
                continue
            self._write_account(one)
            facts_before, sum_before = before[one.segment]
            count += one.held_facts - facts_before
            total = take_hashes(add_hashes(total, (one.held_sum,)), (sum_before,))
        if count or total != ZERO:
            add_to_station(self.tx, self.station.station, count, total)

    def _write_account(self, one: Account) -> None:
        changed: dict[str, object] = {
            "forked": one.forked,
            "fork_n": one.fork_n,
            "held_facts": one.held_facts,
            "held_sum": one.held_sum,
            "grown_ms": self.now_ms,
        }
        key = {"station": self.station.station, "segment": one.segment}
        if one.is_new:
            row = {**key, **changed, "site": self.station.site, "first_seen_ms": self.now_ms}
            self.tx.execute(insert(segments).values(row))
            return
        mine = (segments.c.station == key["station"], segments.c.segment == key["segment"])
        self.tx.execute(update(segments).where(*mine).values(changed))


def add_to_station(tx: Connection, station: str, count: int, total: bytes) -> None:
    """Add to what is held of a station in all (``total`` is a sum of hashes)."""
    mine = stations.c.id == station
    row = tx.execute(select(stations.c.held_facts, stations.c.held_sum).where(mine)).one()
    held_sum = add_hashes(bytes(row.held_sum), (total,))
    tx.execute(
        update(stations).where(mine).values(held_facts=row.held_facts + count, held_sum=held_sum)
    )
