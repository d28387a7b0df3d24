"""Choosing one person by letters, name or tail: a field, and up to six names to touch below it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.ids import PersonId
from app.words import say
from ui.parts.forms.fields import field
from ui.parts.layout import clear, column
from ui.state.current_session import CurrentSession
from ui.theme import look, tokens
from ui.widgets.fit.button import FitButton

MOST, ACROSS = 6, 2


class PersonPick(QWidget):
    """``person`` is who was chosen, None until then."""

    def __init__(self, room: CurrentSession, name: str) -> None:
        super().__init__()
        self._room = room
        self.person: PersonId | None = None
        self.search = field(name, say("op.roll.search"))
        self.search.textEdited.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_entered)
        self.found = QGridLayout()
        self.found.setSpacing(look.scaled(tokens.GAP))
        self.setLayout(column(self.search, self.found))

    def begin(self) -> None:
        """Nobody is chosen."""
        self.person = None
        self.search.clear()
        clear(self.found)

    def _on_typed(self, text: str) -> None:
        self.person = None
        clear(self.found)
        for at, (person, name) in enumerate(self._room.index.search_named(text, MOST)):
            button = FitButton(self._told(person, name))
            button.clicked.connect(partial(self.choose, person, name))
            self.found.addWidget(button, at // ACROSS, at % ACROSS)

    def _told(self, person: PersonId, name: str) -> str:
        """With group and year, which tell namesakes apart."""
        known = self._room.people.get(person)
        if known is None:
            return name
        year = say("op.born", year=known.birth_year) if known.birth_year else ""
        return " ".join(filter(None, (name, known.group, year)))

    def _on_entered(self) -> None:
        found = self._room.index.search_named(self.search.text(), 2)
        if len(found) == 1:
            self.choose(*found[0])

    def choose(self, person: PersonId, name: str) -> None:
        """It is this one."""
        self.person = person
        self.search.setText(name)
        clear(self.found)
