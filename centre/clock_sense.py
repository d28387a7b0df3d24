"""Whether the centre's own clock can be believed: against what it wrote before and what stations show.

No fact is ever judged by it. While it is doubted no credential is called over, none is
renewed, and people are told.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from centre.store.tables import facts, stations

_log = logging.getLogger("centre")

DAY_MS = 24 * 3_600_000
QUIET_MS = 60 * DAY_MS
"""A longer pause since the newest row is believed only when the station that asks agrees."""


def agrees(good_ms: int | None, now_ms: int, wall_ms: int) -> bool:
    """Whether ``now_ms`` can be right: not far from when it was last, or the station shows the same.

    ``good_ms`` is when the centre's clock was last believed, ``wall_ms`` what the station shows.
    """
    if good_ms is None or -DAY_MS <= now_ms - good_ms <= QUIET_MS:
        return True
    return abs(wall_ms - now_ms) <= DAY_MS


def off_by(offsets: Sequence[int]) -> int | None:
    """By how much stations' clocks lie ahead of the centre's, when most say the same and it is
    more than a day; None when there is nothing to tell."""
    if not offsets:
        return None
    middle = sorted(offsets)[(len(offsets) - 1) // 2]
    alike = sum(abs(one - middle) <= DAY_MS for one in offsets)
    return middle if abs(middle) > DAY_MS and alike * 2 > len(offsets) else None


@dataclass(slots=True)
class ClockSense:
    """What one process of the centre remembers of its clock."""

    good_ms: int | None = None
    is_new: bool = True
    doubted: bool = False

    def doubts(self, tx: Connection, now_ms: int, wall_ms: int) -> bool:
        """Whether the clock is doubted at this visit of a station that shows ``wall_ms``."""
        if self.is_new:
            self.good_ms, self.is_new = newest_row_ms(tx), False
        believed = agrees(self.good_ms, now_ms, wall_ms)
        if believed:
            self.good_ms = now_ms
        if believed == self.doubted:
            self.doubted = not believed
            if believed:
                _log.warning("the centre's clock is believed again")
            else:
                days = round((now_ms - (self.good_ms or 0)) / DAY_MS)
                _log.warning("the centre's clock seems wrong: %d days from its newest record", days)
        return self.doubted


def newest_row_ms(tx: Connection) -> int | None:
    """When the centre wrote last, by its clock of then."""
    last_in = select(facts.c.received_ms).order_by(facts.c.arrival.desc()).limit(1)
    found = [tx.scalar(last_in), tx.scalar(select(func.max(stations.c.seen_ms)))]
    known = [int(one) for one in found if one is not None]
    return max(known, default=None)
