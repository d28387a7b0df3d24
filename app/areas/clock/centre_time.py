"""What the centre's time in its answers says of this PC's clocks."""

from __future__ import annotations

from app.domain.facts import ClockCompared
from app.domain.time import ClockGrade
from app.usecases.tools import Tools
from app.wire.messages import ExchangeAnswer

CLOCK_STEP_MS = 2_000
"""A clock that moved this far against the centre's is compared anew."""

CLOCK_COMPARED = "clock_compared"
_DAY_MS = 24 * 3_600_000
DOUBTS_ITS_CLOCK = "centre_clock"
"""A notice of the centre: what it shows is no time to set anything by."""


def learn_time(
    tools: Tools, answer: ExchangeAnswer, newest_ms: int, round_trip_ms: int | None
) -> None:
    """What the centre's time says of this PC's; nothing while the centre doubts its own."""
    if DOUBTS_ITS_CLOCK in answer.notices:
        return
    carried = round_trip_ms is None
    tools.sync.newest_answer_ms = max(newest_ms, answer.centre_ms) if carried else answer.centre_ms
    tools.clock.prove(answer.centre_ms)
    if round_trip_ms is not None:
        _compare_clocks(tools, answer.centre_ms, round_trip_ms)


def newest_answer(tools: Tools, kept_ms: int) -> int:
    """When the newest answer was made, by the centre's clock (ms UTC).

    0 when that lies ahead of a clock that is right here: the centre's was wrong then, and what it
    says since would seem old for years.
    """
    newest_ms = max(kept_ms, tools.sync.newest_answer_ms)
    now = tools.clock.now()
    is_ahead = now.grade is ClockGrade.OK and newest_ms > now.wall_ms + _DAY_MS
    return 0 if is_ahead else newest_ms


def _compare_clocks(tools: Tools, centre_ms: int, round_trip_ms: int) -> None:
    """Record how this machine's clocks stand to the centre's, when that is news.

    Only in a process that has recorded something: other times need no repair. A clock that stands
    still falls further behind all the time; it is compared once.
    """
    if not tools.store.is_writing:
        return
    now = tools.clock.now()
    offset_ms = offset_to_centre(tools, centre_ms, round_trip_ms)
    with tools.store.read() as reading:
        boot, *kept = (reading.setting(CLOCK_COMPARED) or "").rsplit(" ", 2)
    if boot == tools.clock.boot and len(kept) == 2:  # noqa: PLR2004 - an older program kept one
        kept_offset_ms, kept_wall_ms = map(int, kept)
        if abs(kept_offset_ms - offset_ms) <= CLOCK_STEP_MS or kept_wall_ms == now.wall_ms:
            return
    compared = ClockCompared(
        tools.clock.boot, now.wall_ms, now.mono_ms, centre_ms, max(round_trip_ms, 0)
    )
    with tools.store.begin() as work:
        work.keep_setting(CLOCK_COMPARED, f"{tools.clock.boot} {offset_ms} {now.wall_ms}")
        work.record(compared, actor="station")


def offset_to_centre(tools: Tools, centre_ms: int, round_trip_ms: int) -> int:
    """How far this PC's clock is behind the centre's, in ms; the way back counts half."""
    return centre_ms + round_trip_ms // 2 - tools.clock.now().wall_ms
