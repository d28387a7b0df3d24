"""The facts of the running book: what the operator says to a hint."""

from __future__ import annotations

from app.domain.fact_kinds import Fact, fact
from app.domain.ids import SessionId
from app.domain.values import dataclass


@fact("hint.answered")
@dataclass(frozen=True, slots=True)
class HintAnswered(Fact):
    """The operator said what really happened; said again, the last holds. Personal: ``note``."""

    session: SessionId
    hint: str
