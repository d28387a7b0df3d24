"""Readiness on the left, the courses on the right, one button: open sign-in."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.areas.sessions.session import NotHeldReason, Step
from app.usecases.views import Check
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.discuss.presenter import default_questions
from ui.pages.prepare.presenter import PreparePresenter
from ui.pages.prepare.state import CourseLine, PrepareState
from ui.parts.forms.fields import NotHeldForm
from ui.parts.layout import PageView, ScrollColumn, column, row, tight, words
from ui.parts.lists.course_card import CourseCard
from ui.parts.lists.course_grid import CourseList
from ui.parts.lists.course_row import CourseRow, shown_of
from ui.parts.lists.ruled_sheet import RuledLine, RuledSheet
from ui.parts.mirror_box import MirrorBox
from ui.state.current_session import StatusTone
from ui.state.formatting import clock_time, length, running_time
from ui.theme import look, tokens
from ui.theme.icons import pixmap
from ui.widgets.buttons import QuietButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, Well, label

MOST_CARDS = 3
"""So many courses are shown with their pictures; more are a list, to be chosen from at a glance."""
TALL = 620
"""From this page height (design px) on, there is room for the picture and advice."""
SELF_SERVICE_MOST, ROLL_CALL_MOST = 35, 90
"""So many people sign in within ten minutes at one screen; with roll-call beside it."""


class CheckLine(QWidget):
    """One check: a tick or a mark to care about, its words, and what to do when it does not hold."""

    def __init__(self, check: Check) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.scaled(4))
        values = dict(check.values)
        mark = QLabel()
        name, colour = ("check_circle", tokens.PINE) if check.good else ("care", tokens.AMBER)
        mark.setPixmap(pixmap(name, colour, look.scaled(28)))
        text = words(say(f"op.{check.key}.{'good' if check.good else 'bad'}", **values), "body")
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head = row(mark, text)
        head.setStretch(1, 1)
        rows.addLayout(head)
        self.setAccessibleName(text.text())
        if not check.good:
            hint = Well()
            hint.rows.addWidget(
                words(
                    f"{say('op.prepare.what_to_do')}：{say(f'op.{check.key}.do', **values)}",
                    "caption",
                )
            )
            rows.addWidget(hint)


class PreparePage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.title = words("", "title")
        self.summary = label("", "body")
        self.checks = ScrollColumn(gap=12)
        self.again = FitButton(say("op.prepare.again"))
        self.identify = FitButton(say("op.prepare.identify"), icon="screens")
        self.sound = FitButton(say("op.prepare.sound"), icon="sound")
        self.preview = QWidget()
        self.preview.setLayout(
            column(
                label(say("op.mirror"), "caption"), MirrorBox(context.audience.make_mirror()), gap=4
            )
        )
        self.advice = words("", "body")
        self.advice_well = Well()
        self.advice_well.rows.addWidget(self.advice)
        left = tight(Card())
        left.rows.addLayout(_head("op.prepare.checks", self.summary))
        # In a large window the picture of the room gets what the checks leave.
        left.rows.addWidget(self.checks, 2)
        left.rows.addWidget(self.preview, 3)
        left.rows.addLayout(row(self.again, self.identify, self.sound))
        self.courses = CourseList()
        self.order = RuledSheet()
        self.open = FitButton(say("op.prepare.open"), icon="people", main=True)
        self.not_held = QuietButton(say("op.today.not_held"))
        self.about = label("", "body")
        self.about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        right = tight(Card())
        right.rows.addLayout(_head("op.prepare.courses", self.about))
        right.rows.addWidget(self.courses, 3)
        right.rows.addWidget(self.order, 2)
        right.rows.addWidget(self.advice_well)
        right.rows.addLayout(_wide(self.not_held, self.open))
        body = row(left, right, gap=16)
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        sheet = QWidget()
        sheet.setLayout(column(self.title, body))
        self.form = NotHeldForm()
        form_card = Card()
        form_card.rows.addWidget(self.form)
        self.stack = QStackedWidget()
        self.stack.addWidget(sheet)
        self.stack.addWidget(form_card)
        self.rows.addWidget(self.stack, 1)
        self.presenter = PreparePresenter(context.session, self.render_state, self._checks_here)
        self.reader = self.presenter.reader
        self._connect(context)

    def _connect(self, context: PageContext) -> None:
        if context.pictures is not None:
            context.pictures.made.connect(self._show_pictures)
        self.open.clicked.connect(self.presenter.open_sign_in)
        self.again.clicked.connect(self.presenter.load)
        self.sound.clicked.connect(self._test_sound)
        self.identify.clicked.connect(context.audience.identify)
        self.not_held.clicked.connect(self._on_not_held_asked)
        self.form.put_away.connect(self._show_sheet)
        self.form.told.connect(self._on_not_held_told)

    def act(self, act: Shortcut) -> bool:
        """F5 opens sign-in; Esc puts the form away."""
        if act is Shortcut.MAIN:
            self.presenter.open_sign_in()
        elif act is Shortcut.ESCAPE:
            self._show_sheet()
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture and the advice only where there is room for them."""
        super().resizeEvent(event)
        tall = event.size().height() >= look.scaled(TALL)
        self.preview.setVisible(tall)
        self.checks.setMinimumHeight(look.scaled(252) if tall else 0)
        self.order.setVisible(tall and look.is_wide())
        self.advice_well.setVisible(tall and not look.is_wide())

    def render_state(self, state: PrepareState) -> None:
        """Show a state."""
        self.title.setText(say("op.prepare.title", title=state.title))
        self.summary.setText(
            say("op.prepare.to_mend", count=state.to_mend)
            if state.to_mend
            else say("op.prepare.all_good")
        )
        self.checks.show_parts(_checks(state.checks))
        if look.is_wide() and 0 < len(state.courses) <= MOST_CARDS:
            self.courses.show_cards(tuple(map(self._card, state.courses)))
        elif state.courses:
            self.courses.show_parts(tuple(self._course(one) for one in state.courses))
        else:
            self.courses.show_parts((words(say("op.prepare.no_courses"), "body"),))
        self.advice.setText("" if state.people is None else _advice(state.people))
        self.order.show_lines(_order(state, self.advice.text()))
        opened = state.step is not Step.PREPARE
        self.open.say(say("op.prepare.to_sign_in" if opened else "op.prepare.open"))
        self.not_held.setVisible(not opened)
        at = state.planned_start_ms
        self.about.setText(say("op.today.starts", time=clock_time(at)) if at else "")

    def _checks_here(self) -> tuple[Check, ...]:
        volume = self._context.preferences.read().volume
        loud = Check("check.sound", volume > 0, (("volume", str(volume)),))
        return (self._context.audience.check(), loud)

    def _test_sound(self) -> None:
        room = self._context.session
        if not self._context.preferences.read().volume:
            room.say("op.check.sound.bad", StatusTone.CARE)
            return
        room.say("op.prepare.hear")
        self._context.app.test_sound(lambda: room.say("op.prepare.no_sound", StatusTone.CARE))

    def _course(self, line: CourseLine) -> CourseRow:
        part = CourseRow(shown_of(line.view, badge=_badge(line), chosen=line.chosen))
        part.clicked.connect(lambda _on=False: self.presenter.choose(line.view.course.id))
        return part

    def _card(self, line: CourseLine) -> CourseCard:
        """The same with its picture, where there is room."""
        pictures, view = self._context.pictures, line.view
        picture = None if pictures is None else pictures.picture(view)
        over = view.course.topic or say("op.courses.no_topic")
        part = CourseCard(view, picture, over=over, badge=_badge(line), chosen=line.chosen)
        part.clicked.connect(lambda _on=False: self.presenter.choose(view.course.id))
        return part

    def _show_pictures(self) -> None:
        """Pictures have come."""
        grid, pictures = self.courses.grid, self._context.pictures
        if grid is not None and pictures is not None:
            for card in grid.cards:
                card.picture = pictures.picture(card.view)
                card.update()

    def _show_sheet(self) -> None:
        self.stack.setCurrentIndex(0)

    def _on_not_held_asked(self) -> None:
        self.form.begin(self.presenter.state.title)
        self.stack.setCurrentIndex(1)

    def _on_not_held_told(self, reason: str, note: str) -> None:
        self._show_sheet()
        self.presenter.not_held(NotHeldReason(reason), note)


