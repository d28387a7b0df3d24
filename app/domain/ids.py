"""Distinct types for the identities that travel between station and centre.

All are opaque strings: whoever compares or stores them must not read a meaning
out of their characters.
"""

from __future__ import annotations

from typing import NewType

SiteId = NewType("SiteId", str)
StationId = NewType("StationId", str)
OrgUnitId = NewType("OrgUnitId", str)
PersonId = NewType("PersonId", str)
PlanId = NewType("PlanId", str)
CourseId = NewType("CourseId", str)
SessionId = NewType("SessionId", str)
PlayId = NewType("PlayId", str)
CaseId = NewType("CaseId", str)
SegmentId = NewType("SegmentId", str)
"""32 lower-case hex digits: the 128 random bits of one process start."""
FactHash = NewType("FactHash", str)
"""64 lower-case hex digits: the identity of one fact in its chain."""

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def id_from_random(prefix: str, random_bytes: bytes) -> str:
    """Spell random bytes as a short readable id, e.g. ``s-4j0x…`` (5 bits a character)."""
    number = int.from_bytes(random_bytes, "big")
    length = -(-len(random_bytes) * 8 // 5)
    digits = []
    for _ in range(length):
        digits.append(_CROCKFORD[number & 31])
        number >>= 5
    return prefix + "".join(reversed(digits))
