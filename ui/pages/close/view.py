"""The closing page: everyone who needs a second look on the left, the figures on the right."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.areas.attendance.views import PersonCard
from app.domain.ids import PersonId
from app.domain.personal import LeaveKind
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.close.presenter import ClosePresenter
from ui.pages.close.state import CloseState
from ui.pages.context import PageContext
from ui.parts.code_line import CodeLine
from ui.parts.forms.late_entry import LateForm
from ui.parts.layout import PageView, ScrollColumn, column, row, tight, words
from ui.parts.lists.people_list import PeopleTiles, person_shown
from ui.parts.numbers import BigNumber
from ui.state.current_session import StatusTone
from ui.state.play_lines import play_lines
from ui.theme import look
from ui.widgets.count_bar import CountBar
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, label


class ClosePage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        room = context.session
        self.title = words("", "title")
        self.note = words("", "body")
        self.people = ScrollColumn()
        left = tight(Card())
        left.rows.addWidget(self.title)
        left.rows.addWidget(self.note)
        self.code = CodeLine(
            lambda code: room.say("op.records.code_copied", StatusTone.DONE, code=code)
        )
        left.rows.addWidget(self.code)
        left.rows.addWidget(self.people, 1)
        body = row(left, self._build_figures(), gap=16)
        body.setStretch(0, 5)
        body.setStretch(1, 3)
        self.rows.addLayout(body, 1)
        self.presenter = ClosePresenter(room, self.render_state, context.playback.stop)
        self.reader = self.presenter.reader
        self.main.clicked.connect(self.presenter.confirm)
        self.form.entered.connect(self.presenter.late_entry)
        self.form.excused.connect(lambda kind: self.presenter.leave(LeaveKind(kind)))
        self.form.put_away.connect(lambda: self.presenter.enter(None))

    def act(self, act: Shortcut) -> bool:
        """Esc puts the form away; nothing closes the session but its button."""
        if act is not Shortcut.ESCAPE:
            return False
        self.presenter.enter(None)
        return True

    def render_state(self, state: CloseState) -> None:
        """Show a state."""
        view = state.view
        if view is None:
            self.title.setText(say("op.close.title"))
            self.note.setText(say("op.close.not_running"))
            self.code.show_code("")
            self.people.show_parts(())
            self.main.say(say("op.close.home"))
            return
        self.code.show_code(view.code)
        closed = state.is_closed
        self.title.setText(
            say("op.close.closed_title", title=view.session.title)
            if closed
            else say("op.close.title")
        )
        self.note.setText(say("op.close.kept" if closed else "op.close.will"))
        self.main.say(say("op.close.home" if closed else "op.close.confirm"), icon="check")
        turnout = view.turnout
        self.count.show_count(
            turnout.arrived, turnout.expected, turnout.visitors + turnout.left_out_present
        )
        self._show_people(state)
        self._show_figures(state)
        entering = state.entering
        if entering is not None and self.side.currentIndex() == 0:
            self.form.begin(entering.name, may_excuse=not closed and entering.status is None)
        self.side.setCurrentIndex(1 if entering else 0)

    def _build_figures(self) -> Card:
        self.count = CountBar(count_px=look.scaled(48))
        self.rate = BigNumber("")
        self.in_room = BigNumber(say("op.close.in_room"))
        self.shown = words("", "body")
        self.notes = words("", "body")
        figures = ScrollColumn()
        for part in (
            label(say("op.close.plays"), "section"),
            self.shown,
            label(say("op.close.notes"), "section"),
            self.notes,
        ):
            figures.rows.addWidget(part)
        self.main = FitButton(say("op.close.confirm"), icon="check", main=True)
        overview = QWidget()
        inside = column(self.count, row(self.in_room, 24, self.rate, None), figures, self.main)
        inside.setStretch(2, 1)
        overview.setLayout(inside)
        self.form = LateForm()
        self.side = QStackedWidget()
        self.side.addWidget(overview)
        self.side.addWidget(self.form)
        card = tight(Card())
        card.rows.addWidget(self.side, 1)
        return card

    def _show_people(self, state: CloseState) -> None:
        parts: list[QWidget] = []
        missing = "op.close.absent" if state.is_closed else "op.close.missing"
        for key, cards in (
            (missing, state.missing),
            ("op.close.on_leave", state.on_leave),
            ("op.close.late", state.late),
            ("op.close.visitors", state.visitors),
        ):
            heading = label(say(key, count=len(cards)), "section")
            parts.append(heading)
            if cards:
                parts.append(self._tiles(cards, touchable=cards is state.missing))
            else:
                parts.append(label(say("op.close.nobody"), "caption"))
        self.people.show_parts(tuple(parts))

    def _tiles(self, cards: tuple[PersonCard, ...], *, touchable: bool) -> PeopleTiles:
        touched = self._on_touched if touchable else None
        return PeopleTiles(tuple(person_shown(one) for one in cards), touched)

    def _on_touched(self, person: PersonId) -> None:
        self.side.setCurrentIndex(0)
        self.presenter.enter(person)

    def _show_figures(self, state: CloseState) -> None:
        view = state.view
        if view is None:
            return
        rate = view.turnout.rate_percent
        self.rate.show_number(f"{rate}%" if rate is not None else "–", say("op.close.rate"))
        self.in_room.show_number(str(view.turnout.in_room))
        self.shown.setText("\n".join(play_lines(view.plays)) or say("op.close.no_plays"))
        self.notes.setText("\n".join(view.written) or say("op.discuss.none"))
