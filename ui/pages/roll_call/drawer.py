"""Late-comers while a course plays: the same search and names, in a narrow place."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from app.words import say
from ui.pages.roll_call.people import empty_words, shown_of
from ui.pages.roll_call.presenter import RollCallPresenter
from ui.pages.roll_call.state import RollCallFilter, RollCallState
from ui.parts.forms.fields import field
from ui.parts.layout import column, row
from ui.parts.lists.name_grid import NameGrid
from ui.parts.person.sheet import PersonSheetView
from ui.state.current_session import CurrentSession
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label


class LateDrawer(QWidget):
    """Search, names, undo."""

    def __init__(self, room: CurrentSession, page: QWidget) -> None:
        super().__init__()
        self.search = field(say("op.roll.search_name"), say("op.roll.search"))
        self.grid = NameGrid()
        self.undo = FitButton(say("op.roll.nothing_to_undo"), icon="undo")
        rows = column(row(label(say("op.play.late"), "section")), self.search, self.grid, self.undo)
        rows.setStretch(2, 1)
        self.setLayout(rows)
        self.sheet = PersonSheetView(page, room)
        self.presenter = RollCallPresenter(room, self)
        self.reader = self.presenter.reader
        self.search.textChanged.connect(self.presenter.type)
        self.search.returnPressed.connect(self.presenter.mark_first)
        self.grid.touched.connect(lambda person: self.presenter.touch(PersonId(person)))
        self.undo.clicked.connect(self.presenter.undo)

    def opened(self) -> None:
        """Typing goes to the search box."""
        self.presenter.opened(RollCallFilter.WAITING)
        self.search.setFocus()

    def open_sheet(self, person: PersonId) -> None:
        """Everything of somebody who has a mark already."""
        self.sheet.open(person)

    def visitor_admitted(self) -> None:
        """Nobody is taken in from here."""

    def render_state(self, state: RollCallState) -> None:
        """Show a state."""
        gathered = None if state.text else state.gathered
        tiles = tuple(shown_of(one) for one in state.tiles)
        self.grid.show_tiles(tiles, empty_words(state), gathered)
        if self.search.text() != state.text:
            self.search.setText(state.text)
        undoable = state.undoable
        self.undo.setEnabled(undoable is not None)
        self.undo.say(
            say("op.roll.undo", name=undoable.name, status=say(f"status.{undoable.status.value}"))
            if undoable
            else say("op.roll.nothing_to_undo")
        )
