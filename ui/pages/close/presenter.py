"""Shows the session for review and closes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.attendance.views import PersonCard
from app.areas.sessions.session import NotHeldReason
from app.areas.sessions.views import SessionView
from app.domain.ids import PersonId, SessionId
from app.words import say
from ui.pages.close.state import CloseQuestion, CloseSection, CloseState
from ui.state.current_session import CurrentSession, StatusTone, is_here
from ui.state.page_names import PageName
from ui.state.refresh import Topic


class ClosePageHost(Protocol):
    """The page, as its presenter uses it."""

    def render_state(self, state: CloseState) -> None:
        """Show a state."""

    def stop_playing(self) -> None:
        """End a course that is still on."""

    def print_sheet(self) -> None:
        """Print the sign-in sheet of the session that is shown."""


class ClosePresenter:
    """Intents of the closing page: an unusual end is asked first, and can be taken back."""

    def __init__(self, room: CurrentSession, host: ClosePageHost) -> None:
        self._room = room
        self._host = host
        self._print = False
        self._session: SessionId | None = None
        self._places: tuple[tuple[PersonId, ...], ...] = ()
        self._gathered = 0
        self.state = CloseState()
        self.reader = room.refresh.register(frozenset({Topic.SESSION}), self.load)

    def load(self) -> None:
        """Take the session as it stands."""
        view = self._room.view
        if view is None or view.session.id != self._session:
            self._session = None if view is None else view.session.id
            self._places, self._gathered = (), self._gathered + 1
        self._places = placed(self._places, view)
        question = self.state.question
        self.state = replace(reviewed(view, self._places), gathered=self._gathered)
        if not self.state.is_closed and view is not None:
            self.state = replace(self.state, question=question)
        self._host.render_state(self.state)

    def confirm(self, *, then_print: bool = False) -> None:
        """Close the session, or ask first whether that is meant."""
        view = self.state.view
        if view is None or self.state.is_closed:
            self.go_home()
            return
        self._print = then_print
        question = unusual(view)
        if question is CloseQuestion.NONE:
            self.close()
        else:
            self._ask(question)

    def close(self) -> None:
        """It is meant: close the session."""
        session = self._room.session_id()
        if session is None:
            return
        self._host.stop_playing()

        def done(view: SessionView) -> None:
            self._room.show(view)
            self._room.host.fact_made()
            self._room.say("op.close.done", StatusTone.DONE)
            if self._print:
                self._host.print_sheet()

        self._room.ask(lambda: self._room.station.sessions.close(session), done)

    def was_not_held(self) -> None:
        """Nobody came: why it was not held is asked."""
        self._ask(CloseQuestion.WHY_NOT_HELD)

    def not_held(self, reason: NotHeldReason, note: str) -> None:
        """Record that it did not take place."""
        session = self._room.session_id()
        if session is None:
            return
        self._host.stop_playing()

        def done(_view: SessionView) -> None:
            self._room.host.fact_made()
            why = say(f"not_held.{reason.value}")
            self._room.say("op.not_held.kept", StatusTone.DONE, reason=why)
            self.go_home()

        self._room.ask(lambda: self._room.station.sessions.not_held(session, reason, note), done)

    def go_on(self) -> None:
        """It does not end yet."""
        self._ask(CloseQuestion.NONE)

    def go_home(self) -> None:
        """Nothing is left to do here."""
        self.state = CloseState()
        self._room.show(None)
        self._room.host.go(PageName.TODAY)

    def opened(self) -> None:
        """The page has come to the front: everybody stands where they belong now."""
        self._session = None
        self.state = CloseState()
        self.load()

    def _ask(self, question: CloseQuestion) -> None:
        self.state = replace(self.state, question=question)
        self._host.render_state(self.state)


def unusual(view: SessionView) -> CloseQuestion:
    """What is to be asked before a session ends as it stands."""
    turnout = view.turnout
    if not turnout.in_room:
        return CloseQuestion.NOBODY
    missing = turnout.expected - turnout.arrived - turnout.on_leave
    return CloseQuestion.FEW if missing * 2 > turnout.expected else CloseQuestion.NONE


def placed(
    before: tuple[tuple[PersonId, ...], ...], view: SessionView | None
) -> tuple[tuple[PersonId, ...], ...]:
    """Who stands under which heading: whoever stands somewhere stays, others come at the end."""
    known = {person for people in before for person in people}
    cards = () if view is None else view.cards
    found = (tuple(one.id for one in cards if fits(one)) for _key, fits in SECTIONS)
    if not before:
        return tuple(found)
    return tuple(
        (*stay, *(one for one in people if one not in known))
        for stay, people in zip(before, found, strict=True)
    )


def reviewed(view: SessionView | None, places: tuple[tuple[PersonId, ...], ...]) -> CloseState:
    """A session sorted for review."""
    if view is None:
        return CloseState()
    by_id = {one.id: one for one in view.cards}
    sections = tuple(
        CloseSection(
            key=key,
            count=sum(fits(one) for one in view.cards),
            cards=tuple(by_id[one] for one in people if one in by_id),
        )
        for (key, fits), people in zip(SECTIONS, places, strict=True)
    )
    return CloseState(
        view=view,
        sections=sections,
        playing=any(play.outcome is None for play in view.plays),
    )


def _is_missing(card: PersonCard) -> bool:
    return card.standpoint is RosterStatus.EXPECTED and card.status in (None, Status.ABSENT)


SECTIONS: tuple[tuple[str, Callable[[PersonCard], bool]], ...] = (
    ("op.close.missing", _is_missing),
    ("op.close.on_leave", lambda card: card.status is Status.ON_LEAVE),
    (
        "op.close.late",
        lambda card: (
            card.status in (Status.LATE, Status.LATE_ENTRY)
            and card.standpoint is not RosterStatus.VISITOR
        ),
    ),
    (
        "op.close.visitors",
        lambda card: card.standpoint is RosterStatus.VISITOR and is_here(card),
    ),
)
