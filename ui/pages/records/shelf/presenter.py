"""Opens the books of a month, and finds the sessions behind a figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.areas.forms.form import Form
from app.areas.forms.verbs import FormWish
from app.areas.sessions.views import SessionView
from app.words import say
from ui.pages.records.shelf.state import ShelfState
from ui.state.current_session import CurrentSession


class ShelfPresenter:
    """Intents of the shelf."""

    def __init__(self, room: CurrentSession, render: Callable[[ShelfState], None]) -> None:
        self._room = room
        self._render = render
        self.state = ShelfState()

    def load(self) -> None:
        """Read the books of the month that is shown, at first of this one."""
        self._read(self.state.month)

    def earlier(self) -> None:
        """The month before."""
        self._step(1)

    def later(self) -> None:
        """The month after."""
        self._step(-1)

    def _step(self, by: int) -> None:
        months = self.state.months
        place = months.index(self.state.month) + by if self.state.month in months else -1
        if 0 <= place < len(months):
            self._read(months[place])

    def _read(self, month: str) -> None:
        books = self._room.station.books

        def job() -> tuple[tuple[str, ...], str, tuple[Form, ...]]:
            months = books.months()
            wanted = month or months[0]
            return months, wanted, books.shelf(wanted)

        self._room.ask(job, self._on_read)

    def _on_read(self, read: tuple[tuple[str, ...], str, tuple[Form, ...]]) -> None:
        months, month, forms = read
        before = self.state.private or self.state.form
        same = next((one for one in forms if before is not None and one.name == before.name), None)
        known = any(one.file_name == self.state.chosen for one in forms)
        chosen = self.state.chosen if known else (same or forms[0]).file_name
        self._show(months=months, month=month, forms=forms, chosen=chosen)

    def choose(self, name: str) -> None:
        """Open a book."""
        self._show(chosen=name, private=None)

    def open_visits(self) -> None:
        """Who is to be visited: for the secretary alone, the PIN vouches for it."""
        wish = FormWish("visit_list")
        books = self._room.station.books

        def read(form: Form) -> None:
            self._show(private=form)

        self._room.host.vouch(
            say("form.visit_list"), lambda: self._room.ask(lambda: books.form(wish), read)
        )

    def hide_visits(self) -> None:
        """The secretary has seen it."""
        if self.state.private is not None:
            self._show(private=None)

    def ask_behind(self, origin: tuple[str, ...]) -> None:
        """Which ones are behind this figure?"""
        behind = partial(self._room.station.books.behind, origin)
        self._room.ask(behind, self._on_behind)

    def _on_behind(self, found: tuple[SessionView, ...]) -> None:
        self._show(behind=found)

    def put_away(self) -> None:
        """Nobody asks any more."""
        self._show(behind=None)

    def all_of_month(self, then: Callable[[tuple[Form, ...]], None]) -> None:
        """Every sheet of the month, for whoever prints it."""
        self._room.ask(partial(self._room.station.books.of_month, self.state.month), then)

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._render(self.state)
