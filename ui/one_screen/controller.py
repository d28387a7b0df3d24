"""One screen for all: playing fills it, a touch brings the keys, nobody there brings the tiles.

GUI thread only. It decides nothing of the session: keys do what the playing page's own buttons do,
and what the room sees comes from the audience's presenter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtWidgets import QApplication

from app.areas.attendance.views import SignInDone, UndoDone
from app.domain.values import dataclass
from ui.audience.presenter import AudiencePresenter
from ui.audience.state import RoomShows
from ui.audience.window import AudienceWindow
from ui.input.shortcuts import Shortcut
from ui.lock.controller import LockController
from ui.lock.single_screen import SingleScreen
from ui.one_screen.bar import BAR_PX, TouchBar
from ui.one_screen.help_call import CALL_PX, HelpCall
from ui.one_screen.idle_tiles import IdleScreen
from ui.one_screen.state import BarAct, BarState, bar_state
from ui.pages.play.presenter import PlayPresenter
from ui.pages.play.state import PlayQuestion, PlayState
from ui.playback.controller import PlaybackController
from ui.playback.state import PlaybackState
from ui.state.current_session import CurrentSession
from ui.state.page_names import PageName
from ui.state.sign_in_result import SignInResult
from ui.windows.operator_window import OperatorWindow

IDLE_MS = 3 * 60_000
"""So long nobody touches anything, and there is nothing in hand: the backdrop comes."""
LOOK_MS = 5_000

_SHORTCUTS = {
    BarAct.BACK_10: Shortcut.BACK_10,
    BarAct.ON_10: Shortcut.ON_10,
    BarAct.MAIN: Shortcut.MAIN,
    BarAct.SUBTITLES: Shortcut.SUBTITLES,
    BarAct.PAGE_BACK: Shortcut.PAGE_BACK,
    BarAct.PAGE_ON: Shortcut.PAGE_ON,
}


@dataclass(frozen=True, slots=True)
class OneScreenParts:
    """What it stands between."""

    room: CurrentSession
    window: OperatorWindow
    audience: AudienceWindow
    on_screen: AudiencePresenter
    playback: PlaybackController
    guard: LockController
    act: Callable[[Shortcut], bool]
    """A key's act, as if it had been pressed: what is locked stays locked."""


