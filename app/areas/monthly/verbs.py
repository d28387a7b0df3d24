"""What a month still lacks at this station, and when its theme day is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from app.areas.catalogue.values import CalendarDay, ThemeDayRule
from app.areas.monthly.monthly_set import TickingSession, monthly_sets
from app.areas.monthly.theme_day import theme_day
from app.areas.monthly.views import MonthStands
from app.areas.people.person import OrgUnit, UnitKind
from app.areas.sessions.approval import LateState
from app.areas.sessions.kinds import ticks_of
from app.areas.sessions.session import Session
from app.areas.sessions.show import late_of
from app.domain.errors import BadInput
from app.domain.time import LOCAL, local_date, wall_ms_of
from app.domain.values import dataclass
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from app.store.reading import StoreReading


@dataclass(frozen=True, slots=True)
class Monthly:
    """What is shown of a month."""

    tools: Tools

    def show(self, month: str = "") -> MonthStands:
        """A month (YYYY-MM), or this one.

        Raises:
            BadInput: there is no such month.
        """
        today = local_date(self.tools.clock.now().wall_ms)
        try:
            day = date.fromisoformat(f"{month}-01") if month else today
            if day.year >= date.max.year:
                raise ValueError(month)
        except ValueError as wrong:
            raise BadInput("refusal.no_month", month=month) from wrong
        with self.tools.store.read() as reading:
            return month_stands(reading, f"{day:%Y-%m}")

    def branches(self) -> tuple[OrgUnit, ...]:
        """The branches of this site, by name."""
        with self.tools.store.read() as reading:
            return tuple(one for one in reading.units() if one.kind is UnitKind.BRANCH)


def month_stands(reading: StoreReading, month: str) -> MonthStands:
    """How the branches of this site stand in a month, and its theme day."""
    first = datetime.fromisoformat(f"{month}-01").replace(tzinfo=LOCAL)
    next_first = (first + timedelta(days=31)).replace(day=1)
    held = reading.held_within(wall_ms_of(first), wall_ms_of(next_first))
    ticking = (_ticking(reading, one) for one in held)
    return MonthStands(
        month,
        theme_day(month, reading.listed(ThemeDayRule), reading.listed(CalendarDay)),
        monthly_sets(month, reading.units(), (one for one in ticking if one is not None)),
    )


def _ticking(reading: StoreReading, session: Session) -> TickingSession | None:
    """What a session ticks; nothing when it was sent back."""
    late = late_of(reading, session)
    if late is LateState.RETURNED:
        return None
    return TickingSession(
        session.id,
        local_date(session.held_ms).isoformat(),
        ticks_of(session.kind, session.setting.ticks),
        session.units,
        late is LateState.PENDING,
    )
