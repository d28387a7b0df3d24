"""What the roster page shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.areas.people.person import Person


@dataclass(frozen=True, slots=True)
class RosterState:
    """``people`` are those that fit ``text``, all when it is empty; nobody until ``known``."""

    known: bool = False
    total: int = 0
    left_out: int = 0
    text: str = ""
    people: tuple[Person, ...] = ()
