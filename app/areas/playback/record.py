"""The projection of plays: an end names no session, so a play is a subject of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.fold import PlayRecord, fold_play
from app.domain.fact_kinds import Fact
from app.domain.projections import Projection, Row, TableShape, number, text


def _keys(fact: Fact) -> tuple[str, ...]:
    return (fact.play,) if isinstance(fact, PlaybackStarted | PlaybackEnded) else ()


def _play(record: PlayRecord | None) -> Iterator[Row]:
    if record is not None:
        yield {
            "id": record.play,
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
            "shown": json.dumps([[one.start_ms, one.end_ms] for one in record.shown]),
            "seq": record.arrival,
        }


PLAYS_TABLE: TableShape[PlayRecord | None] = TableShape(
    name="plays",
    owner="id",
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
    primary=("id",),
    rows=_play,
    indexes=(("session",), ("course",)),
)

PLAYS: Projection[PlayRecord | None] = Projection(
    name="plays",
    version=1,
    kinds=(PlaybackStarted, PlaybackEnded),
    keys=_keys,
    fold=fold_play,
    tables=(PLAYS_TABLE,),
)

PROJECTIONS = (PLAYS,)
