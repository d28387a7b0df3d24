"""The rules by which a sign-in is late or in time: the centre's rows, each valid from a date.

A site's own row goes before the county's; where none is set 15 minutes are granted. Station and
centre compute the verdict from the same rows, so that one changed rule reaches every session of
its dates on both sides. What the screen said at the moment stays in the fact, as a witness.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.areas.attendance.marks import Status, status_on_arrival
from app.domain.clock_correction import BELIEVED_MS
from app.domain.time import local_date

MOST_GRACE_MINUTES = 240


class StartRule(StrEnum):
    """From which start the minutes count."""

    LATER = "later"
    """From the planned or the real start, whichever is later: nobody is late to a closed door."""
    PLANNED = "planned"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Policy:
    """One row: from ``valid_from`` (ISO date) on, a sign-in so long after the start is in time."""

    valid_from: str
    grace_minutes: int = 15
    counts_from: StartRule = StartRule.LATER

    @property
    def is_sound(self) -> bool:
        """Whether it has a date and a number of minutes that can be meant."""
        try:
            is_date = date.fromisoformat(self.valid_from).isoformat() == self.valid_from
        except ValueError:
            return False
        return is_date and 0 <= self.grace_minutes <= MOST_GRACE_MINUTES

    def verdict(self, said: Status, at_ms: int, starts: Starts) -> Status:
        """Late or in time for somebody who came at ``at_ms``; what the screen ``said`` holds for
        every other status, when no start is known, and for whoever came before the door was opened:
        then one of the two times is wrong."""
        start_ms = starts.counted_ms(self.counts_from)
        if said not in (Status.PRESENT, Status.LATE) or start_ms is None:
            return said
        if starts.opened_ms is not None and at_ms < starts.opened_ms - BELIEVED_MS:
            return said
        return status_on_arrival(at_ms, start_ms, self.grace_minutes)


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


DEFAULT = Policy("")


@dataclass(frozen=True, slots=True)
class Policies:
    """All rows that concern one site."""

    of_site: tuple[Policy, ...] = ()
    of_county: tuple[Policy, ...] = ()

    def on(self, day: str) -> Policy:
        """The rule of a day (ISO date)."""
        return _newest(self.of_site, day) or _newest(self.of_county, day) or DEFAULT


def _newest(rows: Iterable[Policy], day: str) -> Policy | None:
    valid = [one for one in rows if one.valid_from <= day]
    return max(valid, key=lambda one: one.valid_from, default=None)


NONE_SET = Policies()
"""Nothing was set: the default holds on every day."""
