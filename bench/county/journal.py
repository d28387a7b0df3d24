"""What a station of the county wrote: segments of fact bytes, each going on from another."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.fact_kinds import Fact
from app.domain.facts import SegmentOpened
from app.domain.personal import Personal
from app.domain.time import ClockGrade, Instant
from app.wire.fact_bytes import chain_hash, segment_root, write_fact, write_personal
from app.wire.messages import Run, Tip
from app.wire.signing import RUN_LABEL, framed, run_parts
from bench.data.speaker import station_id, station_key


@dataclass(slots=True)
class WrittenSegment:
    """One run of the program."""

    name: str
    ordinal: int
    facts: list[bytes] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    personal: dict[int, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class StationJournal:
    """All that station number ``index`` wrote, in the order of its segments."""

    seed: int
    index: int
    segments: list[WrittenSegment] = field(default_factory=list)
    id: str = field(init=False)
    key: Ed25519PrivateKey = field(init=False)
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.id = station_id(self.seed, self.index)
        self.key = Ed25519PrivateKey.from_private_bytes(station_key(self.seed, self.index))
        self.chance = random.Random(f"{self.seed} {self.index} writes")

    def begin(self, wall_ms: int, after: WrittenSegment | None, at: int = 0) -> WrittenSegment:
        """The program starts: a segment that goes on from another, from its end or from ``at``."""
        name = self.chance.randbytes(16).hex()
        segment = WrittenSegment(name, 0 if after is None else after.ordinal + 1)
        n = 0 if after is None else at or len(after.facts)
        opened = SegmentOpened(
            random=name,
            reason="first" if after is None else "start",
            boot=name[:8],
            station=self.id,
            app_version="1.0",
            sqlite_version="3.51",
            platform="Windows-10",
            parent_segment=None if after is None else after.name,
            parent_n=None if after is None else n,
            parent_hash=None if after is None else after.hashes[n - 1].hex(),
            ordinal=segment.ordinal,
        )
        self.segments.append(segment)
        self.record(segment, opened, wall_ms, actor="station")
        return segment

    def fork(self, segment: WrittenSegment) -> WrittenSegment:
        """A copied disk goes on from the same place under the same name."""
        return WrittenSegment(
            segment.name,
            segment.ordinal,
            list(segment.facts),
            list(segment.hashes),
            dict(segment.personal),
        )

    def record(
        self,
        segment: WrittenSegment,
        fact: Fact,
        wall_ms: int,
        *,
        actor: str = "operator",
        personal: Personal | None = None,
    ) -> str:
        """Append a fact; its hash."""
        n = len(segment.facts) + 1
        payload = None
        if personal is not None:
            payload = write_personal(personal, self.chance.randbytes(16))
            segment.personal[n] = payload
        instant = Instant(wall_ms, wall_ms % 10_000_000, ClockGrade.OK)
        data = write_fact(n=n, instant=instant, actor=actor, fact=fact, personal=payload)
        before = segment.hashes[-1] if segment.hashes else segment_root(segment.name)
        segment.facts.append(data)
        segment.hashes.append(chain_hash(before, data))
        return segment.hashes[-1].hex()

    def run(self, segment: WrittenSegment, first: int, last: int) -> Run:
        """Facts ``first`` to ``last`` of a segment, signed."""
        before = segment_root(segment.name) if first == 1 else segment.hashes[first - 2]
        parts = run_parts(self.id, segment.name, last, segment.hashes[last - 1])
        return Run(
            segment.name,
            first,
            before,
            tuple(segment.facts[first - 1 : last]),
            tuple((n, one) for n, one in segment.personal.items() if first <= n <= last),
            self.key.sign(framed(RUN_LABEL, *parts)),
        )

    def tip(self, segment: WrittenSegment) -> Tip:
        """Where a segment ends."""
        return Tip(segment.name, len(segment.facts), segment.hashes[-1], ())
