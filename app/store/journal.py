"""The journal: facts appended to this process's own segment, hashed and chained.

A segment begins with the first fact a process writes and holds 128 random bits and
its parent's hash, so two copies of one disk differ from their first fact on. Numbers
are gapless inside a segment. Commands that only read leave no segment behind. How the
chain is walked and proven is in ``app.store.chain``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, func, insert, select, update

from app.domain.errors import BadInput
from app.domain.fact_kinds import Fact
from app.domain.facts import SegmentOpened
from app.domain.personal import Personal
from app.ports.machine import Clock, Entropy
from app.ports.store import FactLine
from app.store.prepared import Prepared
from app.store.tables import facts, segments
from app.wire.decode import has_lawful_ids
from app.wire.fact_bytes import (
    ReadFact,
    chain_hash,
    personal_hash,
    read_fact,
    segment_root,
    write_fact,
    write_personal,
)
from app.wire.sums import ZERO, add_hashes

_LAST_IN_LINE = (
    select(
        segments.c.no, segments.c.id, segments.c.last_n, segments.c.last_hash, segments.c.ordinal
    )
    .order_by(segments.c.ordinal.desc(), segments.c.no.desc())
    .limit(1)
)
_NEWEST_NO = select(func.coalesce(func.max(segments.c.no), 0))
_ADD_FACT = Prepared(
    insert(facts), ("segment_no", "n", "hash", "bytes", "personal", "previous", "returned")
)
_STORED = Prepared(
    select(
        facts.c.seq,
        segments.c.id,
        facts.c.n,
        facts.c.hash,
        facts.c.bytes,
        facts.c.personal,
        facts.c.previous,
        facts.c.returned,
    )
    .join(segments, segments.c.no == facts.c.segment_no)
    .where(facts.c.seq > bindparam("after_seq"))
    .order_by(facts.c.seq)
)
_MOVE_END = Prepared(
    update(segments)
    .where(segments.c.no == bindparam("segment_no"))
    .values(
        last_n=bindparam("n"),
        last_hash=bindparam("hash"),
        held=segments.c.held + 1,
        held_sum=bindparam("held_sum"),
    )
)


class WriterIdentity(Struct, frozen=True):
    """What a segment's first fact says of the program that writes it."""

    station: str
    app_version: str
    sqlite_version: str
    platform: str
    machine: str = ""


class SegmentTip(Struct, frozen=True):
    """The end of the segment being written."""

    no: int
    id: str
    n: int
    hash: bytes
    sum: bytes = ZERO


