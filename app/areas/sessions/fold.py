"""Folding the facts of one session into its record: pure, and a function of the set alone.

Station and centre run this one function. The first preparation, opening and "not held" in the
line of segments hold, and the first closing that was not taken back; a move to an end step is
nothing, because only a closing ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.areas.attendance.facts import AttendanceVoided
from app.areas.attendance.lateness import Starts, verdict
from app.areas.attendance.marks import Mark, RosterStatus, Status, count_turnout, mark_in_force
from app.areas.people.person import StandingKind
from app.areas.playback.fold import fold_plays
from app.areas.playback.plays import showings
from app.areas.sessions.closing import closing_digest, standing_marks, witnessed
from app.areas.sessions.code import session_code
from app.areas.sessions.facts import (
    SessionPrepared,
)
from app.areas.sessions.fold_activities import fold_activities
from app.areas.sessions.gathering import GatheredSession, ShownMark, gather, opened_clock
from app.areas.sessions.report import (
    MarkLine,
    PersonLine,
    SessionRecord,
    SessionReport,
    Stamp,
    Waiting,
)
from app.areas.sessions.session import Step
from app.domain.clock_correction import TimeSource
from app.domain.decoded_fact import DecodedFact, Reason
from app.domain.fact_kinds import KIND_OF
from app.domain.ids import FactHash
from app.domain.inputs import Inputs
from app.domain.policy import Policy
from app.domain.values import dataclass

_END_STEPS = frozenset({Step.CLOSED, Step.NOT_HELD})


def fold_session(session: str, facts: Sequence[DecodedFact], inputs: Inputs) -> SessionRecord:
    """The record of a session from its facts (at least one) in line order.

    Marks of somebody whom ``inputs`` do not know wait, unless the person stood on the session's
    frozen list or was taken in as a visitor.
    """
    raw, facts = facts, tuple(inputs.as_meant(one) for one in facts)
    gathered = gather(facts, inputs)
    _check_voids(gathered, facts)
    waits = {one.arrival for one in gathered.waiting}
    gathered.waiting += [
        Waiting(one.arrival, one.wanting, KIND_OF[type(one.fact)])
        for one in facts
        if one.wanting is not None and one.arrival not in waits
    ]
    return _record(session, gathered, facts, raw)


def _check_voids(gathered: GatheredSession, facts: Iterable[DecodedFact]) -> None:
    """A void of a mark that is not here waits for it; one that waits itself is no trouble."""
    hashes = {one.hash for one in facts}
    for one in facts:
        if isinstance(one.fact, AttendanceVoided) and one.fact.target not in hashes:
            waiting = Waiting(one.arrival, Reason.UNKNOWN_MARK, one.fact.target)
            gathered.waiting.append(waiting)


def _slots(gathered: GatheredSession) -> dict[str, ShownMark]:
    """Person → the mark in force."""
    by_person: dict[str, dict[Mark, ShownMark]] = {}
    for one in gathered.marks:
        if one.mark.id not in gathered.voided:
            by_person.setdefault(one.mark.person, {})[one.mark] = one
    slots = {}
    for person, marks in by_person.items():
        holding = mark_in_force(tuple(marks), lambda a, b: _follows(gathered, a, b))
        if holding is not None:
            slots[person] = marks[holding]
    return slots


def _follows(gathered: GatheredSession, earlier: FactHash, later: FactHash) -> bool:
    facts = {one.mark.id: one.said for one in gathered.marks}
    return gathered.inputs.follows(facts[earlier], facts[later])


def _people(gathered: GatheredSession, slots: dict[str, ShownMark]) -> tuple[PersonLine, ...]:
    left_out: dict[str, StandingKind] = {}
    expected: dict[str, None] = {}
    if gathered.opened is not None:
        opened = gathered.opened[0]
        expected = dict.fromkeys(opened.expected)
        left_out = {who: why for who, why in opened.left_out if who not in expected}
    nobody_left = {**expected, **left_out}
    rule = _rule(gathered)
    others = [who for who in slots if who not in nobody_left]
    return tuple(
        _line(gathered, rule, person, slots.get(person), person in expected, left_out.get(person))
        for person in (*expected, *left_out, *others)
    )


@dataclass(frozen=True, slots=True)
class _Rule:
    """The rule of the session's day, and the starts it counts from."""

    policy: Policy
    starts: Starts

    def verdict(self, marked: ShownMark) -> Status:
        """Late or in time; where the time is not known, what the screen said. When a fact arrived
        is known at the centre only, so no verdict follows from that."""
        if not marked.mark.is_sure:
            return marked.mark.status
        return verdict(self.policy, marked.mark.status, marked.mark.at_ms, self.starts)


