"""What the first page shows."""

from __future__ import annotations

from dataclasses import dataclass

from app.areas.courses.views import CourseView
from app.areas.sessions.month import Month
from app.areas.sessions.session import PlanEntry, Session
from app.areas.sessions.views import SessionSummary
from app.usecases.views import SyncView


@dataclass(frozen=True, slots=True)
class TodayState:
    """``plan`` is today's next entry; ``coming`` the days after. Not loaded yet: ``loaded`` False."""

    loaded: bool = False
    site_name: str = ""
    day: str = ""
    plan: PlanEntry | None = None
    coming: tuple[PlanEntry, ...] = ()
    running: Session | None = None
    month_sessions: int = 0
    month_minutes: int = 0
    courses: tuple[CourseView, ...] = ()
    about: str = ""
    """Who teaches at ``plan``, for which class, and where."""
    changes: tuple[PlanEntry, ...] = ()
    """What of today and the next days was withdrawn or put off, with the reason."""
    titles: tuple[str, ...] = ()
    """Titles of the courses planned for ``plan`` (or of the running session)."""
    month: Month | None = None
    done: SessionSummary | None = None
    """What was held today, while nothing more is planned or runs."""
    sync: SyncView | None = None
    notices: tuple[str, ...] = ()
    asks_day: bool = False
    """The clock is doubtful: is today ``day``?"""
    elsewhere: Session | None = None
    """A session that came back from the centre unfinished."""

    @property
    def of_subject(self) -> tuple[CourseView, ...]:
        """The courses of what is planned or runs; else all, those not shown yet first."""
        mine = tuple(one for one in self.courses if one.course.title in self.titles)
        return mine or tuple(sorted(self.courses, key=lambda one: (not one.ready, one.played)))
