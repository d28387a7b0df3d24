"""The cases: what waits for us first at the left; one of them, a form or the kinds at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from app.areas.cases.case_kind import WITHDRAW
from app.areas.cases.case_lines import (
    field_lines,
    hand_line,
    history_lines,
    kind_word,
    move_word,
    overtaken_line,
    state_word,
    title_of,
)
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.verbs import CaseList, CaseView, DutyLine
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.cases.form import CaseFormView
from ui.pages.cases.presenter import CasesPresenter
from ui.pages.cases.state import CasesFront, CasesState
from ui.pages.context import PageContext
from ui.parts.layout import PageView, ScrollColumn, clear, column, row, tight, words
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.state.formatting import day_of
from ui.theme import look, tokens
from ui.widgets.buttons import SecondaryButton
from ui.widgets.empty_note import EmptyNote
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, label

MOST_ROWS = 100
ACROSS = 2
_HALF_YEAR = 6
_ICONS = {
    "wish": "seal",
    "request": "book",
    "filing": "records",
    "contest": "talk",
    "video": "screen",
    "late": "clock",
    "feedback": "tell",
    "equipment": "settings",
    "pledge": "check_circle",
    "pairing": "people",
}


class CasesPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._listed: tuple[object, ...] = ()
        self.presenter = CasesPresenter(context.session, self.render_state)
        self.reader = self.presenter.reader
        self.form = CaseFormView(context.session)
        self.kinds = _Kinds(self.presenter)
        self.case = _CaseCard(self.presenter)
        self.nothing = EmptyNote(say("op.cases.choose"), icon="list")
        self._parts = {
            CasesFront.NOTHING: self.nothing,
            CasesFront.CASE: self.case,
            CasesFront.KINDS: self.kinds,
            CasesFront.FORM: self.form,
        }
        self.front = QStackedWidget()
        for part in self._parts.values():
            self.front.addWidget(part)
        right = tight(Card())
        right.rows.addWidget(self.front, 1)
        body = row(self._build_list(), right, gap=16)
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        self.rows.addLayout(body, 1)
        self.form.sent.connect(self.presenter.send)
        self.form.left.connect(self.presenter.go_back)

    def act(self, act: Shortcut) -> bool:
        """F5 takes the next step; Esc goes back."""
        state = self.presenter.state
        if act is Shortcut.MAIN and state.front is CasesFront.CASE and self.case.main.isEnabled():
            self.case.main.click()
        elif act is Shortcut.ESCAPE and state.front is not CasesFront.NOTHING:
            self.presenter.go_back()
        else:
            return False
        return True

    def render_state(self, state: CasesState) -> None:
        """Show a state."""
        found = state.list
        if found is not None:
            self._show_list(state, found)
        if state.front is CasesFront.FORM and state.form is not None:
            self.form.show_form(state.form, is_sending=state.is_sending)
        else:
            self.form.forget()
        if state.front is CasesFront.CASE and state.case is not None:
            self.case.show_case(state.case, is_sending=state.is_sending)
        self.kinds.show_kinds(state)
        self.front.setCurrentWidget(self._parts[state.front])

    # --- inside -----------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        self.waits = label("", "body")
        self.kind = FitButton(say("op.cases.all"), icon="list")
        self.ended = FitButton(say("op.cases.ended"), checkable=True)
        self.list = ScrollColumn()
        self.empty = EmptyNote(say("op.cases.none"), icon="note")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.duty = words("", "caption")
        self.new = FitButton(say("op.cases.new"), icon="plus")
        card = tight(Card())
        card.rows.addLayout(row(label(say("op.cases.title"), "title"), None, self.waits))
        card.rows.addLayout(row(self.kind, self.ended))
        card.rows.addWidget(self.stack, 1)
        card.rows.addWidget(self.duty)
        card.rows.addWidget(self.new)
        self.kind.clicked.connect(lambda: self.presenter.ask_kind(new=False))
        self.new.clicked.connect(lambda: self.presenter.ask_kind(new=True))
        self.ended.clicked.connect(self.presenter.toggle_ended)
        return card

    def _show_list(self, state: CasesState, found: CaseList) -> None:
        told = say("op.cases.waits", count=found.waits)
        self.waits.setText(told if found.waits else say("op.cases.nothing_waits"))
        self.kind.say(kind_word(state.kind) if state.kind else say("op.cases.all"))
        self.ended.setChecked(state.with_ended)
        duties = (one for one in found.duties if one.count < one.least)
        self.duty.setText("\n".join(_duty(one) for one in duties))
        self.duty.setVisible(bool(self.duty.text()))
        self.stack.setCurrentIndex(0 if found.cases else 1)
        shown = None if state.case is None else state.case.record.case
        listed = (found.cases, shown)
        if listed != self._listed:
            self._listed = listed
            self.list.show_parts(tuple(self._row(one, shown) for one in found.cases[:MOST_ROWS]))

    def _row(self, view: CaseView, shown: str | None) -> QWidget:
        record = view.record
        waits = say("cases.unconfirmed") if record.unconfirmed else ""
        under = (kind_word(record.kind), state_word(record), waits, _since(view))
        made = CourseRow(
            CourseShown(
                title_of(record, view.names),
                tuple(filter(None, under)),
                say("op.cases.ours") if view.waits_for_us else "",
                _ICONS.get(record.kind, "note"),
                record.case == shown,
            )
        )
        made.clicked.connect(lambda _on=False: self.presenter.open(record.case))
        return made


class _CaseCard(QWidget):
    """One case: how it stands, its fields, its history, what can be done next."""

    def __init__(self, presenter: CasesPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.kicker = words("", "caption")
        self.title = words("", "section")
        self.stands = words("", "body")
        self.told = words("", "body")
        self.inside = ScrollColumn()
        self.main = FitButton("", icon="check", main=True)
        self.others = column()
        rows = column(
            *(self.kicker, self.title, self.stands, self.told, self.inside),
            *(self.main, self.others),
        )
        rows.setStretch(4, 1)
        self.setLayout(rows)
        self._main = ""
        self.buttons: dict[str, SecondaryButton] = {}
        self.main.clicked.connect(lambda: self._presenter.begin_move(self._main))

    def show_case(self, view: CaseView, *, is_sending: bool) -> None:
        """Show one."""
        record = view.record
        self.kicker.setText(f"{kind_word(record.kind)} · {state_word(record)}")
        self.title.setText(title_of(record, view.names))
        hand = hand_line(record, view.site)
        self.stands.setText(say("op.cases.now", hand=hand, day=day_of(record.since_ms)))
        late = overtaken_line(record, view.site)
        waits = say("cases.unconfirmed") if record.unconfirmed else ""
        self.told.setText("\n".join(filter(None, (late, waits))))
        self.told.setVisible(bool(self.told.text()))
        fields = (f"{name}：{text}" for name, text in field_lines(record, view.names))
        history = history_lines(record, view.site, view.names)
        self.inside.show_parts(
            (
                *(words(one) for one in fields),
                label(say("op.cases.history"), "caption"),
                *(words(one) for one in history),
            )
        )
        self._show_moves(view, is_sending=is_sending)

    def _show_moves(self, view: CaseView, *, is_sending: bool) -> None:
        names = [one.name for one in view.moves]
        ahead = [one for one in names if one != WITHDRAW]
        self._main = ahead[0] if ahead else ""
        self.main.setVisible(bool(ahead))
        self.main.setEnabled(bool(ahead) and not is_sending)
        kind = view.record.kind
        if ahead:
            self.main.say(move_word(kind, self._main))
        clear(self.others)
        self.buttons = {}
        line = row()
        for name in (one for one in names if one != self._main):
            button = SecondaryButton(move_word(kind, name))
            button.clicked.connect(partial(self._presenter.begin_move, name))
            button.setEnabled(not is_sending)
            line.addWidget(button, 1)
            self.buttons[name] = button
        self.others.addLayout(line)


class _Kinds(QWidget):
    """All kinds as large words, to open one or to see those of one alone."""

    def __init__(self, presenter: CasesPresenter) -> None:
        super().__init__()
        self.title = words("", "section")
        grid = QGridLayout()
        grid.setSpacing(look.scaled(tokens.GAP))
        self.buttons: dict[str, FitButton] = {}
        for at, name in enumerate(("", *CASE_KINDS)):
            button = self.buttons[name] = FitButton("", icon=_ICONS.get(name, "list"))
            button.clicked.connect(partial(presenter.choose_kind, name))
            grid.addWidget(button, at // ACROSS, at % ACROSS)
        place = ScrollColumn()
        place.rows.addLayout(grid)
        leave = SecondaryButton(say("op.cancel"))
        leave.clicked.connect(presenter.go_back)
        rows = column(self.title, place, row(leave, None))
        rows.setStretch(1, 1)
        self.setLayout(rows)

    def show_kinds(self, state: CasesState) -> None:
        """With how many of each stand open."""
        new = state.picks_new
        self.title.setText(say("op.cases.which" if new else "op.cases.show_which"))
        counts = {} if state.list is None else state.list.counts
        for name, button in self.buttons.items():
            word = kind_word(name) if name else say("op.cases.all")
            count = counts.get(name, 0)
            told = say("op.cases.of_kind", kind=word, count=count) if count and not new else word
            button.say(told)
            button.setVisible(bool(name) or not new)


def _since(view: CaseView) -> str:
    return say("op.cases.since", day=day_of(view.record.since_ms))


def _duty(line: DutyLine) -> str:
    key = "op.cases.duty_half" if line.months == _HALF_YEAR else "op.cases.duty_months"
    return say(key, kind=kind_word(line.kind), count=line.count, least=line.least)