def _rule(gathered: GatheredSession) -> _Rule:
    """A start whose clock was doubted and never corrected is not known; a session that was written
    down afterwards began when it was held."""
    planned = None if gathered.prepared is None else gathered.prepared[0].planned_start_ms
    planned = planned if gathered.held_from_ms is None else gathered.held_from_ms
    opened = None if gathered.opened is None else gathered.inputs.moment(gathered.opened[1])
    is_known = opened is not None and opened.source is not TimeSource.UNSURE
    starts = Starts(planned, opened.at_ms if opened is not None and is_known else None)
    return _Rule(gathered.inputs.policies.on(starts.day), starts)


def _line(  # noqa: PLR0913 - what a person's line follows from
    gathered: GatheredSession,
    rule: _Rule,
    person: str,
    slot: ShownMark | None,
    is_expected: bool,
    left_out: StandingKind | None,
) -> PersonLine:
    if is_expected:
        standpoint = RosterStatus.EXPECTED
    elif left_out is not None:
        standpoint = RosterStatus.LEFT_OUT
    else:
        standpoint = RosterStatus.VISITOR
    if slot is None:
        is_absent = is_expected and gathered.closing is not None
        return PersonLine(person, standpoint, Status.ABSENT if is_absent else None, left_out)
    visitor = gathered.visitors.get(person)
    status = rule.verdict(slot)
    late_here = status is Status.LATE_ENTRY and gathered.held_from_ms is None
    return PersonLine(
        person=person,
        standpoint=standpoint,
        status=status,
        left_out=left_out,
        lane=slot.mark.lane,
        by=slot.mark.by,
        at_ms=slot.shown.at_ms,
        claimed_ms=slot.fact.claimed_ms,
        visitor_name="" if visitor is None else visitor.name,
        said_ms=slot.said.wall_ms,
        said_status=None if status is slot.mark.status else slot.mark.status,
        time_source=slot.shown.source.value,
        late_mark=slot.mark.id if late_here else "",
        capacity=slot.fact.capacity,
    )


def _marks(gathered: GatheredSession, slots: dict[str, ShownMark]) -> tuple[MarkLine, ...]:
    in_force = {one.mark.id for one in slots.values()}
    return tuple(
        MarkLine(
            arrival=one.said.arrival,
            hash=one.said.hash,
            person=one.mark.person,
            status=one.mark.status,
            lane=one.mark.lane,
            by=one.mark.by,
            at_ms=one.shown.at_ms,
            said_ms=one.said.wall_ms,
            time_source=one.shown.source.value,
            capacity=one.fact.capacity,
            claimed_ms=one.fact.claimed_ms,
            leave=one.mark.leave,
            voided_by=gathered.voided.get(one.mark.id),
            is_in_force=one.mark.id in in_force,
        )
        for one in gathered.marks
    )


def _step(gathered: GatheredSession) -> Step:
    if gathered.closing is not None:
        return Step.CLOSED
    if gathered.not_held is not None:
        return Step.NOT_HELD
    if gathered.moved_to is not None:
        return gathered.moved_to
    return Step.PREPARE if gathered.opened is None else Step.SIGN_IN


