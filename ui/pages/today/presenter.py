"""Reads the first page, begins sessions, and records honestly those that were not held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.sessions.activity_lines import kind_word
from app.areas.sessions.kinds import SessionKind
from app.areas.sessions.plan_lines import planned_line
from app.areas.sessions.session import NotHeldReason
from app.areas.sessions.views import SessionView
from app.domain.ids import PlanId, SessionId
from app.usecases.tools import Notice
from app.usecases.views import TodayView
from app.words import say
from ui.pages.today.state import ExtraChoices, ExtraSession, TodayState
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.page_names import PageName, place_of
from ui.state.refresh import Topic


class TodayPresenter:
    """Intents of the first page."""

    def __init__(self, room: CurrentSession, render: Callable[[TodayState], None]) -> None:
        self._room = room
        self._render = render
        self._put_off: SessionId | None = None
        self._have_read: set[Notice] = set()
        self._notices: tuple[Notice, ...] = ()
        self.state = TodayState()
        self.reader = room.refresh.register(
            frozenset({Topic.SESSION, Topic.COURSES, Topic.SENDING, Topic.ROSTER}), self.load
        )

    def load(self) -> None:
        """Read what is planned and how things stand."""
        self._room.ask(self._room.station.today.overview, self._on_read)
        self._room.ask(lambda: self._room.station.cases.news().line, self._on_news)

    def begin(self) -> None:
        """The one primary action: go on with what runs, else begin today's plan."""
        if self.state.running is not None:
            self._room.host.go(place_of(self._room.step()))
        elif self.state.plan is not None:
            self.prepare(self.state.plan.id)

    def begin_now(self) -> None:
        """The same by what is planned now: whoever was away may come back on another day."""

        def read(today: TodayView) -> None:
            self._on_read(today)
            self.begin()

        self._room.ask(self._room.station.today.overview, read)

    def prepare(self, plan: PlanId) -> None:
        """Begin a planned session."""
        self._room.ask(lambda: self._room.station.sessions.prepare(plan), self._on_begun)

    def prepare_extra(self, extra: ExtraSession) -> None:
        """Begin a session nobody planned; without a title it is called by its first course, else
        by its kind."""
        first = self._room.course(extra.courses[0]) if extra.courses else None
        plain = extra.kind is SessionKind.GROUP_SESSION
        named = say("op.today.extra_title") if plain else kind_word(extra.kind)
        title = extra.title.strip() or (first.title if first else named)
        told = (title, extra.courses, extra.kind, extra.setting, extra.units)
        self._room.ask(lambda: self._room.station.sessions.prepare_extra(*told), self._on_begun)

    def read_choices(self, then: Callable[[ExtraChoices], None]) -> None:
        """Have the branches, classes, lecturers and routes among which an extra session may choose."""
        station = self._room.station

        def job() -> ExtraChoices:
            choices, branches = station.activities.choices(), station.monthly.branches()
            return ExtraChoices(choices, branches, len(station.late.drafts()))

        self._room.ask(job, then)

    def not_held(self, plan: PlanId, reason: NotHeldReason, note: str) -> None:
        """Record that a planned session did not take place."""

        def done(_view: SessionView) -> None:
            self._room.say(
                "op.not_held.kept", StatusTone.DONE, reason=say(f"not_held.{reason.value}")
            )
            self._room.host.fact_made()
            self.load()

        self._room.ask(lambda: self._room.station.sessions.not_held_plan(plan, reason, note), done)

    def read_notice(self) -> None:
        """The notice in front has been read; what the centre goes on saying is not told again."""
        unread = [one for one in self._notices if one not in self._have_read]
        self._have_read.update(unread[:1])
        if len(unread) > 1:
            self.load()
        else:
            self._room.ask(self._room.station.today.dismiss_notices, lambda _none: self.load())

    def put_off(self) -> None:
        """Not now: the session that came back is offered again at the next start."""
        self._put_off = self.state.elsewhere.id if self.state.elsewhere else None
        self.load()

    def say_day(self, day: str) -> None:
        """The operator says what day it is (ISO date); asked once."""

        def done(_none: None) -> None:
            self._room.say("op.clock.thanks", StatusTone.DONE)
            self._room.host.fact_made()
            self.load()

        self._room.ask(lambda: self._room.station.clock.assert_day(day), done)

    def resume(self) -> None:
        """Go on with the session that came back from the centre."""
        elsewhere = self.state.elsewhere
        if elsewhere is None:
            return

        def done(view: SessionView) -> None:
            self._room.show(view)
            self._room.host.fact_made()
            self._room.host.go(place_of(view.session.step))

        self._room.ask(lambda: self._room.station.sessions.resume(elsewhere.id), done)

    def _on_news(self, news: str) -> None:
        self.state = replace(self.state, news=news)
        self._render(self.state)

    def _on_begun(self, view: SessionView) -> None:
        self._room.show(view)
        self._room.host.fact_made()
        self._room.host.go(PageName.PREPARE)

    def _on_read(self, read: TodayView) -> None:
        today = tuple(one for one in read.plans if one.date == read.day)
        plan = today[0] if today else None
        asked = read.running.courses if read.running else plan.courses if plan else ()
        self._notices = tuple(_told(*one) for one in read.notices)
        self._have_read.intersection_update(self._notices)
        offered = None if read.running is not None else read.elsewhere
        titles = {one.course.id: one.course.title for one in read.courses}
        self.state = TodayState(
            loaded=True,
            site_name=read.site_name,
            day=read.day,
            plan=plan,
            about=planned_line(plan, read.names) if plan and read.running is None else "",
            changes=read.changes,
            coming=tuple(one for one in read.plans if one is not plan),
            running=read.running,
            month_sessions=read.month_sessions,
            month_minutes=read.month_minutes,
            courses=read.courses,
            titles=tuple(titles[one] for one in asked if one in titles),
            sync=read.sync,
            notices=tuple(
                say(key, **dict(values))
                for key, values in read.notices
                if _told(key, values) not in self._have_read
            ),
            month=read.month,
            stands=read.stands,
            done=read.ended if read.running is None and plan is None else None,
            last=read.last,
            asks_day=read.asks_day,
            news=self.state.news,
            elsewhere=None if offered is None or offered.id == self._put_off else offered,
        )
        self._render(self.state)


def _told(key: str, values: tuple[tuple[str, str], ...]) -> Notice:
    """What makes a notice the same one; a wrong clock says another time each minute."""
    return (key, ()) if key == "notice.clock_bad" else (key, values)
