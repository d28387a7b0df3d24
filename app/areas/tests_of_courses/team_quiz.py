"""A quiz between teams, run by the operator: who was first at the key answers, the first right counts.

A game of the room: it has no fact and leaves nothing behind, so that nobody is compared later.
"""

from __future__ import annotations

from dataclasses import replace

from app.areas.tests_of_courses.question_pack import PackQuestion
from app.domain.values import dataclass

FEWEST_TEAMS, MOST_TEAMS = 2, 4


@dataclass(frozen=True, slots=True)
class TeamQuiz:
    """How it stands; ``right`` counts right answers by team, ``out`` may not answer this question."""

    questions: tuple[PackQuestion, ...]
    right: tuple[int, ...]
    at: int = 0
    turn: int | None = None
    """The team that was first at the key."""
    out: frozenset[int] = frozenset()
    is_told: bool = False
    """Whether the answer is shown."""

    @property
    def question(self) -> PackQuestion:
        """The one on the screen."""
        return self.questions[self.at]

    @property
    def is_last(self) -> bool:
        """Whether no question follows."""
        return self.at + 1 >= len(self.questions)


def begun_quiz(questions: tuple[PackQuestion, ...], teams: int) -> TeamQuiz:
    """The first question, nobody has answered."""
    return TeamQuiz(questions, (0,) * min(max(teams, FEWEST_TEAMS), MOST_TEAMS))


def buzzed(quiz: TeamQuiz, team: int) -> TeamQuiz:
    """A team pressed its key: the first one has the turn, unless it was wrong before."""
    may = quiz.turn is None and not quiz.is_told and team not in quiz.out
    return replace(quiz, turn=team) if may and team in range(len(quiz.right)) else quiz


def judged(quiz: TeamQuiz, *, is_right: bool) -> TeamQuiz:
    """What the team said was right, or another may try; when all were wrong the answer is shown."""
    turn = quiz.turn
    if turn is None:
        return quiz
    if is_right:
        right = tuple(one + (at == turn) for at, one in enumerate(quiz.right))
        return replace(quiz, right=right, turn=None, is_told=True)
    out = quiz.out | {turn}
    return replace(quiz, turn=None, out=out, is_told=len(out) == len(quiz.right))


def told_answer(quiz: TeamQuiz) -> TeamQuiz:
    """Nobody knows: the answer is shown."""
    return replace(quiz, turn=None, is_told=True)


def next_question(quiz: TeamQuiz) -> TeamQuiz:
    """The next one; after the last nothing changes."""
    if quiz.is_last:
        return quiz
    return replace(quiz, at=quiz.at + 1, turn=None, out=frozenset(), is_told=False)
