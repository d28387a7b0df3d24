"""Shows the session for review, closes it, and takes late entries with their reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.attendance.views import PersonCard, SignInDone
from app.areas.sessions.views import SessionView
from app.domain.ids import PersonId
from app.domain.personal import LeaveKind
from app.words import say
from ui.pages.close.state import CloseState
from ui.state.current_session import CurrentSession, StatusTone, is_here
from ui.state.page_names import PageName
from ui.state.refresh import Topic


class ClosePresenter:
    """Intents of the closing page; ``stop_playing`` ends a course that is still on."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[CloseState], None],
        stop_playing: Callable[[], None],
    ) -> None:
        self._room = room
        self._render = render
        self._stop_playing = stop_playing
        self.state = CloseState()
        self.reader = room.refresh.register(frozenset({Topic.SESSION}), self.load)

    def load(self) -> None:
        """Take the session as it stands."""
        self.state = replace(reviewed(self._room.view), entering=self.state.entering)
        if self.state.view is None:
            self.state = CloseState()
        self._render(self.state)

    def confirm(self) -> None:
        """The one primary action: close the session; afterwards back to today."""
        session = self._room.session_id()
        if session is None or self.state.is_closed:
            self._room.show(None)
            self._room.host.go(PageName.TODAY)
            return
        self._stop_playing()

        def done(view: SessionView) -> None:
            self._room.show(view)
            self._room.host.fact_made()
            self._room.say("op.close.done", StatusTone.DONE)

        self._room.ask(lambda: self._room.station.sessions.close(session), done)

    def enter(self, person: PersonId | None) -> None:
        """Write a late entry for this person; None puts the form away."""
        cards = self.state.view.cards if self.state.view else ()
        entering = next((one for one in cards if one.id == person), None)
        self.state = replace(self.state, entering=entering)
        self._render(self.state)

    def late_entry(self, reason: str) -> None:
        """The person had come after all: the PIN vouches for it, the reason is kept for ever."""
        entering = self.state.entering
        if entering is None:
            return

        def vouched() -> None:
            self._mark(entering, Status.LATE_ENTRY, reason=reason)

        if reason.strip():
            self._room.host.vouch(entering.name, vouched)
        else:
            vouched()  # which the station refuses, in its words

    def leave(self, kind: LeaveKind) -> None:
        """The person had asked to be excused."""
        entering = self.state.entering
        if entering is not None:
            self._mark(entering, Status.ON_LEAVE, kind=kind)

    def _mark(
        self, card: PersonCard, status: Status, *, kind: LeaveKind | None = None, reason: str = ""
    ) -> None:
        session = self._room.session_id()
        if session is None:
            return

        def done(signed: SignInDone) -> None:
            self.state = replace(self.state, entering=None)
            self._room.signed_in(signed)
            self._room.say(
                "op.signed", StatusTone.DONE, name=card.name, status=say(f"status.{status.value}")
            )

        self._room.ask(
            lambda: self._room.station.attendance.mark(
                session, card.id, status, leave=kind, reason=reason.strip()
            ),
            done,
        )


def reviewed(view: SessionView | None) -> CloseState:
    """A session sorted for review."""
    if view is None:
        return CloseState()
    cards = view.cards
    return CloseState(
        view=view,
        missing=tuple(
            one
            for one in cards
            if one.standpoint is RosterStatus.EXPECTED and one.status in (None, Status.ABSENT)
        ),
        on_leave=tuple(one for one in cards if one.status is Status.ON_LEAVE),
        late=tuple(one for one in cards if one.status in (Status.LATE, Status.LATE_ENTRY)),
        visitors=tuple(
            one for one in cards if one.standpoint is RosterStatus.VISITOR and is_here(one)
        ),
        playing=any(play.outcome is None for play in view.plays),
    )
