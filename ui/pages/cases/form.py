"""A form drawn from the fields of a kind of case."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from app.areas.cases.case_kind import CaseField, FieldKind
from app.areas.cases.case_lines import field_word, kind_word, move_word
from app.areas.cases.filling import MOST_CHARACTERS, MOST_OF_A_LINE
from app.areas.cases.options import Options
from app.words import say
from ui.pages.cases.state import CaseForm
from ui.parts.forms.bounded import BoundedText
from ui.parts.forms.fields import Choice, field
from ui.parts.forms.person_pick import PersonPick
from ui.parts.layout import ScrollColumn, clear, column, row, words
from ui.state.current_session import CurrentSession
from ui.theme import look, tokens
from ui.widgets.buttons import QuietButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label

FOUND, ACROSS = 6, 2
SHORT = 9
"""Names of so many signs are read two beside one another."""
NOTE_HIGH = 120
_LISTED = (
    FieldKind.COURSE,
    FieldKind.LECTURER,
    FieldKind.TRAINING_CLASS,
    FieldKind.SESSION,
)


class OptionPick(QWidget):
    """Choosing one of many by a few signs of its name: a field, and the first that fit below it."""

    def __init__(self, name: str, options: Options, *, free: bool) -> None:
        super().__init__()
        self._options, self._free = options, free
        self._chosen = ""
        self.search = field(name, say("op.cases.find"), most=MOST_OF_A_LINE)
        self.search.textEdited.connect(self._on_typed)
        self.found = QGridLayout()
        self.found.setSpacing(look.scaled(tokens.GAP))
        self.setLayout(column(self.search, self.found))
        self._list("")

    def value(self) -> str:
        """The id that was chosen; else what was typed, where that may be."""
        return self._chosen or (self.search.text() if self._free else "")

    def choose(self, option: str, name: str) -> None:
        """It is this one."""
        self._chosen = option
        self.search.setText(name)
        clear(self.found)

    def _on_typed(self, text: str) -> None:
        self._chosen = ""
        self._list(text.strip())

    def _list(self, text: str) -> None:
        clear(self.found)
        fitting = [one for one in self._options if text.casefold() in one[1].casefold()]
        shown = fitting[:FOUND]
        across = ACROSS if all(len(name) <= SHORT for _, name in shown) else 1
        for at, (option, name) in enumerate(shown[: FOUND * across // ACROSS]):
            button = FitButton(name)
            button.clicked.connect(partial(self.choose, option, name))
            self.found.addWidget(button, at // across, at % across)


class CaseFormView(QWidget):
    """``sent`` gets what was filled in, ``left`` when it is put away."""

    sent = Signal(dict)
    left = Signal()

    def __init__(self, room: CurrentSession) -> None:
        super().__init__()
        self._room = room
        self._shown: CaseForm | None = None
        self.values: dict[str, Callable[[], str]] = {}
        self.parts: dict[str, QWidget] = {}
        self.title = words("", "section")
        self.inside = ScrollColumn()
        self.keep = FitButton(say("op.cases.keep"), icon="check", main=True)
        leave = QuietButton(say("op.cancel"))
        leave.clicked.connect(self.left)
        self.keep.clicked.connect(self._on_kept)
        foot = row(leave, self.keep)
        foot.setStretch(1, 1)
        rows = column(self.title, self.inside, foot)
        rows.setStretch(1, 1)
        self.setLayout(rows)

    def show_form(self, form: CaseForm, *, is_sending: bool) -> None:
        """Show a form; what is being written stays while it is the same one."""
        self.keep.setEnabled(not is_sending)
        if form is self._shown:
            return
        self._shown = form
        self.values, self.parts = {}, {}
        kind = form.kind.name
        new = say("op.cases.new_of", kind=kind_word(kind))
        self.title.setText(move_word(kind, form.move) if form.move else new)
        self.keep.say(move_word(kind, form.move) if form.move else say("op.cases.keep"))
        made: list[QWidget] = []
        for one in form.fields:
            name = field_word(kind, one.name)
            if one.name in form.needs:
                name = say("op.cases.needed", field=name)
            made += [label(name, "caption"), self._part(form, one, name)]
        self.inside.show_parts(tuple(made))
        first = next(iter(self.parts.values()), None)
        if first is not None:
            getattr(first, "search", first).setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """The next form is an empty one."""
        self._shown = None

    def _part(self, form: CaseForm, one: CaseField, name: str) -> QWidget:
        made, value = self._made(form, one, name)
        self.parts[one.name], self.values[one.name] = made, value
        return made

    def _made(self, form: CaseForm, one: CaseField, name: str) -> tuple[QWidget, Callable[[], str]]:
        kind = form.kind.name
        if one.choices:
            told = [(c, say(f"cases.choice.{kind}.{one.name}.{c}")) for c in one.choices]
            choice = Choice(told, columns=2, even=True)
            return choice, choice.current
        if one.kind is FieldKind.NOTE:
            box = _Note()
            box.setAccessibleName(name)
            BoundedText(box, MOST_CHARACTERS[FieldKind.NOTE])
            box.setFixedHeight(look.scaled(NOTE_HIGH))
            return box, box.toPlainText
        if one.kind is FieldKind.PERSON:
            pick = PersonPick(self._room, name)
            return pick, lambda: pick.person or ""
        if one.kind in _LISTED:
            free = one.kind is FieldKind.COURSE and not form.move
            option = OptionPick(name, form.options.get(one.name, ()), free=free)
            return option, option.value
        hint = say("op.cases.day_hint") if one.kind is FieldKind.DAY else ""
        line: QLineEdit = field(name, hint, most=MOST_OF_A_LINE)
        line.returnPressed.connect(self._on_kept)
        return line, line.text

    def _on_kept(self) -> None:
        if self.keep.isEnabled():
            self.sent.emit({name: value() for name, value in self.values.items()})


class _Note(QPlainTextEdit):
    """A text of several lines in which Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
