"""The closing page: everyone who needs a second look on the left, the figures on the right."""

from __future__ import annotations

from app.areas.attendance.views import PersonCard
from app.domain.ids import PersonId
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.close.presenter import ClosePresenter
from ui.pages.close.state import CloseState
from ui.pages.context import PageContext
from ui.parts.code_line import CodeLine
from ui.parts.layout import PageView, ScrollColumn, column, row, tight, words
from ui.parts.lists.name_grid import NameGrid, NameShown
from ui.parts.lists.people_list import person_shown
from ui.parts.numbers import BigNumber
from ui.parts.person.sheet import PersonSheetView
from ui.state.current_session import StatusTone
from ui.state.play_lines import play_lines
from ui.theme import look
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
        body = row(left, self._build_figures(), gap=16)
        body.setStretch(0, 5)
        body.setStretch(1, 3)
        self.rows.addLayout(body, 1)
        self.sheet = PersonSheetView(self, room)
        self.presenter = ClosePresenter(room, self.render_state, context.playback.stop)
        self.reader = self.presenter.reader
        self.main.clicked.connect(self.presenter.confirm)
        self.people.touched.connect(lambda person: self.sheet.open(PersonId(person)))

    def act(self, act: Shortcut) -> bool:
        """No key closes the session: only its button does."""
        return self.sheet.takes(act)

    def opened(self) -> None:
        """Everybody stands where they belong now."""
        self.presenter.opened()

    def render_state(self, state: CloseState) -> None:
        """Show a state."""
        view = state.view
        if view is None:
            self.title.setText(say("op.close.title"))
            self.note.setText(say("op.close.not_running"))
            self.code.show_code("")
            self.people.show_tiles((), "")
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
        inside = column(self.count, row(self.in_room, 24, self.rate, None), figures, self.main)
        inside.setStretch(2, 1)
        card = tight(Card())
        card.rows.addLayout(inside, 1)
        return card

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
        rate = view.turnout.rate_percent
        self.rate.show_number(f"{rate}%" if rate is not None else "–", say("op.close.rate"))
        self.in_room.show_number(str(view.turnout.in_room))
        self.shown.setText("\n".join(play_lines(view.plays)) or say("op.close.no_plays"))
        self.notes.setText("\n".join(view.written) or say("op.discuss.none"))


def _tile(card: PersonCard) -> NameShown:
    shown = person_shown(card)
    return NameShown(card.id, card.name, card.group, shown.state)
