"""Reads the wishes and hands them to the page."""

from __future__ import annotations

from collections.abc import Callable

from app.areas.wishes.verbs import list_wishes
from ui.pages.wishes.state import WishesState

from ui.state.current_session import CurrentSession
from ui.state.refresh import Topic


class WishesPresenter:
    """Intents of the page."""

    def __init__(self, room: CurrentSession, render: Callable[[WishesState], None]) -> None:
        self._room, self._render = room, render
        self.reader = room.refresh.register(frozenset({Topic.SESSION}), self.load)

    def load(self) -> None:
        """Read all wishes."""
        tools = self._room.station.tools
        self._room.ask(lambda: list_wishes(tools), lambda read: self._render(WishesState(read)))
