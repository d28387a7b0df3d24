"""Small forms inside a page: no pop-up hides the work, Esc or a button puts them away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QWidget

from app.areas.sessions.session import NotHeldReason
from app.domain import bounds
from app.words import say
from ui.parts.forms.bounded import BoundedLine
from ui.parts.layout import column, row, words
from ui.theme import look, tokens
from ui.widgets.buttons import PrimaryButton, QuietButton
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import label


class Choice(QWidget):
    """One of several words; ``chosen(key)`` when one is touched.

    ``even`` ones are all as wide, whatever their words come to be; where those could not be read
    there are fewer in a line.
    """

    chosen = Signal(str)
    laid_out = Signal()
    """It has another number of lines."""

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        *,
        columns: int = 0,
        even: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.scaled(tokens.GAP))
        self.buttons: dict[str, FitButton] = {}
        self._even, self._grid = even, grid
        for key, word in options:
            button = FitButton(word, checkable=True)
            button.clicked.connect(self._teller(key))
            self.buttons[key] = button
            if even:
                button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.lay_out(columns or len(options))

    def lay_out(self, columns: int) -> None:
        """So many beside one another, if their words can be read so."""
        self._most = columns
        self._arrange(self._readable() if self._even else columns)

    @property
    def in_lines(self) -> bool:
        """Whether they do not stand in one line."""
        return self._columns < len(self.buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside one another as can be read."""
        super().resizeEvent(event)
        if self._even and self._columns != (columns := self._readable()):
            self._arrange(columns)
            self.laid_out.emit()

    def _readable(self) -> int:
        """As many columns as leave each word its room, the lines as even as they can be."""
        gap, all_ = self._grid.spacing(), self.buttons.values()
        for columns in range(self._most, 1, -1):
            each = (self.width() - gap * (columns - 1)) // columns
            if all(one.reads_in(each) for one in all_):
                lines = -(-len(all_) // columns)
                return -(-len(all_) // lines)
        return 1

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        for at, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, at // columns, at % columns)
        for at in range(len(self.buttons)):
            self._grid.setColumnStretch(at, int(self._even and at < columns))

    def choose(self, key: str) -> None:
        """Show which one holds (none for an unknown key), without telling."""
        for one, button in self.buttons.items():
            button.setChecked(one == key)

    def current(self) -> str:
        """The key that holds, or empty."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def _teller(self, key: str) -> Callable[[], None]:
        def tell() -> None:
            self.choose(key)
            self.chosen.emit(key)

        return tell


def field(name: str, hint: str = "", *, most: int = 0) -> QLineEdit:
    """A text field whose name stands in its accessible name; put a label above it.

    With ``most`` it takes so many characters, and says so when more are typed or pasted.
    """
    made = QLineEdit()
    if most:
        BoundedLine(made, most)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    hint_wide = QFontMetricsF(look.font(look.scaled(tokens.OPERATOR.control))).horizontalAdvance(
        hint
    )
    made.setMinimumWidth(round(hint_wide) + look.scaled(36))
    return made


class NotHeldForm(QWidget):
    """Why a session did not take place; ``told(reason, note)`` or ``put_away``."""

    told = Signal(str, str)
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = words("", "section")
        self.reasons = Choice(
            [(one.value, say(f"not_held.{one.value}")) for one in NotHeldReason],
            columns=3,
            even=True,
        )
        self.note = field(say("op.today.not_held_note"), most=bounds.NOT_HELD_NOTE)
        self.accept = PrimaryButton(say("op.today.not_held_ok"))
        cancel = QuietButton(say("op.cancel"))
        self.reasons.chosen.connect(self._on_reason_chosen)
        self.accept.clicked.connect(self._on_accepted)
        self.note.returnPressed.connect(self._on_accepted)
        cancel.clicked.connect(self.put_away)
        rows = column(
            self.title,
            self.reasons,
            label(say("op.today.not_held_note"), "caption"),
            self.note,
            None,
            row(cancel, None, self.accept),
            gap=8,
        )
        self.setLayout(rows)

    def begin(self, title: str) -> None:
        """Ask about this session."""
        self.title.setText(say("op.today.not_held_title", title=title))
        self.reasons.choose("")
        self.note.clear()
        self.accept.setEnabled(False)
        next(iter(self.reasons.buttons.values())).setFocus()

    def _on_reason_chosen(self, _key: str) -> None:
        self.accept.setEnabled(True)

    def _on_accepted(self) -> None:
        if self.reasons.current():
            self.told.emit(self.reasons.current(), self.note.text())


class VisitorForm(QWidget):
    """Someone no list has: at most three fields; ``told(name, tail, home)`` or ``put_away``."""

    told = Signal(str, str, str)
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = field(say("op.roll.visitor_name"), most=bounds.NAME)
        self.tail = field(say("op.roll.visitor_tail"))
        self.tail.setMaxLength(4)
        self.tail.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.home = field(say("op.roll.visitor_home"), most=bounds.HOME)
        self.accept = PrimaryButton(say("op.roll.visitor_ok"))
        cancel = QuietButton(say("op.close_panel"))
        self.accept.clicked.connect(self._on_accepted)
        for one in (self.name, self.tail, self.home):
            one.returnPressed.connect(self._on_accepted)
        cancel.clicked.connect(self.put_away)
        self.setLayout(
            column(
                label(say("op.roll.visitor_title"), "section"),
                label(say("op.roll.visitor_name"), "caption"),
                self.name,
                row(
                    column(
                        label(say("op.roll.visitor_tail"), "caption", wrap=True), self.tail, gap=4
                    ),
                    column(
                        label(say("op.roll.visitor_home"), "caption", wrap=True), self.home, gap=4
                    ),
                ),
                None,
                row(cancel, self.accept),
                gap=6,
            )
        )

    def begin(self) -> None:
        """Empty fields, ready to write."""
        for one in (self.name, self.tail, self.home):
            one.clear()
        self.name.setFocus()

    def _on_accepted(self) -> None:
        self.told.emit(self.name.text(), self.tail.text(), self.home.text())
