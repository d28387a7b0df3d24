"""What a closing vouches for: who stood how on the station's screen at that moment.

The digest is made of witnesses – of what each fact says of whom. A clock that is corrected later,
a rule that is set later and whom an unknown person is said to be later change none of it; nor
does it matter whether a mark counts yet. So both sides can compare it for ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided
from app.areas.attendance.marks import PRESENCE, Status
from app.domain.decoded_fact import DecodedFact


def witnessed(marks: Iterable[AttendanceMarked]) -> dict[str, Status]:
    """Person → status by marks in line order that were not taken back.

    The first presence holds, and without one the last leave.
    """
    found: dict[str, Status] = {}
    for mark in marks:
        if found.get(mark.person) not in PRESENCE:
            found[mark.person] = mark.status
    return found


def standing_marks(facts: Iterable[DecodedFact]) -> tuple[AttendanceMarked, ...]:
    """The marks among facts that none of these facts takes back."""
    listed = tuple(facts)
    voided = {one.fact.target for one in listed if isinstance(one.fact, AttendanceVoided)}
    return tuple(
        one.fact
        for one in listed
        if isinstance(one.fact, AttendanceMarked) and one.hash not in voided
    )


def closing_digest(statuses: Mapping[str, Status]) -> str:
    """SHA-256 (hex) over the sorted "person status" lines."""
    lines = sorted(f"{person} {status.value}" for person, status in statuses.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
