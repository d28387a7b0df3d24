"""What the centre sends down of a case: its steps in the order in which it took them in."""

from __future__ import annotations

from app.areas.cases.machine import CaseStep
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as a site may see it; other sites' rows hold nothing personal."""

    id: str
    kind: str
    steps: tuple[CaseStep, ...] = ()
    stopped: bool = False
