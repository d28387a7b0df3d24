"""Answering the survey, at the screen or from a sheet of paper that is typed in."""

from __future__ import annotations

from collections.abc import Sequence

from app.areas.needs.counters import PEOPLE, groups_of, keep_sums, sums_of
from app.areas.needs.survey import FEWEST, QUESTIONS, NeedsGroup, with_answer
from app.areas.sessions.session import check_running
from app.domain.errors import BadInput
from app.domain.ids import SessionId
from app.domain.values import dataclass
from app.usecases.tools import Tools


@dataclass(frozen=True, slots=True)
class NeedsVerbs:
    """What can be done with the survey; nobody's name is asked for or kept."""

    tools: Tools

    def answer(self, session: SessionId, answers: Sequence[Sequence[int]]) -> int:
        """Somebody answered every question: the places of what was chosen; see ``given``.

        Raises:
            BadInput: an answer is lacking, or none of the options.
            NotPossibleNow: the session does not run.
        """
        with self.tools.store.begin() as work:
            check_running(work.session(session).step)
            if len(answers) != len(QUESTIONS):
                raise BadInput("refusal.needs_answer")
            try:
                sums = with_answer(sums_of(work, session), answers)
            except ValueError as wrong:
                raise BadInput("refusal.needs_answer") from wrong
            keep_sums(work, session, sums)
            people = sum(own.get(PEOPLE, 0) for own in sums.values())
            return people if people >= FEWEST else 0

    def groups(self, session: SessionId) -> tuple[NeedsGroup, ...]:
        """What is recorded of a session.

        Raises:
            NotFound: there is no such session.
        """
        with self.tools.store.read() as reading:
            return groups_of(reading, reading.session(session).id)
