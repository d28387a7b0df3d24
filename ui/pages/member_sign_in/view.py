"""The member's sign-in screen as a widget: for its own window, the room's screen, or a drawer.

Everything goes with fingers; digits, Enter, Backspace and Esc of a keyboard work too.
Space never signs anybody in, nor does an Enter right behind a key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from app.areas.sessions.views import SessionView
from app.domain.ids import PersonId
from app.words import say
from ui.input.key_runs import After, Stop
from ui.input.scanner import character_of, moment_of
from ui.jobs.protocols import Jobs
from ui.pages.member_sign_in.host import MemberHost, SignInVerbs
from ui.pages.member_sign_in.keys import MemberKeys
from ui.pages.member_sign_in.measure import Measure, measure
from ui.pages.member_sign_in.presenter import BAR_MS, MemberPresenter
from ui.pages.member_sign_in.scenes import ClosedScene, ConfirmScene, KeypadScene, WallScene
from ui.pages.member_sign_in.state import MemberState, Scene
from ui.theme import look
from ui.theme.tokens import touch_floors
from ui.widgets.chip import ChipTone, StatusChip
from ui.widgets.fit.label import FitLabel
from ui.widgets.reading_order import read_in_order
from ui.widgets.seal import Seal
from ui.widgets.tap import DOUBLE_TAP_MS
from ui.widgets.touch.digit_boxes import WipeBar

_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TOUCHES = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)


class MemberSignInView(QWidget):
    """Call ``show_session`` whenever the session has changed; everything else it does itself.

    ``host`` hears of what happened.
    ``pitch_mm`` is mm per logical px; None asks the screen.
    """

    def __init__(
        self,
        desk: SignInVerbs,
        jobs: Jobs,
        host: MemberHost,
        *,
        after: After | None = None,
        pitch_mm: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pitch_mm = pitch_mm
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._scene = Scene.NOT_OPEN
        self._resting = QTimer(self, singleShot=True, interval=DOUBLE_TAP_MS)
        self._resting.timeout.connect(self._end_rest)
        self._build()
        self.presenter = MemberPresenter(desk, jobs, self.show_state, self._after, host)
        self._keys = MemberKeys(self.presenter, after or self._after, host)
        self._wire()
        self._measure()
        self.show_state(self.presenter.state)

    def show_session(self, view: SessionView | None, site_name: str) -> None:
        """The session stands so now (None: none is prepared)."""
        self.presenter.show_session(view, site_name)

    def show_state(self, state: MemberState) -> None:
        """Show a state; an answer that comes after the screen was made anew shows nothing."""
        if not shiboken6.isValid(self):
            return
        self.heading.show_text(" · ".join(part for part in (state.site_name, state.title) if part))
        self.setAccessibleName(self.heading.text or say("member.chip_open"))
        is_open = state.scene not in (Scene.NOT_OPEN, Scene.OVER)
        word = say("member.chip_open" if is_open else "member.chip_closed")
        self.chip.show_status(word, ChipTone.GOOD if is_open else ChipTone.PLAIN)
        if state.scene is not self._scene:
            self._scene = state.scene
            self._rest()
        scene = self._scenes[state.scene]
        scene.show_state(state)
        self.stack.setCurrentWidget(scene)
        self.wipe_bar.run(on=state.clearing)

    def echo_digits(self, seen_alone: bool) -> None:
        """Whether only who stands here sees the boxes: the digit just pressed may show briefly."""
        self.keypad_scene.boxes.echoes = seen_alone

    def lengths(self) -> Measure:
        """The lengths in force."""
        return measure(
            max(self.width(), 320),
            max(self.height(), 320),
            look.interface_size().factor,
            touch_floors(self._pitch()),
        )

    def _build(self) -> None:
        self.seal = Seal(48)
        self.heading = FitLabel(weight=600, align=_START)
        self.chip = StatusChip()
        self.header = QWidget()
        self._header = QHBoxLayout(self.header)
        self._header.setContentsMargins(0, 0, 0, 0)
        self._header.addWidget(self.seal)
        self._header.addWidget(self.heading, 1)
        self._header.addWidget(self.chip)
        self.keypad_scene, self.confirm = KeypadScene(), ConfirmScene()
        self.wall, self.closed = WallScene(), ClosedScene()
        self._scenes: dict[Scene, KeypadScene | ConfirmScene | WallScene | ClosedScene] = {
            Scene.KEYPAD: self.keypad_scene,
            Scene.CONFIRM: self.confirm,
            Scene.CHOOSE: self.wall,
            Scene.GROUPS: self.wall,
            Scene.NAMES: self.wall,
            Scene.NOT_OPEN: self.closed,
            Scene.OVER: self.closed,
        }
        self.stack = QStackedWidget()
        for scene in (self.keypad_scene, self.confirm, self.wall, self.closed):
            self.stack.addWidget(scene)
        self.wipe_bar = WipeBar(BAR_MS)
        self._rows = QVBoxLayout(self)
        # The lengths follow the size; they must not hold the window open when it becomes narrow.
        self._rows.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._rows.addWidget(self.header)
        self._rows.addWidget(self.wipe_bar)
        self._rows.addWidget(self.stack, 1)

    def _wire(self) -> None:
        does = self.presenter
        keypad, side = self.keypad_scene.keypad, self.keypad_scene.side
        keypad.pressed.connect(does.press)
        keypad.erased.connect(does.erase)
        keypad.cleared.connect(does.to_keypad)
        side.find_chosen.connect(does.find_by_name)
        side.help_chosen.connect(does.want_help)
        side.not_me_chosen.connect(does.not_me)
        self.confirm.yes_chosen.connect(does.yes)
        self.confirm.no_chosen.connect(does.no)
        self.wall.bunch_chosen.connect(does.open_bunch)
        self.wall.person_chosen.connect(lambda key: does.choose(PersonId(key)))
        self.wall.back_chosen.connect(does.back)
        self.wall.help_chosen.connect(does.want_help)
        inside: Iterable[QObject] = self.findChildren(QObject)
        for part in inside:
            part.installEventFilter(self)

    def _measure(self) -> None:
        m = self.lengths()
        low = max(m.margin // 2, 10)
        self._rows.setContentsMargins(m.margin, low, m.margin, max(m.margin * 2 // 3, 10))
        self._rows.setSpacing(max(m.gap // 3, 4))
        self.header.setVisible(m.header > 0)
        self.header.setFixedHeight(m.header)
        self._header.setSpacing(m.gap)
        self.seal.set_side(round(m.header * 0.86))
        self.heading.set_ceiling(min(m.control, m.header * 0.62))
        self.chip.setVisible(not m.narrow)
        self.chip.set_px(min(m.body, m.header * 0.42))
        for scene in (self.keypad_scene, self.confirm, self.wall, self.closed):
            scene.measure(m)

    def _rest(self) -> None:
        """Hear no finger just after a change: the second half of a double tap is meant for before."""
        self.stack.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._resting.start()

    def _end_rest(self) -> None:
        self.stack.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)

    @property
    def is_resting(self) -> bool:
        """Whether a finger is not heard yet after a change of the scene."""
        return self._resting.isActive()

    def _pitch(self) -> float:
        if self._pitch_mm is not None:
            return self._pitch_mm
        screen = self.screen()
        across = screen.geometry().width()
        return screen.physicalSize().width() / across if across else 0.0

    def _after(self, ms: int, call: Callable[[], None]) -> Stop:
        if not shiboken6.isValid(self):
            return lambda: None
        timer = QTimer(self, singleShot=True, interval=ms)
        timer.timeout.connect(call)
        timer.timeout.connect(timer.deleteLater)
        timer.start()

        def stop() -> None:
            timer.stop()
            timer.deleteLater()

        return stop

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Any touch anywhere on the screen puts the wiping off."""
        if event.type() in _TOUCHES and shiboken6.isValid(self):
            self.presenter.touched()
        return False

    def end_run(self, now_ms: int) -> bool:
        """Enter or Tab at this time; True when it belongs to the keys before it."""
        return self._keys.end(now_ms)

    def event(self, event: QEvent) -> bool:
        """A reader's Tab must not lead from button to button."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            tab = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if tab and self.end_run(moment_of(event)):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, Enter for "it is me", Backspace, Esc."""
        key, character = event.key(), character_of(event)
        if character:
            if not event.isAutoRepeat():
                self._keys.character(character, moment_of(event))
        elif key == Qt.Key.Key_Backspace:
            self._keys.forget()
            self.presenter.erase()
        elif key == Qt.Key.Key_Escape:
            self._keys.forget()
            self.presenter.to_keypad()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if not self.end_run(moment_of(event)):
                self.presenter.yes()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks in reading order, also over tiles made just now."""
        read_in_order(self)
        return super().focusNextPrevChild(forward)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the interface size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "presenter"):
            self._measure()
            self.presenter.say_again()

    def minimumSizeHint(self) -> QSize:
        """Small: it fits itself into any place."""
        return QSize(320, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take new lengths."""
        super().resizeEvent(event)
        self._measure()

    def showEvent(self, event: QShowEvent) -> None:
        """Be ready for digits at once."""
        super().showEvent(event)
        self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody's name waits behind the screen."""
        super().hideEvent(event)
        self._keys.forget()
        self.presenter.to_keypad()
