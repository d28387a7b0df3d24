"""One question, large and calm, over the whole screen: heading, words, options, one way on.

For people of 70 at arm's length: lengths follow the window and the panel, nothing scrolls, nothing
moves by itself but the thanks, which go after ``THANKS_MS``.
"""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.words import say
from ui.parts.asking.options import OptionTile
from ui.parts.asking.presenter import Asker, AskingPresenter
from ui.parts.asking.state import AskedHow, AskedQuestion, AskingState
from ui.theme import look, tokens
from ui.theme.tokens import touch_floors
from ui.widgets.fit.label import FitLabel
from ui.widgets.seal import Seal
from ui.widgets.tap import DOUBLE_TAP_MS
from ui.widgets.touch.button import TouchButton, Voice

THANKS_MS = 2_500
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ONE_COLUMN = 4
"""So many options stand one below the other; more in two columns."""


class AskingView(QWidget):
    """Shows ``state`` and gives the asker what is chosen."""

    def __init__(
        self,
        state: AskingState,
        asker: Asker,
        *,
        pitch_mm: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._pitch_mm, self._state = pitch_mm, state
        self._asked = -1
        self.tiles: tuple[OptionTile, ...] = ()
        self._resting = QTimer(self, singleShot=True, interval=DOUBLE_TAP_MS)
        self._build()
        self.presenter = AskingPresenter(state, self.show_state, asker)
        self._thanked = QTimer(self, singleShot=True, interval=THANKS_MS)
        self._thanked.timeout.connect(self.presenter.thanked)
        self._lengths()
        self.show_state(state)

    def show_state(self, state: AskingState) -> None:
        """Show where somebody stands."""
        if not shiboken6.isValid(self):
            return
        self._state = state
        if state.is_over:
            self._asked = -1
            self.thanks.show_text(state.thanks)
            self.setAccessibleName(state.thanks)
            self.thanks_note.show_text(state.thanks_note)
            self.stack.setCurrentIndex(1)
            self._thanked.start()
            return
        self.stack.setCurrentIndex(0)
        question = state.question
        several = len(state.questions) > 1
        place = say("asking.place", at=state.at + 1, of=len(state.questions)) if several else ""
        self.heading.show_text("　".join(part for part in (state.heading, place) if part))
        self.text.show_text(question.text)
        self.setAccessibleName(question.text)
        self.note.show_text(question.note or say(f"asking.how.{question.how.value}"))
        if self._asked != state.at:
            self._lengths()
            self._asked = state.at
            self._lay_out(state)
            self._resting.start()
        for at, tile in enumerate(self.tiles):
            chosen = state.chosen.index(at) if at in state.chosen else None
            tile.show_chosen(question.how, chosen)
        self.back.setVisible(state.at > 0)
        self.on.setVisible(question.how is not AskedHow.TOUCH)
        self.on.setEnabled(state.may_go_on and not state.is_waiting)
        last = state.at + 1 == len(state.questions)
        self.on.show_word(say("asking.done" if last else "asking.next"), voice=Voice.MAIN)
        self.feet.setVisible(not self.back.isHidden() or not self.on.isHidden())

    def _build(self) -> None:
        self.heading = FitLabel(weight=600, colour=tokens.INK2, align=_START)
        self.text = FitLabel(weight=700, lines=4, align=_START)
        self.note = FitLabel(colour=tokens.INK2, align=_START)
        self.back, self.on = TouchButton(icon="arrow_left"), TouchButton(voice=Voice.MAIN)
        self.back.show_word(say("asking.back"))
        self.back.clicked.connect(lambda: self.presenter.back())
        self.on.clicked.connect(lambda: self.presenter.go_on())
        self.feet = QWidget()
        self._foot = QHBoxLayout(self.feet)
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.addWidget(self.back, 2)
        self._foot.addWidget(self.on, 5)
        asked = QWidget()
        self._rows = QVBoxLayout(asked)
        self._options = QGridLayout()
        for part in (self.heading, self.text, self.note):
            self._rows.addWidget(part)
        self._rows.addLayout(self._options, 1)
        self._rows.addWidget(self.feet)
        over = QWidget()
        self.seal = Seal(96)
        self.thanks = FitLabel(weight=700, lines=2)
        self.thanks_note = FitLabel(lines=2, colour=tokens.INK)
        told = QVBoxLayout(over)
        told.addStretch(2)
        told.addWidget(self.seal, 0, Qt.AlignmentFlag.AlignHCenter)
        told.addWidget(self.thanks, 3)
        told.addWidget(self.thanks_note, 2)
        told.addStretch(3)
        self.stack = QStackedWidget()
        self.stack.addWidget(asked)
        self.stack.addWidget(over)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _lay_out(self, state: AskingState) -> None:
        for tile in self.tiles:
            self._options.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        options = state.question.options
        faces = all(one.icon for one in options)
        columns = _columns_of(state.question)
        tiles = []
        for at, one in enumerate(options):
            tile = OptionTile(one, self._px * (1.5 if faces else 1.0))
            tile.setMinimumSize(self._floor, self._floor)
            tile.clicked.connect(partial(self._on_touched, at))
            self._options.addWidget(tile, at // columns, at % columns)
            tile.show()
            tiles.append(tile)
        self.tiles = tuple(tiles)

    @property
    def is_resting(self) -> bool:
        """Whether no finger is heard yet after a change of the question: the second half of a double
        tap is meant for the one before."""
        return self._resting.isActive()

    def _on_touched(self, at: int) -> None:
        if not self.is_resting:
            self.presenter.touch(at)

    def _lengths(self) -> None:
        width, height = max(self.width(), 320), max(self.height(), 320)
        unit = min(max(min(height / 1080, width / 1500), 0.6), 2.4) * look.interface_size().factor
        floors = touch_floors(self._pitch())
        self._floor, key = floors.tile, floors.key
        gap = floors.gap
        self._px = max(54 * unit, 34)
        self._rows.setContentsMargins(gap * 2, gap, gap * 2, gap)
        self._rows.setSpacing(gap)
        self._options.setSpacing(gap)
        self._foot.setSpacing(gap)
        foot = max(key, round(min(self._px * 2.2, height * 0.14)))
        self._size_words(unit, height, gap, foot)
        for button in (self.back, self.on):
            button.measure(self._px, key)
            button.setFixedHeight(foot)
        self.thanks.set_ceiling(96 * unit)
        self.thanks_note.set_ceiling(52 * unit)
        self._asked = -1

    def _size_words(self, unit: float, height: int, gap: int, foot: int) -> None:
        """The words as large as may be, once every option has the room of a finger."""
        question = self._state.question
        columns = _columns_of(question)
        rows = -(-len(question.options) // columns)
        room = height - gap * 6 - foot - rows * self._floor - (rows - 1) * gap
        wide = max(self.width(), 320) - 4 * gap
        told = ((self.heading, 32, 1), (self.text, 72, 2), (self.note, 40, 1))
        sizes = [min(max(px * unit, 24), height * 0.085) for _label, px, _lines in told]
        signs = QFontMetricsF(look.font(sizes[1], 700)).horizontalAdvance(question.text)
        lines = [1, 1 if signs <= wide else 2, 1]
        needed = sum(size * 1.35 * one for size, one in zip(sizes, lines, strict=True))
        share = min(1.0, max(room / needed, 0.5))
        for (label, _px, _lines), size, one in zip(told, sizes, lines, strict=True):
            label.set_ceiling(size * share)
            label.setFixedHeight(round(size * 1.35 * one * share))

    def _pitch(self) -> float:
        if self._pitch_mm is not None:
            return self._pitch_mm
        screen = self.screen()
        across = screen.geometry().width()
        return screen.physicalSize().width() / across if across else 0.0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take new lengths."""
        super().resizeEvent(event)
        self._lengths()
        self.show_state(self.presenter.state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit is an option, Enter leads on, Backspace back."""
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and not event.isAutoRepeat():
            self.presenter.touch(int(key) - int(Qt.Key.Key_1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.presenter.go_on()
        elif key == Qt.Key.Key_Backspace:
            self.presenter.back()
        else:
            super().keyPressEvent(event)


def _columns_of(question: AskedQuestion) -> int:
    """Faces stand side by side, a few words one below the other, more in two columns."""
    if all(one.icon for one in question.options):
        return len(question.options)
    return 1 if len(question.options) <= _ONE_COLUMN else 2
