"""The people as a table with a search box; one of them, a new one or a spreadsheet in its place."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QTableView, QWidget

from app.areas.forms.form import Form
from app.domain.ids import PersonId
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.roster.model import COLUMNS, RosterModel
from ui.pages.roster.person_form import PersonForm
from ui.pages.roster.presenter import RosterPresenter
from ui.pages.roster.sheet_panel import FilePanel, SheetPanel
from ui.pages.roster.state import InFront, RosterState
from ui.parts.forms.fields import field
from ui.parts.layout import PageView, row, tight, words
from ui.parts.lists.group_column import GroupColumn
from ui.parts.person.sheet import PersonSheetView
from ui.state.current_session import StatusTone
from ui.theme import look
from ui.widgets.buttons import SecondaryButton
from ui.widgets.empty_note import EmptyNote
from ui.widgets.panel import Card, label

LESS_NEEDED = ("card", "born", "phone", "kind")
"""Columns that a narrow table leaves out first."""

MARGINS = 56
"""Beside the table: the card's edges and the bar."""
NARROW = 1_150
"""A page that is less wide than this shows neither groups nor branches beside the people."""


class RosterPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._room = context.session
        look_for = None if context.handouts is None else context.handouts.look
        self.presenter = RosterPresenter(self._room, self.render_state, look_for)
        self.reader = self.presenter.reader
        self.person = PersonForm(self.presenter)
        self.person.year.clicked.connect(lambda: self.presenter.year_sheet(self._print_year))
        self.files = FilePanel(self.presenter, context.handouts)
        self.dry_run = SheetPanel(self.presenter)
        self.sheet = PersonSheetView(self, self._room, more=self._on_more)
        self._parts = {
            InFront.LIST: self._build_list(),
            InFront.PERSON: self._carded(self.person),
            InFront.FILES: self._carded(self.files),
            InFront.SHEET: self._carded(self.dry_run),
        }
        self.front = QStackedWidget()
        for part in self._parts.values():
            self.front.addWidget(part)
        self.rows.addWidget(self.front, 1)
        self.model.modelReset.connect(self._find_room)
        self.search.textChanged.connect(self.presenter.type)
        self.table.clicked.connect(self._on_row)
        self.table.activated.connect(self._on_row)
        self.add.clicked.connect(self.presenter.write_new)
        self.read_sheet.clicked.connect(self.presenter.choose_file)

    def _build_list(self) -> Card:
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
        self.add = SecondaryButton(say("op.people.add"), icon="person_add")
        self.read_sheet = SecondaryButton(say("op.people.import"), icon="list")
        self.cards_button = SecondaryButton(say("paper.print_cards"), icon="printer")
        self.cards_button.clicked.connect(self._print_cards)
        title = label(say("op.roster.title"), "title")
        top = row(title, self.counts, None, self.search)
        top.setStretch(3, 1)
        card.rows.addLayout(top)
        self.groups = GroupColumn()
        self.groups.chosen.connect(self.presenter.choose_group)
        both = row(self.groups, self.stack)
        both.setStretch(1, 1)
        card.rows.addLayout(both, 1)
        self.note = note = words(say("op.roster.note"), "caption")
        foot = row(note, self.add, self.read_sheet, self.cards_button)
        foot.setStretch(0, 1)
        card.rows.addLayout(foot)
        return card

    @staticmethod
    def _carded(part: QWidget) -> Card:
        card = tight(Card())
        card.rows.addWidget(part, 1)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large words in a small window leave room for the people alone, in as many columns as
        there is room for."""
        super().resizeEvent(event)
        self._make_room()

    def _find_room(self) -> None:
        """What does not fit beside the names stands on a person's own page."""
        room = self.width() - look.scaled(MARGINS)  # the table itself is laid out later
        if not self.groups.isHidden():
            room -= max(self.groups.width(), self.groups.sizeHint().width())
        for name in LESS_NEEDED:
            self.table.setColumnHidden(COLUMNS.index(name), False)
        for name in LESS_NEEDED:
            if sum(map(self._needed, range(len(COLUMNS)))) > room:
                self.table.setColumnHidden(COLUMNS.index(name), True)

    def _needed(self, at: int) -> int:
        if self.table.isColumnHidden(at):
            return 0
        return max(
            self.table.sizeHintForColumn(at), self.table.horizontalHeader().sectionSizeHint(at)
        )

    def _make_room(self) -> None:
        narrow = self.width() < look.scaled(NARROW)
        self.table.setColumnHidden(COLUMNS.index("unit"), narrow)
        self.note.setVisible(not narrow)
        self.groups.setVisible(not narrow and len(self.presenter.state.groups) > 1)
        self._find_room()

    def _on_row(self, at: QModelIndex) -> None:
        if not self.sheet.isVisible():  # a click may activate too
            self.sheet.open(self.presenter.state.people[at.row()].id)

    def _on_more(self, person: PersonId) -> None:
        self.presenter.open(person)

    def _print_year(self, form: Form) -> None:
        from ui.printing.print_or_save import offer_forms  # the printer's library, to print

        offer_forms(self, self._room, (form,), form.file_name)

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
        """Ctrl+F finds; Esc goes back, then clears."""
        if self.sheet.takes(act):
            return True
        if self.presenter.state.front is not InFront.LIST:
            if act is Shortcut.ESCAPE:
                self.presenter.go_back()
            return act is Shortcut.ESCAPE
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
        self.model.show_people(state.people, state.unchecked, state.branches)
        nobody = "op.roster.no_one" if state.text else "op.roster.none"
        self.empty.show_note(say(nobody if state.known else "op.roster.reading"), icon="people")
        self.groups.show_groups(state.groups, state.group)
        self._make_room()
        self.stack.setCurrentIndex(0 if state.people else 1)
        self.front.setCurrentWidget(self._parts[state.front])
        match state.front:
            case InFront.PERSON:
                self.person.render_state(state)
            case InFront.FILES:
                self.files.begin()
            case InFront.SHEET:
                self.dry_run.render_state(state)
