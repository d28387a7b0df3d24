"""Who is known here: the roster and the index that finds a name."""

from __future__ import annotations

from app.areas.people.person import Person
from app.names.index import NameIndex
from app.usecases.tools import Tools


def name_index(tools: Tools) -> NameIndex:
    """The index over everyone known here."""
    return tools.store.name_index()


def people(tools: Tools) -> tuple[Person, ...]:
    """Active people by name."""
    with tools.store.read() as reading:
        return reading.people()
