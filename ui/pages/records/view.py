"""The books: past sessions on the left, the chosen one whole on the right; or a month's forms."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.areas.attendance.trace import otherwise_lines
from app.areas.forms.form import Form, Say
from app.areas.forms.held import FormSession, of_view
from app.areas.forms.sheets.session_record import session_record
from app.areas.forms.sheets.sign_in_sheet import sign_in_sheet
from app.areas.sessions.activity_lines import activity_lines, titled
from app.areas.sessions.session import Step
from app.areas.sessions.views import RecordedTwice, SessionSummary
from app.domain.ids import PersonId, SessionId
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.records.presenter import RecordsPresenter
from ui.pages.records.shelf.view import BookShelf
from ui.pages.records.state import RecordsState
from ui.parts.code_line import CodeLine
from ui.parts.ended import ReopenButton
from ui.parts.forms.fields import Choice, field
from ui.parts.layout import PageView, ScrollColumn, column, even, row, tight, words
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.parts.lists.people_list import PeopleTiles, person_shown
from ui.parts.person.sheet import PersonSheetView
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.formatting import clock_time, day_of
from ui.state.page_names import PageName, place_of
from ui.state.play_lines import play_lines
from ui.theme import look
from ui.widgets.buttons import QuietButton
from ui.widgets.count_bar import CountBar
from ui.widgets.empty_note import EmptyNote
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, label

SESSIONS, MONTH = "sessions", "month"


class RecordsPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        room = context.session
        body = row(self._left(), self._right(room), gap=16)
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
        self.search.textChanged.connect(self.presenter.type)
        self.earlier.clicked.connect(lambda: self.presenter.earlier())
        self.books.chosen.connect(self._open_book)
        self.shelf: BookShelf | None = None
        self.sheet = PersonSheetView(self, room, self.presenter.load)
        self.reader = self.presenter.reader

    def _left(self) -> Card:
        """Which book, and what is in it."""
        self.list = ScrollColumn()
        self.search = field(say("op.records.search"), say("op.records.search_hint"))
        self.earlier = QuietButton(say("op.records.earlier"))
        self.late = FitButton(say("op.late.open"), icon="note")
        self.late.clicked.connect(lambda: self._room.host.go(PageName.LATE_SESSION))
        self.books = Choice([(one, say(f"op.books.{one}")) for one in (SESSIONS, MONTH)], even=True)
        self.books.choose(SESSIONS)
        past = QWidget()
        past.setLayout(column(self.search, self.list, self.earlier, self.late))
        self.left = QStackedWidget()
        self.left.addWidget(past)
        card = tight(Card())
        card.rows.addWidget(self.books)
        card.rows.addWidget(self.left, 1)
        return card

    def _right(self, room: CurrentSession) -> Card:
        """One session whole, or one form."""
        self.title = words("", "title")
        self.when = words("", "body")
        self.count = CountBar(count_px=look.scaled(44))
        self.people = ScrollColumn()
        self.code = CodeLine(
            lambda code: room.say("op.records.code_copied", StatusTone.DONE, code=code)
        )
        self.sheet_button = FitButton(say("paper.print_sheet"), icon="printer")
        self.record_button = FitButton(say("paper.print_record"), icon="printer")
        when = row(self.when, self.code)
        when.setStretch(0, 1)
        self.reopen = ReopenButton(room, lambda view: room.host.go(place_of(view.session.step)))
        papers = even(self.sheet_button, self.record_button, self.reopen)
        rows = column(self.title, when, self.count, papers, self.people)
        rows.setStretch(rows.count() - 1, 1)
        one = QWidget()
        one.setLayout(rows)
        self.right = QStackedWidget()
        self.right.addWidget(one)
        card = tight(Card())
        card.rows.addWidget(self.right, 1)
        return card

    def _print(self, make: Callable[[Say, str, FormSession], Form]) -> None:
        view = self.presenter.state.view
        if view is None:
            return
        from ui.printing.print_or_save import offer_forms  # the printer's library, to print

        form = make(say, self._room.site_name, of_view(view))
        offer_forms(self, self._room, (form,), form.file_name)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is for the secretary alone does not stand there for whoever comes next."""
        super().hideEvent(event)
        if self.shelf is not None:
            self.shelf.presenter.hide_visits()

    def _open_book(self, book: str) -> None:
        """Past sessions, or the forms of a month."""
        if self.shelf is None:
            self.shelf = BookShelf(self, self._room)
            self.left.addWidget(self.shelf.left)
            self.right.addWidget(self.shelf.right)
            self.shelf.behind.chosen.connect(self._look_at)
        if book == MONTH:
            self.shelf.presenter.load()
        for stack in (self.left, self.right):
            stack.setCurrentIndex(int(book == MONTH))

    def _look_at(self, session: str) -> None:
        """The session behind a figure, as it was recorded."""
        if self.shelf is not None:
            self.shelf.presenter.put_away()
        self.books.choose(SESSIONS)
        self._open_book(SESSIONS)
        self.presenter.choose(SessionId(session))

    def act(self, act: Shortcut) -> bool:
        """Keys are for the sheet that lies over the page; Ctrl+F finds."""
        if self.sheet.takes(act) or (self.shelf is not None and self.shelf.takes(act)):
            return True
        if act is Shortcut.SEARCH and self.left.currentIndex() == 0:
            self.search.setFocus()
            return True
        return False

    def render_state(self, state: RecordsState) -> None:
        """Show a state."""
        nothing = state.loaded and not state.rows and not state.text
        self.stack.setCurrentIndex(1 if nothing else 0)
        self.earlier.setVisible(state.has_more)
        if self.shelf is not None and self.left.currentIndex() == 1:
            self.shelf.presenter.load()
        chosen = state.view.session.id if state.view else None
        parts = []
        for summary in state.rows:
            part = CourseRow(row_of(summary, chosen=summary.session.id == chosen))
            part.clicked.connect(
                lambda _on=False, one=summary.session.id: self.presenter.choose(one)
            )
            parts.append(part)
        if not parts and state.text:
            self.list.show_parts((words(say("op.records.not_found"), "body"),))
        else:
            self.list.show_parts(tuple(parts))
        self._show_chosen(state)

    def _show_chosen(self, state: RecordsState) -> None:
        view = state.view
        self.reopen.offer(None if view is None else view.session)
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
