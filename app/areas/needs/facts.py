"""The fact of a survey of needs: sums of one session, nothing of who said what."""

from __future__ import annotations

from app.domain.fact_kinds import Fact, fact
from app.domain.ids import SessionId
from app.domain.values import dataclass


@fact("needs.tallied")
@dataclass(frozen=True, slots=True)
class NeedsTallied(Fact):
    """Each group of members with how many answered and how often each option was chosen, as
    ``app.areas.needs.survey.told_groups`` tells them; said again, the last holds.

    It is about nobody, so erasing somebody has nothing to blank in it.
    """

    session: SessionId
    groups: tuple[tuple[str, int, tuple[tuple[str, int], ...]], ...] = ()
