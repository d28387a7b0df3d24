"""Marks people as they are called, by touch or by a few letters; takes marks back by name.

A name that was just marked keeps its place until ``settle``, so that the grid never moves
under a finger.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.attendance.views import PersonCard, SignInDone
from app.areas.attendance.visitors import VisitorLooksKnown
from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.domain.errors import UserError
from app.domain.ids import PersonId
from app.domain.personal import LeaveKind
from app.words import say
from ui.pages.roll_call.state import RollCallFilter, RollCallState, Tile
from ui.state.current_session import CurrentSession, StatusTone, is_here
from ui.state.page_names import PageName
from ui.state.refresh import Topic

MOST_CANDIDATES = 24


class RollCallPresenter:
    """Intents of the roll-call page and of the late drawer of the play page."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[RollCallState], None],
        admitted: Callable[[], None] = lambda: None,
    ) -> None:
        self._room, self._render, self._admitted = room, render, admitted
        self._visitor = ("", "", "")
        self._kept: tuple[PersonId, ...] = ()
        self.state = RollCallState()
        self.reader = room.refresh.register(
            frozenset({Topic.SESSION, Topic.ROSTER, Topic.COURSES}), self.load
        )

    def load(self) -> None:
        """Take the session as it stands; the grid keeps its order."""
        self._room.want_index()
        self._show()

    def settle(self) -> None:
        """Nothing happened for a while: let marked names leave the grid."""
        self._kept = ()
        self._show()

    def look_at(self, shown: RollCallFilter) -> None:
        """Show another group of people."""
        self._kept = ()
        self._show(shown=shown)

    def type(self, text: str) -> None:
        """The search box has changed."""
        self._show(text=text)

    def mark_first(self) -> None:
        """Enter: mark the first candidate of the search."""
        first = next((one for one in self.state.tiles if one.first), None)
        if first is not None:
            self.touch(first.person)
        elif self.state.text:
            self._room.say("op.roll.no_one", StatusTone.CARE, text=self.state.text)

    def touch(self, person: PersonId) -> None:
        """A name was touched: signs in, or goes on leave in leave mode."""
        if self.state.leave is not None:
            self.mark_leave(person, self.state.leave)
        else:
            self.sign_in(person)

    def sign_in(self, person: PersonId) -> None:
        """The operator saw this person come."""
        session = self._room.session_id()
        if session is not None:
            self._room.ask(
                lambda: self._room.station.attendance.sign_in(
                    session, person, Lane.ROLL_CALL, "operator"
                ),
                self._on_marked,
            )

    def choose_leave(self, kind: LeaveKind | None) -> None:
        """Touches mean leave of this kind from now on; None ends that."""
        self._show(leave=kind)

    def mark_leave(self, person: PersonId, kind: LeaveKind) -> None:
        """This person asked to be excused."""
        session = self._room.session_id()
        if session is not None:
            self._room.ask(
                lambda: self._room.station.attendance.mark(
                    session, person, Status.ON_LEAVE, leave=kind
                ),
                self._on_marked,
            )

    def admit_visitor(self, name: str, phone_tail: str, home: str) -> None:
        """Someone no list has; asks first if it may be somebody who is known."""
        self._visitor = (name, phone_tail, home)
        self._admit(())

    def is_someone_else(self) -> None:
        """The visitor is none of those who were asked about."""
        if self.state.known:
            self._admit(tuple(one.person for one in self.state.known))

    def is_known(self, person: PersonId) -> None:
        """The visitor is this one: sign in, unless that was done before."""
        one = next((one for one in self.state.known if one.person == person), None)
        self.forget_question()
        if one is not None and one.first_at:
            self._room.say(
                "op.roll.known_before", StatusTone.DONE, name=one.name, first_at=one.first_at
            )
        elif one is not None:
            self.sign_in(person)

    def forget_question(self) -> None:
        """Nobody is to be taken in."""
        self._show(known=(), admitting=False)

    def _admit(self, not_people: tuple[PersonId, ...]) -> None:
        session, station = self._room.session_id(), self._room.station
        if session is None or self.state.admitting:
            return
        name, tail, home = self._visitor
        self._show(admitting=True)

        def job() -> SignInDone:
            return station.attendance.admit_visitor(
                session, name, tail, home, not_people=not_people
            )

        def done(signed: SignInDone) -> None:
            self.state = replace(self.state, known=(), admitting=False)
            self._on_marked(signed)
            self._admitted()

        def failed(said: UserError) -> None:
            if isinstance(said, VisitorLooksKnown):
                self._show(known=said.who, admitting=False)
            else:
                self._show(admitting=False)
                self._room.tell(said)

        self._room.jobs.store(job, done, failed)

    def undo(self) -> None:
        """Take back the newest mark."""
        self._room.undo()

    def start_playing(self) -> None:
        """The one primary action: go on to the play page (and begin there)."""
        self.move_to(Step.PLAY, PageName.PLAY, then=self._room.host.play_now)

    def move_to(self, step: Step, place: PageName, then: Callable[[], None] = lambda: None) -> None:
        """Take the session to another step, open its page, and do what is wanted ``then``."""
        session = self._room.session_id()
        if session is None:
            return
        if self._room.step() is step:
            self._room.host.go(place)
            then()
            return

        def moved(view: SessionView) -> None:
            self._room.show(view)
            self._room.host.fact_made()
            self._room.host.go(place)
            then()

        self._room.ask(lambda: self._room.station.sessions.move(session, step), moved)

    # --- inside ---------------------------------------------------------------------

    def _on_marked(self, done: SignInDone) -> None:
        self._kept = (*self._kept, done.card.id)
        self.state = replace(self.state, text="")
        self._room.signed_in(done, by=self.reader)
        self._room.say_signed(done)
        self._show()

    def _show(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]
        view = self._room.view
        if view is None:
            self.state = RollCallState()
        else:
            self.state = replace(
                state,
                tiles=self._found(state.text, view) if state.text else self._group(state, view),
                turnout=view.turnout,
                waiting=sum(is_waiting(one) for one in view.cards),
                undoable=view.undoable,
                course=self._room.course(self._room.chosen),
                step=view.session.step,
            )
        self._render(self.state)

    def _group(self, state: RollCallState, view: SessionView) -> tuple[Tile, ...]:
        test = _GROUPS[state.shown]
        keep = self._kept if state.shown is RollCallFilter.WAITING else ()
        cards = [one for one in view.cards if test(one) or one.id in keep]
        namesakes = _namesakes(tuple(one.name for one in view.cards))
        return tuple(
            tile_of(one, note=note_of(one) if one.name in namesakes else "") for one in cards
        )

    def _found(self, text: str, view: SessionView) -> tuple[Tile, ...]:
        by_id = {one.id: one for one in view.cards}
        found: list[Tile] = []
        for person, name in self._room.index.search_named(text, MOST_CANDIDATES):
            card = by_id.get(person)
            if card is not None:
                found.append(tile_of(card, note=note_of(card)))
            else:
                found.append(Tile(person, name, note=say("standpoint.visitor")))
        found.sort(key=lambda one: one.status is not None and one.status is not Status.ON_LEAVE)
        if found and found[0].status in (None, Status.ON_LEAVE) or len(found) == 1:
            found[0] = replace(found[0], first=True)
        return tuple(found)


def is_waiting(card: PersonCard) -> bool:
    """Expected, and no mark yet."""
    return card.standpoint is RosterStatus.EXPECTED and card.status is None


_GROUPS: dict[RollCallFilter, Callable[[PersonCard], bool]] = {
    RollCallFilter.WAITING: is_waiting,
    RollCallFilter.ARRIVED: is_here,
    RollCallFilter.ON_LEAVE: lambda card: card.status is Status.ON_LEAVE,
    RollCallFilter.LEFT_OUT: lambda card: (
        card.standpoint is RosterStatus.LEFT_OUT and not is_here(card)
    ),
}


def tile_of(card: PersonCard, note: str = "") -> Tile:
    """A card as the grid shows it."""
    return Tile(card.id, card.name, note=note, status=card.status, at_ms=card.at_ms)


def note_of(card: PersonCard) -> str:
    """What tells namesakes apart: group and birth year."""
    year = say("op.born", year=card.birth_year) if card.birth_year else ""
    return " ".join(part for part in (card.group, year) if part)


def _namesakes(names: tuple[str, ...]) -> frozenset[str]:
    seen: set[str] = set()
    return frozenset(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value]
