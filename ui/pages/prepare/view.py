"""Readiness on the left, the courses on the right, one button: open sign-in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.areas.sessions.session import NotHeldReason, Step
from app.usecases.views import Check
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.prepare.presenter import PreparePresenter
from ui.pages.prepare.state import CourseLine, PrepareState
from ui.parts.forms.fields import NotHeldForm
from ui.parts.layout import PageView, ScrollColumn, column, row, tight, words
from ui.parts.lists.course_row import CourseRow, shown_of
from ui.parts.mirror_box import MirrorBox
from ui.state.current_session import StatusTone
from ui.state.formatting import clock_time, running_time
from ui.theme import look, tokens
from ui.theme.icons import pixmap
from ui.widgets.buttons import QuietButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, Well, label

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
        self.courses = ScrollColumn()
        self.open = FitButton(say("op.prepare.open"), icon="people", main=True)
        self.not_held = QuietButton(say("op.today.not_held"))
        self.about = label("", "body")
        self.about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        right = tight(Card())
        right.rows.addLayout(_head("op.prepare.courses", self.about))
        right.rows.addWidget(self.courses, 1)
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
        self.advice_well.setVisible(tall)

    def render_state(self, state: PrepareState) -> None:
        """Show a state."""
        self.title.setText(say("op.prepare.title", title=state.title))
        self.summary.setText(
            say("op.prepare.to_mend", count=state.to_mend)
            if state.to_mend
            else say("op.prepare.all_good")
        )
        self.checks.show_parts(tuple(CheckLine(one) for one in state.checks))
        if state.courses:
            self.courses.show_parts(tuple(self._course(one) for one in state.courses))
        else:
            self.courses.show_parts((words(say("op.prepare.no_courses"), "body"),))
        self.advice.setText("" if state.people is None else _advice(state.people))
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
        badge = say("op.course.next") if line.chosen else ""
        if line.resume_ms is not None:
            badge = say("op.course.resume", at=running_time(line.resume_ms))
        part = CourseRow(shown_of(line.view, badge=badge, chosen=line.chosen))
        part.clicked.connect(lambda _on=False: self.presenter.choose(line.view.course.id))
        return part

    def _show_sheet(self) -> None:
        self.stack.setCurrentIndex(0)

    def _on_not_held_asked(self) -> None:
        self.form.begin(self.presenter.state.title)
        self.stack.setCurrentIndex(1)

    def _on_not_held_told(self, reason: str, note: str) -> None:
        self._show_sheet()
        self.presenter.not_held(NotHeldReason(reason), note)


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
