"""What day it is: asked once a boot when the clock is doubtful, and kept as a fact.

Nothing is refused, hidden or reordered for its time; the centre repairs what is shown, with a
trace (reliability 4.6).
"""

from __future__ import annotations

from datetime import date

from app.domain.errors import BadInput
from app.domain.facts import ClockAsserted
from app.domain.values import dataclass
from app.usecases.tools import Tools

CLOCK_ASSERTED = "clock_asserted"


@dataclass(frozen=True, slots=True)
class WallClock:
    """What the operator can say about this PC's clock."""

    tools: Tools

    def assert_day(self, day: str) -> None:
        """The operator says what day it is (ISO date). BadInput when that is no date."""
        try:
            said = date.fromisoformat(day)
        except ValueError as wrong:
            raise BadInput("refusal.no_date") from wrong
        now = self.tools.clock.now()
        with self.tools.store.begin() as work:
            work.record(
                ClockAsserted(self.tools.clock.boot, now.wall_ms, now.mono_ms, said.isoformat()),
                actor="operator",
            )
            work.keep_setting(CLOCK_ASSERTED, self.tools.clock.boot)
