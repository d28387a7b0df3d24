"""What is held of one segment, and what one request brought of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.wire.sums import ZERO, add_hashes, take_hashes
from centre.intake.segments.segment_header import Origin

NEVER = 1 << 62
"""A number no fact has."""


@dataclass(slots=True)
class SegmentState:
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
    has_kin: bool = False
    """Whether other segments go on from it, or from the one it goes on from itself."""
    grown: int = 0
    top_n: int = 0
    beginnings: dict[bytes, bytes] = field(default_factory=dict)
    """Facts 1 that came in this request: hash → bytes. There are two only in a fork."""
    origin: Origin | None = None
    """What it says, if the segment is new."""
    end: tuple[int, bytes] | None = None
    """The last fact's number and hash, if all that came went on at the segment's end."""

    def add(self, hashes: Iterable[bytes], count: int) -> None:
        """Count facts in."""
        self.held_facts += count
        self.held_sum = add_hashes(self.held_sum, hashes)

    def take(self, hashes: Iterable[bytes], count: int) -> None:
        """Count facts out."""
        self.held_facts -= count
        self.held_sum = take_hashes(self.held_sum, hashes)
