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
from ui.parts.layout import even, words
from ui.parts.overlay import CardOverlay, lie_over
from ui.parts.room_asks.candidate_desk import CandidateDesk
from ui.parts.room_asks.course_tests import CourseTestPresenter, offer_test
from ui.parts.room_asks.needs import NeedsAsker, asked_needs
from ui.parts.room_asks.pack_code import PackCode
from ui.parts.room_asks.paper import PaperTally
from ui.parts.room_asks.quiz_sheet import QuizSheet
from ui.parts.room_asks.ratings import RatingsPresenter, asked_faces
from ui.state.current_session import CurrentSession
from ui.widgets.buttons import QuietButton
from ui.widgets.fit.button import FitButton

WIDTH = 620


class RoomAsksSheet(CardOverlay):
    """``open`` offers what can be asked; ``render_view`` whenever the session has changed. ``lend``
    gives members the screen for a part, and says why."""

    def __init__(
        self,
        owner: QWidget,
        room: CurrentSession,
        lend: Callable[[QWidget, str], None],
        show_quiz: Callable[[QuizPicture | None], None],
    ) -> None:
        super().__init__(owner)
        self._owner, self._room, self._lend = owner, room, lend
        self.title.setText(say("op.asks.title"))
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
        self.rows.addWidget(self.given)
        for parts in (
            (self.open_faces, self.type_in),
            (self.open_test, self.open_quiz),
            (self.open_needs,),
        ):
            self.rows.addLayout(even(*parts))
            for part in parts:
                part.clicked.connect(self.hide)
        self.close_button.hide()
        self.away = QuietButton(say("member.put_away"))
        self.away.clicked.connect(self.hide)
        self.rows.addWidget(self.away)

    def open(self) -> None:
        """Lie over the window, with what was given until now."""
        lie_over(self, self._owner)
        self.render_view()
        self.open_wide(WIDTH, (self.given,))
        self.away.setFocus()

    def render_view(self) -> None:
        """Show what can be done with the session as it stands."""
        view = self._room.view
        if view is not None and view.session.step is not Step.CLOSED:
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
        """While a sheet of it is shown the page hears no key; Esc puts this one away."""
        if self.isVisible():
            if act is Shortcut.ESCAPE:
                self.hide()
            return True
        return any(one.takes(act) for one in (self.paper, self.quiz, self.code))
