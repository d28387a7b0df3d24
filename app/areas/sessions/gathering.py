"""Gathering what the facts of one session say, before it is made into a record.

The first preparation, opening and "not held" in the line hold; a move to an end step is nothing,
because only a closing ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from app.areas.attendance.facts import AttendanceMarked, AttendanceVoided, VisitorAdmitted
from app.areas.attendance.marks import Mark
from app.areas.discussion.facts import DiscussionNoted
from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.sessions.facts import (
    SessionClosed,
    SessionEnteredLate,
    SessionMoved,
    SessionNotHeld,
    SessionOpened,
    SessionPrepared,
    SessionReopened,
)
from app.areas.sessions.report import (
    SessionNote,
    VisitorLine,
    Waiting,
)
from app.areas.sessions.session import Step
from app.domain.clock_correction import ClockReading, Moment, TimeSource, compared
from app.domain.decoded_fact import DecodedFact, Reason
from app.domain.ids import FactHash, PersonId
from app.domain.inputs import Inputs
from app.domain.values import dataclass

_END_STEPS = frozenset({Step.CLOSED, Step.NOT_HELD})


@dataclass(frozen=True, slots=True)
class ShownMark:
    """One mark, the fact it was written in, and the moment that is shown."""

    mark: Mark
    fact: AttendanceMarked
    said: DecodedFact
    shown: Moment


@dataclass(slots=True)
class GatheredSession:
    """What has been gathered of one session so far."""

    inputs: Inputs
    listed: set[str] = field(default_factory=set)
    prepared: tuple[SessionPrepared, DecodedFact] | None = None
    opened: tuple[SessionOpened, DecodedFact] | None = None
    closed: list[tuple[SessionClosed, DecodedFact]] = field(default_factory=list)
    reopened: set[str] = field(default_factory=set)
    not_held: tuple[SessionNotHeld, DecodedFact] | None = None
    moved_to: Step | None = None
    held_from_ms: int | None = None
    """When it was held, if it was written down afterwards."""
    visitors: dict[str, VisitorLine] = field(default_factory=dict)
    marks: list[ShownMark] = field(default_factory=list)
    voided: dict[str, str] = field(default_factory=dict)
    plays: dict[str, list[DecodedFact]] = field(default_factory=dict)
    notes: list[SessionNote] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)

    @property
    def closing(self) -> tuple[SessionClosed, DecodedFact] | None:
        """The closing that holds."""
        return next((one for one in self.closed if one[1].hash not in self.reopened), None)


def gather(facts: Sequence[DecodedFact], inputs: Inputs) -> GatheredSession:
    """Everything the facts of one session (in line order) say of it."""
    gathered = GatheredSession(inputs)
    for one in facts:
        if isinstance(one.fact, VisitorAdmitted):
            _take_visitor(gathered, one, one.fact)
        elif isinstance(one.fact, SessionEnteredLate) and gathered.held_from_ms is None:
            gathered.held_from_ms = one.fact.held_from_ms
        elif isinstance(one.fact, SessionOpened):
            gathered.listed |= {*one.fact.expected, *(who for who, _ in one.fact.left_out)}
    for one in facts:
        _take(gathered, one)
    return gathered


def _take_visitor(gathered: GatheredSession, one: DecodedFact, fact: VisitorAdmitted) -> None:
    """The first that was taken in holds; its name may stand beside another fact of the same."""
    known = gathered.visitors.get(fact.person)
    if known is not None and (known.name or one.personal is None):
        return
    told = one.personal
    gathered.visitors[fact.person] = VisitorLine(
        arrival=one.arrival if known is None else known.arrival,
        person=fact.person,
        name="" if told is None else told.name,
        phone_tail="" if told is None else told.phone_tail,
        home="" if told is None else told.home,
    )


def _take(gathered: GatheredSession, one: DecodedFact) -> None:
    match one.fact:
        case SessionPrepared() as fact if gathered.prepared is None:
            gathered.prepared = fact, one
        case SessionOpened() as fact if gathered.opened is None:
            gathered.opened = fact, one
        case SessionMoved() as fact if fact.step not in _END_STEPS:
            gathered.moved_to = fact.step
        case SessionClosed() as fact:
            gathered.closed.append((fact, one))
        case SessionReopened() as fact:
            gathered.reopened.add(fact.closing)
        case SessionNotHeld() as fact if gathered.not_held is None:
            gathered.not_held = fact, one
        case AttendanceMarked() as fact:
            _take_mark(gathered, one, fact)
        case AttendanceVoided() as fact:
            gathered.voided.setdefault(fact.target, one.hash)
        case _:
            _take_showing(gathered, one)


def _take_showing(gathered: GatheredSession, one: DecodedFact) -> None:
    match one.fact:
        case PlaybackStarted() | PlaybackEnded() as fact:
            gathered.plays.setdefault(fact.play, []).append(one)
        case DiscussionNoted():
            text = "" if one.personal is None else one.personal.note
            gathered.notes.append(SessionNote(one.arrival, text))


def _take_mark(gathered: GatheredSession, one: DecodedFact, fact: AttendanceMarked) -> None:
    person = PersonId(one.person_is or fact.person)
    known = person in gathered.visitors or person in gathered.listed
    if not known and not gathered.inputs.is_known(person):
        gathered.waiting.append(Waiting(one.arrival, Reason.UNKNOWN_PERSON, person))
        return
    moment = shown_of_mark(gathered, one, gathered.inputs.moment(one))
    mark = Mark(
        id=FactHash(one.hash),
        person=person,
        status=fact.status,
        lane=fact.lane,
        by=one.actor,
        at_ms=moment.at_ms,
        leave=None if one.personal is None else one.personal.leave,
        is_sure=moment.source is not TimeSource.UNSURE,
    )
    shown = shown_of_mark(gathered, one, gathered.inputs.shown(one))
    gathered.marks.append(ShownMark(mark, fact, one, shown))


def shown_of_mark(gathered: GatheredSession, one: DecodedFact, moment: Moment) -> Moment:
    return compared(moment, one.clock(moment.source), opened_clock(gathered))


def opened_clock(gathered: GatheredSession) -> ClockReading | None:
    one = None if gathered.opened is None else gathered.opened[1]
    return None if one is None else one.clock(gathered.inputs.moment(one).source)
