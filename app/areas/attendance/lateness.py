"""Late or in time: the verdict of a rule on a moment, from when a session started."""

from __future__ import annotations

from app.areas.attendance.marks import Status, status_on_arrival
from app.domain.clock_correction import BELIEVED_MS
from app.domain.policy import Policy, StartRule
from app.domain.time import local_date
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Starts:
    """What is known of a session's start, wall ms of the true time; None where it is not known."""

    planned_ms: int | None
    opened_ms: int | None

    @property
    def known(self) -> tuple[int, ...]:
        """The plan's first."""
        return tuple(one for one in (self.planned_ms, self.opened_ms) if one is not None)

    @property
    def day(self) -> str:
        """The ISO date whose rule holds: of the plan, else of the opening; empty for none."""
        return local_date(self.known[0]).isoformat() if self.known else ""

    def counted_ms(self, rule: StartRule) -> int | None:
        """The start from which the minutes count."""
        if rule is StartRule.LATER:
            return max(self.known, default=None)
        return self.known[0 if rule is StartRule.PLANNED else -1] if self.known else None


def verdict(rule: Policy, said: Status, at_ms: int, starts: Starts) -> Status:
    """Late or in time for somebody who came at ``at_ms``; what the screen ``said`` holds for
    every other status, when no start is known, and for whoever came before the door was opened:
    then one of the two times is wrong."""
    start_ms = starts.counted_ms(rule.counts_from)
    if said not in (Status.PRESENT, Status.LATE) or start_ms is None:
        return said
    if starts.opened_ms is not None and at_ms < starts.opened_ms - BELIEVED_MS:
        return said
    return status_on_arrival(at_ms, start_ms, rule.grace_minutes)
