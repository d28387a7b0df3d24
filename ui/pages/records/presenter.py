"""Lists past sessions, years back, opens one, and takes late entries for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from app.areas.attendance.marks import RosterStatus, Status
from app.areas.attendance.views import PersonCard
from app.areas.sessions.views import SessionSummary, SessionView
from app.domain.ids import SessionId
from app.domain.time import LOCAL, wall_ms_of
from ui.pages.records.state import PAGE, RecordsState, month_asked
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
        """Read the list as far as it was read, and the chosen (or newest) session."""
        asked = self.state.view.session.id if self.state.view else None
        station = self._room.station
        read = self._reader(max(len(self.state.rows), PAGE))

        def job() -> tuple[tuple[SessionSummary, ...], SessionView | None]:
            rows = read()
            chosen = asked or (rows[0].session.id if rows else None)
            return rows, station.sessions.show(chosen) if chosen else None

        def done(found: tuple[tuple[SessionSummary, ...], SessionView | None]) -> None:
            rows, view = found
            more = len(rows) >= PAGE and len(rows) % PAGE == 0
            self._show(view, rows=rows, loaded=True, has_more=more)

        self._room.ask(job, done)

    def type(self, text: str) -> None:
        """Look for words of a title, or go to a year or month."""
        self.state = replace(self.state, text=text)
        self._room.ask(self._reader(PAGE), partial(self._on_found, text))

    def _on_found(self, text: str, rows: tuple[SessionSummary, ...]) -> None:
        if text == self.state.text:  # else more was typed meanwhile
            self._show(self.state.view, rows=rows, has_more=len(rows) == PAGE)

    def earlier(self) -> None:
        """Read on, further back."""
        known = self.state.rows
        if known:
            read = self._reader(PAGE, before=known[-1].session.id)
            self._room.ask(read, partial(self._on_earlier, known))

    def _on_earlier(
        self, known: tuple[SessionSummary, ...], rows: tuple[SessionSummary, ...]
    ) -> None:
        if known is self.state.rows:
            self._show(self.state.view, rows=(*known, *rows), has_more=len(rows) == PAGE)

    def _reader(self, limit: int, before: str = "") -> Callable[[], tuple[SessionSummary, ...]]:
        """What reads the list that is asked for."""
        text = self.state.text.strip()
        month = month_asked(text)
        return partial(
            self._room.station.today.records,
            limit=limit,
            before=before,
            named="" if month else text,
            until_ms=None if month is None else _end_ms(*month),
        )

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


def _end_ms(year: int, month: int) -> int:
    return wall_ms_of(datetime(year + month // 12, month % 12 + 1, 1, tzinfo=LOCAL))


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
