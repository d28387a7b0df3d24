"""Runs a quiz between teams from the operator's window onto the room's screen. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from app.areas.tests_of_courses.question_pack import PackQuestion, QuestionPack
from app.areas.tests_of_courses.team_quiz import (
    TeamQuiz,
    begun_quiz,
    buzzed,
    judged,
    next_question,
    told_answer,
)
from app.words import say
from ui.audience.state import QuizPicture
from ui.state.current_session import CurrentSession


class QuizPresenter:
    """Each act changes what the room sees; ``show`` gets None when it is over."""

    def __init__(
        self,
        room: CurrentSession,
        show: Callable[[TeamQuiz | None], None],
        show_room: Callable[[QuizPicture | None], None],
    ) -> None:
        self._room, self._show, self._show_room = room, show, show_room
        self.quiz: TeamQuiz | None = None

    def begin(self, pack: QuestionPack, teams: int) -> None:
        """The first question of a pack that is open."""

        def done(questions: tuple[PackQuestion, ...]) -> None:
            self._set(begun_quiz(questions, teams))

        self._room.ask(lambda: self._room.station.tests.questions(pack.id), done)

    def buzz(self, team: int) -> None:
        """A team was first at its key."""
        if self.quiz is not None:
            self._set(buzzed(self.quiz, team))

    def judge(self, *, is_right: bool) -> None:
        """What they said was right, or not."""
        if self.quiz is not None:
            self._set(judged(self.quiz, is_right=is_right))

    def tell(self) -> None:
        """Show the answer."""
        if self.quiz is not None:
            self._set(told_answer(self.quiz))

    def go_on(self) -> None:
        """The next question."""
        if self.quiz is not None:
            self._set(next_question(self.quiz))

    def end(self) -> None:
        """It is over; nothing is kept of it."""
        self._set(None)

    def _set(self, quiz: TeamQuiz | None) -> None:
        self.quiz = quiz
        self._show(quiz)
        self._show_room(None if quiz is None else quiz_picture(quiz))


def quiz_picture(quiz: TeamQuiz) -> QuizPicture:
    """What the room sees of it."""
    return QuizPicture(
        question=quiz.question.text,
        options=quiz.question.options,
        right=quiz.question.right if quiz.is_told else (),
        teams=tuple((say(f"quiz.team.{at + 1}"), count) for at, count in enumerate(quiz.right)),
        turn=quiz.turn,
    )
