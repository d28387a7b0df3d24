"""Folding anew what other decisions of the centre bear on than before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select

from app.areas.attendance.lateness import Starts
from app.areas.sessions.record import SESSIONS
from app.domain.policy import Policies
from app.store.decided import aliases_of, policies_of, sessions_resolved
from app.store.prepared import Prepared
from app.store.projected_tables import session_people, sessions
from app.store.projecting import refold
from app.store.stale import begin_anew

_MOST_AT_ONCE = 20
"""So many sessions take half a second; more are folded when nobody waits (``stale``)."""
_STARTS = Prepared(
    select(sessions.c.id, sessions.c.planned_start_ms, sessions.c.opened_ms).where(
        sessions.c.planned_start_ms.is_not(None) | sessions.c.opened_ms.is_not(None)
    )
)


@contextmanager
def following_decisions(conn: Connection) -> Iterator[None]:
    """What the feeds bring inside changes the rows of the sessions it is about, at the block's end."""
    rules, meant, aliases = policies_of(conn), sessions_resolved(conn), aliases_of(conn)
    yield
    new_rules, new_meant = policies_of(conn), sessions_resolved(conn)
    touched = {session for (session, _), _ in meant.items() ^ new_meant.items()}
    changed = {person for person, _ in aliases.items() ^ aliases_of(conn).items()}
    if changed:
        touched |= _naming(conn, changed | {aliases.get(one, one) for one in changed})
    if new_rules != rules:
        touched |= _judged_otherwise(conn, rules, new_rules)
    if len(touched) > _MOST_AT_ONCE:
        begin_anew(conn, SESSIONS)
    else:
        refold(conn, {(SESSIONS.name, session) for session in touched})


def _judged_otherwise(conn: Connection, before: Policies, after: Policies) -> set[str]:
    """Sessions on whose day another rule holds."""
    days = {
        row.id: Starts(row.planned_start_ms, row.opened_ms).day for row in _STARTS.all(conn, {})
    }
    return {session for session, day in days.items() if before.on(day) != after.on(day)}


def _naming(conn: Connection, people: set[str]) -> set[str]:
    """Sessions in which one of these stands."""
    query = select(session_people.c.session).where(session_people.c.person.in_(people)).distinct()
    return set(conn.scalars(query))
