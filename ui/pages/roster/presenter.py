"""Finds people on the roster; changes nothing, because the roster is the centre's."""

from __future__ import annotations

from collections.abc import Callable

from app.areas.people.person import Person
from ui.pages.roster.state import RosterState
from ui.state.current_session import CurrentSession
from ui.state.refresh import Topic

MOST_FOUND = 500


class RosterPresenter:
    """Intents of the roster page."""

    def __init__(self, room: CurrentSession, render: Callable[[RosterState], None]) -> None:
        self._room = room
        self._render = render
        self.state = RosterState()
        self._everyone: tuple[Person, ...] = ()
        self._left_out = 0
        self.reader = room.refresh.register(frozenset({Topic.ROSTER}), self.load)

    def load(self) -> None:
        """Take the roster as the room has it, by group and name."""
        self._room.want_people()
        self._everyone = tuple(self._room.people.values())
        self._left_out = sum(bool(one.standings) for one in self._everyone)
        self.type(self.state.text)

    def type(self, text: str) -> None:
        """The search box has changed."""
        if text.strip():
            people = self._room.people
            found = (people.get(one) for one in self._room.index.search(text, MOST_FOUND))
            shown = tuple(one for one in found if one is not None)
        else:
            shown = self._everyone
        self.state = RosterState(
            known=self._room.knows_people,
            total=len(self._everyone),
            left_out=self._left_out,
            text=text,
            people=shown,
        )
        self._render(self.state)
