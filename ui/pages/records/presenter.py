"""Lists past sessions, opens one, and takes late entries for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.attendance.views import PersonCard
from app.areas.sessions.views import SessionSummary, SessionView
from app.domain.ids import SessionId
from ui.pages.records.state import RecordsState
from ui.state.current_session import CurrentSession
from ui.state.refresh import Topic


class RecordsPresenter:
    """Intents of the records page."""

    def __init__(self, room: CurrentSession, render: Callable[[RecordsState], None]) -> None:
        self._room = room
        self._render = render
        self.state = RecordsState()
        self.reader = room.refresh.register(frozenset({Topic.SESSION, Topic.SENDING}), self.load)

    def load(self) -> None:
        """Read the list, and the chosen (or newest) session."""
        asked = self.state.view.session.id if self.state.view else None
        station = self._room.station

        def job() -> tuple[tuple[SessionSummary, ...], SessionView | None]:
            rows = station.today.records()
            chosen = asked or (rows[0].session.id if rows else None)
            return rows, station.sessions.show(chosen) if chosen else None

        def done(read: tuple[tuple[SessionSummary, ...], SessionView | None]) -> None:
            self._show(read[1], rows=read[0], loaded=True)

        self._room.ask(job, done)

    def choose(self, session: SessionId) -> None:
        """Look at one session."""
        self._room.ask(lambda: self._room.station.sessions.show(session), self._on_chosen)

    def _on_chosen(self, view: SessionView) -> None:
        self._show(view)

    def _show(self, view: SessionView | None, **changes: object) -> None:
        self.state = replace(
            self.state,
            view=view,
            groups=grouped(view),
            **changes,  # type: ignore[arg-type]
        )
        self._render(self.state)


def grouped(view: SessionView | None) -> tuple[tuple[str, tuple[PersonCard, ...]], ...]:
    """People of a session by status, in the order people ask for them; empty groups left out."""
    if view is None:
        return ()
    groups: list[tuple[str, tuple[PersonCard, ...]]] = []
    for status in (
        Status.ABSENT, Status.ON_LEAVE, Status.LATE_ENTRY, Status.LATE, Status.PRESENT,
    ):  # fmt: skip
        cards = tuple(one for one in view.cards if one.status is status)
        groups.append((f"status.{status.value}", cards))
    waiting = tuple(
        one for one in view.cards if one.status is None and one.standpoint is RosterStatus.EXPECTED
    )
    groups.insert(0, ("status.none", waiting))
    return tuple(one for one in groups if one[1])
