"""Questions about what is on its way to the centre: which sessions wait, and which have arrived."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from app.areas.sessions.session import Step
from app.domain.ids import SessionId
from app.store.projected_tables import sessions
from app.store.tables import facts, segments

_BEGUN = sessions.c.step != Step.PREPARE.value


class SendingRows:
    """The part of a reading that looks at what the centre lacks."""

    conn: Connection

    def waiting_since(self) -> int | None:
        """The first fact (its place here) that no receipt covers; None when all are covered."""
        row = self.conn.execute(
            select(func.min(facts.c.seq))
            .select_from(facts.join(segments, segments.c.no == facts.c.segment_no))
            .where(
                segments.c.last_n > func.coalesce(segments.c.acked_n, 0),
                facts.c.n == func.coalesce(segments.c.acked_n, 0) + 1,
            )
        ).one()
        return None if row[0] is None else int(row[0])

    def waiting_sessions(self) -> frozenset[SessionId]:
        since = self.waiting_since()
        if since is None:
            return frozenset()
        rows = self.conn.execute(select(sessions.c.id).where(sessions.c.last_seq >= since, _BEGUN))
        return frozenset(SessionId(row.id) for row in rows)

    def sessions_within(self, facts: int) -> frozenset[SessionId]:
        rows = self.conn.execute(select(sessions.c.id).where(sessions.c.last_seq <= facts))
        return frozenset(SessionId(row.id) for row in rows)

    def has_sessions(self) -> bool:
        return self.conn.execute(select(sessions.c.id).where(_BEGUN).limit(1)).first() is not None
