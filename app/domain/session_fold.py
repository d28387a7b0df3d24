"""Folding the facts of one session into its report: pure, and a function of the set alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.domain.attendance import Mark, Standpoint, Status, count_turnout, mark_in_force
from app.domain.clock_correction import Moment, TimeSource
from app.domain.decoded_fact import DecodedFact, Reason
from app.domain.evidence import session_code
from app.domain.fact_kinds import KIND_OF
from app.domain.facts import (
    AttendanceMarked,
    AttendanceVoided,
    DiscussionNoted,
    PlaybackEnded,
    PlaybackStarted,
    SessionClosed,
    SessionMoved,
    SessionNotHeld,
    SessionOpened,
    SessionPrepared,
    VisitorAdmitted,
)
from app.domain.ids import FactHash, PersonId
from app.domain.people import StandingKind
from app.domain.playback import Interval, coverage_percent
from app.domain.policy import NONE_SET, Policies, Starts
from app.domain.session_report import PersonLine, PlayLine, SessionReport
from app.domain.sessions import Step

_END_STEPS = frozenset({Step.CLOSED, Step.NOT_HELD})


def as_said(one: DecodedFact) -> Moment:
    """The moment a fact itself says."""
    return Moment(one.wall_ms, TimeSource.UNSURE if one.unsure else TimeSource.CLOCK)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A fact of the session that waits for something, and for what."""

    arrival: int
    reason: Reason
    detail: str


@dataclass(slots=True)
class _Evening:
    """What has been gathered of one session so far."""

    moment: Callable[[DecodedFact], Moment]
    policies: Policies
    listed: set[str] = field(default_factory=set)
    said_ms: dict[FactHash, int] = field(default_factory=dict)
    sources: dict[FactHash, TimeSource] = field(default_factory=dict)
    code: str = ""
    prepared: tuple[SessionPrepared, Moment] | None = None
    opened: tuple[SessionOpened, DecodedFact] | None = None
    closed: tuple[SessionClosed, DecodedFact] | None = None
    not_held: tuple[SessionNotHeld, str] | None = None
    moved_to: Step | None = None
    visitors: dict[str, str] = field(default_factory=dict)
    marks: list[tuple[Mark, AttendanceMarked]] = field(default_factory=list)
    witnesses: list[Mark] = field(default_factory=list)
    voided: set[FactHash] = field(default_factory=set)
    at_close: dict[str, Status] = field(default_factory=dict)
    started: dict[str, tuple[PlaybackStarted, int]] = field(default_factory=dict)
    ended: dict[str, PlaybackEnded] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)


def fold_session(
    session: str,
    said: tuple[DecodedFact, ...],
    is_known: Callable[[str], bool],
    moment: Callable[[DecodedFact], Moment] = as_said,
    policies: Policies = NONE_SET,
) -> tuple[SessionReport, tuple[Waiting, ...]]:
    """The report of a session from its facts in journal order, and what of them must wait.

    ``is_known`` tells whether the roster has a person; marks of anybody else wait, unless the
    person stood on the evening's frozen list or was taken in as a visitor. ``moment`` tells
    when a fact was written, ``policies`` who was late.
    """
    evening = _Evening(moment, policies)
    for one in said:
        if isinstance(one.fact, VisitorAdmitted):
            name = "" if one.personal is None else one.personal.name
            evening.visitors[one.fact.person] = name or evening.visitors.get(one.fact.person, "")
        elif isinstance(one.fact, SessionOpened):
            evening.listed |= {*one.fact.expected, *(who for who, _ in one.fact.left_out)}
    for one in said:
        _take(evening, one, is_known)
    _check_voids(evening, said)
    waits = {one.arrival for one in evening.waiting}
    evening.waiting += [
        Waiting(one.arrival, one.wanting, KIND_OF[type(one.fact)])
        for one in said
        if one.wanting is not None and one.arrival not in waits
    ]
    return _report(session, evening), tuple(evening.waiting)


def _take(evening: _Evening, one: DecodedFact, is_known: Callable[[str], bool]) -> None:
    match one.fact:
        case SessionPrepared() as fact if evening.prepared is None:
            evening.prepared = (fact, evening.moment(one))
        case SessionOpened() as fact if evening.opened is None:
            evening.opened = (fact, one)
        case SessionMoved() as fact:
            evening.moved_to = fact.step
        case SessionClosed() as fact if evening.closed is None:
            evening.closed = (fact, one)
            evening.at_close = _witnessed(evening)
            evening.code = session_code(one.hash)
        case SessionNotHeld() as fact if evening.not_held is None:
            evening.not_held = (fact, "" if one.personal is None else one.personal.note)
        case AttendanceMarked() as fact:
            _take_mark(evening, one, fact, is_known)
        case AttendanceVoided() as fact:
            evening.voided.add(fact.target)
        case _:
            _take_showing(evening, one)