class StoredFact(Struct, frozen=True):
    """One fact as it lies in the journal; ``previous`` None is its segment's root, or not known."""

    seq: int
    segment: str
    n: int
    hash: bytes
    data: bytes
    personal: bytes | None
    previous: bytes | None = None
    returned: int = 0
    boot: str = ""
    """Of the process that writes it; known while it is written."""

    @property
    def stands_alone(self) -> bool:
        """Whether the fact's own hash is proven by what it says stands before it."""
        before = segment_root(self.segment) if self.n == 1 else self.previous
        return before is not None and chain_hash(before, self.data) == self.hash

    def line(self) -> str:
        """The fact as one line of the second copy."""
        return json.dumps(
            {
                "s": self.segment,
                "n": self.n,
                "h": self.hash.hex(),
                "b": None if self.previous is None else self.previous.hex(),
                "f": self.data.decode("utf-8"),
                "p": None if self.personal is None else self.personal.decode("utf-8"),
                **({"r": 1} if self.returned else {}),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )


class Journal:
    """Appends facts inside the caller's transaction; remembers the tip only once committed."""

    def __init__(self, clock: Clock, entropy: Entropy, identity: WriterIdentity) -> None:
        self._clock = clock
        self._entropy = entropy
        self.identity = identity
        self._committed: SegmentTip | None = None
        self._tip: SegmentTip | None = None
        self._boot = ""
        self._fresh: list[StoredFact] = []
        self.reason = "start"
        """Why the next segment begins: ``start``, ``recovered`` after a recovery, ``returned``."""

    @property
    def is_writing(self) -> bool:
        """Whether a segment of this process is open."""
        return self._tip is not None

    def append(
        self, conn: Connection, fact: Fact, actor: str, personal: Personal | None
    ) -> tuple[StoredFact, ReadFact]:
        """Write one fact after the tip, opening this process's segment if need be."""
        if self._tip is None:
            self._open_segment(conn)
        return self._write(conn, fact, actor, personal)

    def committed(self) -> tuple[StoredFact, ...]:
        """The transaction is durable: the tip holds; returns what was appended in it."""
        self._committed = self._tip
        fresh, self._fresh = tuple(self._fresh), []
        return fresh

    def rolled_back(self) -> None:
        """The transaction changed nothing: back to the last durable tip."""
        self._tip = self._committed
        self._fresh = []

    def begin_anew(self) -> None:
        """Facts that stand later in line came back: the next fact begins a segment after them.

        Call outside a transaction.
        """
        self._committed = self._tip = None
        self.reason = "returned"

    def _open_segment(self, conn: Connection) -> None:
        parent = conn.execute(_LAST_IN_LINE).one_or_none()
        segment = self._entropy.draw(16).hex()
        root = segment_root(segment)
        no = int(conn.execute(_NEWEST_NO).scalar_one()) + 1
        ordinal = 0 if parent is None else parent.ordinal + 1
        conn.execute(
            insert(segments).values(
                no=no,
                id=segment,
                last_n=0,
                last_hash=root,
                acked_n=0,
                ordinal=ordinal,
                parent=None if parent is None else parent.id,
                parent_n=None if parent is None else parent.last_n,
                stated=ordinal,
                boot=self._clock.boot,
            )
        )
        self._boot = self._clock.boot
        self._tip = SegmentTip(no, segment, 0, root)
        opened = SegmentOpened(
            random=segment,
            reason=self.reason if parent is not None else "first",
            boot=self._clock.boot,
            station=self.identity.station,
            app_version=self.identity.app_version,
            sqlite_version=self.identity.sqlite_version,
            platform=self.identity.platform,
            parent_segment=None if parent is None else parent.id,
            parent_n=None if parent is None else parent.last_n,
            parent_hash=None if parent is None else parent.last_hash.hex(),
            ordinal=ordinal,
            machine=self.identity.machine,
        )
        self._write(conn, opened, "station", None)

    def _write(
        self, conn: Connection, fact: Fact, actor: str, personal: Personal | None
    ) -> tuple[StoredFact, ReadFact]:
        tip = self._tip
        if tip is None:  # pragma: no cover - append opens the segment first
            raise AssertionError("no segment is open")
        if not has_lawful_ids(fact):
            raise BadInput("refusal.not_recordable")
        payload = write_personal(personal, self._entropy.draw(16)) if personal is not None else None
        n = tip.n + 1
        data = write_fact(n=n, instant=self._clock.now(), actor=actor, fact=fact, personal=payload)
        stored = replace(add_fact(conn, tip, n, data, payload), boot=self._boot)
        self._tip = SegmentTip(tip.no, tip.id, n, stored.hash, add_hashes(tip.sum, (stored.hash,)))
        self._fresh.append(stored)
        return stored, read_fact(data)


def add_fact(
    conn: Connection, tip: SegmentTip, n: int, data: bytes, personal: bytes | None
) -> StoredFact:
    """Insert a fact's bytes after ``tip`` and move the segment's end."""
    hashed = chain_hash(tip.hash, data)
    previous = tip.hash if tip.n else None
    stored = StoredFact(0, tip.id, n, hashed, data, personal, previous)
    seq = put_fact(conn, tip.no, stored)
    _MOVE_END.run(
        conn,
        {
            "segment_no": tip.no,
            "n": n,
            "hash": hashed,
            "held_sum": add_hashes(tip.sum, (hashed,)),
        },
    )
    return StoredFact(seq, tip.id, n, hashed, data, personal, previous)


def put_fact(conn: Connection, segment_no: int, stored: StoredFact) -> int:
    """Insert a fact where it stands, without touching its segment's end; its place here."""
    row = {
        "segment_no": segment_no,
        "n": stored.n,
        "hash": stored.hash,
        "bytes": stored.data,
        "personal": stored.personal,
        "previous": stored.previous,
        "returned": stored.returned,
    }
    return int(_ADD_FACT.run(conn, row).lastrowid)


def stored_facts(conn: Connection, after_seq: int = 0) -> Iterator[StoredFact]:
    """All facts in the order they were written here."""
    for row in _STORED.run(conn, {"after_seq": after_seq}):
        yield StoredFact(*row)


def newest_facts(conn: Connection, count: int) -> tuple[FactLine, ...]:
    """The newest facts as lines of a list, oldest of them first."""
    newest = conn.execute(select(facts.c.seq).order_by(facts.c.seq.desc()).limit(count)).all()
    after = newest[-1].seq - 1 if newest else 0
    lines = []
    for stored in stored_facts(conn, after):
        read = read_fact(stored.data)
        lines.append(
            FactLine(
                segment=stored.segment,
                n=stored.n,
                kind=read.kind,
                at=f"{read.instant.local:%Y-%m-%d %H:%M:%S}",
                actor=read.actor,
                hash=stored.hash.hex(),
            )
        )
    return tuple(lines)


def proven_personal(fact: StoredFact) -> bytes | None:
    """The payload beside a fact if its hash stands in the fact's bytes; None without a proof."""
    if fact.personal is None or read_fact(fact.data).personal_hash != personal_hash(fact.personal):
        return None
    return fact.personal
