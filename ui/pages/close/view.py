"""The closing page: everyone who needs a second look on the left, the figures on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.areas.attendance.views import PersonCard
from app.areas.sessions.activity_lines import activity_lines, titled
from app.areas.sessions.session import NotHeldReason
from app.domain.ids import PersonId
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.close.presenter import ClosePresenter
from ui.pages.close.state import CloseQuestion, CloseState
from ui.pages.context import PageContext
from ui.parts.activities.presenter import button_words, said_of
from ui.parts.activities.sheet import ActivitiesSheet
from ui.parts.code_line import CodeLine
from ui.parts.ended import OnlyHereButton, ReopenButton, print_sign_in_sheet
from ui.parts.forms.fields import NotHeldForm
from ui.parts.layout import PageView, ScrollColumn, column, even, row, tight, words
from ui.parts.lists.name_grid import NameGrid, NameShown
from ui.parts.lists.people_list import person_shown
from ui.parts.numbers import BigNumber
from ui.parts.person.sheet import PersonSheetView
from ui.parts.room_asks.panel import RoomAsksSheet
from ui.state.current_session import StatusTone
from ui.state.play_lines import play_lines
from ui.theme import look, tokens
from ui.widgets.count_bar import CountBar
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, label

MISSING = "op.close.missing"


class ClosePage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        room = context.session
        self.title = words("", "title")
        self.note = words("", "body")
        self.people = NameGrid()
        left = tight(Card())
        left.rows.addWidget(self.title)
        left.rows.addWidget(self.note)
        self.code = CodeLine(
            lambda code: room.say("op.records.code_copied", StatusTone.DONE, code=code)
        )
        left.rows.addWidget(self.code)
        left.rows.addWidget(self.people, 1)
        self.asks = RoomAsksSheet(self, room, context.audience.lend, context.audience.show_quiz)
        self.reopen = ReopenButton(room, lambda _view: None)
        body = row(left, self._build_figures(), gap=16)
        body.setStretch(0, 5)
        body.setStretch(1, 3)
        sheet, asked = QWidget(), tight(Card())
        sheet.setLayout(body)
        asked.rows.addWidget(self.not_held, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(sheet)
        self.stack.addWidget(asked)
        self.rows.addWidget(self.stack, 1)
        self.sheet = PersonSheetView(self, room)
        self.doings = ActivitiesSheet(self, room)
        self.doing.clicked.connect(lambda: self.doings.open())
        self._room, self._playback = room, context.playback
        self._asked = CloseQuestion.NONE
        self.presenter = ClosePresenter(room, self)
        self.reader = self.presenter.reader
        self._connect()
        self.people.touched.connect(lambda person: self.sheet.open(PersonId(person)))

    def act(self, act: Shortcut) -> bool:
        """No key closes the session: only its button does. Esc answers a question with no."""
        if any(one.takes(act) for one in (self.sheet, self.doings, self.asks)):
            return True
        asked = self.presenter.state.question is not CloseQuestion.NONE
        if act is Shortcut.ESCAPE and asked:
            self.presenter.go_on()
        return act is Shortcut.ESCAPE and asked

    def opened(self) -> None:
        """Everybody stands where they belong now."""
        self.presenter.opened()

    def stop_playing(self) -> None:
        """A course that is still on ends."""
        self._playback.stop()

    def print_sheet(self) -> None:
        """The sign-in sheet, of everybody or of those who came."""
        view = self.presenter.state.view
        if view is not None:
            print_sign_in_sheet(self, self._room, view, only_here=self.only_here.isChecked())

    def render_state(self, state: CloseState) -> None:
        """Show a state."""
        view = state.view
        self.reopen.offer(None if view is None else view.session)
        if view is None:
            self.title.setText(say("op.close.title"))
            self.note.setText(say("op.close.not_running"))
            self.code.show_code("")
            self.people.show_tiles((), "")
            self.main.say(say("op.close.home"), icon="check")
            for part in (self.plain, self.only_here):
                part.hide()
            return
        self.code.show_code(view.code)
        closed = state.is_closed
        self.title.setText(
            say("op.close.closed_title", title=titled(view.session))
            if closed
            else say("op.close.title")
        )
        self.note.setText(say("op.close.kept" if closed else "op.close.will"))
        self.main.say(
            say("op.close.home" if closed else "op.close.print"),
            icon="check" if closed else "printer",
        )
        self.plain.say(
            say("paper.print_sheet" if closed else "op.close.only"),
            icon="printer" if closed else "check",
        )
        for part in (self.plain, self.only_here):
            part.show()
        self._show_question(state)
        turnout = view.turnout
        self.count.show_count(
            turnout.arrived, turnout.expected, turnout.visitors + turnout.left_out_present
        )
        self._show_people(state)
        self._show_figures(state)

    def _build_figures(self) -> Card:
        self.count = CountBar(count_px=look.scaled(48))
        self.rate = BigNumber("")
        self.in_room = BigNumber(say("op.close.in_room"))
        self.shown = words("", "body")
        self.notes = words("", "body")
        figures = ScrollColumn()
        self.done_title = label(say("op.doing.section"), "section")
        self.done = words("", "body")
        self.doing = FitButton("", icon="list")
        self.ask = FitButton(say("op.asks.title"), icon="face_1")
        self.ask.clicked.connect(self.asks.open)
        for part in (
            self.done_title,
            self.done,
            self.doing,
            self.ask,
            label(say("op.close.plays"), "section"),
            self.shown,
            label(say("op.close.notes"), "section"),
            self.notes,
        ):
            figures.rows.addWidget(part)
        self.main = FitButton(say("op.close.print"), icon="printer", main=True)
        self.plain = FitButton(say("op.close.only"), icon="check")
        self.only_here = OnlyHereButton()
        self.reopen.set_height(tokens.CONTROL_MAIN)
        overview = QWidget()
        inside = column(
            self.count,
            row(self.in_room, 24, self.rate, None),
            figures,
            even(self.plain, self.only_here),
            even(self.reopen, self.main),
        )
        inside.setStretch(2, 1)
        overview.setLayout(inside)
        self.question = EndQuestion()
        self.not_held = NotHeldForm()
        self.side = QStackedWidget()
        for side in (overview, self.question):
            self.side.addWidget(side)
        card = tight(Card())
        card.rows.addWidget(self.side, 1)
        return card

    def _connect(self) -> None:
        does = self.presenter
        self.main.clicked.connect(lambda: does.confirm(then_print=True))
        self.plain.clicked.connect(self._on_plain)
        self.question.main.clicked.connect(self._on_answered)
        self.question.end.clicked.connect(does.close)
        self.question.back.clicked.connect(does.go_on)
        self.not_held.told.connect(lambda why, note: does.not_held(NotHeldReason(why), note))
        self.not_held.put_away.connect(does.go_on)

    def _on_plain(self) -> None:
        if self.presenter.state.is_closed:
            self.print_sheet()
        else:
            self.presenter.confirm()

    def _on_answered(self) -> None:
        """The safe answer: go on, or say that it was not held."""
        if self.presenter.state.question is CloseQuestion.NOBODY:
            self.presenter.was_not_held()
        else:
            self.presenter.go_on()

    def _show_question(self, state: CloseState) -> None:
        if state.question is self._asked:
            return
        self._asked = state.question
        self.side.setCurrentIndex(0 if state.question is CloseQuestion.NONE else 1)
        self.stack.setCurrentIndex(int(state.question is CloseQuestion.WHY_NOT_HELD))
        view = state.view
        if view is not None and state.question is CloseQuestion.WHY_NOT_HELD:
            self.not_held.begin(view.session.title)
        elif view is not None and state.question is not CloseQuestion.NONE:
            turnout = view.turnout
            missing = turnout.expected - turnout.arrived - turnout.on_leave
            self.question.ask(nobody=state.question is CloseQuestion.NOBODY, missing=missing)

    def _show_people(self, state: CloseState) -> None:
        shown: list[NameShown] = []
        for one in state.sections:
            key = "op.close.absent" if one.key == MISSING and state.is_closed else one.key
            if one.cards or one.key == MISSING:
                shown.append(NameShown(PersonId(""), say(key, count=one.count), begins=True))
            shown += [_tile(card) for card in one.cards]
        self.people.show_tiles(tuple(shown), "", state.gathered)

    def _show_figures(self, state: CloseState) -> None:
        view = state.view
        if view is None:
            return
        lines = activity_lines(view)
        self.done.setText("\n".join(lines))
        for part in (self.done_title, self.done):
            part.setVisible(bool(lines))
        self.doing.setVisible(not state.is_closed and bool(said_of(view.session)))
        self.doing.say(button_words(view.session))
        if self.doings.isVisible():
            self.doings.render_view()
        self.ask.setVisible(not state.is_closed)
        rate = view.turnout.rate_percent
        self.rate.show_number(f"{rate}%" if rate is not None else "–", say("op.close.rate"))
        self.in_room.show_number(str(view.turnout.in_room))
        self.shown.setText("\n".join(play_lines(view.plays)) or say("op.close.no_plays"))
        self.notes.setText("\n".join(view.written) or say("op.discuss.none"))


class EndQuestion(QWidget):
    """Asks before an unusual end; ``main`` is the safe answer and has the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.text = words("", "section")
        self.main = FitButton("", main=True)
        self.end = FitButton(say("op.close.only"), icon="check")
        self.back = FitButton(say("op.close.ask.back"), icon="arrow_left")
        self.setLayout(column(None, self.text, 12, self.main, self.end, self.back, None))

    def ask(self, *, nobody: bool, missing: int) -> None:
        """Show the question."""
        self.text.setText(
            say("op.close.ask.nobody" if nobody else "op.close.ask.few", count=missing)
        )
        self.main.say(
            say("op.today.not_held_ok" if nobody else "op.close.ask.back"),
            icon="cross" if nobody else "arrow_left",
        )
        self.end.say(say("op.close.ask.end"))
        self.back.setVisible(nobody)
        self.main.setFocus()


def _tile(card: PersonCard) -> NameShown:
    shown = person_shown(card)
    return NameShown(card.id, card.name, card.group, shown.state)
