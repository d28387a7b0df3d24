"""What is shown of people: the roster, and all that is known of one person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from app.areas.attendance.views import PastAttendance
from app.areas.people.person import Person, Standing
from app.domain.ids import PersonId
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class RosterView:
    """Everybody known here; ``unchecked``: what this station says of them, the centre has not
    answered. ``alone``: there is no centre yet."""

    people: tuple[Person, ...]
    branches: Mapping[str, str] = field(default_factory=dict)
    unchecked: frozenset[PersonId] = frozenset()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class PersonOpen:
    """One word of this station about somebody, and whether it still waits for the centre."""

    kind: str
    at_ms: int
    said: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    waits: bool = False
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class WholePerson:
    """All that is known here of one person; ``sessions`` oldest first."""

    person: Person
    branch: str = ""
    sessions: tuple[PastAttendance, ...] = ()
    words: tuple[PersonOpen, ...] = ()
    contacts: Mapping[PersonId, str] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Whether the centre has not answered something about them yet."""
        return any(one.waits for one in self.words)


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What a sheet changes of one person: fields by name, standings, stopped (False: back again)."""

    person: PersonId
    says: Mapping[str, str] = field(default_factory=dict)
    standings: tuple[Standing, ...] = ()
    stopped: bool | None = None
