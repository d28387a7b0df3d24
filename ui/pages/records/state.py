"""What the records page shows."""

from __future__ import annotations

import re

from app.areas.attendance.views import PersonCard
from app.areas.sessions.views import SessionSummary, SessionView
from app.domain.values import dataclass

PAGE = 60
"""Sessions that are read at a time."""
_YEAR = re.compile(r"(\d{4})\D?(?:(\d{1,2})\D?)?")


@dataclass(frozen=True, slots=True)
class RecordsState:
    """Sessions newest first; ``view`` is the one looked at."""

    loaded: bool = False
    rows: tuple[SessionSummary, ...] = ()
    view: SessionView | None = None
    groups: tuple[tuple[str, tuple[PersonCard, ...]], ...] = ()
    """Its people by status: catalogue key and cards."""
    text: str = ""
    """What is looked for."""
    has_more: bool = False
    """Whether older ones can be read."""


def month_asked(text: str) -> tuple[int, int] | None:
    """The year and month that ``text`` names (``2024``, ``2024-3``), a year's last; else None."""
    found = _YEAR.fullmatch(text.strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    return (year, month) if 1970 <= year < 9990 and 1 <= month <= 12 else None
