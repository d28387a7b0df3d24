"""The projection of plays: an end names no session, so a play is a subject of its own."""

from __future__ import annotations

import json

from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.facts import PlaybackEnded, PlaybackStarted
from app.domain.inputs import Inputs
from app.domain.play_record import PlayRecord, fold_play
from app.domain.projections import Folded, Projection, Row, TableShape, number, text


def _keys(fact: Fact) -> tuple[str, ...]:
    return (fact.play,) if isinstance(fact, PlaybackStarted | PlaybackEnded) else ()


def _fold(play: str, facts: tuple[DecodedFact, ...], inputs: Inputs) -> Folded:
    record = fold_play(play, facts, inputs)
    return Folded({"plays": () if record is None else (_play(record),)})


def _play(record: PlayRecord) -> Row:
    return {
        "session": record.session,
        "course": record.course,
        "video": record.video,
        "from_ms": record.from_ms,
        "duration_ms": record.duration_ms,
        "started_ms": record.started_ms,
        "said_ms": record.said_ms,
        "time_source": record.time_source.value,
        "outcome": None if record.outcome is None else record.outcome.value,
        "position_ms": record.position_ms,
        "shown": json.dumps(record.shown),
        "seq": record.arrival,
    }


PLAYS_TABLE = TableShape(
    name="plays",
    columns=(
        text("id"),
        text("session", may_lack=True),
        text("course"),
        text("video"),
        number("from_ms"),
        number("duration_ms"),
        number("started_ms"),
        number("said_ms"),
        text("time_source"),
        text("outcome", may_lack=True),
        number("position_ms"),
        text("shown"),
        number("seq"),
    ),
    indexes=(("session",), ("course",)),
)

PLAYS = Projection(
    name="plays",
    version=1,
    kinds=(PlaybackStarted, PlaybackEnded),
    keys=_keys,
    fold=_fold,
    tables=(PLAYS_TABLE,),
)
