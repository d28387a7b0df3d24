"""One fact as it was read, with its place in the line, and why a fact may have to wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from app.domain.clock_correction import ClockReading
from app.domain.fact_kinds import Fact
from app.domain.personal import Personal
from app.domain.values import dataclass


class Reason(StrEnum):
    """Why a fact is kept but not, or not yet, in the report."""

    UNREADABLE = "unreadable"
    WRONG_NUMBER = "wrong_number"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_MARK = "unknown_mark"
    UNKNOWN_PLAY = "unknown_play"
    FAILED = "failed"
    PAYLOAD_LACKING = "payload_lacking"
    PAYLOAD_UNREADABLE = "payload_unreadable"


PAYLOADS = (Reason.PAYLOAD_LACKING, Reason.PAYLOAD_UNREADABLE)
"""The fact counts; the text beside it is not in the report."""


@dataclass(frozen=True, slots=True)
class DecodedFact:
    """One fact that was understood, with its place in the line of segments.

    ``arrival`` is its place in order of arrival; ``ordinal`` and ``boot`` are its segment's.
    ``unsure`` says that its clock was doubted when it was written, ``returned`` that it came back
    from the centre. ``person_is`` is whom a person at the centre said an unknown one to be.
    """

    arrival: int
    hash: str
    segment: str
    n: int
    wall_ms: int
    actor: str
    fact: Fact
    personal: Personal | None
    station: str = ""
    mono_ms: int = 0
    unsure: bool = False
    ordinal: int = 0
    boot: str = ""
    person_is: str = ""
    returned: bool = False
    arrived_ms: int = 0
    """When the exchange was that brought it; 0 where it was written or that is not known."""
    wanting: Reason | None = None
    """What is wrong with its payload, if something is."""

    @property
    def place(self) -> str:
        """Its place in the line, as a text that sorts so; the same on every disk."""
        return f"{self.ordinal:010d} {self.segment} {self.n:010d}"

    def clock(self, source: str) -> ClockReading:
        """What the clocks read when it was written; ``source`` as it is shown for it."""
        return ClockReading(self.boot, self.wall_ms - self.mono_ms, source)

    @property
    def session(self) -> str | None:
        """The session it belongs to, if it names one."""
        named = getattr(self.fact, "session", None)
        return named if isinstance(named, str) else None

    @property
    def play(self) -> str | None:
        """The play it belongs to, if it names one."""
        named = getattr(self.fact, "play", None)
        return named if isinstance(named, str) else None


def in_line_order(facts: Iterable[DecodedFact]) -> tuple[DecodedFact, ...]:
    """Facts in the order of the line of segments; one that came by two ways stands once.

    Parents stand before those that go on from them, because a segment says how many stand
    before it. Never by arrival, never by a clock. Whom a person said an unknown one to be
    counts by whichever of the ways the fact came.
    """
    last_wins = sorted(facts, key=lambda one: (one.personal is not None, -one.arrival))
    meant = {one.hash: one.person_is for one in last_wins if one.person_is}
    once = {one.hash: one for one in last_wins}
    for own, person in meant.items():
        once[own] = replace(once[own], person_is=person)
    return tuple(sorted(once.values(), key=lambda one: (one.ordinal, one.segment, one.n, one.hash)))
