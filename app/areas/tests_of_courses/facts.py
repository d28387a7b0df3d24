"""The fact of a test: somebody handed theirs in, or its mark was typed in from paper."""

from __future__ import annotations

from app.domain.fact_kinds import Fact, fact
from app.domain.ids import PersonId, SessionId
from app.domain.values import dataclass


@fact("test.taken", about=("person",))
@dataclass(frozen=True, slots=True)
class CourseTestTaken(Fact):
    """Somebody had so many questions of a pack right; said again, the last holds. Personal:
    ``more``, the places chosen of each question."""

    session: SessionId
    pack: str
    person: PersonId
    right: int
    questions: int
    on_paper: bool = False
