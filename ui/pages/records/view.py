"""Past sessions on the left, the chosen one whole on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.areas.attendance.trace import otherwise_lines
from app.areas.sessions.activity_lines import activity_lines, titled
from app.areas.sessions.session import Step
from app.areas.sessions.views import RecordedTwice, SessionSummary
from app.domain.ids import PersonId
from app.domain.time import local_date
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
from ui.state.page_names import PageName
from ui.state.play_lines import play_lines
from ui.theme import look
from ui.widgets.buttons import SecondaryButton
from ui.widgets.count_bar import CountBar
from ui.widgets.empty_note import EmptyNote
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, label

if TYPE_CHECKING:
    from ui.printing.paper import Paper


class RecordsPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        room = context.session
        self.list = ScrollColumn()
        left = tight(Card())
        self.late = FitButton(say("op.late.open"), icon="note")
        self.late.clicked.connect(lambda: context.session.host.go(PageName.LATE_SESSION))
        left.rows.addLayout(row(label(say("op.records.title"), "title"), self.late))
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
        self.sheet_button.clicked.connect(lambda: self._print("paper.sign_in_sheet"))
        self.record_button.clicked.connect(lambda: self._print("paper.session_record"))
        self.presenter = RecordsPresenter(room, self.render_state)
        self.sheet = PersonSheetView(self, room, self.presenter.load)
        self.reader = self.presenter.reader

    def _print(self, kind: str) -> None:
        view = self.presenter.state.view
        if view is None:
            return
        from ui.printing.print_or_save import offer  # the printer's library is loaded to print
        from ui.printing.session_record import draw_session_record
        from ui.printing.sign_in_sheet import draw_sign_in_sheet

        drawn = draw_sign_in_sheet if kind == "paper.sign_in_sheet" else draw_session_record
        site = self._room.site_name

        def draw(paper: Paper) -> None:
            drawn(paper, site, view)

        session = view.session
        day = local_date(session.began_ms).isoformat()
        offer(self, self._room, draw, f"{say(kind)} {session.title} {day}")

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
        self.title.setText(titled(session))
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
        told = activity_lines(view)
        if told:
            parts.append(words("\n".join(told), "body"))
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
    if session.is_dropped:
        came = ""
    elif session.step is Step.NOT_HELD:
        reason = session.not_held_reason
        came = say("step.not_held") + (f" · {say(f'not_held.{reason.value}')}" if reason else "")
    else:
        came = say("op.records.line", arrived=turnout.arrived, expected=turnout.expected)
    checked = (say("op.records.to_check", count=summary.to_check),) if summary.to_check else ()
    late = "" if summary.late is None else say(f"late_state.{summary.late.value}")
    if summary.pending and not late:
        checked = (say("late.pending", count=summary.pending), *checked)
    twice = (say("op.records.twice"),) if summary.together is not None else ()
    day = day_of(session.planned_start_ms or session.prepared_ms)
    return CourseShown(
        title=titled(session),
        under=tuple(filter(None, (day, late, came, *twice, *checked))),
        badge=say("op.records.waiting" if summary.waiting else "op.records.sent"),
        icon="clock" if summary.waiting else "check_circle",
        chosen=chosen,
    )


def _when(state: RecordsState) -> str:
    view = state.view
    if view is None:
        return ""
    session = view.session
    if session.step is Step.NOT_HELD and not session.is_dropped:
        reason = session.not_held_reason
        return f"{say('step.not_held')} · {say(f'not_held.{reason.value}')}" if reason else ""
    text = f"{day_of(session.began_ms)} {clock_time(session.began_ms)}"
    return f"{text}–{clock_time(session.over_ms)}" if session.over_ms else text
