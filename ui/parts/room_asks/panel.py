"""The operator asks those in the room: lends them the screen, types paper in, sees how many voted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.areas.sessions.session import Step
from app.areas.tests_of_courses.question_pack import QuestionPack
from app.words import say
from ui.audience.state import QuizPicture
from ui.input.shortcuts import Shortcut
from ui.parts.asking.view import AskingView
from ui.parts.layout import column, even, words
from ui.parts.room_asks.candidate_desk import CandidateDesk
from ui.parts.room_asks.course_tests import CourseTestPresenter, offer_test
from ui.parts.room_asks.needs import NeedsAsker, asked_needs
from ui.parts.room_asks.pack_code import PackCode
from ui.parts.room_asks.paper import PaperTally
from ui.parts.room_asks.quiz_sheet import QuizSheet
from ui.parts.room_asks.ratings import RatingsPresenter, asked_faces
from ui.state.current_session import CurrentSession
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label


class RoomAsksPanel(QWidget):
    """``render_view`` whenever the session has changed. ``lend`` gives members the screen for a part,
    and says why."""

    def __init__(
        self,
        owner: QWidget,
        room: CurrentSession,
        lend: Callable[[QWidget, str], None],
        show_quiz: Callable[[QuizPicture | None], None],
    ) -> None:
        super().__init__()
        self._room, self._lend = room, lend
        self.presenter = RatingsPresenter(room, self._show_given)
        self.given = words("", "body")
        self.open_faces = FitButton(say("op.rating.open"), icon="face_1")
        self.type_in = FitButton(say("op.rating.paper"), icon="note")
        self.paper = PaperTally(owner, self.presenter)
        self.open_needs = FitButton(say("op.needs.open"), icon="list")
        self.code = PackCode(owner, room)
        self.quiz = QuizSheet(owner, room, show_quiz)
        self.open_quiz = FitButton(say("op.quiz.open"), icon="people")
        self.open_quiz.clicked.connect(lambda: offer_test(room, self.quiz.open, self.code.open))
        self.open_test = FitButton(say("op.tests.open"), icon="records")
        self.open_test.clicked.connect(self._on_test)
        self.open_needs.clicked.connect(self._on_needs)
        self.open_faces.clicked.connect(self._on_open)
        self.type_in.clicked.connect(lambda: self.paper.open())
        self.setLayout(
            column(
                label(say("op.asks.title"), "section"),
                self.given,
                even(self.open_faces, self.type_in),
                even(self.open_test, self.open_quiz),
                even(self.open_needs),
            )
        )

    def render_view(self) -> None:
        """Show what can be done with the session as it stands."""
        view = self._room.view
        closed = view is None or view.session.step is Step.CLOSED
        self.open_faces.setVisible(not closed)
        for part in (self.open_test, self.open_quiz, self.open_needs):
            part.setVisible(not closed)
        self.given.setVisible(not closed)
        if not closed:
            self.presenter.load()

    def _show_given(self, votes: int) -> None:
        key = "op.rating.given" if votes else "op.rating.given_few"
        self.given.setText(say(key, votes=votes))

    def _on_open(self) -> None:
        view = self._room.view
        if view is None:
            return
        faces = AskingView(asked_faces(view.session.title), self.presenter)
        self._lend(faces, say("op.rating.desk"))

    def _on_needs(self) -> None:
        self._lend(AskingView(asked_needs(), NeedsAsker(self._room)), say("op.needs.desk"))

    def _on_test(self) -> None:
        def lend(pack: QuestionPack) -> None:
            desk = CandidateDesk(CourseTestPresenter(self._room, pack))
            self._lend(desk, say("op.tests.desk"))

        offer_test(self._room, lend, self.code.open)

    def takes(self, act: Shortcut) -> bool:
        """While a sheet of it is shown the page hears no key."""
        return any(one.takes(act) for one in (self.paper, self.quiz, self.code))
