"""One fact as it was read, with its place in the record, and why a fact may have to wait."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.fact_kinds import Fact
from app.domain.facts import Personal, PlaybackEnded, PlaybackStarted


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
    """One fact that was understood, with its place in the record.

    ``ordinal`` and ``boot`` are its segment's; ``unsure`` says that its clock was doubted when
    it was written. ``person_is`` is whom a person at the centre said an unknown one to be.
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
    wanting: Reason | None = None
    """What is wrong with its payload, if something is."""

    @property
    def session(self) -> str | None:
        """The session it belongs to, if it names one."""
        named = getattr(self.fact, "session", None)
        return named if isinstance(named, str) else None

    @property
    def play(self) -> str | None:
        """The play it belongs to, if it names one."""
        if isinstance(self.fact, PlaybackStarted | PlaybackEnded):
            return self.fact.play
        return None
