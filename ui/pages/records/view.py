"""Past sessions on the left, the chosen one whole on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.areas.attendance.trace import otherwise_lines
from app.areas.forms.form import Form, Say
from app.areas.forms.held import FormSession, of_view
from app.areas.forms.sheets.session_record import session_record
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.areas.sessions.session import Step
from app.areas.sessions.views import RecordedTwice, SessionSummary
from app.domain.ids import PersonId
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.records.presenter import RecordsPresenter
from ui.pages.records.state import RecordsState
from ui.parts.code_line import CodeLine
from ui.parts.layout import PageView, ScrollColumn, row, tight, words
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.parts.lists.people_list import PeopleTiles, person_shown
from ui.parts.person.sheet import PersonSheetView
from ui.state.current_session import StatusTone
from ui.state.formatting import clock_time, day_of
from ui.state.play_lines import play_lines
from ui.theme import look
from ui.widgets.buttons import SecondaryButton
from ui.widgets.count_bar import CountBar
from ui.widgets.empty_note import EmptyNote
from ui.widgets.panel import Card, label


class RecordsPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        room = context.session
        self.list = ScrollColumn()
        left = tight(Card())
        left.rows.addWidget(label(say("op.records.title"), "title"))
        left.rows.addWidget(self.list, 1)
        self.title = words("", "title")
        self.when = words("", "body")
        self.count = CountBar(count_px=look.scaled(44))
        self.people = ScrollColumn()
        right = tight(Card())
        self.code = CodeLine(
            lambda code: room.say("op.records.code_copied", StatusTone.DONE, code=code)
        )
        right.rows.addWidget(self.title)
        when = row(self.when, self.code)
        when.setStretch(0, 1)
        right.rows.addLayout(when)
        right.rows.addWidget(self.count)
        self.sheet_button = SecondaryButton(say("paper.print_sheet"), icon="printer")
        self.record_button = SecondaryButton(say("paper.print_record"), icon="printer")
        right.rows.addLayout(row(self.sheet_button, self.record_button, None))
        right.rows.addWidget(self.people, 1)
        body = row(left, right, gap=16)
        body.setStretch(0, 1 if look.is_wide() else 2)
        body.setStretch(1, 3)
        sheet = QWidget()
        sheet.setLayout(body)
        self.stack = QStackedWidget()
        self.stack.addWidget(sheet)
        self.stack.addWidget(EmptyNote(say("op.records.none"), icon="records"))
        self.rows.addWidget(self.stack, 1)
        self._room = room
        self.sheet_button.clicked.connect(lambda: self._print(sign_in_sheet))
        self.record_button.clicked.connect(lambda: self._print(session_record))
        self.presenter = RecordsPresenter(room, self.render_state)
        self.sheet = PersonSheetView(self, room, self.presenter.load)
        self.reader = self.presenter.reader

    def _print(self, make: Callable[[Say, str, FormSession], Form]) -> None:
        view = self.presenter.state.view
        if view is None:
            return
        from ui.printing.print_or_save import offer_forms  # the printer's library, to print

        form = make(say, self._room.site_name, of_view(view))
        offer_forms(self, self._room, (form,), form.file_name)

    def act(self, act: Shortcut) -> bool:
        """Keys are for the sheet that lies over the page."""
        return self.sheet.takes(act)

    def render_state(self, state: RecordsState) -> None:
        """Show a state."""
        self.stack.setCurrentIndex(1 if state.loaded and not state.rows else 0)
        chosen = state.view.session.id if state.view else None
        parts = []
        for summary in state.rows:
            part = CourseRow(row_of(summary, chosen=summary.session.id == chosen))
            part.clicked.connect(
                lambda _on=False, one=summary.session.id: self.presenter.choose(one)
            )
            parts.append(part)
        self.list.show_parts(tuple(parts))
        self._show_chosen(state)

    def _show_chosen(self, state: RecordsState) -> None:
        view = state.view
        if view is None:
            return
        session = view.session
        self.title.setText(session.title)
        self.when.setText(_when(state))
        self.code.show_code(view.code)
        held = session.step is not Step.NOT_HELD
        self.count.setVisible(held)
        turnout = view.turnout
        self.count.show_count(
            turnout.arrived, turnout.expected, turnout.visitors + turnout.left_out_present
        )
        parts: list[QWidget] = []
        if view.to_check:
            parts.append(words(say("op.records.to_check_why", count=view.to_check), "body"))
        if view.together is not None:
            parts.append(words("\n".join(twice_lines(view.together)), "body"))
        lines = play_lines(view.plays)
        if lines:
            parts.append(words("\n".join(lines), "body"))
        for key, cards in state.groups:
            parts.append(label(f"{say(key)} {len(cards)}", "section"))
            parts.append(PeopleTiles(tuple(person_shown(one) for one in cards), self._on_touched))
        otherwise = otherwise_lines(view.cards)
        if otherwise:
            parts.append(words("\n".join(otherwise), "body"))
        if view.written:
            parts.append(label(say("op.close.notes"), "section"))
            parts.append(words("\n".join(view.written), "body"))
        self.people.show_parts(tuple(parts))

    def _on_touched(self, person: PersonId) -> None:
        view = self.presenter.state.view
        self.sheet.open(person, None if view is None else view.session.id)


def twice_lines(together: RecordedTwice) -> tuple[str, ...]:
    """What is to be known of a session with two sheets."""
    turnout = together.turnout
    why = say("op.records.twice_why", expected=turnout.expected, arrived=turnout.arrived)
    codes = "、".join(together.codes)
    return (why, say("op.records.twice_other", codes=codes)) if codes else (why,)


def row_of(summary: SessionSummary, *, chosen: bool = False) -> CourseShown:
    """One session as a row: its day, who came, whether the centre has it."""
    session, turnout = summary.session, summary.turnout
    if session.step is Step.NOT_HELD:
        reason = session.not_held_reason
        came = say("step.not_held") + (f" · {say(f'not_held.{reason.value}')}" if reason else "")
    else:
        came = say("op.records.line", arrived=turnout.arrived, expected=turnout.expected)
    checked = (say("op.records.to_check", count=summary.to_check),) if summary.to_check else ()
    twice = (say("op.records.twice"),) if summary.together is not None else ()
    day = day_of(session.planned_start_ms or session.prepared_ms)
    return CourseShown(
        title=session.title,
        under=(day, came, *twice, *checked),
        badge=say("op.records.waiting" if summary.waiting else "op.records.sent"),
        icon="clock" if summary.waiting else "check_circle",
        chosen=chosen,
    )


def _when(state: RecordsState) -> str:
    view = state.view
    if view is None:
        return ""
    session = view.session
    if session.step is Step.NOT_HELD:
        reason = session.not_held_reason
        return f"{say('step.not_held')} · {say(f'not_held.{reason.value}')}" if reason else ""
    start = session.opened_ms or session.prepared_ms
    text = f"{day_of(start)} {clock_time(start)}"
    return f"{text}–{clock_time(session.ended_ms)}" if session.ended_ms else text
