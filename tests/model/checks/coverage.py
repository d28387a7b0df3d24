"""What histories hold of all that can happen: a comparison is worth only what it compares.

It is counted in the facts that reached the centre and in its decisions, not in what was asked of
the stations: an act that is always refused was never made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from app.areas.attendance.facts import AttendanceMarked
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.sessions.facts import (
    SessionClosed,
    SessionMoved,
    SessionNotHeld,
    SessionOpened,
    SessionPrepared,
)
from app.areas.sessions.session import Step
from app.domain.facts import SegmentOpened
from app.wire.fact_bytes import read_fact, read_personal
from tests.model.county.centre_side import CentreSide

LONG_TEXT = 2_001
"""Characters of a long text: more than an earlier centre took in."""
_FACTS = "SELECT bytes, personal FROM facts"
_DECISIONS = "SELECT kind FROM decisions"
_TWICE: dict[type, str] = {
    SessionPrepared: "session prepared twice",
    SessionOpened: "session opened twice",
    SessionClosed: "session closed twice",
    PlaybackEnded: "play ended twice",
    AttendanceMarked: "person marked twice",
}
_DECIDED = ("shut_out", "released", "erased", "resolved", "replaced", "plan_withdrawn")
MUST_HAPPEN = (
    *"segment.opened session.prepared session.opened session.moved session.closed".split(),
    *"session.not_held session.resumed session.reopened attendance.marked attendance.voided".split(),
    *"visitor.admitted playback.started playback.ended discussion.noted".split(),
    *"clock.compared clock.asserted person.erased session.entered_late agenda.ticked".split(),
    *"stop.reached lecture.given heads.counted visit.made activity.taken_back".split(),
    *"case.opened case.moved".split(),
    *_TWICE.values(),
    "kind unknown",
    "segment without ordinal",
    "somebody left out",
    "move to an end step",
    "not held with a note",
    "play without a session",
    "play without an end",
    "long text",
    *(f"decision {kind}" for kind in _DECIDED),
)
"""What the histories of the tests must hold, by name."""


def happened(side: CentreSide) -> Counter[str]:
    """How often each of ``MUST_HAPPEN``, and what else, stands at a centre."""
    rows = [(read_fact(row[0]), row[1]) for row in side.rows(_FACTS)]
    count = Counter(f"decision {row[0]}" for row in side.rows(_DECISIONS))
    for read, personal in rows:
        count[read.kind if read.fact is not None else "kind unknown"] += 1
        count.update(_remarkable(read.fact, personal))
    count.update(_twice(read.fact for read, _ in rows))
    ended = {read.fact.play for read, _ in rows if isinstance(read.fact, PlaybackEnded)}
    started = {read.fact.play for read, _ in rows if isinstance(read.fact, PlaybackStarted)}
    count["play without an end"] += len(started - ended)
    return count


def _remarkable(fact: Any, personal: bytes | None) -> Iterator[str]:
    note = "" if personal is None else read_personal(personal).note
    if len(note) >= LONG_TEXT:
        yield "long text"
    match fact:
        case SegmentOpened(ordinal=0, parent_segment=str()):
            yield "segment without ordinal"
        case SessionOpened(left_out=left_out) if left_out:
            yield "somebody left out"
        case SessionMoved(step=Step.CLOSED | Step.NOT_HELD):
            yield "move to an end step"
        case SessionNotHeld() if note:
            yield "not held with a note"
        case PlaybackStarted(session=None):
            yield "play without a session"


def _twice(facts: Iterable[Any]) -> Iterator[str]:
    """What stands more than once about one session, play or person in a session."""
    seen: Counter[tuple[str, ...]] = Counter()
    for fact in facts:
        name = _TWICE.get(type(fact))
        if name is not None:
            about = (getattr(fact, one, "") for one in ("session", "play", "person"))
            seen[(name, *about)] += 1
    return (key[0] for key, times in seen.items() if times > 1)


def table(count: Counter[str]) -> str:
    """The counts as lines, what must happen and does not marked."""
    names = [*MUST_HAPPEN, *sorted(count.keys() - set(MUST_HAPPEN))]
    marks = {name: "" if count[name] or name not in MUST_HAPPEN else "  <- never" for name in names}
    return "\n".join(f"{count[name]:>8,}  {name}{marks[name]}" for name in names)
