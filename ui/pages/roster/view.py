"""The roster as a table with a search box; nothing here changes it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QTableView

from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.roster.model import RosterModel
from ui.pages.roster.presenter import RosterPresenter
from ui.pages.roster.state import RosterState
from ui.parts.forms.fields import field
from ui.parts.layout import PageView, row, tight, words
from ui.parts.person.sheet import PersonSheetView
from ui.state.current_session import StatusTone
from ui.theme import look
from ui.widgets.buttons import SecondaryButton
from ui.widgets.empty_note import EmptyNote
from ui.widgets.panel import Card, label


class RosterPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.counts = label("", "body")
        self.search = field(say("op.roll.search_name"), say("op.roll.search"))
        self.model = RosterModel()
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(say("op.roster.title"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(look.scaled(48))
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setStretchLastSection(True)
        self.empty = EmptyNote(say("op.roster.none"), icon="people")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        card = tight(Card())
        self.cards_button = SecondaryButton(say("paper.print_cards"), icon="printer")
        self.cards_button.clicked.connect(self._print_cards)
        title = label(say("op.roster.title"), "title")
        top = row(title, self.counts, None, self.search, self.cards_button)
        top.setStretch(3, 1)
        card.rows.addLayout(top)
        card.rows.addWidget(self.stack, 1)
        card.rows.addWidget(words(say("op.roster.note"), "caption"))
        self.rows.addWidget(card, 1)
        self._room = context.session
        self.sheet = PersonSheetView(self, self._room)
        self.presenter = RosterPresenter(self._room, self.render_state)
        self.reader = self.presenter.reader
        self.search.textChanged.connect(self.presenter.type)
        self.table.clicked.connect(self._on_row)
        self.table.activated.connect(self._on_row)

    def _on_row(self, at: QModelIndex) -> None:
        if not self.sheet.isVisible():  # a click may activate too
            self.sheet.open(self.presenter.state.people[at.row()].id)

    def _print_cards(self) -> None:
        from ui.printing.member_cards import draw_member_cards, with_card  # only to print
        from ui.printing.print_or_save import offer

        people = with_card(self.presenter.state.people)
        if not people:
            self._room.say("paper.no_cards", StatusTone.CARE)
            return
        site = self._room.site_name
        offer(
            self,
            self._room,
            lambda paper: draw_member_cards(paper, site, people),
            say("paper.print_cards"),
        )

    def act(self, act: Shortcut) -> bool:
        """Ctrl+F finds."""
        if self.sheet.takes(act):
            return True
        if act is Shortcut.SEARCH:
            self.search.setFocus()
        elif act is Shortcut.ESCAPE:
            self.search.clear()
        else:
            return False
        return True

    def render_state(self, state: RosterState) -> None:
        """Show a state."""
        counts = say("op.roster.counts", total=state.total, left_out=state.left_out)
        self.counts.setText(counts if state.known else "")
        self.model.show_people(state.people)
        nobody = "op.roster.no_one" if state.text else "op.roster.none"
        self.empty.show_note(say(nobody if state.known else "op.roster.reading"), icon="people")
        self.stack.setCurrentIndex(0 if state.people else 1)
