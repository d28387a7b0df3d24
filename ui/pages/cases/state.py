"""What the cases' page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from app.areas.cases.case_kind import CaseField, CaseKind
from app.areas.cases.options import Options
from app.areas.cases.verbs import CaseList, CaseView
from app.domain.values import dataclass


class CasesFront(StrEnum):
    """What is at the right of the list."""

    NOTHING = "nothing"
    CASE = "case"
    KINDS = "kinds"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class CaseForm:
    """A form of a new case, or of a step (``move``) of the one in front."""

    kind: CaseKind
    move: str
    fields: tuple[CaseField, ...]
    needs: frozenset[str]
    options: Mapping[str, Options] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CasesState:
    """``list`` is None until it was read; ``picks_new``: the kinds are there to open one."""

    list: CaseList | None = None
    kind: str = ""
    with_ended: bool = False
    front: CasesFront = CasesFront.NOTHING
    case: CaseView | None = None
    picks_new: bool = False
    form: CaseForm | None = None
    is_sending: bool = False
