"""The people of a session: search, letters, groups, names in fixed places, and what is done to them."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QSizePolicy

from app.areas.attendance.marks import Status
from app.areas.sessions.session import Step
from app.domain.ids import PersonId
from app.words import say
from ui.pages.roll_call.state import RollCallFilter, RollCallState, Tile
from ui.parts.forms.fields import field
from ui.parts.layout import row, tight
from ui.parts.lists.group_column import GroupColumn
from ui.parts.lists.letter_strip import LetterStrip
from ui.parts.lists.name_grid import NameGrid, NameShown
from ui.theme import tokens
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card
from ui.widgets.tiles.name_tile import TileState

_STATES = {
    Status.PRESENT: TileState.ARRIVED,
    Status.LATE: TileState.LATE,
    Status.LATE_ENTRY: TileState.LATE,
    Status.ON_LEAVE: TileState.LEAVE,
}


class PeopleCard(Card):
    """Whoever owns it connects its parts; ``show_people`` is told each state."""

    def __init__(self) -> None:
        super().__init__()
        self.search = field(say("op.roll.search_name"), say("op.roll.search"))
        self.letters, self.column, self.grid = LetterStrip(), GroupColumn(), NameGrid()
        self.undo = FitButton(say("op.roll.nothing_to_undo"), icon="undo")
        self.leave = FitButton(say("op.roll.leave"), icon="leave")
        self.visitor = FitButton(say("op.roll.visitor"), icon="plus")
        tight(self)
        self.rows.setSpacing(tokens.GAP)
        self._top = row(self.search, self.letters)
        self._top.setStretch(1, 1)
        people = row(self.column, self.grid)
        people.setStretch(1, 1)
        self.rows.addLayout(self._top)
        self.rows.addLayout(people, 1)
        self._acts = acts = row(self.undo, self.leave, self.visitor)
        for at, (act, share) in enumerate(((self.undo, 5), (self.leave, 3), (self.visitor, 4))):
            act.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            acts.setStretch(at, share)
        self.rows.addLayout(acts)

    def stack_up(self, on: bool, *, dense: bool = False) -> None:
        """In a narrow place the letters stand below the search box, and words need no icon; in a
        dense one the names have all the width: how many of a group are here stands above them."""
        self.make_room(not dense)
        way = QBoxLayout.Direction
        self._top.setDirection(way.TopToBottom if on else way.LeftToRight)
        self._acts.setStretch(0, 4 if on else 5)
        for act, icon in ((self.leave, "leave"), (self.visitor, "plus")):
            act.say(act.words, icon="" if on else icon)

    def make_room(self, on: bool) -> None:
        """Whether the groups have chips of their own; else their headings are touched."""
        self.column.make_room(on)
        self.grid.lead_by_heads(on=not on)

    def show_people(self, state: RollCallState) -> None:
        """Show who is where, and who can be undone."""
        gathered = None if state.text else state.gathered
        tiles = tuple(shown_of(one) for one in state.tiles)
        if state.group is not None and self.grid.heads_lead:
            tiles = (NameShown(PersonId(""), say("op.roll.all_groups")), *tiles)
        self.grid.show_tiles(tiles, empty_words(state), gathered)
        self.column.show_groups(state.groups, state.group)
        self.letters.show_letters(state.initials, state.letters)
        if self.search.text() != state.text:
            self.search.setText(state.text)
        undoable = state.undoable
        self.undo.setEnabled(undoable is not None)
        self.undo.say(
            say("op.roll.undo", name=undoable.name, status=say(f"status.{undoable.status.value}"))
            if undoable
            else say("op.roll.nothing_to_undo"),
            icon="undo",
        )


def shown_of(tile: Tile) -> NameShown:
    """A tile with the look of its standing; what it says changes by no mark."""
    state = _STATES.get(tile.status, TileState.NONE) if tile.status else TileState.NONE
    return NameShown(tile.person, tile.name, tile.note, state, tile.first)


def empty_words(state: RollCallState) -> str:
    """Why there is no name to touch, and what one can do."""
    if state.step is Step.PREPARE:
        return say("op.roll.not_open")
    if state.text:
        return say("op.roll.no_one", text=state.text)
    if not state.turnout.expected:
        return say("op.roll.no_roster")
    waits = state.shown is RollCallFilter.WAITING and state.group is None and not state.letters
    return say("op.roll.everyone" if waits else "op.roll.empty_group")
