"""Turns keys and buttons of the play page into acts on the playback, and shows its state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.domain.ids import CourseId
from ui.pages.play.state import PlayQuestion, PlayState, QueueLine
from ui.playback.controller import PlaybackController
from ui.playback.state import PlaybackState
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.page_names import PageName
from ui.state.refresh import Topic


class PlayPresenter:
    """Intents of the play page."""

    def __init__(
        self,
        room: CurrentSession,
        playback: PlaybackController,
        render: Callable[[PlayState], None],
    ) -> None:
        self._room = room
        self._playback = playback
        self._render = render
        self._wanted: CourseId | None = None
        self.state = PlayState()
        self.reader = room.refresh.register(frozenset({Topic.SESSION, Topic.COURSES}), self.load)

    def load(self) -> None:
        """Take the session and the playback as they stand."""
        self._show()

    def on_playback(self, _state: PlaybackState) -> None:
        """The playback has changed."""
        self._show()

    def main(self) -> None:
        """Space, F5 and the primary button: pause or go on; begin when nothing is on."""
        state = self._playback.state
        if state.resume_ms is not None:
            self._playback.begin(state.resume_ms)
        elif state.is_on:
            self._playback.toggle()
        elif not state.opening:
            self._open(self._after_end() if state.ended else self._room.chosen)

    def choose(self, course: CourseId) -> None:
        """This course: at once when nothing plays, after a second yes when something does."""
        if self._playback.state.is_on and course != self._on():
            self._wanted = course
            self._show(asking=PlayQuestion.SWITCH)
        elif course != self._on() or not self._playback.state.is_on:
            self._open(course)

    def page_key(self, step: int) -> None:
        """A clicker's page key: changes the course only at the second press within 2 s."""
        target = self._room.neighbour(self._on() or self._room.chosen, step)
        if target is None:
            self._room.say("op.play.no_next" if step > 0 else "op.play.no_previous")
        elif self._playback.arm(step):
            self._open(target.id)
        else:
            key = "op.play.press_again_next" if step > 0 else "op.play.press_again_previous"
            self._room.say(key, title=target.title)

    def resume(self) -> None:
        """Go on where it was."""
        if self._playback.state.resume_ms is not None:
            self._playback.begin(self._playback.state.resume_ms)

    def begin_anew(self) -> None:
        """From the beginning."""
        self._playback.begin(0)

    def end_playing(self) -> None:
        """On to the discussion, or back from a trial; what is on is stopped with a second yes."""
        if self._playback.state.is_on:
            self._show(asking=PlayQuestion.STOP)
        else:
            self._leave()

    def yes(self) -> None:
        """The second yes."""
        asking, wanted = self.state.asking, self._wanted
        self.state = replace(self.state, asking=PlayQuestion.NOTHING)
        if asking is PlayQuestion.STOP:
            self._leave()
        elif asking is PlayQuestion.SWITCH and wanted is not None:
            self._open(wanted)

    def no(self) -> None:
        """Leave all as it is."""
        self._wanted = None
        self._show(asking=PlayQuestion.NOTHING)

    def answer_yes(self) -> None:
        """Yes to whatever is asked now; the resume question waits behind the others."""
        if self.state.asking is PlayQuestion.NOTHING:
            self.resume()
        else:
            self.yes()

    def answer_no(self) -> None:
        """No to whatever is asked now: to going on where it was, that means from the beginning."""
        if self.state.asking is PlayQuestion.NOTHING:
            self.begin_anew()
        else:
            self.no()

    def escape(self) -> None:
        """Esc: close what lies on top, leave freeze or black; never stops a course."""
        if self.state.asking is not PlayQuestion.NOTHING:
            self.no()
        elif self.state.drawer:
            self._show(drawer=False)
        elif self._playback.state.resume_ms is not None:
            self._playback.dismiss()
        else:
            self._playback.uncover()

    def toggle_drawer(self) -> None:
        """F2: late-comers."""
        self._show(drawer=not self.state.drawer)

    def course_unplayable(self, course: CourseId) -> None:
        """A course turned out broken: the session goes on with the next one."""
        following = self._room.neighbour(course, +1)
        if following is not None:
            self._room.chosen = following.id
        self._room.load()

    # --- inside -----------------------------------------------------------------------

    def _on(self) -> CourseId | None:
        course = self._playback.state.course
        return course.id if course else None

    def _after_end(self) -> CourseId | None:
        following = self._room.neighbour(self._on(), +1)
        return following.id if following else self._on()

    def _open(self, course: CourseId | None) -> None:
        found = self._room.course(course)
        if found is None:
            self._room.say("op.play.nothing_ready", StatusTone.CARE)
            return
        self._room.chosen = found.id
        session = self._room.session_id() if self._room.is_running() else None
        if session is None or self._room.step() is Step.PLAY:
            self._playback.open(session, found)
            return

        def moved(view: SessionView) -> None:
            self._room.show(view)
            self._room.host.fact_made()
            self._playback.open(session, found)

        self._room.ask(lambda: self._room.station.sessions.move(session, Step.PLAY), moved)

    def _leave(self) -> None:
        session = self._room.session_id()
        if session is None or not self._room.is_running():
            self._playback.stop()
            prepares = self._room.step() is Step.PREPARE
            self._room.host.go(PageName.PREPARE if prepares else PageName.TODAY)
            return

        def moved(view: SessionView) -> None:
            self._room.show(view)
            self._room.host.fact_made()
            self._room.host.go(PageName.DISCUSS)
            self._playback.stop()  # not before: the room would be welcomed for a moment

        self._playback.pause()
        self._room.ask(lambda: self._room.station.sessions.move(session, Step.DISCUSS), moved)

    def _show(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]
        playback = self._playback.state
        if state.asking is PlayQuestion.STOP and not playback.is_on:
            state = replace(state, asking=PlayQuestion.NOTHING)
        view = self._room.view
        played = self._room.played()
        self.state = replace(
            state,
            playback=playback,
            chosen=self._room.course(self._room.chosen),
            next=self._room.neighbour(self._on() or self._room.chosen, +1),
            queue=tuple(
                QueueLine(
                    one,
                    chosen=one.course.id == self._room.chosen,
                    on=playback.is_on and one.course.id == self._on(),
                    played=one.course.id in played,
                )
                for one in self._room.queue()
            ),
            turnout=view.turnout if view else None,
            step=view.session.step if view else None,
        )
        self._render(self.state)
