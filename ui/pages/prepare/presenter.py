"""Runs the readiness check, lets the operator choose the course, opens sign-in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.sessions.activity_lines import setting_line
from app.areas.sessions.session import NotHeldReason, Step
from app.areas.sessions.views import SessionView
from app.domain.ids import CourseId
from app.usecases.views import Check
from app.words import say
from ui.pages.prepare.state import CourseLine, PrepareState
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.page_names import PageName
from ui.state.refresh import Topic

_Read = tuple[tuple[Check, ...], dict[CourseId, int]]


class PreparePresenter:
    """Intents of the preparation page; ``here`` checks what stands in the room."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[PrepareState], None],
        here: Callable[[], tuple[Check, ...]],
    ) -> None:
        self._room = room
        self._render = render
        self._here = here
        self._read: _Read = ((), {})
        self.state = PrepareState()
        self.reader = room.refresh.register(
            frozenset({Topic.SESSION, Topic.COURSES, Topic.ROSTER, Topic.SCREENS}), self.load
        )

    def load(self) -> None:
        """Check anew and read where each course could go on."""
        session = self._room.session_id()
        asked = tuple(one.course.id for one in self._room.queue() if one.ready)
        station = self._room.station

        def job() -> _Read:
            offers = {one: station.playback.resume_offer(session, one) for one in asked}
            return station.today.checks(), {one: at for one, at in offers.items() if at is not None}

        self._room.want_people()
        self._show()
        self._room.ask(job, self._on_read)

    def choose(self, course: CourseId) -> None:
        """This course first."""
        self._room.chosen = course
        self._show()

    def open_sign_in(self) -> None:
        """The one primary action: open sign-in, or go to it when it is open."""
        session = self._room.session_id()
        if session is None:
            return
        if self._room.step() is not Step.PREPARE:
            self._room.host.go(PageName.ROLL_CALL)
            return
        self._room.ask(lambda: self._room.station.sessions.open_sign_in(session), self._on_opened)

    def not_held(self, reason: NotHeldReason, note: str) -> None:
        """The session will not take place after all."""
        session = self._room.session_id()
        if session is None:
            return

        def done(_view: SessionView) -> None:
            self._room.show(None)
            self._room.host.fact_made()
            self._room.say(
                "op.not_held.kept", StatusTone.DONE, reason=say(f"not_held.{reason.value}")
            )
            self._room.host.go(PageName.TODAY)

        self._room.ask(lambda: self._room.station.sessions.not_held(session, reason, note), done)

    def _on_opened(self, view: SessionView) -> None:
        self._room.show(view)
        self._room.host.fact_made()
        self._room.host.go(PageName.ROLL_CALL)

    def _on_read(self, read: _Read) -> None:
        self._read = read
        self._show()

    def _expected(self) -> int | None:
        if not self._room.knows_people:
            return None
        return sum(not one.standings for one in self._room.people.values())

    def _show(self) -> None:
        checks, offers = self._read
        view = self._room.view
        state = PrepareState(
            people=self._expected(),
            checks=(*self._here(), *checks),
            courses=tuple(
                CourseLine(one, one.course.id == self._room.chosen, offers.get(one.course.id))
                for one in self._room.queue()
            ),
        )
        if view is not None:
            state = replace(
                state,
                title=view.session.title,
                about=setting_line(view),
                planned_start_ms=view.session.planned_start_ms,
                step=view.session.step,
            )
        self.state = state
        self._render(state)
