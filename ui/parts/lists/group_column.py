"""The groups of a session as filters: one chip a group, with who is here of how many."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal

from app.words import say
from ui.parts.layout import ScrollColumn
from ui.state.groups import GroupCount
from ui.theme import look
from ui.widgets.fit.button import FitButton

WIDTH = 104


class GroupColumn(ScrollColumn):
    """``chosen(name)`` when a chip is touched; None is the chip of all."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(look.scaled(WIDTH))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.buttons: dict[str | None, FitButton] = {}
        self._has_room = True

    def make_room(self, on: bool) -> None:
        """Whether there is room for it beside the names."""
        self._has_room = on
        self.setVisible(on and len(self.buttons) > 2)

    def show_groups(self, groups: tuple[GroupCount, ...], chosen: str | None) -> None:
        """Show these; a single group is none to choose."""
        self.setVisible(self._has_room and len(groups) > 1)
        if list(self.buttons) != [None, *(one.name for one in groups)]:
            self.buttons = {one: FitButton(checkable=True) for one in (None, *_names(groups))}
            for name, button in self.buttons.items():
                button.clicked.connect(self._teller(name))
            self.show_parts(tuple(self.buttons.values()))
        self.buttons[None].say(say("op.roll.all_groups"))
        for one in groups:
            self.buttons[one.name].say(one.words)
        for name, button in self.buttons.items():
            button.setChecked(name == chosen)

    def _teller(self, name: str | None) -> Callable[[], None]:
        return lambda: self.chosen.emit(name)


def _names(groups: tuple[GroupCount, ...]) -> list[str]:
    return [one.name for one in groups]
