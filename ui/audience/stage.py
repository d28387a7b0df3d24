"""What the room sees, as one widget: painted pictures, the video surface, or the sign-in screen.

Nothing is ever laid over the video. The surface and the sign-in screen are given from
outside; without them their place stays black or shows the backdrop.
"""

from __future__ import annotations

from dataclasses import replace

import shiboken6
from PySide6.QtCore import QSizeF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.words import say
from ui.audience.picture.canvas import DrawnText
from ui.audience.picture.scenes import paint_room
from ui.audience.state import AudienceState, RoomShows
from ui.theme import tokens
from ui.widgets.fit.label import FitLabel
from ui.widgets.touch.button import TouchButton

DRAWER_HEAD = 60
"""Height of what stands over sign-in beside the course, px."""
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


ENTERING_MS = 160


class PaintedRoom(QWidget):
    """The painted pictures; ``texts`` are those of the last painting. Who has just come appears
    within a sixth of a second, the others stay where they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = AudienceState()
        self.texts: tuple[DrawnText, ...] = ()
        self.entering = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=ENTERING_MS)
        self.entering.valueChanged.connect(self.update)

    def show_state(self, state: AudienceState) -> None:
        """Paint this state."""
        was, self.state = self.state, state
        stays = was.shows is RoomShows.WELCOME and state.shows is RoomShows.WELCOME
        if stays and state.recent and state.came > was.came:
            self.entering.start()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture."""
        painter = QPainter(self)
        comes = self.entering.state() is QVariantAnimation.State.Running
        part = float(self.entering.currentValue()) if comes else 1.0
        self.texts = paint_room(painter, QSizeF(self.size()), self.state, part)


class StageSlot(QWidget):
    """A black place for a widget from outside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(tokens.BLACK))
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.held: QWidget | None = None

    def hold(self, widget: QWidget) -> None:
        """Take the widget in, from wherever it is."""
        if self.held is not widget or widget.parentWidget() is not self:
            self.held = widget
            self._rows.addWidget(widget)
            widget.show()


class SignInDrawer(StageSlot):
    """Late sign-in beside the course: what it is and one key that puts it away, then sign-in."""

    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = QWidget()
        self.head.setProperty("role", "page")
        self.head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = FitLabel(weight=600, ceiling=34, align=_START)
        self.close_key = TouchButton(icon="cross")
        self.close_key.measure(28, DRAWER_HEAD - 12)
        self.close_key.clicked.connect(self.put_away)
        row = QHBoxLayout(self.head)
        row.setContentsMargins(14, 12, 14, 0)
        row.addWidget(self.title, 3)
        row.addWidget(self.close_key, 2)
        self.head.setFixedHeight(DRAWER_HEAD)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.head)

    def say(self) -> None:
        """Show the words in the language in use."""
        self.title.show_text(say("member.late_title"))
        self.close_key.show_word(say("member.put_away"))


class AudienceStage(QWidget):
    """``show_state`` for everything; ``changed`` after each state and size; ``put_away`` when
    nobody signs in beside the course any more."""

    changed = Signal()
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = AudienceState()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.painted = PaintedRoom()
        self.video, self.black, self.door = StageSlot(), StageSlot(), StageSlot()
        self.drawer = SignInDrawer()
        self.drawer.put_away.connect(self.put_away)
        self.stack = QStackedWidget()
        for page in (self.painted, self.video, self.black, self.door):
            self.stack.addWidget(page)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._across.addWidget(self.stack, 2)
        self._across.addWidget(self.drawer, 1)
        self.drawer.hide()
        self._sign_in: QWidget | None = None
        self.show_state(self.state)

    def set_video_widget(self, surface: QWidget) -> None:
        """Take in the surface the player draws on; it stays here."""
        self.video.hold(surface)

    def set_sign_in_widget(self, sign_in: QWidget) -> None:
        """Take in the member's sign-in screen for one-screen mode."""
        self._sign_in = sign_in
        sign_in.hide()
        self.show_state(self.state)

    def let_sign_in_go(self) -> None:
        """The member's sign-in screen will be made anew."""
        if self._sign_in is not None:
            shiboken6.delete(self._sign_in)
            self._sign_in = self.door.held = self.drawer.held = None

    def show_state(self, state: AudienceState) -> None:
        """Show this now."""
        if state.shows is RoomShows.SIGN_IN and self._sign_in is None:
            state = replace(state, shows=RoomShows.WELCOME)
        self.state = state
        self.painted.show_state(state)
        drawer = state.drawer and state.shows is RoomShows.PLAY and self._sign_in is not None
        if self._sign_in is not None:
            if drawer:
                self.drawer.hold(self._sign_in)
            elif state.shows is RoomShows.SIGN_IN:
                self.door.hold(self._sign_in)
        self.drawer.say()
        self.drawer.setVisible(drawer)
        self.stack.setCurrentWidget(self._page(state.shows))
        self.setAccessibleName(say("audience.mirror"))
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the mirror."""
        super().resizeEvent(event)
        self.changed.emit()

    def _page(self, shows: RoomShows) -> QWidget:
        if shows is RoomShows.PLAY:
            return self.video
        if shows is RoomShows.BLACK:
            return self.black
        return self.door if shows is RoomShows.SIGN_IN else self.painted
