"""The operator's sheet of a quiz: teams to touch (or keys 1 to 4), right or wrong, the next one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.areas.tests_of_courses.question_pack import QuestionPack
from app.areas.tests_of_courses.team_quiz import FEWEST_TEAMS, MOST_TEAMS, TeamQuiz
from app.words import say
from ui.audience.state import QuizPicture
from ui.input.shortcuts import Shortcut
from ui.parts.forms.fields import Choice
from ui.parts.layout import even, words
from ui.parts.overlay import CardOverlay, lie_over
from ui.parts.room_asks.quiz import QuizPresenter
from ui.state.current_session import CurrentSession
from ui.widgets.buttons import QuietButton
from ui.widgets.fit.button import FitButton

WIDTH = 720


class QuizSheet(CardOverlay):
    """``open`` asks how many teams there are; it stays until the operator ends it."""

    def __init__(
        self,
        owner: QWidget,
        room: CurrentSession,
        show_room: Callable[[QuizPicture | None], None],
    ) -> None:
        super().__init__(owner)
        self._owner = owner
        self._pack: QuestionPack | None = None
        self.presenter = QuizPresenter(room, self.show_quiz, show_room)
        self.title.setText(say("op.quiz.title"))
        self.close_button.hide()
        self.teams_asked = Choice(
            [
                (str(one), say("op.quiz.teams", count=one))
                for one in range(FEWEST_TEAMS, MOST_TEAMS + 1)
            ],
            even=True,
        )
        self.teams_asked.chosen.connect(lambda key: self._begin(int(key)))
        self.question, self.answer = words("", "section"), words("", "body")
        self.teams = tuple(FitButton("", checkable=True) for _ in range(MOST_TEAMS))
        for at, button in enumerate(self.teams):
            button.clicked.connect(partial(self._on_team, at))
        self.right = FitButton(say("op.quiz.right"), icon="check", main=True)
        self.wrong = FitButton(say("op.quiz.wrong"), icon="cross")
        self.tell = FitButton(say("op.quiz.tell"), icon="tell")
        self.following = FitButton(say("op.quiz.next"), icon="arrow_right", main=True)
        self.end = QuietButton(say("op.quiz.end"))
        does = self.presenter
        self.right.clicked.connect(lambda: does.judge(is_right=True))
        self.wrong.clicked.connect(lambda: does.judge(is_right=False))
        self.tell.clicked.connect(does.tell)
        self.following.clicked.connect(does.go_on)
        self.end.clicked.connect(does.end)
        for part in (self.teams_asked, self.question, self.answer):
            self.rows.addWidget(part)
        self.rows.addLayout(even(*self.teams))
        self.rows.addLayout(even(self.wrong, self.right))
        self.rows.addLayout(even(self.tell, self.following))
        self.rows.addWidget(self.end)

    def open(self, pack: QuestionPack) -> None:
        """Ask how many teams there are."""
        self._pack = pack
        lie_over(self, self._owner)
        for part in self._of_quiz():
            part.hide()
        self.teams_asked.choose("")
        self.teams_asked.show()
        self.open_wide(WIDTH, ())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def show_quiz(self, quiz: TeamQuiz | None) -> None:
        """Show how it stands; nothing when it is over."""
        if quiz is None:
            self.hide()
            self._owner.setFocus()
            return
        self.teams_asked.hide()
        for part in self._of_quiz():
            part.show()
        place = say("asking.place", at=quiz.at + 1, of=len(quiz.questions))
        self.question.setText(f"{place}\n{quiz.question.text}")
        letters = "".join(chr(ord("A") + one) for one in quiz.question.right)
        self.answer.setText(say("op.quiz.answer", letters=letters))
        for at, button in enumerate(self.teams):
            button.setVisible(at < len(quiz.right))
            if at < len(quiz.right):
                count = quiz.right[at]
                team = say(f"quiz.team.{at + 1}")
                button.say(say("quiz.team_right", team=team, count=count))
                button.setChecked(quiz.turn == at)
                button.setEnabled(not quiz.is_told and at not in quiz.out)
        for button in (self.right, self.wrong):
            button.setEnabled(quiz.turn is not None)
        self.tell.setEnabled(not quiz.is_told)
        self.following.setEnabled(quiz.is_told and not quiz.is_last)

    def takes(self, act: Shortcut) -> bool:
        """While it is shown no key does anything below it; before it begins Esc puts it away."""
        if not self.isVisible():
            return False
        if act is Shortcut.ESCAPE and self.presenter.quiz is None:
            self.hide()
        return act is not Shortcut.PRESS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys 1 to 4 are the teams'."""
        team = int(event.key()) - int(Qt.Key.Key_1)
        if team in range(MOST_TEAMS) and not event.isAutoRepeat():
            self.presenter.buzz(team)
        else:
            super().keyPressEvent(event)

    def _begin(self, teams: int) -> None:
        if self._pack is not None:
            self.presenter.begin(self._pack, teams)
            self.setFocus()

    def _on_team(self, at: int) -> None:
        self.presenter.buzz(at)
        quiz = self.presenter.quiz
        self.teams[at].setChecked(quiz is not None and quiz.turn == at)

    def _of_quiz(self) -> tuple[QWidget, ...]:
        told = (self.question, self.answer, self.right, self.wrong, self.tell, self.following)
        return (*told, *self.teams)
