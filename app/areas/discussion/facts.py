"""The fact of a discussion: what was said was written down."""

from __future__ import annotations

from app.domain.fact_kinds import Fact, fact
from app.domain.ids import (
    SessionId,
)
from app.domain.values import dataclass


@fact("discussion.noted")
@dataclass(frozen=True, slots=True)
class DiscussionNoted(Fact):
    """What was said in the discussion was written down. Personal: ``text``."""

    session: SessionId
