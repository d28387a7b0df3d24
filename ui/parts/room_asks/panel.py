"""The operator asks those in the room: lends them the screen, types paper in, sees how many voted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.areas.sessions.session import Step
from app.words import say
from ui.parts.asking.view import AskingView
from ui.parts.layout import column, even, words
from ui.parts.room_asks.needs import NeedsAsker, asked_needs
from ui.parts.room_asks.paper import PaperTally
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
    ) -> None:
        super().__init__()
        self._room, self._lend = room, lend
        self.presenter = RatingsPresenter(room, self._show_given)
        self.given = words("", "body")
        self.open_faces = FitButton(say("op.rating.open"), icon="face_1")
        self.type_in = FitButton(say("op.rating.paper"), icon="note")
        self.paper = PaperTally(owner, self.presenter)
        self.open_needs = FitButton(say("op.needs.open"), icon="list")
        self.open_needs.clicked.connect(self._on_needs)
        self.open_faces.clicked.connect(self._on_open)
        self.type_in.clicked.connect(lambda: self.paper.open())
        self.setLayout(
            column(
                label(say("op.asks.title"), "section"),
                self.given,
                even(self.open_faces, self.type_in),
                even(self.open_needs),
            )
        )

    def render_view(self) -> None:
        """Show what can be done with the session as it stands."""
        view = self._room.view
        closed = view is None or view.session.step is Step.CLOSED
        self.open_faces.setVisible(not closed)
        self.open_needs.setVisible(not closed)
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
