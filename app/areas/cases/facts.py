"""The two facts of all cases: one was opened, one was moved."""

from __future__ import annotations

from app.domain.fact_kinds import Fact, fact
from app.domain.ids import CaseId, PersonId
from app.domain.values import dataclass


@fact("case.opened", about=("person", "other"))
@dataclass(frozen=True, slots=True)
class CaseOpened(Fact):
    """A case was opened. Fields that may name a person stand beside the bytes: ``more``.
    ``person`` and ``other`` are whom they name by id: erasing one of them blanks the fields."""

    case: CaseId
    kind: str
    fields: tuple[tuple[str, str], ...] = ()
    person: PersonId | None = None
    other: PersonId | None = None


@fact("case.moved", about=("person", "other"))
@dataclass(frozen=True, slots=True)
class CaseMoved(Fact):
    """A move was made by somebody who saw the case in the state ``seen``. Personal: ``more``."""

    case: CaseId
    kind: str
    move: str
    seen: str
    fields: tuple[tuple[str, str], ...] = ()
    person: PersonId | None = None
    other: PersonId | None = None
