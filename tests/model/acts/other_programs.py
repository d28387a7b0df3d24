"""Facts that no verb of this program writes, but an older, a newer or a copied one has written.

Such facts are lawful wherever they stand, and all who read them must read the same out of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from app.areas.attendance.facts import AttendanceMarked
from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.people.person import StandingKind
from app.areas.playback.facts import PlaybackEnded
from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.facts import SessionMoved, SessionOpened, SessionPrepared
from app.areas.sessions.session import Step
from app.domain.fact_kinds import KIND_OF, Fact
from app.domain.facts import SegmentOpened
from app.domain.ids import PersonId, PlayId, SessionId
from app.store import journal
from app.wire.fact_bytes import write_fact
from tests.model.county.pc import Pc


@dataclass(frozen=True, slots=True)
class WeatherSeen(Fact):
    """A fact of a kind that only a newer program knows."""

    rain: bool = True


@contextmanager
def other_programs() -> Iterator[None]:
    """Inside, facts of an unknown kind can be written, and the first program names no ordinals.

    It is known by naming no machine either."""

    def as_old(*, fact: Fact, **named: Any) -> bytes:
        if isinstance(fact, SegmentOpened) and not fact.machine:
            fact = replace(fact, ordinal=0)
        return write_fact(fact=fact, **named)

    KIND_OF[WeatherSeen] = "weather.seen"
    setattr(journal, "write_fact", as_old)  # noqa: B010 - put back below
    try:
        yield
    finally:
        setattr(journal, "write_fact", write_fact)  # noqa: B010
        del KIND_OF[WeatherSeen]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where such a fact is written: a running session, who is there, the play that was last begun."""

    pc: Pc
    chance: random.Random
    session: SessionId
    people: list[PersonId]
    play: PlayId | None

    def record(self, *written: Fact) -> None:
        """Write facts in one unit of work."""
        with self.pc.store.begin() as work:
            for fact in written:
                work.record(fact, actor="operator")


def new(seat: Seat) -> None:
    """A fact of a kind that nobody here knows."""
    seat.record(WeatherSeen())


def prepare_again(seat: Seat) -> None:
    """The session is prepared a second time, for something else."""
    again = SessionPrepared(seat.session, None, "group_session", "改了的题目", (), (), None, 30)
    seat.record(again)


def open_again(seat: Seat) -> None:
    """Sign-in is opened a second time, for half of the people; one of them is left out."""
    half = seat.chance.sample(seat.people, len(seat.people) // 2)
    left_out = tuple((one, StandingKind.AWAY) for one in half[:1])
    seat.record(SessionOpened(seat.session, tuple(half[1:]), left_out))


def move_to_end(seat: Seat) -> None:
    """The session moves to a step that it can only be closed into."""
    step = seat.chance.choice((Step.CLOSED, Step.NOT_HELD))
    seat.record(SessionMoved(seat.session, step))


def stranger(seat: Seat) -> None:
    """Somebody is marked whom no list here knows: the centre will ask who that is."""
    person = PersonId(f"p-{seat.chance.getrandbits(40):x}")
    mark = AttendanceMarked(
        seat.session, person, Status.PRESENT, Lane.ROLL_CALL, RosterStatus.VISITOR
    )
    seat.record(mark)


def end_again(seat: Seat) -> None:
    """A play that ended ends once more, elsewhere."""
    if seat.play is not None:
        seat.record(PlaybackEnded(seat.play, PlayOutcome.FULL, 600_000, ((0, 600_000),)))


ACTS: dict[str, Callable[[Seat], None]] = {
    one.__name__: one for one in (new, prepare_again, open_again, move_to_end, stranger, end_again)
}
