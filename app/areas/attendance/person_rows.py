"""Questions about one person: every mark of a session, and the sessions they were expected at."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, select

from app.areas.attendance.marks import Lane, RosterStatus, Status
from app.areas.attendance.views import MarkShown, PastAttendance
from app.areas.sessions.rows import NEWEST_FIRST
from app.areas.sessions.session import Step
from app.domain.ids import FactHash, PersonId, SessionId
from app.domain.personal import LeaveKind
from app.store.area_rows import AreaRows
from app.store.prepared import Prepared
from app.store.projected_tables import attendance, marks, session_people, sessions
from app.store.tables import facts, segments

_TRAIL = Prepared(
    select(marks)
    .join(facts, facts.c.seq == marks.c.seq)
    .join(segments, segments.c.no == facts.c.segment_no)
    .where(marks.c.session == bindparam("of"), marks.c.person == bindparam("who"))
    .order_by(segments.c.ordinal, segments.c.id, facts.c.n)
)
_LATELY = Prepared(
    select(
        sessions.c.id,
        sessions.c.title,
        sessions.c.prepared_ms,
        sessions.c.opened_ms,
        session_people.c.standpoint,
        attendance.c.status,
    )
    .select_from(
        sessions.join(
            session_people,
            and_(
                session_people.c.session == sessions.c.id,
                session_people.c.person == bindparam("who"),
            ),
        ).outerjoin(
            attendance,
            and_(
                attendance.c.session == sessions.c.id,
                attendance.c.person == session_people.c.person,
            ),
        )
    )
    .where(sessions.c.step == Step.CLOSED.value)
    .order_by(*NEWEST_FIRST)
    .limit(bindparam("most"))
)


class PersonRows(AreaRows):
    """The part of a reading that looks at one person."""

    def trail(self, session: SessionId, person: PersonId) -> tuple[MarkShown, ...]:
        """All marks of a person, also those taken back, in journal order."""
        return tuple(
            MarkShown(
                mark=FactHash(row.hash.hex()),
                status=Status(row.status),
                lane=Lane(row.lane),
                by=row.by,
                at_ms=row.at_ms,
                leave=None if row.leave is None else LeaveKind(row.leave),
                taken_back=row.voided_by is not None,
            )
            for row in _TRAIL.all(self.conn, {"of": session, "who": person})
        )

    def attended(self, person: PersonId, most: int) -> tuple[PastAttendance, ...]:
        """The last closed sessions somebody was listed in or came to, oldest first."""
        rows = _LATELY.all(self.conn, {"who": person, "most": most})
        return tuple(
            PastAttendance(
                session=SessionId(row.id),
                title=row.title,
                day_ms=row.opened_ms or row.prepared_ms,
                status=Status(row.status) if row.status else _without_mark(row.standpoint),
            )
            for row in reversed(rows)
        )


def _without_mark(standpoint: str) -> Status | None:
    return Status.ABSENT if standpoint == RosterStatus.EXPECTED else None
