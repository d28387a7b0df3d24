"""Finds people on the roster; changes nothing, because the roster is the centre's."""

from __future__ import annotations

from collections.abc import Callable

from ui.pages.roster.state import RosterState
from ui.refresh import Topic
from ui.room import Room

MOST_FOUND = 500


class RosterPresenter:
    """Intents of the roster page."""

    def __init__(self, room: Room, render: Callable[[RosterState], None]) -> None:
        self._room = room
        self._render = render
        self.state = RosterState()
        self.reader = room.refresh.register(frozenset({Topic.ROSTER}), self.load)

    def load(self) -> None:
        """Take the roster as the room has it."""
        self.type(self.state.text)

    def type(self, text: str) -> None:
        """The search box has changed."""
        people = self._room.people
        everyone = sorted(people.values(), key=lambda one: (one.group, one.name))
        if text.strip():
            found = (people.get(one) for one in self._room.index.search(text, MOST_FOUND))
            shown = tuple(one for one in found if one is not None)
        else:
            shown = tuple(everyone)
        self.state = RosterState(
            total=len(everyone),
            left_out=sum(bool(one.standings) for one in everyone),
            text=text,
            people=shown,
        )
        self._render(self.state)
