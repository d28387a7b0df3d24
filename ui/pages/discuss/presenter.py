"""Keeps the discussion's time and notes, and what questions the room sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.words import say
from ui.pages.discuss.state import DiscussState
from ui.pages.owners import RoomScreen
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.page_names import PageName
from ui.state.refresh import Topic

QUESTIONS = 3


def default_questions() -> tuple[str, ...]:
    """The three questions every discussion begins with."""
    return tuple(say(f"op.discuss.question_{number}") for number in range(1, QUESTIONS + 1))


class DiscussPresenter:
    """Intents of the discussion page; the room's screen shows the questions."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[DiscussState], None],
        screen: RoomScreen,
        mono_ms: Callable[[], int],
    ) -> None:
        self._room = room
        self._render = render
        self._mono_ms = mono_ms
        self._screen = screen
        self._since_ms: int | None = None
        self._of = room.session_id()
        self.state = DiscussState(questions=default_questions())
        self.reader = room.refresh.register(frozenset({Topic.SESSION}), self.load)

    def load(self) -> None:
        """Take the session as it stands; the first look starts the timer."""
        view = self._room.view
        if self._room.session_id() != self._of:
            self._of, self._since_ms = self._room.session_id(), None
            self.state = DiscussState(questions=default_questions())
        if self._room.step() is Step.DISCUSS and self._since_ms is None:
            self._since_ms = self._mono_ms()
        self._show(title=view.session.title if view else "", notes=view.notes if view else ())
        self._tell_screen()

    def tick(self) -> None:
        """A second has passed."""
        if self._since_ms is not None:
            self._show(elapsed_ms=self._mono_ms() - self._since_ms)

    def ask(self, questions: tuple[str, ...]) -> None:
        """Other questions, at most three; empty ones are left out on the big screen."""
        self._show(questions=questions[:QUESTIONS])
        self._tell_screen()

    def toggle_screen(self) -> None:
        """Show the questions to the room, or take them away."""
        self._show(on_screen=not self.state.on_screen)
        self._tell_screen()

    def keep_note(self, text: str, kept: Callable[[], None] = lambda: None) -> None:
        """Keep what was said, then call ``kept``; empty text is nothing to keep."""
        session = self._room.session_id()
        if session is None or not text.strip():
            return

        def done(view: SessionView) -> None:
            self._room.show(view)
            self._room.host.fact_made()
            self._room.say("op.discuss.kept", StatusTone.DONE)
            kept()

        self._room.ask(lambda: self._room.station.discussion.note(session, text.strip()), done)

    def finish(self, unsaved: str = "", kept: Callable[[], None] = lambda: None) -> None:
        """The one primary action: on to the review; what was typed is kept first."""
        self.keep_note(unsaved, kept)
        self._room.host.go(PageName.CLOSE)

    def play_again(self) -> None:
        """One more course."""
        session = self._room.session_id()
        if session is None:
            return

        def moved(view: SessionView) -> None:
            self._room.show(view)
            self._room.host.fact_made()
            self._room.host.go(PageName.PLAY)

        self._room.ask(lambda: self._room.station.sessions.move(session, Step.PLAY), moved)

    def _tell_screen(self) -> None:
        shown = tuple(one.strip() for one in self.state.questions if one.strip())
        self._screen.ask(shown if self.state.on_screen else ())

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._render(self.state)
