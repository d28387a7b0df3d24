"""The first page: today and its one button on the left, the month on paper on the right, and the
state of the station in five words below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.areas.monthly.month_lines import missing_line, theme_day_line
from app.areas.sessions.activity_lines import titled
from app.areas.sessions.kinds import TICKED_BY, SessionKind
from app.areas.sessions.session import NotHeldReason, PlanEntry
from app.areas.sessions.views import SessionView
from app.domain.ids import CourseId
from app.usecases.views import SyncState
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.today.calendar import CalendarPaper
from ui.pages.today.extra_form import ExtraForm
from ui.pages.today.lines import beside_lines, changes_of, figures_of
from ui.pages.today.presenter import TodayPresenter
from ui.pages.today.questions import DayQuestion, ElsewhereOffer
from ui.pages.today.state import ExtraChoices, ExtraSession, TodayState
from ui.pages.today.station_strip import StationPart, StationStands, StationStrip
from ui.parts.ended import OnlyHereButton, ReopenButton, print_sign_in_sheet
from ui.parts.enrol_card import EnrolCard
from ui.parts.forms.fields import NotHeldForm
from ui.parts.layout import PageView, column, even, row, tight, words
from ui.parts.lists.course_card import CourseStrip
from ui.parts.lists.ruled_sheet import RuledSheet
from ui.parts.numbers import BigNumber
from ui.state.formatting import day, hours_of
from ui.state.page_names import PageName, place_of
from ui.state.restart import Restart
from ui.theme import look, tokens
from ui.widgets.buttons import PrimaryButton
from ui.widgets.fit.button import FitButton
from ui.widgets.fit.label import FitLabel
from ui.widgets.notice_banner import NoticeBanner
from ui.widgets.panel import Card, label

_LEADS_TO = {
    StationPart.ENROLLED: PageName.SETTINGS,
    StationPart.SCREEN: PageName.SETTINGS,
    StationPart.SOUND: PageName.SETTINGS,
    StationPart.COURSES: PageName.COURSES,
    StationPart.SENDING: PageName.SENDING,
}
_ROOM_FOR_STRIP, _ROOM_FOR_TOLD, _ROOM_FOR_STRIP_TOO, _ROOM_FOR_STANDS = 380, 440, 500, 540
_ROOM_FOR_CASES = 472
"""Beside what the month lacks; less than any station's screen leaves."""
"""Design px that the page needs to have room for the five words, for a sentence of its own, for the
five words below a form, and for what the month's signs mean beside what the month lacks."""
_MOST_CHANGES = 2
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TodayPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.notice = NoticeBanner()
        self.day_question = DayQuestion(lambda day: self.presenter.say_day(day))
        self.elsewhere = ElsewhereOffer(
            lambda: self.presenter.resume(), lambda: self.presenter.put_off()
        )
        self.enrol = EnrolCard(context.app.begin_anew)
        for part in (self.notice, self.day_question, self.elsewhere, self.enrol):
            self.rows.addWidget(part)
        body = row(self._build_day(), self._build_month(), gap=16)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        self.rows.addLayout(body, 1)
        self.strip = StationStrip(self._lead)
        self.rows.addWidget(self.strip)
        self.presenter = TodayPresenter(context.session, self.render_state)
        self.reader = self.presenter.reader
        self._connect()

    def act(self, act: Shortcut) -> bool:
        """F5 begins; Esc puts a form away."""
        if act is Shortcut.MAIN:
            self._main()
        elif act is Shortcut.ESCAPE:
            self._show_day()
        else:
            return False
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Screens and volume may have changed meanwhile."""
        super().showEvent(event)
        self._show_strip()

    def render_state(self, state: TodayState) -> None:
        """Show a state."""
        self._show_told(state)
        self.heading.setText(say("op.today.title", day=day(state.day)) if state.day else "")
        self._show_subject(state)
        self._settle()
        self.courses.show_courses(state.of_subject)
        self.beside.show_lines(beside_lines(state))
        self._show_month(state)
        self.cases.say(state.news)
        self._settle()
        self._show_strip()

    # --- inside -------------------------------------------------------------------

    def _show_told(self, state: TodayState) -> None:
        """One thing at a time above the page: the question, else what was told, else the offer."""
        self.day_question.ask(state.day if state.asks_day else "")
        unread = () if state.asks_day else state.notices
        more = len(unread) - 1
        read = say("op.today.read_more", count=more) if more > 0 else say("op.today.read")
        self.notice.show_notice(unread[0] if unread else "", read if unread else "")
        self.elsewhere.offer(None if state.asks_day or unread else state.elsewhere)
        sync = state.sync
        self.enrol.setVisible(
            sync is not None
            and sync.state is SyncState.NOT_ENROLLED
            and not (state.asks_day or unread or self._context.app.practises())
        )
        self._settle()

    def _build_day(self) -> QWidget:
        room = self._context.session
        self.heading = label("", "caption")
        self.kicker = label("", "section")
        self.title = FitLabel(
            ceiling=look.scaled(56), floor=look.scaled(30), weight=700, lines=2, align=_START
        )
        self.title.setMaximumHeight(look.scaled(84))
        self.starts = label("", "digits")
        self.told = words("", "body")
        self.change = words("", "body")
        pictures = self._context.pictures
        self.courses = CourseStrip(
            self._look_at_course, (lambda _view: None) if pictures is None else pictures.picture
        )
        if pictures is not None:
            pictures.made.connect(self.courses.redraw)
        self.begin = PrimaryButton(say("op.today.begin"), icon="play")
        self.sheet = FitButton(say("paper.print_sheet"), icon="printer", main=True)
        self.only_here = OnlyHereButton()
        self.only_here.set_height(tokens.CONTROL_MAIN)
        sheet = even(self.sheet, self.only_here)
        self.reopen = ReopenButton(room, lambda view: room.host.go(place_of(view.session.step)))
        self.record = FitButton(say("op.today.see_record"), icon="records")
        self.extra = FitButton(say("op.today.extra"), icon="plus")
        self.not_held = FitButton(say("op.today.not_held"), icon="cross")
        self.beside = RuledSheet()
        if not look.is_wide():
            self.beside.hide()
        subject = row(
            column(self.title, self.starts, self.change, self.told, None), self.beside, gap=32
        )
        subject.setStretch(0, 1)
        subject.setStretch(1, 1)
        plan = QWidget()
        rows = column(
            row(self.kicker, None, self.heading),
            subject,
            self.courses,
            self.begin,
            sheet,
            even(self.record, self.extra, self.not_held, self.reopen),
        )
        rows.setStretch(1, 1 if look.is_wide() else 0)
        rows.setStretch(2, 2)
        plan.setLayout(rows)
        self.extra_form = ExtraForm(self._context.session, self._on_extra, self._show_day)
        self.not_held_form = NotHeldForm()
        self.stack = QStackedWidget()
        for part in (plan, self.extra_form, self.not_held_form):
            self.stack.addWidget(part)
        self.stack.currentChanged.connect(lambda _at: self._settle())
        self.left = tight(Card(), 20)
        self.left.rows.addWidget(self.stack)
        return self.left

    def _build_month(self) -> QWidget:
        self.month = label("", "title")
        self.sessions = BigNumber(say("op.today.times"), 48)
        self.hours = BigNumber(say("op.today.hours"), 48)
        self.calendar = CalendarPaper()
        self.key = words(say("op.month.key"), "caption")
        self.coming = words("", "caption")
        self.theme = words("", "caption")
        self.missing = FitButton("", icon="plus")
        self.cases = FitButton("", icon="seal")
        self.right = tight(Card())
        self.right.rows.addLayout(row(self.month, None, self.sessions, 12, self.hours))
        self.right.rows.addWidget(self.calendar, 1)
        for part in (self.key, self.theme, self.missing, self.cases, self.coming):
            self.right.rows.addWidget(part)
        return self.right

    def _connect(self) -> None:
        self.begin.clicked.connect(self.presenter.begin)
        self.sheet.clicked.connect(self._print_sheet)
        self.record.clicked.connect(lambda: self._context.session.host.go(PageName.RECORDS))
        self.extra.clicked.connect(lambda: self._on_extra_asked())
        self.missing.clicked.connect(self._on_missing)
        self.cases.clicked.connect(lambda: self._context.session.host.go(PageName.CASES))
        self.extra_form.late.clicked.connect(self._on_late)
        self.not_held.clicked.connect(self._on_not_held_asked)
        self.not_held_form.told.connect(self._on_not_held_told)
        self.not_held_form.put_away.connect(self._show_day)
        self.notice.act_chosen.connect(self.presenter.read_notice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low page what is said elsewhere too gives way."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        above = (self.notice, self.day_question, self.elsewhere, self.enrol)
        taken = sum(_height_of(part, self.width()) for part in above if not part.isHidden())
        left = (self.height() - taken) / look.factor()
        asked = self.stack.currentIndex() > 0
        self.strip.setVisible(left >= (_ROOM_FOR_STRIP_TOO if asked else _ROOM_FOR_STRIP))
        self.told.setVisible(bool(self.told.text()) and left >= _ROOM_FOR_TOLD)
        changes = changes_of(self.presenter.state)
        is_narrow = left < _ROOM_FOR_TOLD and not self.begin.isHidden()
        self.change.setText("\n".join(changes[:_MOST_CHANGES]))
        self.change.setVisible(bool(changes) and not is_narrow)
        self._show_coming(self.presenter.state.coming, changes[:1] if is_narrow else [])
        room = _ROOM_FOR_CASES if self.missing.words else _ROOM_FOR_STRIP
        self.cases.setVisible(bool(self.cases.words) and left >= room)
        lacks = bool(self.missing.words or self.cases.words)
        self.key.setVisible(left >= (_ROOM_FOR_STANDS if lacks else _ROOM_FOR_TOLD))
        self.theme.setVisible(bool(self.theme.text()) and left >= _ROOM_FOR_STANDS)
        if not self.cases.isHidden() and left < _ROOM_FOR_STANDS:
            self.coming.hide()

    def _show_subject(self, state: TodayState) -> None:
        running, plan, done = state.running, state.plan, state.done
        subject = running or plan
        ended = None if done is None else done.session
        key = "running" if running else "planned" if plan else "done" if done else "free"
        self.kicker.setText(say(f"op.today.{key}") if state.loaded else "")
        none = say("op.today.none") if state.loaded else ""
        shown = subject or ended
        self.title.show_text(titled(shown) if shown else none)
        self.starts.setText(figures_of(state))
        self.starts.setVisible(bool(self.starts.text()))
        anything = subject is not None and not running and not state.titles
        ready = sum(one.ready for one in state.courses)
        told = say("op.today.any_course", count=ready) if anything and ready else ""
        if state.loaded and not state.courses and not self._context.app.practises():
            told = say("op.today.no_courses")
        told = "\n".join(filter(None, (state.about, told)))
        self.told.setText(told)
        self.begin.setVisible(subject is not None)
        self.begin.say(say("op.today.go_on" if running else "op.today.begin"))
        self.reopen.offer(ended)
        for part in (self.sheet, self.only_here, self.record):
            part.setVisible(done is not None)
        self.extra.setVisible(running is None)
        self.not_held.setVisible(running is None and plan is not None)

    def _show_month(self, state: TodayState) -> None:
        month = state.month
        if month is None:
            return
        self.month.setText(say("op.month.names").split(" ")[month.month - 1])
        times = str(state.month_sessions)
        if month.planned >= state.month_sessions:
            times = say("op.month.of_plan", count=state.month_sessions, planned=month.planned)
        self.sessions.show_number(times)
        self.hours.show_number(hours_of(state.month_minutes))
        self.calendar.show_month(month)
        self._show_stands(state)

    def _show_coming(self, coming: tuple[PlanEntry, ...], changes: list[str]) -> None:
        """The next two where they do not stand beside today; on a low page a change stands there."""
        coming = () if look.is_wide() else coming
        lines = [f"{day(one.date)} {one.start}  {one.title}" for one in coming[:2]]
        lines = [say("op.today.coming"), *lines] if lines else []
        lines = changes or lines
        self.coming.setText("\n".join(lines))
        self.coming.setVisible(bool(lines))

    def _show_stands(self, state: TodayState) -> None:
        """When the theme day is, and calmly what of the monthly set is missing."""
        stands = state.stands
        theme = "" if stands is None else theme_day_line(stands, state.day)
        missing = "" if stands is None else missing_line(stands)
        self.theme.setText(theme)
        self.missing.say(missing)
        self.missing.setVisible(bool(missing))
        self.missing.setEnabled(state.running is None)
        self._settle()

    def _on_late(self) -> None:
        self._show_day()
        self._context.session.host.go(PageName.LATE_SESSION)

    def _on_missing(self) -> None:
        stands = self.presenter.state.stands
        if stands is not None and stands.missing:
            self._on_extra_asked(TICKED_BY[stands.missing[0][0]])

    def _show_strip(self) -> None:
        state, context = self.presenter.state, self._context
        self.strip.show_stands(
            StationStands(
                state.sync,
                bool(context.audience.screen),
                context.preferences.read().volume,
                sum(one.ready for one in state.courses),
                self._context.app.practises(),
            )
        )

    def _show_day(self) -> None:
        self.stack.setCurrentIndex(0)

    def _main(self) -> None:
        if self.sheet.isVisibleTo(self) and not self.begin.isVisibleTo(self):
            self._print_sheet()
        else:
            self.presenter.begin()

    def _lead(self, part: StationPart) -> None:
        sync = self.presenter.state.sync
        if (
            part is StationPart.ENROLLED
            and sync is not None
            and sync.state is SyncState.NOT_ENROLLED
            and not self._context.app.practises()
        ):
            self._context.app.begin_anew(Restart.CODE)
        else:
            self._context.session.host.go(_LEADS_TO[part])

    def _look_at_course(self, course: CourseId) -> None:
        self._context.session.looked_at = course
        self._context.session.host.go(PageName.COURSES)

    def _print_sheet(self) -> None:
        room, done = self._context.session, self.presenter.state.done
        if done is None:
            return

        def read(view: SessionView) -> None:
            print_sign_in_sheet(self, room, view, only_here=self.only_here.isChecked())

        room.ask(lambda: room.station.sessions.show(done.session.id), read)

    def _on_extra_asked(self, kind: SessionKind = SessionKind.GROUP_SESSION) -> None:
        ready = tuple(one for one in self.presenter.state.courses if one.ready)

        def begin(offered: ExtraChoices) -> None:
            self.extra_form.begin(ready, kind, offered)
            self.stack.setCurrentWidget(self.extra_form)
            self.extra_form.name.setFocus()

        self.presenter.read_choices(begin)

    def _on_extra(self, extra: ExtraSession) -> None:
        self._show_day()
        self.presenter.prepare_extra(extra)

    def _on_not_held_asked(self) -> None:
        plan = self.presenter.state.plan
        if plan is not None:
            self.not_held_form.begin(plan.title)
            self.stack.setCurrentWidget(self.not_held_form)

    def _on_not_held_told(self, reason: str, note: str) -> None:
        plan = self.presenter.state.plan
        self._show_day()
        if plan is not None:
            self.presenter.not_held(plan.id, NotHeldReason(reason), note)


def _height_of(part: QWidget, width: int) -> int:
    """What a part above the page takes of it, with the gap below."""
    high = part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
    return high + look.scaled(tokens.GAP)
