"""From when on a change of somebody's name or branch holds: after every session known so far.

A station's clock may be ahead of the centre's by hours. What a session says that was recorded
before a change must not change with it, so the change holds from after the last one's opening –
by the centre's reading of it and by the station's own – and never from before now.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from app.areas.sessions.report import SessionReport
from app.wire.codec import read_row
from centre.store.projection_tables import report_sessions

_LATELY_MS = 7 * 86_400_000
_AHEAD_MS = 2 * 86_400_000
"""A clock that is further ahead says nothing of a day; else no change would hold for years."""


def holds_from(tx: Connection, site: str, now_ms: int) -> int:
    """The moment (ms) until which everybody is called what they were called so far."""
    query = select(report_sessions.c.body).where(
        report_sessions.c.site == site, report_sessions.c.opened_ms >= now_ms - _LATELY_MS
    )
    opened = [now_ms]
    for body in tx.scalars(query):
        told = read_row(body, SessionReport)
        for moment in (told.opened_ms, told.opened_said_ms):
            if moment is not None and moment < now_ms + _AHEAD_MS:
                opened.append(moment + 1)
    return max(opened)
