"""Says for the session in hand what was done in it, and takes slips back."""

from __future__ import annotations

from collections.abc import Callable

from app.areas.catalogue.values import Lecturer
from app.areas.sessions.activity_lines import agenda_of_session
from app.areas.sessions.activity_verbs import SessionActivities
from app.areas.sessions.facts import LectureGiven, VisitMade
from app.areas.sessions.kinds import Activity, SessionKind, kind_of
from app.areas.sessions.session import Session
from app.areas.sessions.views import SessionView
from app.domain.ids import FactHash, PersonId, SessionId
from app.words import say
from ui.state.current_session import CurrentSession

SAID = (Activity.AGENDA, Activity.STOPS, Activity.VISIT, Activity.LECTURE, Activity.HEADS)
"""What is said here, in this order; playing and discussing have pages of their own."""


class ActivitiesPresenter:
    """Each intent is one fact; the session is shown anew when it is kept."""

    def __init__(self, room: CurrentSession) -> None:
        self._room = room
        self.lecturers: dict[str, str] = {}
        """Lecturers of the bank: name → id."""

    @property
    def view(self) -> SessionView | None:
        """The session in hand while something can be said of it."""
        return self._room.view if self._room.is_running() else None

    def read_lecturers(self) -> None:
        """Have the names of the bank; without one everybody is written by name."""

        def done(found: tuple[Lecturer, ...]) -> None:
            self.lecturers = {one.name: one.id for one in found}

        self._room.want_people()
        self._room.ask(self._room.station.activities.lecturers, done)

    def tick(self, item: str, *, is_done: bool, reason: str = "") -> None:
        """An item was done or skipped."""
        self._say(lambda of, does: does.tick(of, item, is_done=is_done, reason=reason))

    def reach(self, stop: str) -> None:
        """The group stands at a stop."""
        self._say(lambda of, does: does.reach(of, stop))

    def count_heads(self, kind: str, count: int) -> None:
        """So many are here beside the names."""
        self._say(lambda of, does: does.count_heads(of, kind, count))

    def lecture(self, who: str, topic: str, minutes: int, then: Callable[[], None]) -> None:
        """Somebody spoke: of the bank, of the roster, or as written."""
        lecturer = self.lecturers.get(who.strip(), "")
        person = None if lecturer else self.person_named(who)
        name = "" if lecturer or person else who

        def act(of: SessionId, does: SessionActivities) -> SessionView:
            return does.lecture(LectureGiven(of, topic, minutes, lecturer, person), name)

        self._say(act, then)

    def visit(
        self,
        person: PersonId,
        by: PersonId | None,
        minutes: int,
        pairing: str,
        then: Callable[[], None],
    ) -> None:
        """Somebody was visited at home."""

        def act(of: SessionId, does: SessionActivities) -> SessionView:
            return does.visit(VisitMade(of, person, minutes, by, pairing))

        self._say(act, then)

    def take_back(self, fact: str) -> None:
        """It was a slip."""
        self._say(lambda of, does: does.take_back(of, FactHash(fact)))

    def person_named(self, text: str) -> PersonId | None:
        """Who of the roster is meant, when it can be only one."""
        found = self._room.index.search_named(text.strip(), 2)
        exact = [person for person, name in found if name == text.strip()]
        return exact[0] if len(exact) == 1 else None

    def _say(
        self,
        act: Callable[[SessionId, SessionActivities], SessionView],
        then: Callable[[], None] = lambda: None,
    ) -> None:
        session = self._room.session_id()
        if session is None:
            return

        def done(view: SessionView) -> None:
            self._room.show(view)
            self._room.host.fact_made()
            then()

        self._room.ask(lambda: act(session, self._room.station.activities), done)


def said_of(session: Session) -> tuple[Activity, ...]:
    """What can be said of a session of its kind."""
    return tuple(one for one in SAID if one in session.rule.activities)


def is_main(session: Session) -> bool:
    """Whether such things are what the session is for, so that they are offered at roll-call too."""
    return bool({Activity.AGENDA, Activity.STOPS, Activity.VISIT} & session.rule.activities)


def button_words(session: Session) -> str:
    """What stands on the button that opens them: how far the agenda, the route or the visits are."""
    done, has = session.activities, session.rule.activities
    if Activity.AGENDA in has and agenda_of_session(session):
        items = agenda_of_session(session)
        return say("op.doing.agenda", done=sum(bool(one.hash) for one in items), of=len(items))
    if Activity.AGENDA in has:
        return say("op.doing.agenda_empty")
    if Activity.STOPS in has:
        return say("op.doing.stops", count=len(done.stops))
    if Activity.VISIT in has:
        return say("op.doing.visits", count=len(done.visits))
    film = kind_of(session.kind) is SessionKind.FILM
    return say("op.doing.heads" if film else "op.doing.lecture")
