"""What the first page says of its state, line by line."""

from __future__ import annotations

from app.areas.sessions.plan_lines import change_line
from app.words import say
from ui.pages.today.state import TodayState
from ui.parts.lists.ruled_sheet import RuledLine
from ui.state.formatting import clock_time, day, day_of

MOST_COMING = 3
_SAME = "\u3000"
"""Stands where the head would be said again."""


def changes_of(state: TodayState) -> list[str]:
    """What was called off or put off, today's before that of the next days."""

    def said(iso: str) -> str:
        return say("op.today.free") if iso == state.day else day(iso)

    is_of_today = [one for one in state.changes if state.day in (one.date, one.was[:10])]
    others = [one for one in state.changes if one not in is_of_today]
    return [change_line(one, said) for one in (*is_of_today, *others)]


def figures_of(state: TodayState) -> str:
    """When it begins; of what is over how many came and how long it took."""
    if state.running is not None:
        at = state.running.planned_start_ms or state.running.prepared_ms
        return say("op.today.starts", time=clock_time(at))
    if state.plan is not None:
        return say("op.today.starts", time=state.plan.start)
    if state.done is None:
        return ""
    session = state.done.session
    took_ms = (session.closed_ms or 0) - (session.opened_ms or session.closed_ms or 0)
    came = say("op.people", count=state.done.turnout.in_room)
    return f"{came} · {say('op.minutes', count=took_ms // 60_000)}"


def beside_lines(state: TodayState) -> tuple[RuledLine, ...]:
    """Beside today in a wide window: what was held last, what comes next, what waits."""
    lines: list[RuledLine] = []
    last = None if state.done is not None else state.last
    if last is not None:
        when = day_of(last.session.opened_ms or last.session.prepared_ms)
        title, came = last.session.title, last.turnout.in_room
        held = say("op.today.last_line", day=when, title=title, count=came)
        lines.append(RuledLine(say("op.today.last"), held))
    for at, one in enumerate(state.coming[:MOST_COMING]):
        head = _SAME if at else say("op.today.coming")
        lines.append(RuledLine(head, f"{day(one.date)} {one.start} {one.title}"))
    if not state.coming:
        lines.append(RuledLine(say("op.today.coming"), say("op.today.nothing_coming")))
    waiting = 0 if state.sync is None else state.sync.waiting_sessions
    if waiting:
        count = say("op.sending.sessions", count=waiting)
        lines.append(RuledLine(say("op.sending.waiting_head"), count))
    return tuple(lines)
