"""What is shown of a month."""

from __future__ import annotations

from app.areas.monthly.monthly_set import BranchMonth
from app.areas.sessions.kinds import Item
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class MonthStands:
    """A month (YYYY-MM): the ISO date of its theme day, and each branch's set."""

    month: str
    theme_day: str
    branches: tuple[BranchMonth, ...]

    @property
    def missing(self) -> tuple[tuple[Item, tuple[str, ...]], ...]:
        """What is missing, once each, with the names of the branches that lack it; no names when all
        do."""
        found: dict[Item, list[str]] = {}
        for branch in self.branches:
            for item in branch.missing:
                found.setdefault(item, []).append(branch.name)
        every = len(self.branches)
        return tuple(
            (item, () if len(names) == every else tuple(names)) for item, names in found.items()
        )
