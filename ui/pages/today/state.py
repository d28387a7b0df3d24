"""What the first page shows."""

from __future__ import annotations

from app.areas.courses.views import CourseView
from app.areas.monthly.views import MonthStands
from app.areas.people.person import OrgUnit
from app.areas.sessions.kinds import SessionKind
from app.areas.sessions.month import Month
from app.areas.sessions.session import PLAIN_SETTING, PlanEntry, Session, SessionSetting
from app.areas.sessions.views import SessionSummary, SettingChoices
from app.domain.ids import CourseId, OrgUnitId
from app.domain.values import dataclass
from app.usecases.views import SyncView


@dataclass(frozen=True, slots=True)
class ExtraSession:
    """What the form of a session nobody planned says."""

    title: str
    courses: tuple[CourseId, ...] = ()
    kind: SessionKind = SessionKind.GROUP_SESSION
    setting: SessionSetting = PLAIN_SETTING
    units: tuple[OrgUnitId, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtraChoices:
    """What the form offers beside courses."""

    setting: SettingChoices = SettingChoices()
    branches: tuple[OrgUnit, ...] = ()
    drafts: int = 0
    """Sessions being written down that were put aside."""


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
    stands: MonthStands | None = None
    """This month's theme day, and what of the monthly set is missing."""
    done: SessionSummary | None = None
    """What was held today, while nothing more is planned or runs."""
    last: SessionSummary | None = None
    """The newest session that was held, whenever that was."""
    sync: SyncView | None = None
    notices: tuple[str, ...] = ()
    news: str = ""
    """What waits for us of the cases, and what was answered."""
    asks_day: bool = False
    """The clock is doubtful: is today ``day``?"""
    elsewhere: Session | None = None
    """A session that came back from the centre unfinished."""

    @property
    def of_subject(self) -> tuple[CourseView, ...]:
        """The courses of what is planned or runs; else all, those not shown yet first."""
        mine = tuple(one for one in self.courses if one.course.title in self.titles)
        return mine or tuple(sorted(self.courses, key=lambda one: (not one.ready, one.played)))
