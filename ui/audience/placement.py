"""Which screen the room sees, and what happens when that screen comes or goes.

The room's window is never moved onto the operator's screen: when its screen is lost the
window is put away, the course pauses and a banner says so; when the screen is back the
window returns to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QScreen
from PySide6.QtWidgets import QWidget

from ui.state.screens import ScreenSeen, choose_screen, other_screens
from ui.theme import look, tokens

IDENTIFY_MS = 4_000
SETTLE_MS = 200
"""So long after the last change of screens the windows are put in their places."""


class Screens(Protocol):
    """The screens of this PC; a test gives its own."""

    def seen(self) -> tuple[ScreenSeen, ...]:
        """All screens, in the order the system has them."""

    def screen_of(self, window: QWidget) -> str:
        """Name of the screen a window is on."""

    def show_full(self, window: QWidget, name: str) -> None:
        """Show a window over the whole of a screen."""

    def show_centred(self, window: QWidget, name: str) -> None:
        """Show a small window in the middle of a screen."""

    def move_over(self, window: QWidget, name: str) -> None:
        """Move a window that is shown already to another screen, filling it as before."""

    def listen(self, changed: Callable[[], None]) -> None:
        """Be told when a screen comes, goes or changes."""


class QtScreens(QObject):
    """The screens Qt knows."""

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        self._application = application

    def seen(self) -> tuple[ScreenSeen, ...]:
        """See ``Screens.seen``."""
        return tuple(_seen(name, screen) for name, screen in self._named())

    def screen_of(self, window: QWidget) -> str:
        """See ``Screens.screen_of``."""
        there = window.screen()
        return next((name for name, screen in self._named() if screen is there), "")

    def show_full(self, window: QWidget, name: str) -> None:
        """See ``Screens.show_full``."""
        screen = next((screen for known, screen in self._named() if known == name), None)
        if screen is None:
            return
        window.setScreen(screen)
        window.move(screen.geometry().topLeft())
        window.resize(screen.geometry().size())
        # ``showFullScreen`` would take the keyboard as well.
        window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
        window.show()

    def show_centred(self, window: QWidget, name: str) -> None:
        """See ``Screens.show_centred``."""
        screen = next((screen for known, screen in self._named() if known == name), None)
        if screen is not None:
            window.setScreen(screen)
            place = window.geometry()
            place.moveCenter(screen.geometry().center())
            window.setGeometry(place)
            window.show()

    def move_over(self, window: QWidget, name: str) -> None:
        """See ``Screens.move_over``."""
        screen = next((screen for known, screen in self._named() if known == name), None)
        if screen is None:
            return
        whole = window.windowState() & ~Qt.WindowState.WindowMinimized
        window.showNormal()
        window.setScreen(screen)
        place = screen.availableGeometry()
        window.move(place.topLeft())
        if not whole:
            window.resize(window.size().boundedTo(place.size()))
        window.setWindowState(whole)
        window.show()

    def listen(self, changed: Callable[[], None]) -> None:
        """See ``Screens.listen``; several that come at once are told once.

        A screen that goes is told at once: after that Qt moves its windows to another one,
        and the room's window must not be seen there even for a moment.
        """
        settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        settled.timeout.connect(changed)

        def follow(screen: QScreen) -> None:
            screen.geometryChanged.connect(lambda _place: settled.start())

        def come(screen: QScreen) -> None:
            follow(screen)
            settled.start()

        for screen in self._application.screens():
            follow(screen)
        self._application.screenAdded.connect(come)
        self._application.screenRemoved.connect(lambda _screen: changed())
        self._application.primaryScreenChanged.connect(lambda _screen: settled.start())

    def _named(self) -> tuple[tuple[str, QScreen], ...]:
        screens = self._application.screens()
        plain = [_plain_name(screen) for screen in screens]
        doubled = {name for name, count in Counter(plain).items() if count > 1}
        return tuple(
            (f"{name} {screen.name()}" if name in doubled else name, screen)
            for name, screen in zip(plain, screens, strict=True)
        )


def _seen(name: str, screen: QScreen) -> ScreenSeen:
    place = screen.geometry()
    return ScreenSeen(name, place.width(), place.height(), (place.x(), place.y()))


def _plain_name(screen: QScreen) -> str:
    parts = (screen.manufacturer(), screen.model(), screen.serialNumber())
    return " ".join(part for part in parts if part).strip() or screen.name()


class ScreenNumber(QWidget):
    """A large number that goes away by itself."""

    def __init__(self, number: int) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._number = str(number)
        self.setAccessibleName(self._number)
        self.resize(360, 360)
        self._gone = QTimer(self, singleShot=True, interval=IDENTIFY_MS)
        self._gone.timeout.connect(self.close)
        self._gone.start()
        key = id(self)
        _SHOWN[key] = self
        self.destroyed.connect(lambda: _SHOWN.pop(key, None))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Pine ground, white number."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.PINE))
        painter.setPen(QColor(tokens.CARD))
        painter.setFont(look.font(260, 700))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._number)


_SHOWN: dict[int, QWidget] = {}
"""Keeps the numbers alive while they are shown."""


class AudiencePlacement(QObject):
    """Keeps the room's window where it belongs; GUI thread only. ``lost`` and ``returned`` tell of
    the room's screen, ``changed`` of every look at the screens."""

    lost = Signal()
    returned = Signal()
    changed = Signal()

    def __init__(self, screens: Screens, operator: QWidget, audience: QWidget) -> None:
        super().__init__()
        self._screens = screens
        self._operator = operator
        self._audience = audience
        self._wanted = ""
        self._one_screen = False
        self._shape: ScreenSeen | None = None
        self._was_lost = False
        self.current = ""
        """Name of the screen the room sees now; empty in one-screen mode."""
        screens.listen(self.settle)

    @property
    def is_lost(self) -> bool:
        """Whether the room's screen has gone and not come back."""
        return self._was_lost

    def seen(self) -> tuple[ScreenSeen, ...]:
        """All screens."""
        return self._screens.seen()

    def choose(self, wanted: str, *, one_screen: bool) -> None:
        """The operator wants this screen (empty: any other than the own), or one-screen mode."""
        self._wanted, self._one_screen = wanted, one_screen
        self._was_lost = False
        self.settle()

    def swap(self) -> str:
        """The operator and the room change places; returns the room's screen now, or empty."""
        if not self.current:
            return ""
        self.choose(self._screens.screen_of(self._operator), one_screen=False)
        return self.current

    def toggle(self) -> None:
        """F11: the room's picture on or off – over this very screen when there is no other."""
        if self._audience.isVisible() and self.current:
            self.choose(self._wanted, one_screen=True)
        elif self._audience.isVisible():
            self._audience.hide()
        elif self.others():
            self.choose(self._wanted, one_screen=False)
        else:
            self.fill_own()

    def fill_own(self) -> None:
        """The room's picture over the operator's own screen."""
        self._screens.show_full(self._audience, self._screens.screen_of(self._operator))
        self._audience.activateWindow()

    def others(self) -> tuple[ScreenSeen, ...]:
        """Screens that could be the room's: none with one screen, or when all show the same."""
        return other_screens(self._screens.seen(), self._screens.screen_of(self._operator))

    def identify(self) -> None:
        """A large number on every screen for a moment."""
        for number, one in enumerate(self._screens.seen(), start=1):
            self._screens.show_centred(ScreenNumber(number), one.name)

    def settle(self) -> None:
        """Put the windows where they belong now."""
        self._make_way()
        before, seen = self.current, self._screens.seen()
        target = choose_screen(
            seen,
            self._screens.screen_of(self._operator),
            self._wanted,
            one_screen=self._one_screen,
        )
        self.current = target
        if target:
            shape = next(one for one in seen if one.name == target)
            if shape != self._shape or not self._audience.isVisible():
                self._screens.show_full(self._audience, target)
            self._shape = shape
        elif before:
            self._audience.hide()
        if not target and not self._audience.isVisible():
            self._take_own_shape(seen)
        if before and not target and not self._one_screen:
            self._was_lost = True
            self.lost.emit()
        elif target and self._was_lost:
            self._was_lost = False
            self.returned.emit()
        self.changed.emit()

    def _take_own_shape(self, seen: tuple[ScreenSeen, ...]) -> None:
        """What will fill the operator's screen has its proportions before it is shown."""
        own = self._screens.screen_of(self._operator)
        for one in seen:
            if one.name == own:
                self._audience.resize(one.width, one.height)

    def _make_way(self) -> None:
        """The room's chosen screen is under the operator's window: that goes to another one."""
        if self._one_screen or self._wanted != self._screens.screen_of(self._operator):
            return
        others = self.others()
        if others:
            self._audience.hide()
            self._screens.move_over(self._operator, others[0].name)