class OneScreen(QObject):
    """``follow`` after every change of what the room sees; ``playing`` after every change of the
    playing. Also the members' screen's host: a call for help comes to where the operator looks."""

    def __init__(self, parts: OneScreenParts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._was_playing = False
        audience, single = parts.audience, parts.guard.single
        out = single.way_out
        self.bar = TouchBar(audience)
        self.bar.chosen.connect(lambda act: self._on_chosen(BarAct(act)))
        self.bar.switched.connect(lambda _on: self._show_pointer())
        self.idle = IdleScreen(audience)
        self.call = HelpCall(audience)
        self.call.answered.connect(self._lay_out)
        parts.window.resized.connect(self._lay_out)
        out.add(self.bar.operator)
        out.add(self.idle.operator)
        out.add(self.idle.begin, self._begin_today)
        out.add(self.idle.courses, lambda: parts.window.go(PageName.COURSES))
        out.told.connect(self.bar.come)
        single.left.connect(self.follow)
        single.filled.connect(self.follow)
        audience.tapped.connect(self._on_tapped)
        audience.stage.put_away.connect(parts.on_screen.toggle_drawer)
        audience.stage.stack.installEventFilter(self)
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()

    # --- what happens -------------------------------------------------------------------

    def playing(self, state: PlaybackState) -> None:
        """A course that begins or goes on fills the screen it shares with the operator."""
        begins = state.playing and not self._was_playing
        self._was_playing = state.playing
        if begins and self._single.is_alone:
            self._single.fill()

    def follow(self) -> None:
        """Keys, tiles and the call follow what the room sees and who looks at this screen."""
        audience, keys, idle = self._parts.audience, BarState(), False
        if self._single.covers and not self._single.way_out.is_asking:
            shown = audience.stage.state
            idle = shown.shows is RoomShows.BACKDROP and self._has_nothing_in_hand()
            keys = bar_state(shown, self._play())
        self.bar.show_state(keys)
        self.idle.show_state(audience.stage.state)
        self.idle.setVisible(idle)
        self._lay_out()
        self._show_pointer()

    def look(self) -> None:
        """Is nobody here, and nothing in hand? Then the room sees the backdrop with its tiles."""
        guard = self._parts.guard
        if (
            self._single.is_alone
            and not self._single.covers
            and guard.idle_ms >= IDLE_MS
            and self._has_nothing_in_hand()
            and QApplication.activeModalWidget() is None
        ):
            self._single.fill()

    def close(self) -> None:
        """The program ends: nothing comes by itself any more."""
        self._clock.stop()
        self._parts.audience.stage.stack.removeEventFilter(self)

    # --- the members' screen's host -------------------------------------------------------

    def signed_in(self, done: SignInDone) -> None:
        """See ``MemberHost``."""
        self._parts.room.signed_in(done)

    def undone(self, done: UndoDone) -> None:
        """See ``MemberHost``."""
        self._parts.room.undone(done)

    def heard(self, result: SignInResult) -> None:
        """See ``MemberHost``."""
        self._parts.room.heard(result)

    def scan(self, code: str) -> None:
        """See ``MemberHost``."""
        self._parts.room.scan(code)

    def help_wanted(self) -> None:
        """See ``MemberHost``: it stays until somebody answers."""
        self.call.call()
        self._lay_out()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Grow with the picture."""
        if event.type() is QEvent.Type.Resize and shiboken6.isValid(self):
            self._lay_out()
        return False

    # --- inside -------------------------------------------------------------------------

    @property
    def _single(self) -> SingleScreen:
        return self._parts.guard.single

    def _presenter(self) -> PlayPresenter:
        return self._parts.window.pages.play().presenter

    def _play(self) -> PlayState:
        """The playing page's state; what is stale while that page is not in front, as it is now."""
        parts = self._parts
        view = parts.room.view
        built = parts.window.pages.has(PageName.PLAY)
        state = self._presenter().state if built else PlayState()
        return replace(
            state, playback=parts.playback.state, step=view.session.step if view else None
        )

    def _has_nothing_in_hand(self) -> bool:
        state = self._parts.playback.state
        return self._parts.room.view is None and state.course is None and state.asked is None

    def _lay_out(self) -> None:
        """The bar at the picture's foot, a call at the head of the screen the operator looks at."""
        audience, window = self._parts.audience, self._parts.window
        if not self._single.covers:
            if self.call.is_open:
                desk = self._parts.guard.desk
                at = QRect(0, desk.strip.height(), window.width(), CALL_PX)
                self.call.lie_over(window, at if desk.is_open else window.name_place())
            return
        stack = audience.stage.stack
        picture = QRect(stack.mapTo(audience, QPoint(0, 0)), stack.size())
        self.bar.setGeometry(picture.adjusted(0, picture.height() - BAR_PX, 0, 0))
        self.idle.setGeometry(audience.rect())
        self.call.lie_over(audience, QRect(picture.topLeft(), QSize(picture.width(), CALL_PX)))

    def _show_pointer(self) -> None:
        self._parts.audience.keep_pointer(on=self.bar.isVisible() or self.idle.isVisible())

    def _on_tapped(self) -> None:
        if self._single.covers:
            self.follow()
            self.bar.come()

    def _begin_today(self) -> None:
        self._parts.window.go(PageName.TODAY)
        self._parts.window.pages.today().presenter.begin_now()

    def _on_chosen(self, act: BarAct) -> None:
        parts = self._parts
        if act in _SHORTCUTS:
            parts.act(_SHORTCUTS[act])
        elif act is BarAct.LATE:
            parts.on_screen.toggle_drawer()
        elif act is BarAct.NO:
            self._presenter().answer_no()
        elif act is BarAct.FINISH:
            self._single.way_out.ask(lambda: self._press(Shortcut.MAIN))
        elif act is BarAct.END:
            self._presenter().end_playing()
        elif self._presenter().state.asking is PlayQuestion.NOTHING:
            self._presenter().answer_yes()
        else:
            self._single.way_out.vouch(self._presenter().answer_yes)
        self.follow()

    def _press(self, act: Shortcut) -> None:
        self._parts.act(act)