def _agrees(gathered: GatheredSession, facts: Sequence[DecodedFact]) -> bool | None:
    if gathered.closing is None:
        return None
    closing, closed = gathered.closing
    seen = witnessed(standing_marks(facts[: facts.index(closed)]))
    return closing_digest(seen) == closing.digest


def _stamp(gathered: GatheredSession, one: DecodedFact | None) -> Stamp:
    if one is None:
        return Stamp()
    moment = gathered.inputs.shown(one)
    return Stamp(moment.at_ms, one.wall_ms, moment.source.value)


def _record(
    session: str,
    gathered: GatheredSession,
    facts: Sequence[DecodedFact],
    raw: Sequence[DecodedFact],
) -> SessionRecord:
    slots = _slots(gathered)
    return SessionRecord(
        report=_report(session, gathered, slots, facts, raw),
        marks=_marks(gathered, slots),
        visitors=tuple(gathered.visitors.values()),
        notes=tuple(gathered.notes),
        closing=None if gathered.closing is None else gathered.closing[1].hash,
        opened_clock=opened_clock(gathered),
        began_ms=gathered.inputs.shown(facts[0]).at_ms,
        place=facts[0].place,
        last_arrival=max(one.arrival for one in facts),
        is_elsewhere=all(one.returned for one in facts),
        waiting=tuple(gathered.waiting),
    )


def _report(
    session: str,
    gathered: GatheredSession,
    slots: dict[str, ShownMark],
    facts: Sequence[DecodedFact],
    raw: Sequence[DecodedFact],
) -> SessionReport:
    people = _people(gathered, slots)
    plays = fold_plays(gathered.plays, gathered.inputs)
    rule = _rule(gathered)
    opened = _stamp(gathered, None if gathered.opened is None else gathered.opened[1])
    closed = _stamp(gathered, None if gathered.closing is None else gathered.closing[1])
    prepared, prepared_in = gathered.prepared or (None, None)
    not_held, not_held_in = gathered.not_held or (None, None)
    told = None if not_held_in is None else not_held_in.personal
    code = "" if gathered.closing is None else session_code(gathered.closing[1].hash)
    codes = dict.fromkeys(session_code(one.hash) for _, one in gathered.closed)
    return SessionReport(
        session=session,
        plan=None if prepared is None else prepared.plan,
        kind="" if prepared is None else prepared.kind,
        title="" if prepared is None else prepared.title,
        step=_step(gathered),
        units=() if prepared is None else tuple(prepared.units),
        courses=() if prepared is None else tuple(prepared.courses),
        planned_start_ms=None if prepared is None else prepared.planned_start_ms,
        prepared_ms=_stamp(gathered, prepared_in).at_ms,
        opened_ms=opened.at_ms,
        closed_ms=closed.at_ms,
        not_held_reason=None if not_held is None else not_held.reason,
        not_held_note="" if told is None else told.note,
        people=people,
        turnout=count_turnout(tuple((one.standpoint, one.status, 1) for one in people)),
        plays=tuple(one.line() for one in plays),
        notes=tuple(one.text for one in gathered.notes),
        agrees=_agrees(gathered, raw),
        code=code,
        opened_said_ms=opened.said_ms,
        opened_time_source=opened.source,
        closed_said_ms=closed.said_ms,
        closed_time_source=closed.source,
        other_codes=tuple(one for one in codes if one != code),
        not_held_ms=_stamp(gathered, not_held_in).at_ms,
        grace_minutes=rule.policy.grace_minutes,
        day=rule.starts.day,
        showings=showings(plays),
        activities=fold_activities(facts, gathered.inputs),
        **_setting(prepared),
    )


def _setting(prepared: SessionPrepared | None) -> dict[str, Any]:
    """What a preparation says of where, for what and with whom."""
    return {} if prepared is None else {name: getattr(prepared, name) for name in _SETTING}


_SETTING = (
    "place",
    "training_class",
    "campaign",
    "route",
    "lecturers",
    "hosts",
    "agenda",
    "ticks",
)
