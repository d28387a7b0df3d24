"""The PIN is entered here: large keys for fingers, digits of a keyboard too, what came of it beside.

Used over the operator's window, over the room's picture on a single screen, in the settings and
at the first setting up. It knows no station; ``entered`` carries what was typed.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.domain.operator_pin import MOST_DIGITS
from app.words import say
from ui.lock.pin_dots import PinDots
from ui.parts.layout import words
from ui.theme import look, tokens
from ui.theme.icons import pixmap
from ui.theme.tokens import touch_floors
from ui.widgets.buttons import QuietButton, SecondaryButton
from ui.widgets.notice_banner import NoticeBanner
from ui.widgets.touch.button import TouchButton, Voice
from ui.widgets.touch.keypad import Keypad

CLEAR_MS = 20_000
"""A PIN begun and left alone is wiped, as everything a finger begins."""


class PinPad(QWidget):
    """``entered(pin)`` by the main key or Enter; ``put_away`` by the second button or Esc."""

    entered = Signal(str)
    put_away = Signal()
    help_wanted = Signal()
    left_alone = Signal()
    """Nothing was pressed for ``CLEAR_MS``."""

    def __init__(self, parent: QWidget | None = None, *, pitch_mm: float | None = None) -> None:
        super().__init__(parent)
        self._pitch_mm = pitch_mm
        self._typed = ""
        self._main_word, self._back_word = say("lock.open"), ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._alone = QTimer(self, singleShot=True, interval=CLEAR_MS)
        self._alone.timeout.connect(self._on_left_alone)
        self._build()
        self._lay_out()
        self._wire()

    def ask(self, title: str, sentence: str, *, main: str = "", back: str = "") -> None:
        """Ask for a PIN; an empty ``back`` leaves no way back."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.setAccessibleName(f"{title} {sentence}".strip())
        self.main.show_word(main or say("lock.open"), icon="check")
        self.back.say(back)
        self.back.setVisible(bool(back))
        self.tell("")
        self.wipe()

    def tell(self, sentence: str) -> None:
        """What came of it; empty for nothing."""
        self.note.show_notice(sentence, icon="tell")

    def show_meanwhile(self, sentence: str) -> None:
        """What goes on although it is locked; below what is asked."""
        self.meanwhile.setText(sentence)
        self.meanwhile.setVisible(bool(sentence))

    def wipe(self) -> None:
        """Forget what was typed."""
        self._show("")

    @property
    def typed(self) -> int:
        """How many digits have been typed."""
        return len(self._typed)

    # --- inside ---------------------------------------------------------------------

    def _build(self) -> None:
        self.picture = QLabel()
        self.title = words("", "title")
        self.sentence = words("", "body")
        self.meanwhile = words("", "body")
        self.meanwhile.hide()
        self.note = NoticeBanner()
        self.help = QuietButton(say("lock.help"), icon="help")
        self.back = SecondaryButton("", icon="arrow_left")
        self.dots = PinDots()
        self.keypad = Keypad()
        self.main = TouchButton(say("lock.open"), icon="check", voice=Voice.MAIN)
        for button in (self.help, self.back):
            button.setMinimumHeight(look.scaled(tokens.CONTROL_MAIN))

    def _lay_out(self) -> None:
        told = QWidget()
        left = QVBoxLayout(told)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(look.scaled(14))
        left.addStretch(1)
        left.addWidget(self.picture)
        left.addWidget(self.title)
        left.addWidget(self.sentence)
        left.addWidget(self.meanwhile)
        left.addWidget(self.note)
        left.addStretch(2)
        left.addWidget(self.back)
        left.addWidget(self.help)
        right = QVBoxLayout()
        right.setSpacing(look.scaled(12))
        right.addWidget(self.dots)
        right.addWidget(self.keypad, 1)
        right.addWidget(self.main)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(told, 0, 0)
        self._grid.addLayout(right, 0, 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    def _wire(self) -> None:
        self.keypad.pressed.connect(self.press)
        self.keypad.erased.connect(self.erase)
        self.keypad.cleared.connect(self.wipe)
        self.main.clicked.connect(self.enter)
        self.back.clicked.connect(self.put_away)
        self.help.clicked.connect(self.help_wanted)

    def press(self, digit: str) -> None:
        """One digit more."""
        if len(self._typed) < MOST_DIGITS:
            self._show(self._typed + digit)

    def erase(self) -> None:
        """The last digit is taken back."""
        self._show(self._typed[:-1])

    def enter(self) -> None:
        """That is all."""
        typed = self._typed
        self.wipe()
        if typed:
            self.entered.emit(typed)

    def _show(self, typed: str) -> None:
        self._typed = typed
        self.dots.show_count(len(typed))
        self._alone.start()

    def _on_left_alone(self) -> None:
        if self._typed:
            self._typed = ""
            self.dots.show_count(0)
        self.left_alone.emit()

    def _measure(self) -> None:
        pitch = self._pitch_mm
        if pitch is None:
            screen = self.screen()
            across = screen.geometry().width()
            pitch = screen.physicalSize().width() / across if across else 0.0
        floors = touch_floors(pitch)
        low = look.scaled(56) + look.scaled(24)
        gap = min(floors.gap, max(self.height() // 40, 12))
        main = max(min(floors.tile, self.height() // 8), look.scaled(tokens.CONTROL_MAIN))
        room = (self.height() - low - main - 3 * gap) // 4
        key = max(min(floors.key, room), 48)
        self.keypad.measure(key, gap, key * 0.5, min(key * 0.3, look.scaled(34)))
        self.main.measure(look.scaled(30), main)
        self.main.setFixedHeight(main)
        self._grid.setHorizontalSpacing(look.scaled(40))
        side = min(look.scaled(72), max(self.height() // 9, 40))
        self.picture.setPixmap(pixmap("lock", tokens.PINE, side))

    def end_run(self, _now_ms: int) -> bool:
        """See ``ui.input.scanner.Keypad``: a PIN is not a card's code, and its Enter is always heard."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, Backspace, Enter, Esc, F1; every other key ends here."""
        key, text = event.key(), event.text()
        if len(text) == 1 and text.isascii() and text.isdigit():
            self.press(text)
        elif key == Qt.Key.Key_Backspace:
            self.erase()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        elif key == Qt.Key.Key_Escape:
            self._on_escape()
        elif key == Qt.Key.Key_F1:
            self.help_wanted.emit()

    def _on_escape(self) -> None:
        if self._typed:
            self.wipe()
        elif self.back.isVisible():
            self.put_away.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take new lengths."""
        super().resizeEvent(event)
        self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready for digits."""
        super().showEvent(event)
        self._measure()
        self.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the interface size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "picture"):
            self._measure()
