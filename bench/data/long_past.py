"""Long histories, written straight into the tables of a station and of its centre.

The chains are valid – every fact hashed onto the one before, every segment on its parent – and
lie on both sides as they would after years of sessions: sent, confirmed, understood.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert, select, update

from app.areas.attendance.facts import AttendanceMarked
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.facts import SessionClosed, SessionOpened, SessionPrepared
from app.domain.fact_kinds import KIND_OF, Fact
from app.domain.facts import SegmentOpened
from app.domain.ids import CourseId, PersonId, PlayId, SessionId
from app.domain.time import ClockGrade, Instant
from app.machine.clock import BUILT_MS
from app.store.engine import PRAGMAS, SQLITE, set_pragmas
from app.store.seal import lift_seal
from app.wire.fact_bytes import chain_hash, segment_root, write_fact
from app.wire.sums import ZERO, add_hashes
from bench.data.session import word
from centre.service import Centre
from centre.store.tables import facts as centre_facts
from centre.store.tables import segments as centre_segments
from centre.store.tables import stations

LISTED = 100
_VILLAGE = 160
_ROWS_AT_ONCE = 10_000
FACTS_A_SEGMENT = LISTED + 6


@dataclass(frozen=True, slots=True)
class Written:
    """One fact as it lies in a chain; ``session`` and ``play`` are what it belongs to."""

    data: bytes
    hash: bytes
    previous: bytes
    kind: str
    session: str | None
    play: str | None


@dataclass(frozen=True, slots=True)
class Segment:
    """One session: one start of the program."""

    name: str
    ordinal: int
    parent: str | None
    facts: tuple[Written, ...]

    @property
    def sum(self) -> bytes:
        """Of all its hashes."""
        return add_hashes(ZERO, (one.hash for one in self.facts))


def sessions(facts: int, seed: int = 3) -> list[Segment]:
    """So many sessions that there are at least so many facts, the last one cut to fit."""
    chance = random.Random(seed)
    people = [PersonId(word(seed, "p-", one)) for one in range(_VILLAGE)]
    out: list[Segment] = []
    left, wall_ms = facts, BUILT_MS
    while left > 0:
        segment = _segment(chance, seed, len(out), out[-1] if out else None, people, wall_ms, left)
        left -= len(segment.facts)
        wall_ms += 24 * 3_600_000
        out.append(segment)
    return out


def _segment(  # noqa: PLR0913 - all that a session follows from
    chance: random.Random,
    seed: int,
    ordinal: int,
    parent: Segment | None,
    people: Sequence[PersonId],
    wall_ms: int,
    at_most: int,
) -> Segment:
    name = hashlib.sha256(f"{seed} session {ordinal}".encode()).hexdigest()[:32]
    opened = SegmentOpened(
        random=name,
        reason="first" if parent is None else "start",
        boot=name[:8],
        station="bench",
        app_version="1.0",
        sqlite_version="3.51",
        platform="Windows-10",
        parent_segment=None if parent is None else parent.name,
        parent_n=None if parent is None else len(parent.facts),
        parent_hash=None if parent is None else parent.facts[-1].hash.hex(),
        ordinal=ordinal,
    )
    out: list[Written] = []
    previous = segment_root(name)
    session, play = word(seed, "se-", ordinal), word(seed, "pl-", ordinal)
    for fact in (opened, *_session(chance, session, play, people)):
        if len(out) == at_most:
            break
        wall_ms += chance.randrange(500, 60_000)
        instant = Instant(wall_ms, wall_ms % 100_000_000, ClockGrade.OK)
        actor = "member" if isinstance(fact, AttendanceMarked) else "operator"
        n = len(out) + 1
        data = write_fact(n=n, instant=instant, actor=actor, fact=fact, personal=None)
        own = chain_hash(previous, data)
        about = None if fact is opened else session
        shown = play if isinstance(fact, PlaybackStarted | PlaybackEnded) else None
        if isinstance(fact, PlaybackEnded):
            about = None
        out.append(Written(data, own, previous, KIND_OF[type(fact)], about, shown))
        previous = own
    return Segment(name, ordinal, None if parent is None else parent.name, tuple(out))


def _session(
    chance: random.Random, session: str, play: str, people: Sequence[PersonId]
) -> Iterator[Fact]:
    named, shown = SessionId(session), PlayId(play)
    who = chance.sample(people, LISTED)
    video = hashlib.sha256(session.encode()).hexdigest()
    yield SessionPrepared(named, None, "group_session", "学习", (), (), None, 15)
    yield SessionOpened(named, tuple(sorted(who)), ())
    for person in who:
        lane = chance.choice((Lane.NAME_WALL, Lane.PHONE_TAIL, Lane.SCANNER))
        yield AttendanceMarked(named, person, Status.PRESENT, lane, RosterStatus.EXPECTED)
    yield PlaybackStarted(shown, named, CourseId("c1"), video, 0, 2_400_000)
    yield PlaybackEnded(shown, PlayOutcome.FULL, 2_400_000, ((0, 2_400_000),))
    yield SessionClosed(named, LISTED, LISTED, 0, 0, 0, video)


def into_station(home: Path, past: Iterable[Segment], *, sent: bool) -> None:
    """Put a past into the journal of a closed station; ``sent`` says that the centre has it."""
    lift_seal(home / "station.db")
    with closing(SQLITE.connect(home / "station.db", isolation_level=None)) as connection:
        set_pragmas(connection, PRAGMAS)
        connection.execute("BEGIN IMMEDIATE")
        for no, one in enumerate(past, start=1):
            end = one.facts[-1]
            count = len(one.facts)
            acked = count if sent else 0
            connection.execute(
                "INSERT INTO segments (no, id, last_n, last_hash, acked_n, ordinal, held, held_sum)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (no, one.name, count, end.hash, acked, one.ordinal, count, one.sum),
            )
            connection.executemany(
                "INSERT INTO facts (segment_no, n, hash, bytes, previous) VALUES (?, ?, ?, ?, ?)",
                (
                    (no, n, fact.hash, fact.data, fact.previous if n > 1 else None)
                    for n, fact in enumerate(one.facts, start=1)
                ),
            )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def into_centre(centre: Centre, station: str, past: Sequence[Segment]) -> None:
    """Put the same past into the centre, as received, read and confirmed."""
    with centre.store.writing() as tx:
        mine = stations.c.id == station
        site = tx.scalar(select(stations.c.site).where(mine))
        rows: list[dict[str, object]] = []
        for one in past:
            tx.execute(insert(centre_segments), [_segment_row(station, str(site), one)])
            rows += (
                _fact_row(station, str(site), one, n, fact)
                for n, fact in enumerate(one.facts, start=1)
            )
            if len(rows) >= _ROWS_AT_ONCE:
                tx.execute(insert(centre_facts), rows)
                rows = []
        if rows:
            tx.execute(insert(centre_facts), rows)
        count = sum(len(one.facts) for one in past)
        total = add_hashes(ZERO, (one.sum for one in past))
        tx.execute(update(stations).where(mine).values(held_facts=count, held_sum=total))


def _segment_row(station: str, site: str, one: Segment) -> dict[str, object]:
    return {
        "station": station,
        "segment": one.name,
        "site": site,
        "forked": False,
        "parent_segment": one.parent,
        "parent_n": None if one.parent is None else FACTS_A_SEGMENT,
        "opened_ms": BUILT_MS,
        "first_seen_ms": BUILT_MS,
        "grown_ms": BUILT_MS,
        "ordinal": one.ordinal,
        "held_facts": len(one.facts),
        "held_sum": one.sum,
    }


def _fact_row(station: str, site: str, one: Segment, n: int, fact: Written) -> dict[str, object]:
    return {
        "station": station,
        "segment": one.name,
        "n": n,
        "hash": fact.hash,
        "previous": fact.previous,
        "bytes": fact.data,
        "attached": True,
        "interpreted": True,
        "quarantined": False,
        "site": site,
        "kind": fact.kind,
        "session": fact.session,
        "play": fact.play,
        "received_ms": BUILT_MS,
    }
