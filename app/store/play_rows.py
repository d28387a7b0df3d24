"""Questions about the plays of courses: what was shown, how far, and what was left running."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, bindparam, func, select

from app.areas.playback.plays import Interval, PlayOutcome
from app.areas.playback.views import PlayView
from app.domain.ids import CourseId, PlayId, SessionId
from app.store.prepared import Prepared
from app.store.projected_tables import plays
from app.store.roster_rows import RosterRows
from app.store.rows import intervals_of, play_of
from app.store.tables import bookmarks, facts, segments

_PLAYS = select(
    plays,
    bookmarks.c.position_ms.label("marked_ms"),
    bookmarks.c.shown.label("marked_shown"),
).select_from(
    plays.outerjoin(bookmarks, and_(bookmarks.c.play == plays.c.id, plays.c.outcome.is_(None)))
    .join(facts, facts.c.seq == plays.c.seq)
    .join(segments, segments.c.no == facts.c.segment_no)
)
_IN_LINE = (segments.c.ordinal, segments.c.id, facts.c.n)
_LATEST = tuple(one.desc() for one in _IN_LINE)
_IN_SESSION = plays.c.session == bindparam("session")
_OF_COURSE = plays.c.course == bindparam("course")
_OF_SESSION = Prepared(_PLAYS.where(_IN_SESSION).order_by(*_IN_LINE))
_ONE = Prepared(_PLAYS.where(plays.c.id == bindparam("play")))
_UNFINISHED = Prepared(_PLAYS.where(plays.c.outcome.is_(None)).order_by(*_IN_LINE))
_PLAYED = Prepared(
    select(plays.c.course)
    .where(
        (plays.c.outcome == PlayOutcome.FULL.value)
        | (plays.c.outcome.is_not(None) & (plays.c.position_ms * 10 >= plays.c.duration_ms * 9))
    )
    .distinct()
)
_LAST_PLAYS = Prepared(
    select(
        plays.c.course,
        func.max(plays.c.started_ms).label("at_ms"),
        plays.c.position_ms,
        bookmarks.c.position_ms.label("marked_ms"),
    )
    .select_from(
        plays.outerjoin(bookmarks, and_(bookmarks.c.play == plays.c.id, plays.c.outcome.is_(None)))
    )
    .where(plays.c.session.is_not(None))
    .group_by(plays.c.course)
)
_LAST = Prepared(_PLAYS.where(_OF_COURSE).order_by(*_LATEST).limit(1))
_LAST_IN_SESSION = Prepared(_PLAYS.where(_OF_COURSE, _IN_SESSION).order_by(*_LATEST).limit(1))


class PlayRows(RosterRows):
    """The part of a reading that looks at plays."""

    def plays(self, session: SessionId) -> tuple[PlayView, ...]:
        rows = _OF_SESSION.all(self.conn, {"session": session})
        return tuple(play_of(row, self._title_of(CourseId(row.course))) for row in rows)

    def play(self, play: PlayId) -> PlayView | None:
        row = _ONE.one(self.conn, {"play": play})
        return None if row is None else play_of(row, self._title_of(CourseId(row.course)))

    def unfinished_plays(self) -> tuple[tuple[PlayId, int, tuple[Interval, ...]], ...]:
        return tuple(
            (PlayId(row.id), _position(row), intervals_of(row.marked_shown or row.shown))
            for row in _UNFINISHED.all(self.conn, {})
        )

    def last_plays(self) -> dict[CourseId, tuple[int, int]]:
        # SQLite takes the other columns from the row that has the greatest one.
        rows = _LAST_PLAYS.all(self.conn, {})
        return {CourseId(row.course): (int(row.at_ms), _position(row)) for row in rows}

    def played_courses(self) -> frozenset[CourseId]:
        return frozenset(CourseId(row.course) for row in _PLAYED.all(self.conn, {}))

    def last_position(self, session: SessionId | None, course: CourseId) -> int | None:
        row = None
        if session is not None:
            row = _LAST_IN_SESSION.one(self.conn, {"course": course, "session": session})
        if row is None:
            row = _LAST.one(self.conn, {"course": course})
        return None if row is None else _position(row)

    def _title_of(self, course: CourseId) -> str:
        known = self.course(course)
        return str(course) if known is None else known.title


def _position(row: Any) -> int:
    """How far a play is, in ms: by its bookmark where there is one."""
    return int(row.position_ms if row.marked_ms is None else row.marked_ms)
