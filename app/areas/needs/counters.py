"""Answers of a survey while they come in: sums in the store with each, told at the close.

As with votes, a counter holds no times and nobody's name, and is no fact.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.areas.needs.facts import NeedsTallied
from app.areas.needs.record import NEEDS, read_group
from app.areas.needs.survey import NeedsGroup, told_groups
from app.domain.ids import SessionId

if TYPE_CHECKING:
    from app.store.reading import StoreReading
    from app.store.work import StoreWork

OPERATOR = "operator"
PEOPLE = "people"
Sums = dict[str, dict[str, int]]


def groups_of(reading: StoreReading, session: SessionId) -> tuple[NeedsGroup, ...]:
    """What is recorded of a session."""
    return told_groups(
        (one.kind, one.people, one.chosen)
        for one in map(read_group, reading.rows(NEEDS, session=session))
    )


def sums_of(reading: StoreReading, session: SessionId) -> Sums:
    """The sums so far: kind → option → count; what was recorded here before counts too when its
    counters are gone (a store that was put back)."""
    kept = reading.setting(_name(session))
    if kept is not None:
        sums: Sums = json.loads(kept)
        return sums
    return {
        one.kind: {PEOPLE: one.people, **dict(one.chosen)} for one in groups_of(reading, session)
    }


def keep_sums(work: StoreWork, session: SessionId, sums: Sums) -> None:
    """Keep them."""
    work.keep_setting(_name(session), json.dumps(sums))


def record_needs(work: StoreWork, session: SessionId) -> None:
    """Say in one fact what was answered, unless that is recorded already or may not be told."""
    told = told_groups(
        (kind, own.get(PEOPLE, 0), [one for one in own.items() if one[0] != PEOPLE])
        for kind, own in sums_of(work, session).items()
    )
    if told and told != groups_of(work, session):
        groups = tuple((one.kind, one.people, one.chosen) for one in told)
        work.record(NeedsTallied(session, groups), actor=OPERATOR)


def _name(session: SessionId) -> str:
    return f"needs.{session}"
