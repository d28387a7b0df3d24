"""What the centre sends down of a case: its steps in the order in which it took them in."""

from __future__ import annotations

from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.machine import OPENING, CaseStep, fold_case
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as a site may see it; other sites' rows hold nothing personal."""

    id: str
    kind: str
    steps: tuple[CaseStep, ...] = ()
    stopped: bool = False

    @property
    def name(self) -> str:
        """By what it is found: whether it has ended (1), then since when it stands so."""
        kind = CASE_KINDS.get(self.kind)
        record = None if kind is None else fold_case(self.id, kind, self.steps)
        return "" if record is None else f"{record.is_ended:d}{max(record.since_ms, 0):015d}"

    @property
    def person(self) -> str:
        """The site it is of: whose rows it stands among."""
        return next((one.site for one in self.steps if one.move == OPENING), "")
