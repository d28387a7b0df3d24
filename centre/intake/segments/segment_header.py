"""What a segment's first fact says of it: where it goes on from, and in which place it stands."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.errors import BadInput
from app.domain.facts import SegmentOpened
from app.domain.values import dataclass
from app.wire.fact_bytes import read_fact
from centre.stations.credentials import Credential

_MOST_NUMBER = 1 << 40
_MOST_MS = 1 << 60
_MOST_WORD = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """What a segment's first fact says of it, as far as it can be believed to be sane."""

    parent_segment: str | None
    parent_n: int | None
    parent_hash: str | None
    ordinal: int
    boot: str
    opened_ms: int
    station: str = ""
    machine: str = ""

    def machine_of(self, station: Credential) -> str:
        """The mark of the machine that wrote it as this station; empty when it did as another's,
        or when its right is over: it is no second PC beside the one that has its place."""
        return self.machine if station.active and self.station == station.station else ""


def origin_among(beginnings: Mapping[bytes, bytes]) -> Origin | None:
    """What holds of several first facts, by hash: the first by its hash that is a beginning,
    whichever came first."""
    read = (read_origin(data) for _, data in sorted(beginnings.items()))
    return next((one for one in read if one is not None), None)


def read_origin(data: bytes) -> Origin | None:
    """What a first fact's bytes say; None when they are no readable beginning."""
    try:
        reading = read_fact(data)
    except (BadInput, RecursionError):
        return None
    fact = reading.fact
    if reading.n != 1 or not isinstance(fact, SegmentOpened):
        return None
    if not -_MOST_MS < reading.instant.wall_ms < _MOST_MS:
        return None
    has_parent = _is_word(fact.parent_segment) and _is_number(fact.parent_n)
    return Origin(
        parent_segment=fact.parent_segment if has_parent else None,
        parent_n=fact.parent_n if has_parent else None,
        parent_hash=fact.parent_hash if has_parent and _is_word(fact.parent_hash) else None,
        ordinal=fact.ordinal if _is_number(fact.ordinal) else 0,
        boot=fact.boot if _is_word(fact.boot) else "",
        opened_ms=reading.instant.wall_ms,
        station=fact.station,
        machine=fact.machine if _is_word(fact.machine) else "",
    )


def _is_word(word: str | None) -> bool:
    return word is not None and len(word) <= _MOST_WORD and "\0" not in word


def _is_number(number: int | None) -> bool:
    return number is not None and 0 <= number < _MOST_NUMBER
