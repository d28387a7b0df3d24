"""The first page: the plan and its one button on the left, how things stand on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.domain import bounds
from app.domain.ids import CourseId
from app.domain.sessions import NotHeldReason, PlanEntry
from app.domain.views import CourseView, SyncState
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.today.presenter import TodayPresenter
from ui.pages.today.questions import DayQuestion, ElsewhereOffer
from ui.pages.today.state import TodayState
from ui.parts.enrol_card import EnrolCard
from ui.parts.forms.fields import NotHeldForm, field
from ui.parts.layout import PageView, ScrollColumn, column, row, tight, words
from ui.parts.lists.course_row import CourseRow, shown_of
from ui.parts.numbers import BigNumber
from ui.parts.sync_words import last_sent, state_words
from ui.state.formatting import clock_time, day, hours_of
from ui.theme import look, tokens
from ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from ui.widgets.fit.label import FitLabel
from ui.widgets.notice_banner import NoticeBanner
from ui.widgets.panel import Card, label

TALL = 620
"""From this page height (design px) on, the month stands below the plan."""


class ExtraForm(QWidget):
    """A session nobody planned: touch courses in their order, then go."""

    def __init__(
        self, begun: Callable[[str, tuple[CourseId, ...]], None], put_away: Callable[[], None]
    ) -> None:
        super().__init__()
        self._courses: tuple[CourseView, ...] = ()
        self.chosen: list[CourseId] = []
        self.name = field(say("op.today.extra_name"), most=bounds.TITLE)
        self.list = ScrollColumn()
        self.accept = PrimaryButton(say("op.today.extra_go"))
        cancel = QuietButton(say("op.cancel"))
        self.accept.clicked.connect(lambda: begun(self.name.text(), tuple(self.chosen)))
        cancel.clicked.connect(put_away)
        self.setLayout(
            column(
                label(say("op.today.extra"), "section"),
                label(say("op.today.extra_name"), "caption"),
                self.name,
                label(say("op.today.extra_courses"), "caption"),
                self.list,
                row(cancel, None, self.accept),
                gap=8,
            )
        )

    def begin(self, courses: tuple[CourseView, ...]) -> None:
        """Choose among these."""
        self._courses, self.chosen = courses, []
        self.name.clear()
        self._show()

    def toggle(self, course: CourseId) -> None:
        """Take a course in, or out again."""
        if course in self.chosen:
            self.chosen.remove(course)
        else:
            self.chosen.append(course)
        self._show()

    def _show(self) -> None:
        parts = []
        for view in self._courses:
            on = view.course.id in self.chosen
            badge = str(self.chosen.index(view.course.id) + 1) if on else ""
            part = CourseRow(shown_of(view, badge=badge, chosen=on))
            part.clicked.connect(lambda _on=False, one=view.course.id: self.toggle(one))
            parts.append(part)
        self.list.show_parts(tuple(parts))


class TodayPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._tall = False
        self._build_plan()
        self._build_standing()
        self.notice = NoticeBanner()
        self.day_question = DayQuestion(lambda day: self.presenter.say_day(day))
        self.elsewhere = ElsewhereOffer(
            lambda: self.presenter.resume(), lambda: self.presenter.put_off()
        )
        self.enrol = EnrolCard(context.app.begin_anew)
        for part in (self.notice, self.day_question, self.elsewhere, self.enrol):
            self.rows.addWidget(part)
        self.foot = QWidget()
        self.foot.setLayout(row(gap=16))
        left = column(self.left, self.foot, gap=16)
        left.setStretch(0, 1)
        body = row(left, self.right, gap=16)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        self.rows.addLayout(body, 1)
        self.presenter = TodayPresenter(context.session, self.render_state)
        self.reader = self.presenter.reader
        self._connect()

    def act(self, act: Shortcut) -> bool:
        """F5 begins; Esc puts a form away."""
        if act is Shortcut.MAIN:
            self.presenter.begin()
        elif act is Shortcut.ESCAPE:
            self._show_plan()
        else:
            return False
        return True

    def render_state(self, state: TodayState) -> None:
        """Show a state."""
        self._show_told(state)
        self.heading.setText(say("op.today.title", day=day(state.day)) if state.day else "")
        self._show_subject(state)
        self.sessions.show_number(str(state.month_sessions))
        self.hours.show_number(hours_of(state.month_minutes))
        ready = sum(one.ready for one in state.courses)
        total = len(state.courses)
        self.courses_line.setText(
            say("op.today.courses_ready", ready=ready, total=total) if total else ""
        )
        self.courses.show_parts(
            tuple(CourseRow(shown_of(one), inert=True) for one in state.courses)
            or (words(say("op.today.no_courses"), "body"),)
        )
        if state.sync is not None:
            enrolled = state.sync.state is not SyncState.NOT_ENROLLED
            told = (state_words(state.sync), last_sent(state.sync) if enrolled else "")
            self.sync_words.setText("\n".join(one for one in told if one))
        self._show_coming(state.coming)

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
        self.enrol.setVisible(sync is not None and sync.state is SyncState.NOT_ENROLLED)
        self._settle()

    def _build_plan(self) -> None:
        self.heading = label("", "caption")
        self.kicker = label("", "caption")
        self.title = FitLabel(
            ceiling=look.scaled(72),
            floor=look.scaled(30),
            weight=700,
            lines=2,
            align=Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        )
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.starts = label("", "digits")
        self.titles = ScrollColumn()
        self.begin = PrimaryButton(say("op.today.begin"), icon="play")
        self.extra = SecondaryButton(say("op.today.extra"), icon="plus")
        self.not_held = SecondaryButton(say("op.today.not_held"))
        plan = QWidget()
        plan.setLayout(
            column(
                row(self.kicker, None, self.heading),
                self.title,
                self.starts,
                self.titles,
                self.begin,
                row(self.extra, self.not_held),
            )
        )
        self.extra_form = ExtraForm(self._on_extra, self._show_plan)
        self.not_held_form = NotHeldForm()
        self.stack = QStackedWidget()
        for part in (plan, self.extra_form, self.not_held_form):
            self.stack.addWidget(part)
        self.left = tight(Card(), 20)
        self.left.rows.addWidget(self.stack)

    def _build_standing(self) -> None:
        self.sessions = BigNumber(say("op.today.times"), 64)
        self.hours = BigNumber(say("op.today.hours"), 64)
        self.month = tight(Card())
        self.month.rows.addLayout(
            row(label(say("op.today.month"), "section"), None, self.sessions, self.hours)
        )
        self.sync_words = words("", "caption")
        self.month.rows.addWidget(self.sync_words)
        self.courses_line = words("", "body")
        self.courses = ScrollColumn()
        shelf = tight(Card())
        head = row(
            label(say("op.today.courses"), "section"), self.courses_line, gap=look.scaled(16)
        )
        head.setStretch(1, 1)
        shelf.rows.addLayout(head)
        shelf.rows.addWidget(self.courses, 1)
        self.coming_words = words("", "body")
        self.coming = tight(Card())
        self.coming.rows.addWidget(label(say("op.today.coming"), "section"))
        self.coming.rows.addWidget(self.coming_words)
        self.coming.rows.addStretch(1)
        self.right = QWidget()
        self._standing = column(self.month, shelf, self.coming, gap=16)
        self._standing.setStretch(1, 1)
        self.right.setLayout(self._standing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a high page the month stands below the plan, else beside it."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Lay the cards out for the height that is left below what is told."""
        told = (self.notice, self.day_question, self.elsewhere, self.enrol)
        taken = sum(_height_of(part, self.width()) for part in told if not part.isHidden())
        tall = self.height() - taken >= look.scaled(TALL)
        below = self.foot.layout()
        if below is not None and tall and self.month.parentWidget() is not self.foot:
            below.addWidget(self.month)
        elif not tall and self.month.parentWidget() is self.foot:
            self._standing.insertWidget(0, self.month)
        self.foot.setVisible(tall)
        self._tall = tall
        self.coming.setVisible(tall or bool(self.presenter.state.coming))

    def _connect(self) -> None:
        self.begin.clicked.connect(self.presenter.begin)
        self.extra.clicked.connect(self._on_extra_asked)
        self.not_held.clicked.connect(self._on_not_held_asked)
        self.not_held_form.told.connect(self._on_not_held_told)
        self.not_held_form.put_away.connect(self._show_plan)
        self.notice.act_chosen.connect(self.presenter.read_notice)

    def _show_subject(self, state: TodayState) -> None:
        running, plan = state.running, state.plan
        subject = running or plan
        self.kicker.setText(
            say("op.today.running" if running else "op.today.planned") if subject else ""
        )
        none = say("op.today.none") if state.loaded else ""
        self.title.show_text(subject.title if subject else none)
        self.starts.setText(_starts(state))
        self.starts.setVisible(bool(self.starts.text()))
        ready = {one.course.title: one for one in state.courses}
        rows = tuple(
            CourseRow(shown_of(ready[one]), inert=True) for one in state.titles if one in ready
        )
        ready_count = sum(one.ready for one in state.courses)
        if rows or plan is None or running is not None or not ready_count:
            self.titles.show_parts(rows)
        else:
            self.titles.show_parts((words(say("op.today.any_course", count=ready_count), "body"),))
        self.begin.setVisible(subject is not None)
        self.begin.say(say("op.today.go_on" if running else "op.today.begin"))
        self.extra.setVisible(running is None)
        self.not_held.setVisible(running is None and plan is not None)

    def _show_coming(self, coming: tuple[PlanEntry, ...]) -> None:
        lines = [f"{day(one.date)} {one.start}  {one.title}" for one in coming[:4]]
        self.coming_words.setText("\n".join(lines) or say("op.today.nothing_coming"))
        self.coming.setVisible(self._tall or bool(coming))

    def _show_plan(self) -> None:
        self.stack.setCurrentIndex(0)

    def _on_extra_asked(self) -> None:
        self.extra_form.begin(tuple(one for one in self.presenter.state.courses if one.ready))
        self.stack.setCurrentWidget(self.extra_form)
        self.extra_form.name.setFocus()

    def _on_extra(self, title: str, courses: tuple[CourseId, ...]) -> None:
        self._show_plan()
        self.presenter.prepare_extra(title, courses)

    def _on_not_held_asked(self) -> None:
        plan = self.presenter.state.plan
        if plan is not None:
            self.not_held_form.begin(plan.title)
            self.stack.setCurrentWidget(self.not_held_form)

    def _on_not_held_told(self, reason: str, note: str) -> None:
        plan = self.presenter.state.plan
        self._show_plan()
        if plan is not None:
            self.presenter.not_held(plan.id, NotHeldReason(reason), note)


def _height_of(part: QWidget, width: int) -> int:
    """What a part above the page takes of it, with the gap below."""
    high = part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
    return high + look.scaled(tokens.GAP)


def _starts(state: TodayState) -> str:
    if state.running is not None:
        at = state.running.planned_start_ms or state.running.prepared_ms
        return say("op.today.starts", time=clock_time(at))
    if state.plan is not None:
        return say("op.today.starts", time=state.plan.start)
    return ""