def _badge(line: CourseLine) -> str:
    """Where it goes on, or that it is the first."""
    if line.resume_ms is not None:
        return say("op.course.resume", at=running_time(line.resume_ms))
    return say("op.course.next") if line.chosen else ""


def _checks(checks: tuple[Check, ...]) -> tuple[QWidget, ...]:
    """All of them; in a wide window those that hold are written as on a form, a line each."""
    if not look.is_wide():
        return tuple(map(CheckLine, checks))
    parts: list[QWidget] = []
    for good, some in groupby(checks, lambda one: one.good):
        told = tuple(some)
        parts += [_held(told)] if good else map(CheckLine, told)
    return tuple(parts)


def _held(checks: tuple[Check, ...]) -> QWidget:
    sheet = RuledSheet(airy=True)
    told = (say(f"op.{one.key}.good", **dict(one.values)) for one in checks)
    sheet.show_lines(tuple(RuledLine("", one, icon="check_circle") for one in told))
    return sheet


def _order(state: PrepareState, advice: str) -> tuple[RuledLine, ...]:
    """How the session goes on from here, step by step."""
    first = next((one.view.course for one in state.courses if one.chosen), None)
    film = "" if first is None else f"《{first.title}》 {length(first.duration_ms)}"
    steps = (
        ("step.sign_in", advice),
        ("step.play", film),
        ("step.discuss", " ".join(default_questions())),
        ("step.closed", say("op.prepare.at_the_end")),
    )
    return tuple(RuledLine(say(key), told) for key, told in steps if told)


def _advice(people: int) -> str:
    if people <= SELF_SERVICE_MOST:
        return say("op.prepare.advice_few", count=people)
    if people <= ROLL_CALL_MOST:
        return say("op.prepare.advice_some", count=people)
    return say("op.prepare.advice_many", count=people)


def _head(key: str, beside: QWidget) -> QHBoxLayout:
    """A heading that wraps before it is cut."""
    made = row(words(say(key), "section"), beside)
    made.setStretch(0, 1)
    return made


def _wide(quiet: QWidget, main: QWidget) -> QVBoxLayout:
    inner = row(quiet, main)
    inner.setStretch(1, 1)
    return column(inner)
