"""All courses by topic on the left, the chosen one on the right with what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.areas.courses.views import CourseView
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.courses.presenter import CoursesPresenter
from ui.pages.courses.state import CourseQuestion, CoursesState, may_be_offered
from ui.parts.forms.confirm import ConfirmQuestion
from ui.parts.layout import PageView, ScrollColumn, row, tight, words
from ui.parts.lists.course_card import CourseCard, FilmPoster
from ui.parts.lists.course_grid import CourseList
from ui.parts.lists.course_row import CourseRow, readiness, shown_of
from ui.parts.lists.ruled_sheet import RuledLine, RuledSheet
from ui.state.formatting import day, day_of, length, running_time, size
from ui.state.pace import Pace
from ui.theme import look
from ui.widgets.buttons import SecondaryButton
from ui.widgets.empty_note import EmptyNote
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, label

_TICK_MS = 2_000
DETAILS_HIGH = 600
"""Design px that a course's name, facts and buttons want of the page: its picture gets the rest."""


class CoursesPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.counts = label("", "body")
        self.list = CourseList()
        left = tight(Card())
        left.rows.addLayout(row(label(say("op.courses.title"), "title"), None, self.counts))
        self.empty = EmptyNote(say("op.courses.none"), icon="book")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        left.rows.addWidget(self.stack, 1)
        self.fetching = words("", "caption")
        self._pace, self._mono_ms = Pace(), context.app.mono_ms
        self.disk = words("", "caption")
        self.free = SecondaryButton("")
        left.rows.addWidget(self.fetching)
        left.rows.addLayout(row(self.disk, self.free))
        self._pictures = context.pictures
        if context.pictures is not None:
            context.pictures.made.connect(self._show_pictures)
        self.poster = FilmPoster()
        self.name = words("", "title")
        self.summary = words("", "body")
        self.facts = RuledSheet()
        self.trouble = words("", "body")
        about = ScrollColumn(gap=16)
        for part in (self.poster, self.name, self.trouble, self.facts, self.summary):
            about.rows.addWidget(part)
        self.main = FitButton("", icon="play", main=True)
        self.extra = SecondaryButton(say("op.courses.session"), icon="plus")
        self.delete = SecondaryButton("")
        self.fetch = SecondaryButton(say("op.courses.fetch"), icon="download")
        self.question = ConfirmQuestion()
        right = tight(Card())
        self.right_stack = QStackedWidget()
        self.right_stack.addWidget(about)
        self.right_stack.addWidget(self.question)
        right.rows.addWidget(self.right_stack, 1)
        rare = row(self.delete, self.fetch, self.extra)
        rare.setDirection(
            QBoxLayout.Direction.LeftToRight if look.is_wide() else QBoxLayout.Direction.TopToBottom
        )
        right.rows.addLayout(rare)
        right.rows.addWidget(self.main)
        body = row(left, right, gap=16)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        self.rows.addLayout(body, 1)
        self.cards: list[CourseCard] = []
        self.presenter = CoursesPresenter(
            context.session, self.render_state, context.app, context.sync
        )
        self.reader = self.presenter.reader
        self._connect()

    def _connect(self) -> None:
        self.main.clicked.connect(self.presenter.play)
        self.extra.clicked.connect(self.presenter.begin_session)
        self.fetch.clicked.connect(self.presenter.fetch)
        self.delete.clicked.connect(lambda: self.presenter.ask_delete(CourseQuestion.ONE))
        self.free.clicked.connect(lambda: self.presenter.ask_delete(CourseQuestion.PLAYED))
        self.question.yes.clicked.connect(self.presenter.delete)
        self.question.no.clicked.connect(self.presenter.keep)
        self._ticker = QTimer(self, interval=_TICK_MS)
        self._ticker.timeout.connect(self.tick)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The large picture leaves room for what is to be known."""
        super().resizeEvent(event)
        self.poster.fit_into(self.width() * 2 // 5, self.height() - look.scaled(DETAILS_HIGH))

    def showEvent(self, event: QShowEvent) -> None:
        """What is being fetched is followed while somebody looks."""
        super().showEvent(event)
        self._ticker.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._ticker.stop()

    def tick(self) -> None:
        """Some seconds have passed."""
        if self.presenter.is_fetching():
            self.presenter.load()

    def opened(self) -> None:
        """See ``OperatorWindow.go``."""
        self.presenter.opened()

    def act(self, act: Shortcut) -> bool:
        """F5 plays."""
        if act is not Shortcut.MAIN:
            return False
        if self.presenter.state.asking is CourseQuestion.NOTHING:
            self.presenter.play()
        return True

    def render_state(self, state: CoursesState) -> None:
        """Show a state."""
        self.counts.setText(say("op.today.courses_ready", ready=state.ready, total=state.total))
        self.stack.setCurrentIndex(1 if state.loaded and not state.total else 0)
        chosen = state.chosen
        if look.is_wide():
            self.cards = [self._card(view, chosen) for view in state.all]
            self.list.show_cards(tuple(self.cards))
        else:
            parts: list[QWidget] = []
            for topic, listed in state.topics:
                parts.append(label(_topic(topic), "section"))
                parts += [self._row(view, chosen) for view in listed]
            self.list.show_parts(tuple(parts))
        self._show_disk(state)
        self._show_acts(state)
        if chosen is None:
            return
        course = chosen.course
        self.name.setText(course.title)
        self.summary.setText(course.summary)
        self.summary.setVisible(bool(course.summary))  # an empty line would want a scroll bar
        self.facts.show_lines(_facts(chosen))
        self._show_pictures()
        self.trouble.setText(_why_not(chosen))
        self.trouble.setVisible(bool(self.trouble.text()))
        key = "op.courses.play" if state.running else "op.courses.look"
        self.main.say(say(key, title=course.title))

    def _row(self, view: CourseView, chosen: CourseView | None) -> CourseRow:
        part = CourseRow(shown_of(view, badge=_badge(view), chosen=_is_same(view, chosen)))
        part.clicked.connect(lambda _on=False: self.presenter.choose(view.course.id))
        return part

    def _card(self, view: CourseView, chosen: CourseView | None) -> CourseCard:
        part = CourseCard(
            view,
            self._picture(view),
            over=_topic(view.course.topic),
            badge=_badge(view),
            chosen=_is_same(view, chosen),
        )
        part.clicked.connect(lambda _on=False: self.presenter.choose(view.course.id))
        return part

    def _picture(self, view: CourseView) -> QPixmap | None:
        return None if self._pictures is None else self._pictures.picture(view)

    def _show_pictures(self) -> None:
        """In a wide window each course has its picture, the chosen one a large one."""
        if not look.is_wide():
            return
        for card in self.cards:
            card.picture = self._picture(card.view)
            card.update()
        chosen = self.presenter.state.chosen
        if chosen is not None:
            self.poster.show_film(self._picture(chosen), ready=chosen.ready)

    def _show_disk(self, state: CoursesState) -> None:
        """What the courses take, what is coming, and what could go."""
        here, free = size(state.here_bytes), size(state.free_bytes)
        self.disk.setText(say("op.courses.here", here=here, free=free))
        self.disk.setVisible(state.loaded and bool(state.total))
        now = state.fetching
        self.fetching.setVisible(now is not None)
        if now is not None:
            key = "op.courses.checking" if now.looked_at else "op.courses.fetching"
            far = self._pace.words(now.looked_at or now.have, now.size, self._mono_ms())
            self.fetching.setText(say(key, title=now.title, far=far))
        freeable = state.freeable
        self.free.setVisible(bool(freeable))
        self.free.say(say("op.courses.free", count=len(freeable), size=_sum(freeable)))

    def _show_acts(self, state: CoursesState) -> None:
        """What can be done with the chosen one, or the question before its files go."""
        chosen, asks = state.chosen, state.asking is not CourseQuestion.NOTHING
        can = chosen is not None and not asks
        self.main.setVisible(can)
        self.extra.setVisible(can and not state.in_hand)
        self.delete.setVisible(
            can and chosen is not None and chosen.here_bytes > 0 and not chosen.hold
        )
        self.fetch.setVisible(can and chosen is not None and not (chosen.ready or chosen.comes))
        self.right_stack.setCurrentIndex(1 if asks else 0)
        if chosen is not None:
            self.delete.say(say("op.courses.delete", size=size(chosen.here_bytes)))
        no, yes = say("op.courses.delete_no"), say("op.courses.delete_yes")
        if state.asking is CourseQuestion.ONE and chosen is not None:
            here = size(chosen.here_bytes)
            ask = say("op.courses.delete_ask", title=chosen.course.title, size=here)
            self.question.ask(ask, no, yes)
        elif state.asking is CourseQuestion.PLAYED:
            count, all_size = len(state.freeable), _sum(state.freeable)
            self.question.ask(say("op.courses.free_ask", count=count, size=all_size), no, yes)


def _topic(topic: str) -> str:
    return topic or say("op.courses.no_topic")


def _badge(view: CourseView) -> str:
    """How much a course that may go would free."""
    return say("op.courses.played", size=size(view.here_bytes)) if may_be_offered(view) else ""


def _is_same(view: CourseView, chosen: CourseView | None) -> bool:
    return chosen is not None and view.course.id == chosen.course.id


def _facts(view: CourseView) -> tuple[RuledLine, ...]:
    """What is to be known of a course, a line each."""
    course = view.course
    shown = view.played_ms
    told = [
        ("length", length(course.duration_ms)),
        ("size", size(sum(one.size_bytes for one in course.files))),
        ("subtitle", say("op.courses.yes" if course.subtitle else "op.courses.no")),
        ("state", readiness(view)),
        ("shown", say("op.courses.never") if shown is None else day_of(shown)),
        ("resume", "" if view.resume_ms is None else running_time(view.resume_ms)),
        ("planned", day(view.planned) if view.planned else ""),
        ("licence", course.licence),
    ]
    return tuple(RuledLine(say(f"op.courses.{key}"), value) for key, value in told if value)


def _why_not(view: CourseView) -> str:
    """Why a course can't be played, in one sentence; empty when it can."""
    if not view.trouble:
        return ""
    if not view.comes and view.trouble in ("media.missing", "media.partial"):
        return say("op.courses.not_coming")
    return say(view.trouble, title=view.course.title, percent=view.percent)


def _sum(views: tuple[CourseView, ...]) -> str:
    return size(sum(one.here_bytes for one in views))
