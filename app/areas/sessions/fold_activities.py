"""Folding what was done in a session beside signing in and playing.

An agenda item, a head-count, a lecture, a visit and an answer to a hint stand by what was said of
them last in the line, a stop by when it was first reached, a late session by what was first written
of it. What was taken back is as if it had not been said.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.areas.running.facts import HintAnswered
from app.areas.sessions.activities import (
    ActivityRecord,
    AgendaLine,
    HeadCount,
    HintAnswer,
    LateSession,
    LectureLine,
    StopLine,
    VisitLine,
)
from app.areas.sessions.facts import (
    ActivityTakenBack,
    AgendaTicked,
    HeadsCounted,
    LectureGiven,
    SessionEnteredLate,
    StopReached,
    VisitMade,
)
from app.domain.decoded_fact import DecodedFact
from app.domain.inputs import Inputs


def fold_activities(facts: Iterable[DecodedFact], inputs: Inputs) -> ActivityRecord:
    """What was done, from a session's facts in line order."""
    said = tuple(facts)
    gone = {one.fact.target for one in said if isinstance(one.fact, ActivityTakenBack)}
    agenda: dict[str, AgendaLine] = {}
    stops: dict[str, StopLine] = {}
    lectures: dict[tuple[str, str], LectureLine] = {}
    heads: dict[str, HeadCount] = {}
    visits: dict[str, VisitLine] = {}
    answers: dict[str, HintAnswer] = {}
    late: LateSession | None = None
    for one in said:
        if one.hash in gone:
            continue
        personal = one.personal
        match one.fact:
            case AgendaTicked() as fact:
                reason = "" if personal is None else personal.reason
                agenda[fact.item] = AgendaLine(fact.item, fact.is_done, reason, one.hash)
            case StopReached() as fact:
                at_ms = inputs.shown(one).at_ms
                stops.setdefault(fact.stop, StopLine(fact.stop, at_ms, one.hash))
            case LectureGiven() as fact:
                name = "" if personal is None else personal.name
                told = LectureLine(
                    fact.lecturer, fact.topic, fact.minutes, fact.person or "", name, one.hash
                )
                lectures[told.lecturer or told.person or told.name, told.topic] = told
            case HeadsCounted() as fact:
                heads[fact.kind] = HeadCount(fact.kind, max(fact.count, 0), one.hash)
            case VisitMade() as fact:
                note = "" if personal is None else personal.note
                visits[fact.person] = VisitLine(
                    fact.person, fact.by or "", fact.minutes, fact.pairing, note, one.hash
                )
            case HintAnswered() as fact:
                note = "" if personal is None else personal.note
                answers[fact.hint] = HintAnswer(fact.hint, note)
            case SessionEnteredLate() as fact if late is None:
                late = _late(one, fact, inputs)
    return ActivityRecord(
        tuple(agenda.values()),
        tuple(stops.values()),
        tuple(lectures.values()),
        tuple(heads.values()),
        tuple(visits.values()),
        late,
        tuple(answers.values()),
    )


def _late(one: DecodedFact, fact: SessionEnteredLate, inputs: Inputs) -> LateSession:
    told = one.personal
    return LateSession(
        held_from_ms=fact.held_from_ms,
        held_to_ms=max(fact.held_to_ms, fact.held_from_ms),
        written_ms=inputs.shown(one).at_ms,
        by="" if told is None else told.name,
        reason="" if told is None else told.reason,
        hash=one.hash,
    )
