"""The fact of a discussion: what was said was written down."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.fact_kinds import Fact, fact
from app.domain.ids import (
    SessionId,
)


@fact("discussion.noted")
@dataclass(frozen=True, slots=True)
class DiscussionNoted(Fact):
    """What was said in the discussion was written down. Personal: ``text``."""

    session: SessionId