def _take_showing(evening: _Evening, one: DecodedFact) -> None:
    match one.fact:
        case PlaybackStarted() as fact:
            evening.started.setdefault(fact.play, (fact, evening.moment(one).at_ms))
        case PlaybackEnded() as fact:
            evening.ended.setdefault(fact.play, fact)
        case DiscussionNoted():
            evening.notes.append("" if one.personal is None else one.personal.note)


def _take_mark(
    evening: _Evening, one: DecodedFact, fact: AttendanceMarked, is_known: Callable[[str], bool]
) -> None:
    evening.witnesses.append(_mark(one, fact, fact.person, one.wall_ms))
    person = PersonId(one.person_is or fact.person)
    known = person in evening.visitors or person in evening.listed or is_known(person)
    if not known:
        evening.waiting.append(Waiting(one.arrival, Reason.UNKNOWN_PERSON, person))
        return
    moment = evening.moment(one)
    evening.said_ms[FactHash(one.hash)] = one.wall_ms
    evening.sources[FactHash(one.hash)] = moment.source
    evening.marks.append((_mark(one, fact, person, moment.at_ms), fact))


def _mark(one: DecodedFact, fact: AttendanceMarked, person: PersonId, at_ms: int) -> Mark:
    return Mark(
        id=FactHash(one.hash),
        person=person,
        status=fact.status,
        lane=fact.lane,
        by=one.actor,
        at_ms=at_ms,
        leave=None if one.personal is None else one.personal.leave,
    )


def _check_voids(evening: _Evening, said: Iterable[DecodedFact]) -> None:
    """A void of a mark that is not here waits for it; one that waits itself is no trouble."""
    facts = {one.hash for one in said}
    for one in said:
        if isinstance(one.fact, AttendanceVoided) and one.fact.target not in facts:
            waiting = Waiting(one.arrival, Reason.UNKNOWN_MARK, one.fact.target)
            evening.waiting.append(waiting)


def _slots(evening: _Evening) -> dict[str, tuple[Mark, AttendanceMarked]]:
    by_person: dict[str, dict[Mark, AttendanceMarked]] = {}
    for mark, fact in evening.marks:
        if mark.id not in evening.voided:
            by_person.setdefault(mark.person, {})[mark] = fact
    slots = {}
    for person, marks in by_person.items():
        holding = mark_in_force(tuple(marks))
        if holding is not None:
            slots[person] = (holding, marks[holding])
    return slots


def _witnessed(evening: _Evening) -> dict[str, Status]:
    """How people stood on the station's screen: what it said of whom, whatever is known since."""
    by_person: dict[str, list[Mark]] = {}
    for mark in evening.witnesses:
        if mark.id not in evening.voided:
            by_person.setdefault(mark.person, []).append(mark)
    holding = {person: mark_in_force(tuple(marks)) for person, marks in by_person.items()}
    return {person: mark.status for person, mark in holding.items() if mark is not None}


def _starts(evening: _Evening) -> Starts:
    """The starts that are known: one whose clock was doubted and never corrected is none."""
    planned = None if evening.prepared is None else evening.prepared[0].planned_start_ms
    begun = None if evening.prepared is None else evening.prepared[1]
    opened = None if evening.opened is None else evening.moment(evening.opened[1])
    return Starts(planned, _sure_ms(opened), _sure_ms(begun))


def _sure_ms(moment: Moment | None) -> int | None:
    return None if moment is None or moment.source is TimeSource.UNSURE else moment.at_ms


def _judge(evening: _Evening) -> Callable[[Mark], Status]:
    """Tells whether who was marked is late; where the time is not known, the screen's word stands."""
    starts = _starts(evening)
    rule = evening.policies.on(starts.day)

    def status(mark: Mark) -> Status:
        if evening.sources[mark.id] is TimeSource.UNSURE:
            return mark.status
        return rule.verdict(mark.status, mark.at_ms, starts)

    return status


def _people(evening: _Evening) -> tuple[PersonLine, ...]:
    slots = _slots(evening)
    left_out: dict[str, StandingKind] = {}
    expected: dict[str, None] = {}
    if evening.opened is not None:
        expected = dict.fromkeys(evening.opened[0].expected)
        left_out = {who: why for who, why in evening.opened[0].left_out if who not in expected}
    nobody_left = {**expected, **left_out}
    verdict = _judge(evening)
    others = [who for who in slots if who not in nobody_left]
    return tuple(
        _line(evening, verdict, person, slots.get(person), person in expected, left_out.get(person))
        for person in (*expected, *left_out, *others)
    )


