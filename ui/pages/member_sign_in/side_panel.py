"""Beside the keypad: how many have come and who came last, or what just happened."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.words import say
from ui.pages.member_sign_in.measure import Measure
from ui.pages.member_sign_in.state import MemberState, ResultCard
from ui.state.sign_in_result import SignInResult
from ui.theme import tokens
from ui.theme.icons import paint_icon
from ui.widgets.count_bar import CountBar
from ui.widgets.fit.label import FitLabel
from ui.widgets.fit.text import Setting, fit, paint_fitted
from ui.widgets.seal import paint_seal
from ui.widgets.tile_paint import Dress, paint_tile
from ui.widgets.touch.button import TouchButton, Voice

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_GOOD = Dress(tokens.PINE_TINT, tokens.PINE, tokens.INK, 3)
_KIND = Dress(tokens.AMBER_TINT, tokens.AMBER, tokens.INK, 2)
_CALM = Dress(tokens.INDIGO_TINT, tokens.INDIGO, tokens.INK, 2)
_LOOKS: dict[SignInResult, tuple[Dress, str, str]] = {
    SignInResult.SUCCESS: (_GOOD, "check_circle", tokens.PINE),
    SignInResult.ALREADY: (_GOOD, "check_circle", tokens.PINE),
    SignInResult.NOT_FOUND: (_KIND, "search", tokens.AMBER),
    SignInResult.NOT_ME: (_CALM, "keypad", tokens.INDIGO),
    SignInResult.HELP_COMES: (_CALM, "help", tokens.INDIGO),
    SignInResult.TROUBLE: (_KIND, "care", tokens.AMBER),
}


class SidePanel(QWidget):
    """``find_chosen`` and ``help_chosen`` from its two buttons, which are always there.

    ``not_me_chosen`` from the card that says somebody is signed in.
    """

    not_me_chosen = Signal()
    find_chosen = Signal()
    help_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = CountPanel()
        self.told = ToldCard()
        self._stack = QStackedLayout()
        self._stack.addWidget(self.count)
        self._stack.addWidget(self.told)
        self.find_button = TouchButton(icon="people")
        self.help_button = TouchButton(icon="help")
        self.find_button.clicked.connect(self.find_chosen)
        self.told.not_me.clicked.connect(self.not_me_chosen)
        self.help_button.clicked.connect(self.help_chosen)
        self.buttons = QWidget()
        self._row = QHBoxLayout(self.buttons)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.find_button)
        self._row.addWidget(self.help_button)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._stack, 1)
        self._rows.addWidget(self.buttons)

    def take_buttons(self) -> QWidget:
        """Give the two buttons to a narrow screen, which has them below the keypad."""
        self._rows.removeWidget(self.buttons)
        return self.buttons

    def return_buttons(self) -> None:
        """Have them below the panel again."""
        self._rows.addWidget(self.buttons)

    def measure(self, m: Measure) -> None:
        """Take the lengths."""
        self._rows.setSpacing(m.gap)
        self._row.setSpacing(m.gap)
        for button in (self.find_button, self.help_button):
            button.measure(m.control, min(m.tile, m.foot))
        self.buttons.setFixedHeight(m.foot)
        self.count.measure(m)
        self.told.measure(m)

    def show_state(self, state: MemberState) -> None:
        """Show the counts, or the card while there is one."""
        asks = state.told is not None and state.told.kind in (
            SignInResult.NOT_FOUND,
            SignInResult.NOT_ME,
        )
        voice = Voice.MAIN if asks else Voice.PLAIN
        self.find_button.show_word(say("member.find_by_name"), voice=voice)
        self.help_button.show_word(say("member.ask_operator"))
        self.count.show_state(state)
        if state.told is not None:
            self.told.show_told(state.told)
        self._stack.setCurrentWidget(self.count if state.told is None else self.told)


class CountPanel(QFrame):
    """Count, bar, and the last names: nothing of how or when they signed in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._rows = QVBoxLayout(self)
        self.bar = CountBar()
        self.lead = FitLabel(colour=tokens.INK2, align=_START)
        self.names = tuple(RecentName() for _ in range(5))
        self._rows.addWidget(self.bar)
        self._rows.addWidget(self.lead)
        for name in self.names:
            self._rows.addWidget(name, 2)
        self.guide = FitLabel(weight=600, lines=6, tight=2.0, align=_START)
        self._rows.addWidget(self.guide, 10)
        self._narrow, self._name_px = False, 40.0
        self._shown: tuple[str, ...] = ()

    def measure(self, m: Measure) -> None:
        """Take the lengths; a narrow screen shows the count only."""
        pad = m.gap if m.narrow else round(m.gap * 1.6)
        self._rows.setContentsMargins(pad, m.gap // (2 if m.narrow else 1), pad, m.gap // 2)
        self._rows.setSpacing(m.gap // 2)
        self.bar.set_count_px(m.count)
        self.lead.set_ceiling(m.body)
        self.lead.setFixedHeight(round(m.body * 1.5))
        self._narrow = m.narrow
        self.guide.set_ceiling(m.title * 1.1)
        self._name_px = m.title * 1.25
        for name in self.names:
            name.set_px(self._name_px)
        self._show_parts()

    def show_state(self, state: MemberState) -> None:
        """Show counts and names."""
        self.bar.show_count(state.arrived, state.expected, state.visitors)
        self.lead.show_text(say("member.recent" if state.recent else "member.how"))
        self.guide.show_text(say("member.how_steps"))
        self._shown = state.recent
        self._show_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many names as there is room for."""
        super().resizeEvent(event)
        self._show_names()

    def _show_parts(self) -> None:
        self.guide.setVisible(not self._shown and not self._narrow)
        self.lead.setVisible(not self._narrow)
        self._show_names()

    def _show_names(self) -> None:
        """Fewer names rather than small ones."""
        room = self.height() - self.bar.sizeHint().height() - self.lead.minimumHeight()
        room -= self._rows.contentsMargins().top() + self._rows.contentsMargins().bottom()
        most = max(int(room / (self._name_px * 1.15 + self._rows.spacing())), 1)
        for place, name in enumerate(self.names):
            here = place < min(len(self._shown), most)
            name.show_name(self._shown[place] if here else "")
            name.setVisible(bool(self._shown) and place < most and not self._narrow)


class RecentName(QWidget):
    """A tick and a name in one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self._px = "", 40.0
        self.setMinimumHeight(24)

    def set_px(self, px: float) -> None:
        """Let the name grow up to ``px``."""
        if px != self._px:
            self._px = px
            self.update()

    def show_name(self, name: str) -> None:
        """Show a name, or nothing."""
        if name != self.name:
            self.name = name
            self.setAccessibleName(name)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw tick and name."""
        if not self.name:
            return
        painter = QPainter(self)
        side = min(self._px, self.height() * 0.8)
        paint_icon(painter, "check", tokens.PINE, QRectF(0, (self.height() - side) / 2, side, side))
        room = QRectF(side * 1.35, 0, self.width() - side * 1.35, self.height())
        fitted = fit(self.name, room.width(), room.height(), Setting(self._px, 600, 1, 1.1))
        paint_fitted(painter, room, fitted, tokens.INK, 600, _START)


class ToldCard(QWidget):
    """One thing that was said: icon or seal, the name large, a sentence, a note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said: ResultCard | None = None
        self._m: Measure | None = None
        self.not_me = TouchButton(icon="cross", parent=self)
        self.not_me.hide()
        self.setMinimumHeight(40)

    def measure(self, m: Measure) -> None:
        """Take the lengths."""
        self._m = m
        self.not_me.measure(m.control, m.tile)
        self._place()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stays at its edge."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """ "Not me" below the words, or at the right of a low card; where there is no room, none."""
        if self._m is None:
            return
        offered = self.said is not None and self.said.mark is not None
        pad, tile = self._pad(), self._m.tile
        area = self.rect().adjusted(pad, pad, -pad, -pad)
        if self._m.narrow:
            area.setLeft(area.right() - max(round(area.width() * 0.36), tile))
        else:
            area.setTop(area.bottom() - max(tile, round(area.height() * 0.16)))
        self.not_me.setGeometry(area)
        self.not_me.show_word(say("member.no"))
        self.not_me.setVisible(offered and area.height() >= tile)

    def _pad(self) -> int:
        return 0 if self._m is None else round(min(self._m.gap * 1.2, self.height() * 0.08))

    def show_told(self, told: ResultCard) -> None:
        """Show this."""
        if told == self.said:
            return
        self.said = told
        self.setAccessibleName(" ".join(part for part in (told.headline, told.sentence) if part))
        self._place()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        if self.said is None or self._m is None:
            return
        painter = QPainter(self)
        place = QRectF(self.rect())
        dress = _LOOKS[self.said.kind][0]
        paint_tile(painter, place, dress, tokens.RADIUS_TOUCH)
        pad = self._pad()
        inner = place.adjusted(pad, pad, -pad, -pad)
        if self.not_me.isVisible() and self._m.narrow:
            inner.setRight(self.not_me.x() - pad)
        elif self.not_me.isVisible():
            inner.setBottom(self.not_me.y() - pad)
        if self._m.narrow:
            self._paint_low(painter, inner, self.said, self._m)
        else:
            self._paint_tall(painter, inner, self.said, self._m)

    def _paint_low(self, painter: QPainter, inner: QRectF, said: ResultCard, m: Measure) -> None:
        """In the drawer: icon at the left, words beside."""
        _, icon, accent = _LOOKS[said.kind]
        side = min(inner.height() * 0.55, inner.width() * 0.16)
        mark = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        paint_icon(painter, icon, accent, mark)
        text = inner.adjusted(side * 1.25, 0, 0, 0)
        headline, sentence = _one_line(said.headline), _one_line(said.sentence)
        split = text.height() * (0.5 if headline else 0.0)
        if headline:
            name_place = QRectF(text.left(), text.top(), text.width(), split)
            name = fit(headline, text.width(), split, Setting(m.name, 700, 2, 1.1))
            paint_fitted(painter, name_place, name, tokens.INK, 700, _START)
        rest = text.adjusted(0, split, 0, 0)
        words = fit(sentence, rest.width(), rest.height(), Setting(m.title, 600, 5, 1.2))
        paint_fitted(painter, rest, words, tokens.INK, 600, _START)

    def _paint_tall(self, painter: QPainter, inner: QRectF, said: ResultCard, m: Measure) -> None:
        """Beside the keypad: all in one column, centred; a success wears the seal."""
        _, icon, accent = _LOOKS[said.kind]
        side = min(inner.height() * 0.2, inner.width() * 0.3)
        mark = QRectF(0, 0, side, side)
        mark.moveCenter(inner.center())
        mark.moveTop(inner.top() + inner.height() * 0.06)
        paint_icon(painter, icon, accent, mark)
        top = mark.bottom() + inner.height() * 0.03
        if said.headline:
            name_place = QRectF(inner.left(), top, inner.width(), inner.height() * 0.32)
            wish = Setting(m.name * 1.15, 700, 2, 1.12)
            name = fit(said.headline, name_place.width(), name_place.height(), wish)
            paint_fitted(painter, name_place, name, tokens.INK, 700)
            top = name_place.bottom()
        bottom = inner.bottom() - (inner.height() * 0.14 if said.note else 0)
        text_place = QRectF(inner.left(), top, inner.width(), max(bottom - top, 1))
        lines = 3 if said.headline else 7
        sentence = fit(
            said.sentence,
            text_place.width(),
            text_place.height(),
            Setting(m.title * (1.25 if said.headline else 1.3), 600, lines, 1.4),
        )
        paint_fitted(painter, text_place, sentence, tokens.INK, 600)
        if said.note:
            note_place = QRectF(inner.left(), bottom, inner.width(), inner.bottom() - bottom)
            note = fit(
                said.note,
                note_place.width(),
                note_place.height(),
                Setting(m.title * 0.8, 400, 2, 1.2),
            )
            paint_fitted(painter, note_place, note, tokens.INK)
        if said.kind is SignInResult.SUCCESS:
            stamp = min(m.name * 0.62, inner.width() * 0.16)
            corner = QRectF(inner.right() - stamp, inner.top(), stamp, stamp)
            paint_seal(painter, corner, say("member.seal"))


def _one_line(words: str) -> str:
    """Without line ends; a space takes their place between Latin words only."""
    parts = words.split("\n")
    return "".join(
        part + (" " if part[-1:].isascii() and number < len(parts) - 1 else "")
        for number, part in enumerate(parts)
    )
