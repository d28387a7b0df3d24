"""Rating a session: one touch on the screen, or a tally of paper sheets typed in."""

from __future__ import annotations

from collections.abc import Sequence

from app.areas.ratings.counters import (
    PAPER,
    SCREEN,
    count,
    counted,
    record_tallies,
    tallies_of,
    total,
)
from app.areas.ratings.tally import FEWEST, LEVELS, MOST_VOTES, RatingSheet, Tally
from app.areas.sessions.session import ENDED, Step, check_running
from app.domain.errors import BadInput
from app.domain.ids import SessionId
from app.domain.values import dataclass
from app.usecases.tools import Tools


@dataclass(frozen=True, slots=True)
class RatingVerbs:
    """What can be done with votes; nobody's name is asked for or kept."""

    tools: Tools

    def vote(self, session: SessionId, level: int) -> int:
        """Somebody chose a level on the screen, 0 the best; see ``given``."""
        if level not in range(LEVELS):
            raise BadInput("refusal.rating_counts", most=MOST_VOTES)
        with self.tools.store.begin() as work:
            check_running(work.session(session).step)
            votes = counted(work, session, RatingSheet.SATISFACTION)[SCREEN]
            votes[level] += 1
            count(work, session, RatingSheet.SATISFACTION, SCREEN, votes)
            return _given(sum(total(work, session, RatingSheet.SATISFACTION)))

    def type_paper(self, session: SessionId, sheet: RatingSheet, counts: Sequence[int]) -> int:
        """The paper sheets, counted by level; typed again, the last holds. Recorded with the close,
        or at once when that is over.

        Raises:
            BadInput: they are no counts.
            NotPossibleNow: it has not begun, or was not held.
        """
        if len(counts) != LEVELS or not all(0 <= one <= MOST_VOTES for one in counts):
            raise BadInput("refusal.rating_counts", most=MOST_VOTES)
        with self.tools.store.begin() as work:
            step = work.session(session).step
            if step is not Step.CLOSED:
                check_running(step)
            count(work, session, sheet, PAPER, counts)
            if step in ENDED:
                record_tallies(work, session)
            return _given(sum(total(work, session, sheet)))

    def given(self, session: SessionId) -> int:
        """How many voted on screen and paper so far; 0 while there are too few to be told."""
        with self.tools.store.read() as reading:
            return _given(sum(total(reading, session, RatingSheet.SATISFACTION)))

    def tallies(self, session: SessionId) -> tuple[Tally, ...]:
        """What is recorded of a session.

        Raises:
            NotFound: there is no such session.
        """
        with self.tools.store.read() as reading:
            return tallies_of(reading, reading.session(session).id)


def _given(votes: int) -> int:
    return votes if votes >= FEWEST else 0