def _line(  # noqa: PLR0913 - what a person's line follows from
    evening: _Evening,
    verdict: Callable[[Mark], Status],
    person: str,
    slot: tuple[Mark, AttendanceMarked] | None,
    is_expected: bool,
    left_out: StandingKind | None,
) -> PersonLine:
    if is_expected:
        standpoint = Standpoint.EXPECTED
    elif left_out is not None:
        standpoint = Standpoint.LEFT_OUT
    else:
        standpoint = Standpoint.VISITOR
    if slot is None:
        is_absent = is_expected and evening.closed is not None
        return PersonLine(person, standpoint, Status.ABSENT if is_absent else None, left_out)
    mark, fact = slot
    status = verdict(mark)
    return PersonLine(
        person=person,
        standpoint=standpoint,
        status=status,
        left_out=left_out,
        lane=mark.lane,
        by=mark.by,
        at_ms=mark.at_ms,
        claimed_ms=fact.claimed_ms,
        visitor_name=evening.visitors.get(person, ""),
        said_ms=evening.said_ms[mark.id],
        said_status=None if status is mark.status else mark.status,
        time_source=evening.sources[mark.id].value,
    )


def _plays(evening: _Evening) -> tuple[PlayLine, ...]:
    lines = []
    for play, (fact, started_ms) in evening.started.items():
        end = evening.ended.get(play)
        shown = () if end is None else tuple(Interval(first, last) for first, last in end.shown)
        lines.append(
            PlayLine(
                play=play,
                course=fact.course,
                started_ms=started_ms,
                duration_ms=fact.duration_ms,
                position_ms=fact.from_ms if end is None else end.position_ms,
                coverage_percent=coverage_percent(shown, fact.duration_ms),
                outcome=None if end is None else end.outcome,
            )
        )
    return tuple(lines)


def _step(evening: _Evening) -> Step:
    if evening.closed is not None:
        return Step.CLOSED
    if evening.not_held is not None:
        return Step.NOT_HELD
    if evening.moved_to is not None and evening.moved_to not in _END_STEPS:
        return evening.moved_to
    return Step.PREPARE if evening.opened is None else Step.SIGN_IN


def _agrees(evening: _Evening) -> bool | None:
    if evening.closed is None:
        return None
    lines = sorted(f"{person} {status.value}" for person, status in evening.at_close.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() == evening.closed[0].digest


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A moment as it is shown and as the clock said it; all empty when it has not come."""

    at_ms: int | None = None
    said_ms: int | None = None
    source: str = TimeSource.CLOCK.value


def _stamp(evening: _Evening, one: DecodedFact | None) -> _Stamp:
    if one is None:
        return _Stamp()
    moment = evening.moment(one)
    return _Stamp(moment.at_ms, one.wall_ms, moment.source.value)


def _report(session: str, evening: _Evening) -> SessionReport:
    people = _people(evening)
    opened = _stamp(evening, None if evening.opened is None else evening.opened[1])
    closed = _stamp(evening, None if evening.closed is None else evening.closed[1])
    prepared, begun = evening.prepared or (None, None)
    reason, note = (None, "")
    if evening.not_held is not None:
        reason, note = evening.not_held[0].reason, evening.not_held[1]
    return SessionReport(
        session=session,
        plan=None if prepared is None else prepared.plan,
        kind="" if prepared is None else prepared.kind,
        title="" if prepared is None else prepared.title,
        step=_step(evening),
        units=() if prepared is None else tuple(prepared.units),
        courses=() if prepared is None else tuple(prepared.courses),
        planned_start_ms=None if prepared is None else prepared.planned_start_ms,
        prepared_ms=None if begun is None else begun.at_ms,
        opened_ms=opened.at_ms,
        closed_ms=closed.at_ms,
        not_held_reason=reason,
        not_held_note=note,
        people=people,
        turnout=count_turnout(tuple((one.standpoint, one.status, 1) for one in people)),
        plays=_plays(evening),
        notes=tuple(evening.notes),
        agrees=_agrees(evening),
        code=evening.code,
        opened_said_ms=opened.said_ms,
        opened_time_source=opened.source,
        closed_said_ms=closed.said_ms,
        closed_time_source=closed.source,
        day=_starts(evening).day,
    )
