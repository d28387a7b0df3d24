"""Who may use the operator's window now: watches idleness, locks, asks, and lets in again.

GUI thread only. LockedPart, the pages are hidden, not only covered: no key, no touch and no screen
reader reaches them. The scanner, members' sign-in and a playing course go on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from app.usecases.operator_pin import LockedPart, LockView
from app.words import say
from ui.audience.placement import AudiencePlacement
from ui.audience.window import AudienceWindow
from ui.input.shortcuts import Shortcut
from ui.lock.desk_keypad import DeskKeypad
from ui.lock.single_screen import SingleScreen
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.page_names import PageName

if TYPE_CHECKING:
    from ui.lock.lock_screen import LockScreen
    from ui.lock.pin_change import PinChange
    from ui.lock.pin_confirm import PinConfirm

LOOK_MS = 2_000
MOST_DIALOGS = 20
"""More never lie on one another; one that can't be put away must not be asked for ever."""
MINUTE_MS = 60_000
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride})
_HANDS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_WATCHED = _KEYS | _HANDS
_WHILE_PLAYING = frozenset(
    Shortcut[name]
    for name in """MAIN BACK_10 ON_10 BACK_3 ON_3 BACK_60 ON_60 LOUDER SOFTER PAGE_ON
    PAGE_BACK BLACK FREEZE MUTE SUBTITLES SLOWER FASTER NORMAL_RATE UNDO_SEEK""".split()
)
"""What a clicker may still do to a course the room sees full screen: none of it leads out."""
_WHILE_DISCUSSING = frozenset({Shortcut.PAGE_ON, Shortcut.PAGE_BACK, Shortcut.BLACK})


