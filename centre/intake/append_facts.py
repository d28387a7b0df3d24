"""How a station's segments grow by one request: facts kept, sums kept right, forks set apart.

A fact's identity is its hash in the chain, under the station that sent it; its number is
its place in the chain, whatever a run claims. Facts whose predecessor is not held stay
detached and are attached when it comes, so order, pieces and repetition change nothing.

The usual run goes on from the end of a segment without gaps or branches; all such runs of a
request cost a handful of statements together. Everything else looks only at what is new and at
what is detached, run by run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, bindparam, exists, func, insert, or_, select, update

from app.domain.values import dataclass
from app.wire.fact_bytes import segment_root
from app.wire.messages import Held, Run
from app.wire.sums import ZERO, add_hashes, take_hashes
from centre.intake.inserting import Batch, insert_facts, mark_of
from centre.intake.orphan_facts import attach_after
from centre.intake.personal import keep_personal
from centre.intake.runs import Chained
from centre.intake.segments.segment_header import origin_among
from centre.intake.segments.segment_state import NEVER, SegmentState
from centre.stations.credentials import Credential
from centre.store.prepared import Prepared
from centre.store.site_lock import lock_site
from centre.store.tables import facts, run_seals, segments
from centre.store.unread import read_again

_NEWEST_ARRIVAL = select(func.coalesce(func.max(facts.c.arrival), 0)).scalar_subquery()
_kin = segments.alias()
_HAS_KIN = exists().where(
    _kin.c.station == segments.c.station,
    _kin.c.segment != segments.c.segment,
    or_(
        _kin.c.parent_segment == segments.c.segment,
        _kin.c.parent_segment == segments.c.parent_segment,
    ),
)
_AT_PLACE = and_(
    facts.c.station == segments.c.station,
    facts.c.segment == segments.c.segment,
    facts.c.hash.in_(bindparam("hashes", expanding=True)),
    facts.c.attached,
)
_KNOWN = Prepared(
    select(
        segments.c.segment,
        segments.c.held_facts,
        segments.c.held_sum,
        segments.c.forked,
        segments.c.fork_n,
        segments.c.parent_segment,
        segments.c.parent_n,
        _HAS_KIN.label("has_kin"),
        _NEWEST_ARRIVAL.label("mark"),
        facts.c.hash,
        facts.c.n,
    )
    .select_from(segments.outerjoin(facts, _AT_PLACE))
    .where(
        segments.c.station == bindparam("of"),
        segments.c.segment.in_(bindparam("names", expanding=True)),
    ),
    lists=("names", "hashes"),
)
"""Each segment, once for every place in it after which something came; none is one row too."""
_GREW = Prepared(
    update(segments)
    .where(segments.c.station == bindparam("of"), segments.c.segment == bindparam("name"))
    .values(
        forked=bindparam("forked"),
        fork_n=bindparam("fork_n"),
        held_facts=bindparam("held_facts"),
        held_sum=bindparam("held_sum"),
        grown_ms=bindparam("grown_ms"),
    )
)
_BEGAN = Prepared(
    insert(segments),
    (
        *("station", "segment", "site", "forked", "parent_segment", "parent_hash", "opened_ms"),
        *("first_seen_ms", "parent_n", "ordinal", "boot", "grown_ms", "fork_n", "held_facts"),
        *("held_sum", "machine"),
    ),
)
_SEALED = Prepared(
    insert(run_seals),
    ("station", "segment", "hash", "n", "signature", "received_ms"),
    once=True,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run goes: after number ``origin``; attached when there is no gap before it."""

    origin: int
    attached: bool


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A run that goes on at a segment's end, to be inserted with others."""

    account: SegmentState
    one: Chained
    place: Place


