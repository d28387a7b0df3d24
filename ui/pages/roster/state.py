"""What the people's page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from app.areas.people.person import Person
from app.areas.people.views import WholePerson
from app.areas.yearly.yearly import YearlySheet
from app.domain.ids import PersonId
from app.domain.values import dataclass
from ui.state.groups import GroupSize

if TYPE_CHECKING:
    from app.rosters.import_plan import ImportOutcome, ReadFile


class InFront(StrEnum):
    """Which part of the page is in front."""

    LIST = "list"
    PERSON = "person"
    FILES = "files"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A spreadsheet that was read, and what it would change."""

    file: ReadFile
    outcome: ImportOutcome

    @property
    def left_out(self) -> int:
        """How many rows nobody can take in as they are."""
        rows = {(one.sheet, one.row) for one in self.outcome.troubles}
        return len(rows | {(one.row.sheet, one.row.row) for one in self.outcome.questions})


@dataclass(frozen=True, slots=True)
class RosterState:
    """``people`` are those of ``group`` that fit ``text``; nobody until ``known``. ``whole`` is who
    is looked at, None while somebody new is written; ``shows_all``: the PIN was given for it."""

    known: bool = False
    total: int = 0
    left_out: int = 0
    text: str = ""
    people: tuple[Person, ...] = ()
    groups: tuple[GroupSize, ...] = ()
    group: str | None = None
    unchecked: frozenset[PersonId] = frozenset()
    branches: Mapping[str, str] = field(default_factory=dict)
    front: InFront = InFront.LIST
    whole: WholePerson | None = None
    year: YearlySheet | None = None
    shows_all: bool = False
    asks_same: bool = False
    sheet: SheetRead | None = None
