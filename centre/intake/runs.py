"""Runs of facts: their limits, their hashes, and whether the station vouched for them.

Nothing here looks into a fact: what cannot be read is kept like everything else.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from hashlib import sha256

from app.areas.sessions.facts import SessionClosed, SessionNotHeld
from app.domain.fact_kinds import KIND_OF
from app.domain.values import dataclass
from app.wire.errors import ErrorNumber
from app.wire.fact_bytes import FACT_TAG, MAX_FACT_BYTES
from app.wire.messages import MAX_FACTS_A_RUN, Run
from app.wire.signing import RUN_LABEL, run_parts, verifies
from centre.refusals import NotServed
from centre.service import Centre
from centre.stations.credentials import Credential, all_keys

HASH_BYTES = 32
_MOST_FACTS = 1 << 40
_MUCH = 100
_ENDS = tuple(KIND_OF[kind].encode() for kind in (SessionClosed, SessionNotHeld))
"""Facts' bytes are only looked through: an exchange does not wait for their reading."""
_SEGMENT_CHARACTERS = frozenset(string.ascii_lowercase + string.digits + "-_")


@dataclass(frozen=True, slots=True)
class Chained:
    """A run with the hash of each of its facts."""

    run: Run
    hashes: tuple[bytes, ...]

    @property
    def end(self) -> bytes:
        """The hash the run ends at."""
        return self.hashes[-1] if self.hashes else self.run.previous


def check_segment_name(segment: str) -> None:
    """Refuse what cannot be the name of a segment."""
    if not 0 < len(segment) <= 64 or not _SEGMENT_CHARACTERS.issuperset(segment):
        raise NotServed(ErrorNumber.UNREADABLE, "segment")


def check_run(run: Run) -> None:
    """Refuse a run whose frame is wrong; what its facts say does not matter here."""
    check_segment_name(run.segment)
    if len(run.previous) != HASH_BYTES or not 1 <= run.from_n < _MOST_FACTS:
        raise NotServed(ErrorNumber.UNREADABLE, "run")
    if len(run.facts) > MAX_FACTS_A_RUN:
        raise NotServed(ErrorNumber.TOO_LARGE, "facts in a run")
    if run.facts and max(map(len, run.facts)) > MAX_FACT_BYTES:
        raise NotServed(ErrorNumber.TOO_LARGE, "fact")


def chained(run: Run) -> Chained:
    """Hash a run's facts one after the other."""
    out: list[bytes] = []
    previous = run.previous
    for data in run.facts:  # chain_hash, spelled out: this is what a long push waits for
        previous = sha256(FACT_TAG + previous + data).digest()
        out.append(previous)
    return Chained(run, tuple(out))


def check_signatures(centre: Centre, station: Credential, runs: Iterable[Chained]) -> None:
    """Refuse a run that says it is signed and is not by a key the station has or had."""
    for one in runs:
        if one.run.signature and one.run.facts and not _vouched_for(centre, station, one):
            raise NotServed(ErrorNumber.BAD_SIGNATURE, "run")


def _vouched_for(centre: Centre, station: Credential, one: Chained) -> bool:
    run = one.run
    last_n = run.from_n + len(run.facts) - 1
    parts = run_parts(station.station, run.segment, last_n, one.end)
    if any(verifies(key, run.signature, RUN_LABEL, *parts) for key in station.keys):
        return True
    with centre.store.reading() as tx:
        older = all_keys(tx, station.station)
    return any(verifies(key, run.signature, RUN_LABEL, *parts) for key in older)


def cannot_wait(runs: Sequence[Run]) -> bool:
    """Whether a session ended, or much came: its report is made at once."""
    return sum(len(run.facts) for run in runs) >= _MUCH or any(
        word in data for run in runs for data in run.facts for word in _ENDS
    )
