"""The scenes that fill the sign-in screen: keypad, "is it you", the wall, and a closed door."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import PersonId
from app.words import say
from ui.pages.member_sign_in.measure import Measure
from ui.pages.member_sign_in.side_panel import SidePanel
from ui.pages.member_sign_in.state import TAIL_DIGITS, MemberState, Scene
from ui.theme import tokens
from ui.widgets.fit.label import FitLabel
from ui.widgets.seal import Seal
from ui.widgets.tiles.name_tile import TileState
from ui.widgets.tiles.wall import TileWall, WallTile
from ui.widgets.touch.button import TouchButton, Voice
from ui.widgets.touch.digit_boxes import DigitBoxes
from ui.widgets.touch.keypad import Keypad

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NO_LIMIT = 16_777_215
"""Qt's own greatest height."""


class KeypadScene(QWidget):
    """Prompt, boxes and keypad at the left, the side panel at the right (drawer: above)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.side = SidePanel()
        self._low = self._told = False
        self.prompt = FitLabel(weight=600, lines=2, align=_START)
        self.boxes = DigitBoxes(TAIL_DIGITS)
        self.keypad = Keypad()
        entry = QWidget()
        self._entry = QVBoxLayout(entry)
        self._entry.setContentsMargins(0, 0, 0, 0)
        self.asks = QWidget()
        self._ask = QBoxLayout(QBoxLayout.Direction.LeftToRight, self.asks)
        self._ask.setContentsMargins(0, 0, 0, 0)
        self._ask.addWidget(self.prompt, 11)
        self._ask.addWidget(self.boxes, 10)
        self._entry.addWidget(self.asks)
        self._entry.addWidget(self.keypad, 1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.addWidget(entry, 29)
        self._across.addWidget(self.side, 22)

    def measure(self, m: Measure) -> None:
        """Take the lengths and turn the layout for the drawer."""
        narrow = m.narrow
        self._across.setDirection(
            QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._across.setSpacing(m.gap if narrow else round(m.gap * 1.6))
        self._across.setStretch(0, 29 if not narrow else 1 if m.low else 0)
        self._across.setStretch(1, 22 if not narrow else 0 if m.low else 1)
        if narrow:
            self._entry.addWidget(self.side.take_buttons())
        else:
            self.side.return_buttons()
        self._entry.setSpacing(m.gap)
        self._ask.setSpacing(m.gap // 2 if narrow else m.gap)
        self.prompt.set_ceiling(m.title * 1.1)
        self._ask.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self.boxes.measure(m.digits, m.gap)
        self.boxes.setFixedHeight(m.boxes)
        self.prompt.setFixedHeight(m.prompt)
        self.keypad.measure(m.key, m.gap, m.digits * 1.1, m.title)
        keys = m.key * 4 + m.gap * 3
        self.keypad.setMinimumHeight(keys if narrow else 0)
        self.keypad.setMaximumHeight(keys if narrow and not m.low else _NO_LIMIT)
        self.asks.setMaximumHeight(m.ask if narrow else _NO_LIMIT)
        self._low = m.low
        self.side.setMinimumHeight(m.ask if m.low else 0)
        self.side.setMaximumHeight(m.ask if m.low else _NO_LIMIT)
        self.side.measure(m)
        self._share()

    def show_state(self, state: MemberState) -> None:
        """Show prompt, digits and panel."""
        self.prompt.show_text(say("member.wait" if state.busy else "member.prompt"))
        self.boxes.show_digits(state.digits)
        self.keypad.say()
        self.side.show_state(state)
        self._told = state.told is not None and not state.digits
        self._share()

    def _share(self) -> None:
        """In a low drawer what was said stands where the digits do, until the next one is typed."""
        self.side.setVisible(self._told or not self._low)
        self.asks.setVisible(not (self._told and self._low))


class ConfirmScene(QFrame):
    """One name, as large as the screen allows, and two answers."""

    yes_chosen = Signal()
    no_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        card = QFrame()
        card.setProperty("role", "card")
        self._card = QVBoxLayout(card)
        self.question = FitLabel(colour=tokens.INK2)
        self.name = FitLabel(weight=700, lines=2)
        self.note = FitLabel(colour=tokens.INK)
        self._card.addWidget(self.question, 3)
        self._card.addWidget(self.name, 8)
        self._card.addWidget(self.note, 4)
        self.no = TouchButton(icon="cross")
        self.yes = TouchButton(icon="check", voice=Voice.MAIN)
        self._row = QHBoxLayout()
        self._row.addWidget(self.no, 2)
        self._row.addWidget(self.yes, 3)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(card, 11)
        self._rows.addLayout(self._row, 4)
        self.yes.clicked.connect(self.yes_chosen)
        self.no.clicked.connect(self.no_chosen)

    def measure(self, m: Measure) -> None:
        """Take the lengths."""
        self._rows.setSpacing(m.gap)
        self._card.setContentsMargins(m.gap, m.gap // 2, m.gap, m.gap // 2)
        self._row.setSpacing(m.gap)
        self.question.set_ceiling(m.title * 1.1)
        self.name.set_ceiling(m.name * 2.1)
        self.note.set_ceiling(m.title * 1.5)
        self._row.setStretch(0, 1 if m.narrow else 2)
        self._row.setStretch(1, 1 if m.narrow else 3)
        self.no.measure(m.title * (0.85 if m.narrow else 1.15), m.key)
        self.yes.measure(m.title * (1.2 if m.narrow else 1.6), m.key)

    def show_state(self, state: MemberState) -> None:
        """Show the person."""
        self.question.show_text(say("member.is_it_you"))
        self.yes.show_word(say("member.yes"))
        self.no.show_word(say("member.no"))
        if state.person is not None:
            self.name.show_text(state.person.name)
            self.note.show_text(state.person.note)


class WallScene(QWidget):
    """Tiles to choose from – candidates, groups or names – with pages instead of scrolling."""

    bunch_chosen = Signal(str)
    person_chosen = Signal(str)
    back_chosen = Signal()
    help_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene, self._narrow, self._words = Scene.GROUPS, False, ""
        self.heading = FitLabel(weight=600, align=_START)
        self.wall = TileWall()
        self.back = TouchButton(icon="arrow_left")
        self.earlier = TouchButton(icon="arrow_left")
        self.page = FitLabel(weight=600)
        self.later = TouchButton(icon="arrow_right")
        self.help = TouchButton(icon="help")
        self._row = QHBoxLayout()
        for part, stretch in (
            (self.back, 4),
            (self.earlier, 3),
            (self.page, 2),
            (self.later, 3),
            (self.help, 5),
        ):
            self._row.addWidget(part, stretch)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.heading)
        self._rows.addWidget(self.wall, 1)
        self._rows.addLayout(self._row)
        self.back.clicked.connect(self.back_chosen)
        self.help.clicked.connect(self.help_chosen)
        self.earlier.clicked.connect(lambda: self.wall.turn(-1))
        self.later.clicked.connect(lambda: self.wall.turn(1))
        self.wall.turned.connect(self._show_page)
        self.wall.chosen.connect(self._on_wall_chosen)

    def measure(self, m: Measure) -> None:
        """Take the lengths; the drawer drops the call for help, which the keypad has."""
        self._rows.setSpacing(m.gap)
        self._row.setSpacing(m.gap)
        self.heading.set_ceiling(m.title, 2 if m.narrow else 1)
        self.heading.setFixedHeight(round(m.title * (2.5 if m.narrow else 1.4)))
        self.wall.measure(m.tile, m.gap, m.name, m.control)
        self.page.set_ceiling(m.body)
        self._narrow = m.narrow
        self.help.setVisible(not m.narrow)
        for button, icon in (
            (self.back, "arrow_left"),
            (self.earlier, "arrow_left"),
            (self.later, "arrow_right"),
        ):
            button.show_word(button.word, icon="" if m.narrow else icon)
        for button in (self.back, self.earlier, self.later, self.help):
            button.measure(m.control, m.tile)
            button.setFixedHeight(max(m.tile, round(m.control * 2.4)))

    def show_state(self, state: MemberState) -> None:
        """Show the tiles of the scene."""
        self._scene = state.scene
        self._words = _heading(state)
        no_one = state.scene is Scene.CHOOSE
        self.back.show_word(say("member.none_of_them" if no_one else "member.back"))
        self.earlier.show_word(say("member.earlier"))
        self.later.show_word(say("member.later"))
        self.help.show_word(say("member.not_listed"))
        if state.scene is Scene.GROUPS:
            tiles = tuple(
                WallTile(one.key, one.label, say("member.people", count=one.count))
                for one in state.bunches
            )
        else:
            tiles = tuple(
                WallTile(
                    one.person,
                    one.name,
                    one.note,
                    TileState.ARRIVED if one.arrived else TileState.NONE,
                )
                for one in state.choices
            )
        self.wall.show_tiles(tiles)
        self._show_page()

    def _show_page(self) -> None:
        """Beside the buttons, or in the drawer behind the heading."""
        several = self.wall.pages > 1
        page = f"{self.wall.page + 1} / {self.wall.pages}"
        for part in (self.earlier, self.later):
            part.setVisible(several)
        self.page.setVisible(several and not self._narrow)
        self.earlier.setEnabled(self.wall.page > 0)
        self.later.setEnabled(self.wall.page < self.wall.pages - 1)
        self.page.show_text(page)
        self.heading.show_text(
            f"{self._words}　{page}" if several and self._narrow else self._words
        )

    def _on_wall_chosen(self, key: str) -> None:
        if self._scene is Scene.GROUPS:
            self.bunch_chosen.emit(key)
        else:
            self.person_chosen.emit(PersonId(key))


class ClosedScene(QFrame):
    """Sign-in has not begun, or is over: says so, and when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.seal = Seal(120)
        self.headline = FitLabel(weight=700, lines=2)
        self.sentence = FitLabel(lines=3, colour=tokens.INK)
        self._rows = QVBoxLayout(self)
        self._rows.addStretch(2)
        self._rows.addWidget(self.seal, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addWidget(self.headline, 5)
        self._rows.addWidget(self.sentence, 5)
        self._rows.addStretch(2)

    def measure(self, m: Measure) -> None:
        """Take the lengths."""
        self._rows.setContentsMargins(m.margin, m.gap, m.margin, m.gap)
        self.seal.set_side(round(m.name))
        self.headline.set_ceiling(m.name * 0.95)
        self.sentence.set_ceiling(m.title * 1.25)

    def show_state(self, state: MemberState) -> None:
        """Show which of the two."""
        if state.scene is Scene.OVER:
            self.headline.show_text(say("member.over"))
            self.sentence.show_text(say("member.over_note", arrived=state.arrived))
            return
        self.headline.show_text(say("member.not_open"))
        known = bool(state.starts_at)
        key = "member.not_open_at" if known else "member.not_open_note"
        self.sentence.show_text(say(key, starts_at=state.starts_at, title=state.title))


def _heading(state: MemberState) -> str:
    if state.scene is Scene.CHOOSE:
        return say("member.choose_card", count=len(state.choices))
    if state.scene is Scene.GROUPS:
        return say("member.choose_surname" if state.by_surname else "member.choose_group")
    if state.heading and state.by_surname:
        return say("member.choose_name_surname", surname=state.heading)
    if state.heading:
        return say("member.choose_name_group", group=state.heading)
    return say("member.choose_name")
