"""Opens a person's sheet and marks, excuses, takes back and enters from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.attendance.views import PersonSheet, SignInDone, UndoDone
from app.domain.ids import FactHash, PersonId, SessionId
from app.domain.personal import LeaveKind
from ui.parts.person.state import PersonSheetState
from ui.state.current_session import CurrentSession


class PersonSheetPresenter:
    """Intents of one sheet; ``changed`` is called after a mark of a session not in hand."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[PersonSheetState], None],
        changed: Callable[[], None],
    ) -> None:
        self._room, self._render, self._changed = room, render, changed
        self._person = PersonId("")
        self._session: SessionId | None = None
        self.state = PersonSheetState()

    def open(self, person: PersonId, session: SessionId | None) -> None:
        """Read and show somebody, as they stand in ``session`` if there is one."""
        self._person, self._session = person, session
        self.state = PersonSheetState()
        self._read()

    def put_away(self) -> None:
        """Nothing is shown any more."""
        self._show(PersonSheetState())

    def come(self) -> None:
        """They are here."""
        session, person = self._session, self._person
        if session is not None:
            self._room.ask(
                lambda: self._room.station.attendance.sign_in(
                    session, person, Lane.ROLL_CALL, "operator"
                ),
                self._on_marked,
            )

    def excuse(self, kind: LeaveKind) -> None:
        """They asked to be excused."""
        self._mark(Status.ON_LEAVE, kind=kind)

    def write(self) -> None:
        """The reason of a late entry is asked for."""
        self._show(replace(self.state, writing=True))

    def enter(self, reason: str) -> None:
        """They had come after all: the PIN vouches for it, the reason is kept for ever."""

        def vouched() -> None:
            self._mark(Status.LATE_ENTRY, reason=reason.strip())

        if reason.strip() and self.state.sheet is not None:
            self._room.host.vouch(self.state.sheet.card.name, vouched)
        else:
            vouched()  # which the station refuses, in its words

    def take_back(self, mark: FactHash) -> None:
        """This mark was wrong; the sheet stays, so that the right one can follow."""
        session = self._session
        if session is None:
            return

        def done(taken: UndoDone) -> None:
            self._room.undone(taken)
            self._room.say_undone(taken)
            self._told()
            if taken.card.standpoint is RosterStatus.VISITOR:
                self.put_away()
            else:
                self._read()

        self._room.ask(lambda: self._room.station.attendance.undo(session, mark), done)

    # --- inside ---------------------------------------------------------------------

    def _mark(self, status: Status, *, kind: LeaveKind | None = None, reason: str = "") -> None:
        session, person = self._session, self._person
        if session is not None:
            self._room.ask(
                lambda: self._room.station.attendance.mark(
                    session, person, status, leave=kind, reason=reason
                ),
                self._on_marked,
            )

    def _on_marked(self, done: SignInDone) -> None:
        self.put_away()
        if self._is_in_hand():
            self._room.signed_in(done)
        self._room.say_signed(done)
        self._told()

    def _told(self) -> None:
        if not self._is_in_hand():
            self._room.host.fact_made()
            self._changed()

    def _is_in_hand(self) -> bool:
        return self._session is not None and self._session == self._room.session_id()

    def _read(self) -> None:
        person, session = self._person, self._session

        def done(sheet: PersonSheet) -> None:
            if person == self._person and session == self._session:
                self._show(replace(self.state, sheet=sheet))

        self._room.ask(lambda: self._room.station.attendance.sheet(session, person), done)

    def _show(self, state: PersonSheetState) -> None:
        self.state = state
        self._render(state)
