"""Who is known here: the roster and the index that finds a name."""

from __future__ import annotations

from dataclasses import dataclass

from app.areas.people.person import Person
from app.names.index import NameIndex
from app.usecases.tools import Tools


@dataclass(frozen=True, slots=True)
class People:
    """What can be asked about who is known here."""

    tools: Tools

    def name_index(self) -> NameIndex:
        """The index over everyone known here."""
        return self.tools.store.name_index()

    def all(self) -> tuple[Person, ...]:
        """Active people by name."""
        with self.tools.store.read() as reading:
            return reading.people()
