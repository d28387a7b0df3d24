"""Marks people as they are called, by touch or by a few letters; takes marks back by name.

Whoever is touched without a mark has come; whoever has one opens their sheet. Nobody changes
place in the grid by a mark (``places``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from app.areas.attendance.marks import Lane, Status
from app.areas.attendance.views import PersonCard, SignInDone
from app.areas.attendance.visitors import VisitorLooksKnown
from app.areas.sessions.kinds import Activity
from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.domain.errors import UserError
from app.domain.ids import PersonId, SessionId
from app.domain.personal import LeaveKind
from app.words import say
from ui.pages.roll_call.places import (
    Places,
    group_counts,
    initials_of,
    is_waiting,
    namesakes,
    note_of,
    tile_of,
    with_headings,
)
from ui.pages.roll_call.state import RollCallFilter, RollCallState, Tile
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.groups import GroupCount
from ui.state.page_names import PageName
from ui.state.refresh import Topic

MOST_CANDIDATES = 24


class RollCallHost(Protocol):
    """The page or drawer that shows the roll-call."""

    def render_state(self, state: RollCallState) -> None:
        """Show a state."""

    def open_sheet(self, person: PersonId) -> None:
        """Show all of somebody who has a mark already."""

    def visitor_admitted(self) -> None:
        """Somebody no list has was taken in."""


class RollCallPresenter:
    """Intents of the roll-call page and of the late drawer of the play page."""

    def __init__(self, room: CurrentSession, host: RollCallHost) -> None:
        self._room, self._host = room, host
        self._visitor = ("", "", "")
        self._places = Places()
        self._found_for: tuple[str, tuple[tuple[PersonId, str], ...]] = ("", ())
        self._session: SessionId | None = None
        self.state = RollCallState()
        self.reader = room.refresh.register(
            frozenset({Topic.SESSION, Topic.ROSTER, Topic.COURSES}), self.load
        )

    def load(self) -> None:
        """Take the session as it stands; the grid keeps its order."""
        self._room.want_index()
        self._show()

    def opened(self, shown: RollCallFilter | None = None) -> None:
        """The page has come to the front: whoever has come since may leave the grid."""
        self._places.forget()
        self._show(shown=shown or self.state.shown)

    def take_up(self, left: RollCallState) -> None:
        """Look at what was looked at before the page was made anew."""
        self._session = self._room.session_id()
        self._show(shown=left.shown, group=left.group, letters=left.letters, text=left.text)

    def look_at(self, shown: RollCallFilter) -> None:
        """Show another group of people; asked once more, everyone again."""
        again = shown is self.state.shown
        self._show(shown=RollCallFilter.EVERYONE if again else shown)

    def choose_group(self, group: str | None) -> None:
        """Show one group only, or all of them."""
        self._show(group=group, text="")

    def turn_group(self, words: str) -> None:
        """The heading of a group was touched: only this group; another heading means all again."""
        self.choose_group(next((one.name for one in self.state.groups if one.words == words), None))

    def choose_letters(self, letters: str) -> None:
        """Show only whose surname begins with one of these, or everyone."""
        self._show(letters=letters, text="")

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
        """Signs in, or goes on leave in leave mode; who has a mark is looked at."""
        tile = next((one for one in self.state.tiles if one.person == person), None)
        if tile is not None and tile.status is not None:
            self._host.open_sheet(person)
        elif self.state.leave is not None:
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
            self._host.visitor_admitted()

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
            if view.session.id != self._session:
                self._session = view.session.id
                state = replace(state, group=None, letters="")
                self._places.forget()
            groups = group_counts(view.cards)
            self.state = replace(
                state,
                groups=groups,
                initials=initials_of(view.cards),
                tiles=self._tiles(state, view, groups),
                gathered=self._places.gathered,
                turnout=view.turnout,
                waiting=sum(is_waiting(one) for one in view.cards),
                undoable=view.undoable,
                course=self._room.course(self._room.chosen),
                step=view.session.step,
                ends=not view.session.rule.activities & {Activity.PLAY, Activity.DISCUSS},
            )
        self._host.render_state(self.state)

    def _tiles(
        self, state: RollCallState, view: SessionView, groups: tuple[GroupCount, ...]
    ) -> tuple[Tile, ...]:
        if state.text:
            return self._found(state.text, view)
        cards = self._places.in_place(state, view.cards)
        headed = groups if state.group is None else ()
        return with_headings(cards, headed, namesakes(one.name for one in view.cards))

    def _found(self, text: str, view: SessionView) -> tuple[Tile, ...]:
        """Who fits, whoever has no mark first; the order stays while the letters stay."""
        by_id = {one.id: one for one in view.cards}
        if self._found_for[0] != text or not self._found_for[1]:
            hits = self._room.index.search_named(text, MOST_CANDIDATES)
            self._found_for = text, tuple(sorted(hits, key=lambda one: _is_here(by_id, one[0])))
        found = [
            tile_of(by_id[person], note=note_of(by_id[person]))
            if person in by_id
            else Tile(person, name, note=say("standpoint.visitor"))
            for person, name in self._found_for[1]
        ]
        at = next((at for at, one in enumerate(found) if one.status in _OPEN), None)
        if at is None and len(found) == 1:
            at = 0
        if at is not None:
            found[at] = replace(found[at], first=True)
        return tuple(found)


_OPEN = (None, Status.ON_LEAVE)


def _is_here(by_id: dict[PersonId, PersonCard], person: PersonId) -> bool:
    return person in by_id and by_id[person].status not in _OPEN
