"""Questions about the plays of courses: what was shown, how far, and what was left running."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from app.areas.attendance.rows import (
    IN_LINE,
)
from app.areas.courses.rows import CourseRows
from app.areas.playback.plays import Interval, PlayOutcome, coverage_percent
from app.areas.playback.views import PlayView
from app.domain.ids import (
    CourseId,
    PlayId,
    SessionId,
)
from app.store.prepared import Prepared
from app.store.projected_tables import (
    plays,
)
from app.store.tables import (
    bookmarks,
    facts,
    segments,
)

_PLAYS = select(
    plays,
    bookmarks.c.position_ms.label("marked_ms"),
    bookmarks.c.shown.label("marked_shown"),
).select_from(
    plays.outerjoin(bookmarks, and_(bookmarks.c.play == plays.c.id, plays.c.outcome.is_(None)))
    .join(facts, facts.c.seq == plays.c.seq)
    .join(segments, segments.c.no == facts.c.segment_no)
)


_LATEST = tuple(one.desc() for one in IN_LINE)


_IN_SESSION = plays.c.session == bindparam("session")


_OF_COURSE = plays.c.course == bindparam("course")


_OF_SESSION = Prepared(_PLAYS.where(_IN_SESSION).order_by(*IN_LINE))


_ONE = Prepared(_PLAYS.where(plays.c.id == bindparam("play")))


_UNFINISHED = Prepared(_PLAYS.where(plays.c.outcome.is_(None)).order_by(*IN_LINE))


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


class PlayRows(CourseRows):
    """The part of a reading that looks at plays."""

    def plays(self, session: SessionId) -> tuple[PlayView, ...]:
        """Plays of a session in order."""
        rows = _OF_SESSION.all(self.conn, {"session": session})
        return tuple(play_of(row, self._title_of(CourseId(row.course))) for row in rows)

    def play(self, play: PlayId) -> PlayView | None:
        """One play."""
        row = _ONE.one(self.conn, {"play": play})
        return None if row is None else play_of(row, self._title_of(CourseId(row.course)))

    def unfinished_plays(self) -> tuple[tuple[PlayId, int, tuple[Interval, ...]], ...]:
        """Plays without an end: id, bookmarked position and stretches shown."""
        return tuple(
            (PlayId(row.id), _position(row), intervals_of(row.marked_shown or row.shown))
            for row in _UNFINISHED.all(self.conn, {})
        )

    def last_plays(self) -> dict[CourseId, tuple[int, int]]:
        """Course → when it was last played in a session, and where that play stood, ms.

        SQLite takes the other columns from the row that has the greatest one.
        """
        rows = _LAST_PLAYS.all(self.conn, {})
        return {CourseId(row.course): (int(row.at_ms), _position(row)) for row in rows}

    def played_courses(self) -> frozenset[CourseId]:
        """Courses that were once played to their end, or nearly."""
        return frozenset(CourseId(row.course) for row in _PLAYED.all(self.conn, {}))

    def last_position(self, session: SessionId | None, course: CourseId) -> int | None:
        """Where the newest play of a course (in a session) stood."""
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


def intervals_of(text: str) -> tuple[Interval, ...]:
    """The stretches kept as JSON pairs."""
    return tuple(Interval(start, end) for start, end in json.loads(text))


def intervals_text(intervals: tuple[Interval, ...]) -> str:
    """Stretches as JSON pairs."""
    return json.dumps([[one.start_ms, one.end_ms] for one in intervals])


def play_of(row: Any, title: str) -> PlayView:
    """One row of ``plays`` joined with its bookmark (``marked_ms``, ``marked_shown``)."""
    kept = row.shown if row.outcome is not None or row.marked_shown is None else row.marked_shown
    shown = intervals_of(kept)
    position = (
        row.position_ms if row.outcome is not None or row.marked_ms is None else row.marked_ms
    )
    return PlayView(
        id=PlayId(row.id),
        course=CourseId(row.course),
        title=title,
        started_ms=row.started_ms,
        said_ms=row.said_ms,
        time_source=row.time_source or "clock",
        position_ms=position,
        duration_ms=row.duration_ms,
        coverage_percent=coverage_percent(shown, row.duration_ms),
        outcome=None if row.outcome is None else PlayOutcome(row.outcome),
        shown=shown,
    )
