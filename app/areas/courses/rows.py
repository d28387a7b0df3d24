"""Questions about the catalogue of courses."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from app.areas.courses.course import Course
from app.domain.ids import (
    CourseId,
)
from app.store.area_rows import AreaRows
from app.store.prepared import Prepared
from app.store.tables import (
    courses,
)
from app.wire.codec import read_row

_COURSE = Prepared(select(courses.c.body).where(courses.c.id == bindparam("course")))


class CourseRows(AreaRows):
    """The part of a reading that looks at courses."""

    def courses(self) -> tuple[Course, ...]:
        """Courses by title, withdrawn ones too."""
        rows = self.conn.execute(select(courses.c.body).order_by(courses.c.title, courses.c.id))
        return tuple(read_row(row.body, Course) for row in rows)

    def newest_courses(self) -> tuple[Course, ...]:
        """Courses, the one published or changed last first, withdrawn ones too."""
        rows = self.conn.execute(
            select(courses.c.body).order_by(courses.c.rev.desc(), courses.c.id)
        )
        return tuple(read_row(row.body, Course) for row in rows)

    def course(self, course: CourseId) -> Course | None:
        """One course."""
        row = _COURSE.one(self.conn, {"course": course})
        return None if row is None else read_row(row.body, Course)
