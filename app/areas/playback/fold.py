"""One play of a course, folded from the facts that name it: the first start and first end hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.areas.playback.facts import PlaybackEnded, PlaybackStarted
from app.areas.playback.plays import Interval, PlayOutcome, coverage_percent
from app.areas.sessions.report import PlayLine
from app.domain.clock_correction import Moment, TimeSource
from app.domain.decoded_fact import DecodedFact
from app.domain.inputs import Inputs
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class PlayRecord:
    """One play; without its start it belongs to no session, ``outcome`` None while it runs."""

    play: str
    session: str | None
    course: str
    video: str
    from_ms: int
    duration_ms: int
    started_ms: int
    said_ms: int
    time_source: TimeSource
    outcome: PlayOutcome | None
    position_ms: int
    shown: tuple[Interval, ...]
    arrival: int

    def line(self) -> PlayLine:
        """The play as a session's report shows it."""
        return PlayLine(
            play=self.play,
            course=self.course,
            started_ms=self.started_ms,
            duration_ms=self.duration_ms,
            position_ms=self.position_ms,
            coverage_percent=coverage_percent(self.shown, self.duration_ms),
            outcome=self.outcome,
            said_ms=self.said_ms,
            time_source=self.time_source.value,
        )


def fold_plays(
    plays: Mapping[str, Sequence[DecodedFact]], inputs: Inputs
) -> tuple[PlayRecord, ...]:
    """All plays of a session in the order of their starts; one of which only the end is here
    belongs to none."""
    in_order = sorted(plays.items(), key=lambda one: _start_place(one[1]))
    found = (fold_play(play, facts, inputs) for play, facts in in_order)
    return tuple(one for one in found if one is not None and one.session is not None)


def _start_place(facts: Sequence[DecodedFact]) -> tuple[int, str, int]:
    """Where in line its start stands: an end that was written elsewhere may stand before it."""
    starts = (one for one in facts if isinstance(one.fact, PlaybackStarted))
    first = next(starts, facts[0])
    return first.ordinal, first.segment, first.n


def fold_play(play: str, facts: Iterable[DecodedFact], inputs: Inputs) -> PlayRecord | None:
    """A play from its facts in line order; None when there is neither a start nor an end."""
    start: tuple[DecodedFact, PlaybackStarted] | None = None
    end: tuple[DecodedFact, PlaybackEnded] | None = None
    for one in facts:
        if isinstance(one.fact, PlaybackStarted) and start is None:
            start = one, one.fact
        elif isinstance(one.fact, PlaybackEnded) and end is None:
            end = one, one.fact
    first = start or end
    if first is None:
        return None
    said = first[0]
    moment: Moment = inputs.shown(said)
    began = None if start is None else start[1]
    ended = None if end is None else end[1]
    from_ms = 0 if began is None else began.from_ms
    return PlayRecord(
        play=play,
        session=None if began is None else began.session,
        course="" if began is None else began.course,
        video="" if began is None else began.video,
        from_ms=from_ms,
        duration_ms=0 if began is None else began.duration_ms,
        started_ms=moment.at_ms,
        said_ms=said.wall_ms,
        time_source=moment.source,
        outcome=None if ended is None else ended.outcome,
        position_ms=from_ms if ended is None else ended.position_ms,
        shown=() if ended is None else tuple(Interval(*one) for one in ended.shown),
        arrival=said.arrival,
    )