class LockController(QObject):
    """``changed`` when the PIN, its minutes or what is locked have changed; ``unlocked`` when the
    operator is back."""

    changed = Signal()
    unlocked = Signal()

    def __init__(
        self,
        room: CurrentSession,
        window: QMainWindow,
        audience: AudienceWindow,
        placement: AudiencePlacement,
        *,
        playing: Callable[[], bool],
        mono_ms: Callable[[], int],
        view: LockView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._room, self._window, self._audience = room, window, audience
        self._placement, self._playing, self._mono_ms = placement, playing, mono_ms
        self.view = view
        self.is_locked = False
        """Whether the operator's window asks for the PIN."""
        self._sheet: LockScreen | None = None
        self._choosing: PinChange | None = None
        self._vouching: PinConfirm | None = None
        self._used_ms = mono_ms()
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self.look)
        self.single = SingleScreen(
            audience,
            placement,
            jobs=room.jobs,
            try_pin=room.station.pin.try_pin,
            mono_ms=mono_ms,
            parent=self,
        )
        self.desk = DeskKeypad(window, room.jobs, room.station.pin.try_pin, mono_ms)
        self.desk.switched.connect(self._on_desk)
        self._follow(view)
        self.single.left.connect(self._on_single_left)
        self.single.filled.connect(self._on_single_filled)

    # --- beginning and end ------------------------------------------------------------

    def listen(self) -> None:
        """Begin to watch; install before the scanner's filter, so that it hears keys first."""
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._clock.start()

    def restore(self) -> None:
        """Lock what was locked when the program ended, however it ended."""
        was = self.view.locked_now
        if was is LockedPart.SINGLE and not self._placement.current:
            self.single.fill()
        elif was and self.view.has_pin:
            self.lock()

    def let_go(self) -> None:
        """The program ends."""
        self._clock.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def built(self) -> None:
        """The window's pages were made anew, perhaps in another language."""
        self.single.way_out.forget_words()
        self.desk.way_out.forget_words()
        for part in (self._sheet, self._choosing, self._vouching):
            if part is not None:
                part.hide()
                part.deleteLater()
        self._sheet = self._choosing = self._vouching = None
        if self.is_locked:
            self.is_locked = False
            self.lock()

    # --- locking ----------------------------------------------------------------------

    def look(self) -> None:
        """Is it time to lock? While a course plays, or members sign in here, nobody is away."""
        if self._playing() or self.desk.is_open:
            self._used_ms = self._mono_ms()
        if self.view.has_pin and self.idle_ms >= self.view.idle_minutes * MINUTE_MS:
            self.lock()
        elif self.is_locked:
            self._show_arrived()

    @property
    def idle_ms(self) -> int:
        """So long nobody has touched the operator's window."""
        return self._mono_ms() - self._used_ms

    def lock(self, sentence: str = "") -> None:
        """Lock the operator's window; without a PIN nothing locks."""
        if self.is_locked or not self.view.has_pin:
            return
        _put_away_dialogs()
        if self._vouching is not None:
            self._vouching.put_away()
        if self._choosing is not None:
            self._choosing.hide()
        self.is_locked = True
        self.sheet.pad.ask(say("lock.title"), sentence or say("lock.enter"))
        self._show_arrived()
        pages = self._window.centralWidget()
        if pages is not None:
            pages.hide()
        self.sheet.cover()
        if not self.single.covers:
            self._note(LockedPart.CONSOLE)

    def unlock(self) -> None:
        """The operator is back."""
        self._used_ms = self._mono_ms()
        if not self.is_locked:
            return
        self.is_locked = False
        self.sheet.hide()
        pages = self._window.centralWidget()
        if pages is not None:
            pages.show()
        self.unlocked.emit()
        self._note(LockedPart.NOTHING)

    @property
    def sheet(self) -> LockScreen:
        """The sheet over the operator's window, made when it is first wanted."""
        if self._sheet is None:
            from ui.lock.lock_screen import LockScreen
            from ui.lock.pin_prompt import PinPrompt

            self._sheet = LockScreen(self._window)
            asking = PinPrompt(
                self._sheet.pad, self._room.jobs, self._room.station.pin.try_pin, self._mono_ms
            )
            asking.opened.connect(self.unlock)
        return self._sheet

    @property
    def has_room_screen(self) -> bool:
        """Whether the room has a screen of its own."""
        return bool(self._placement.current)

    def may_close(self) -> bool:
        """Whether the operator's window may be closed; the system going down always may."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and app.isSavingSession():
            return True
        if self.is_locked:
            self.sheet.pad.ask(say("lock.title"), say("lock.to_close"))
            self._show_arrived()
            return False
        return not (self.single.is_locked or (self.desk.is_open and self.desk.way_out.is_locked))

    # --- keys and windows ---------------------------------------------------------------

    def holds_keys(self, window: QWidget) -> bool:
        """Whether a keypad in this window has all keys to itself."""
        if window is self._window:
            asking = (self._choosing, self._vouching)
            return (
                self.is_locked
                or self.desk.is_open
                or any(one is not None and one.isVisible() for one in asking)
            )
        return window is self._audience and self.single.way_out.is_asking

    def takes(self, act: Shortcut, place: PageName, *, black: bool) -> bool:
        """Whether a key is none of the pages' business; called before they hear of it."""
        if self.single.covers and not black and act is Shortcut.ESCAPE:
            self.single.way_out.ask()
            return True
        if self.single.covers and act is Shortcut.SECOND_SCREEN:
            self.single.way_out.ask()
            return True
        if not self.is_locked and not self.single.is_locked:
            return False
        if black and act is Shortcut.ESCAPE:
            return False
        turns = place is PageName.DISCUSS and act in _WHILE_DISCUSSING
        return not (turns or (place is PageName.PLAY and act in _WHILE_PLAYING))

    def toggle_screen(self) -> None:
        """F11 or its button: the room's picture on or off."""
        if self.single.covers:
            self.single.way_out.ask()
        elif self._placement.current or self._has_other_screen():
            self._placement.toggle()
        else:
            self.single.fill()

    def room_close_wanted(self) -> None:
        """Alt+F4 or × on the room's window."""
        if self.single.covers:
            self.single.way_out.ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that hands are at the operator's window; let no key past a locked sheet."""
        if not isinstance(event, QInputEvent):  # the cheapest question first: all events come by
            return False
        kind = event.type()
        if kind not in _WATCHED or not isinstance(watched, QWidget):
            return False
        if not shiboken6.isValid(self) or not shiboken6.isValid(watched):
            return False
        window = watched.window()
        if window is not self._window:
            if kind in _HANDS and self._is_dialog(window):
                self._used_ms = self._mono_ms()
            return False
        if not self.is_locked:
            if kind in _HANDS:
                self._used_ms = self._mono_ms()
            return False
        return kind in _KEYS and not self._in_sheet(watched)

    def vouch(self, name: str, then: Callable[[], None]) -> None:
        """Call ``then`` when the PIN was given for ``name``'s late entry; without a PIN at once."""
        if not self.view.has_pin:
            then()
            return
        if self._vouching is None:
            from ui.lock.pin_confirm import PinConfirm

            self._vouching = PinConfirm(
                self._window, self._room.jobs, self._room.station.pin.try_pin, self._mono_ms
            )
        self._vouching.ask(name, then)

    # --- what the settings ask for --------------------------------------------------------

    def choose_pin(self) -> None:
        """Ask for a new PIN (and the present one first)."""
        self.choosing.begin(has_pin=self.view.has_pin, remove=False)

    def remove_pin(self) -> None:
        """Ask for the present PIN and have none any more."""
        self.choosing.begin(has_pin=True, remove=True)

    @property
    def choosing(self) -> PinChange:
        """The questions for a new PIN over the operator's window."""
        if self._choosing is None:
            from ui.lock.pin_change import PinChange

            self._choosing = PinChange(self._window, self._room.jobs, self._room.station)
            self._choosing.done.connect(self._on_chosen)
        return self._choosing

    def lock_after(self, minutes: int) -> None:
        """So many idle minutes."""
        self._room.ask(lambda: self._room.station.pin.lock_after(minutes), self._take)

    def use_single_screen_lock(self, *, on: bool) -> None:
        """Whether full screen for members is locked."""
        station = self._room.station
        self._room.ask(lambda: station.pin.use_single_screen_lock(on=on), self._take)

    # --- inside -------------------------------------------------------------------------

    def _take(self, view: LockView) -> None:
        self._follow(view)
        self.changed.emit()

    def _follow(self, view: LockView) -> None:
        self.view = view
        self.single.follow(view)
        self.desk.way_out.follow(view)

    def _on_desk(self) -> None:
        """Members use the operator's window: after a restart it asks for the PIN."""
        self._used_ms = self._mono_ms()
        if self.view.has_pin and not self.is_locked:
            self._note(LockedPart.CONSOLE if self.desk.is_open else LockedPart.NOTHING)

    def _note(self, locked: LockedPart) -> None:
        self._room.ask(lambda: self._room.station.pin.note_locked(locked), self._take)

    def _on_chosen(self, view: LockView, key: str) -> None:
        self._take(view)
        self._used_ms = self._mono_ms()
        self._room.say(key, StatusTone.DONE)

    def _on_single_filled(self) -> None:
        # Alt+Tab leads to the operator's window: it must be shut as well.
        self.lock()
        if self.single.is_locked:
            self._note(LockedPart.SINGLE)

    def _on_single_left(self) -> None:
        self.unlock()
        if self.view.locked_now:
            self._note(LockedPart.NOTHING)

    def _has_other_screen(self) -> bool:
        return len(self._placement.seen()) > 1

    def _is_dialog(self, window: QWidget) -> bool:
        """Whether this was opened from the operator's window, or from what was opened there."""
        parent = window.parentWidget()
        while parent is not None and parent.window() is not self._window:
            parent = parent.window().parentWidget()
        return parent is not None

    def _in_sheet(self, watched: QWidget) -> bool:
        sheet = self._sheet
        return sheet is not None and (watched is sheet or sheet.isAncestorOf(watched))

    def _show_arrived(self) -> None:
        view = self._room.view
        told = [say("lock.goes_on")]
        if view is not None and self._room.is_running():
            told.insert(0, say("lock.arrived", arrived=view.turnout.in_room))
        self.sheet.pad.show_meanwhile(" · ".join(told))


def _put_away_dialogs() -> None:
    """Nothing may stay open over a locked window: one dialog asks with another, menus drop down."""
    for _ in range(MOST_DIALOGS):
        popup, dialog = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            popup.close()
        elif isinstance(dialog, QDialog):
            dialog.reject()
        else:
            return
