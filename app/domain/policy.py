"""The rules by which a sign-in is late or in time: the centre's rows, each valid from a date.

A site's own row goes before the county's; where none is set 15 minutes are granted. Station and
centre compute the verdict from the same rows, so that one changed rule reaches every session of
its dates on both sides. What the screen said at the moment stays in the fact, as a witness.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.domain.values import dataclass

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