class Growth:
    """Keeps the runs of one request, in the caller's transaction and under the station's lock.

    ``mark`` is the newest arrival before, once ``keep`` began.
    """

    def __init__(self, tx: Connection, station: Credential, now_ms: int) -> None:
        self.tx = tx
        self.station = station
        self.now_ms = now_ms
        self.accounts: dict[str, SegmentState] = {}
        self.forked = False
        self.mark = 0
        self._mark: int | None = None
        self._waiting: list[_Waiting] = []
        self._places: dict[tuple[str, bytes], int] = {}
        self._lengths: dict[str, int] = {}
        self._seals: list[dict[str, object]] = []

    @property
    def grown(self) -> int:
        """How many facts were new."""
        return sum(one.grown for one in self.accounts.values())

    @property
    def ends(self) -> dict[str, tuple[int, bytes]]:
        """Number and hash of the last fact of segments that are known to be held whole."""
        return {one.segment: one.end for one in self.accounts.values() if one.end is not None}

    def keep(self, runs: Iterable[Chained], held: Held) -> Held:
        """Keep runs, in the order they come in; what is held of the station then."""
        runs = tuple(runs)
        self.accounts = self._open(runs)
        self._lengths = {name: one.held_facts for name, one in self.accounts.items()}
        before = {name: (one.held_facts, one.held_sum) for name, one in self.accounts.items()}
        end: dict[str, tuple[bytes, Place]] = {}
        for one in runs:
            name = one.run.segment
            last, place = end.get(name, (b"", Place(0, False)))
            if one.run.previous != last:
                place = self._place_of(one.run)
            self._take(self.accounts[name], one, place)
            end[name] = one.end, Place(place.origin + len(one.hashes), place.attached)
        self._insert_waiting()
        _SEALED.run_many(self.tx, self._seals)
        return self._write(before, held)

    def _open(self, runs: Iterable[Chained]) -> dict[str, SegmentState]:
        """What is known of the segments, and where the runs go on from as far as that is attached
        already: then it stays there."""
        names = sorted({one.run.segment for one in runs})
        previous = {one.run.previous for one in runs}.difference(map(segment_root, names))
        named = {"of": self.station.station, "names": names, "hashes": sorted(previous)}
        rows = _KNOWN.all(self.tx, named)
        self.mark = self._mark = rows[0].mark if rows else mark_of(self.tx)
        self._places = {
            (row.segment, bytes(row.hash)): row.n for row in rows if row.hash is not None
        }
        known = {
            row.segment: SegmentState(
                row.segment, False, row.held_facts, bytes(row.held_sum), bool(row.forked), *row[4:8]
            )
            for row in rows
        }
        return {name: known.get(name) or SegmentState(name, True) for name in names}

    def _place_of(self, run: Run) -> Place:
        if run.previous == segment_root(run.segment):
            return Place(0, True)
        known = self._places.get((run.segment, run.previous))
        if known is not None:
            return Place(known, True)
        self._insert_waiting()
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

    def _take(self, account: SegmentState, one: Chained, place: Place) -> None:
        """Have a run wait for the others when it goes on at its segment's end, else keep it now."""
        if not one.hashes:
            return
        name = account.segment
        goes_on = place.attached and not account.forked and self._lengths[name] == place.origin
        if not goes_on:
            self._insert_waiting()
        self._keep_seal(one)
        self._waiting.append(_Waiting(account, one, place))
        self._lengths[name] = place.origin + len(one.hashes)
        if not goes_on:
            self._insert_waiting(none_held=False)

    def _insert_waiting(self, *, none_held: bool = True) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        mark = mark_of(self.tx) if self._mark is None else self._mark
        self._mark = None
        batches = [self._batch(one.account, one.one, one.place) for one in waiting]
        came = insert_facts(self.tx, batches, mark, none_held=none_held)
        for one, new in zip(waiting, came, strict=True):
            self._count(one.account, one.one, one.place, new)
        for one in waiting:
            self._lengths[one.account.segment] = one.account.held_facts

    def _count(self, account: SegmentState, one: Chained, place: Place, new: Sequence[int]) -> None:
        """Bring the account up to date with what was new of a run."""
        goes_on = place.attached and not account.forked and account.held_facts == place.origin
        if new:
            account.grown += len(new)
            account.top_n = max(account.top_n, place.origin + new[-1] + 1)
            if place.origin == 0 and new[0] == 0:
                account.beginnings[one.hashes[0]] = one.run.facts[0]
            limit = (NEVER if account.fork_n is None else account.fork_n) - place.origin - 1
            counted = [one.hashes[at] for at in new if at < limit]
            account.add(counted, len(counted))
        is_whole = goes_on and len(new) == len(one.hashes)
        account.end = (place.origin + len(new), one.end) if is_whole else None
        if new and not goes_on:
            self._settle(account, one, place)
        if one.run.personal:
            is_new = len(new) == len(one.hashes)
            if not is_new:
                lock_site(self.tx, self.station.site)
            keep_personal(self.tx, self.station, one, is_new=is_new)

    def _batch(self, account: SegmentState, one: Chained, place: Place) -> Batch:
        limit = NEVER if account.fork_n is None else account.fork_n
        return Batch(
            station=self.station.station,
            site=self.station.site,
            segment=account.segment,
            origin=place.origin,
            attached=place.attached,
            quarantined_from=limit if self.station.lets_count(account.segment) else 0,
            received_ms=self.now_ms,
            previous=one.run.previous,
            hashes=one.hashes,
            facts=one.run.facts,
        )

    def _keep_seal(self, one: Chained) -> None:
        if not one.run.signature:
            return
        row: dict[str, object] = {
            "station": self.station.station,
            "segment": one.run.segment,
            "hash": one.end,
            "n": one.run.from_n + len(one.hashes) - 1,
            "signature": one.run.signature,
            "received_ms": self.now_ms,
        }
        self._seals.append(row)

    def _settle(self, account: SegmentState, one: Chained, place: Place) -> None:
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

    def _set_fork_apart(self, account: SegmentState, fork_n: int) -> None:
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
        read_again(self.tx, *concerned, quarantined=True)
        account.forked, account.fork_n = True, fork_n
        self.forked = True

    def _recount(self, account: SegmentState) -> None:
        """Numbers changed around a fork, which only a station that claims wrong ones brings about."""
        limit = NEVER if account.fork_n is None else account.fork_n
        mine = (facts.c.station == self.station.station, facts.c.segment == account.segment)
        hashes = [
            bytes(one)
            for one in self.tx.scalars(select(facts.c.hash).where(*mine, facts.c.n < limit))
        ]
        account.held_facts, account.held_sum = len(hashes), add_hashes(ZERO, hashes)
        read_again(self.tx, *mine, facts.c.n >= limit, quarantined=True)

    def _write(self, before: dict[str, tuple[int, bytes]], held: Held) -> Held:
        count, total = held.facts, held.sum
        grown = [one for one in self.accounts.values() if one.grown]
        for one in grown:
            facts_before, sum_before = before[one.segment]
            count += one.held_facts - facts_before
            total = take_hashes(add_hashes(total, (one.held_sum,)), (sum_before,))
        _BEGAN.run_many(self.tx, [self._new_row(one) for one in grown if one.is_new])
        _GREW.run_many(
            self.tx,
            [
                {"of": self.station.station, "name": one.segment, **self._changed(one)}
                for one in grown
                if not one.is_new
            ],
        )
        return Held(count, total)

    def _new_row(self, one: SegmentState) -> dict[str, object]:
        origin = one.origin = origin_among(one.beginnings)
        return {
            "station": self.station.station,
            "segment": one.segment,
            "site": self.station.site,
            "first_seen_ms": self.now_ms,
            "parent_segment": None if origin is None else origin.parent_segment,
            "parent_n": None if origin is None else origin.parent_n,
            "parent_hash": None if origin is None else origin.parent_hash,
            "ordinal": 0 if origin is None else origin.ordinal,
            "boot": "" if origin is None else origin.boot,
            "machine": "" if origin is None else origin.machine_of(self.station),
            "opened_ms": None if origin is None else origin.opened_ms,
            **self._changed(one),
        }

    def _changed(self, one: SegmentState) -> dict[str, object]:
        return {
            "forked": one.forked,
            "fork_n": one.fork_n,
            "held_facts": one.held_facts,
            "held_sum": one.held_sum,
            "grown_ms": self.now_ms,
        }
