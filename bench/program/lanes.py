"""People at the four lanes of a running program, as steps that a timer takes: real widgets,
clicked and typed on; each step says what it waits for, and nobody else waits meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.areas.attendance.marks import RosterStatus
from app.areas.attendance.views import PersonCard
from app.names.surnames import surname_of
from ui.pages.member_sign_in.state import Scene
from ui.parts.lists.name_grid import NameGrid
from ui.shell.application import Application
from ui.state.page_names import PageName
from ui.widgets.tiles.name_tile import TileState

if TYPE_CHECKING:
    from ui.pages.prepare.view import PreparePage
    from ui.pages.today.view import TodayPage

BEAT_MS = 7
SCANNER_GAP_MS = 8
LONGEST_S = 60
FINGER_S = 0.45
"""From a change on the screen to the next tap: no finger is quicker, and a sooner one is not heard."""
PATIENCE_S = 8

Step = float | Callable[[], bool]
"""Seconds to let pass, or what to wait for."""
Steps = Iterator[Step]


class Stuck(RuntimeError):
    """A step did not come about."""


class Walker(QObject):
    """Takes the steps of several people, each in turn; ``done`` is called when all have ended."""

    def __init__(self, parent: QObject, done: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._people: dict[str, tuple[Steps, Step, float]] = {}
        self._done = done
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def send(self, name: str, steps: Steps) -> None:
        """Somebody begins."""
        self._people[name] = (steps, 0.0, time.monotonic())

    def _beat(self) -> None:
        for name, (steps, step, since) in list(self._people.items()):
            waited = time.monotonic() - since
            if callable(step):
                if not step():
                    if waited > LONGEST_S:
                        self._end(f"{name} waits in vain")
                    continue
            elif waited < step:
                continue
            try:
                self._people[name] = (steps, next(steps), time.monotonic())
            except StopIteration:
                del self._people[name]
            except (AssertionError, IndexError, RuntimeError) as failed:
                self._end(f"{name}: {failed!r}")
        if not self._people:
            self._end("")

    def _end(self, why: str) -> None:
        self._timer.stop()
        self._people.clear()
        self._done(why)


@dataclass(slots=True)
class Lanes:
    """``signed`` counts marks by lane; ``spent_ms`` is what the program took for each act."""

    program: Application
    signed: dict[str, int] = field(default_factory=dict)
    spent_ms: dict[str, list[float]] = field(default_factory=dict)
    given_up: int = 0
    """Taps that led to no mark, as when a finger comes too soon after a change."""
    _taken: set[str] = field(default_factory=set)

    def start_anew(self) -> None:
        """Another session: everybody may come again."""
        self._taken.clear()

    def whole_session(self) -> Steps:
        """From the first page into sign-in."""
        window, room = self.program.window, self.program.room
        yield lambda: window.has_all_pages
        today = cast("TodayPage", window.pages[PageName.TODAY])
        yield lambda: bool(today.presenter.state.titles)
        self.click(today.begin)
        yield lambda: window.place is PageName.PREPARE
        prepare = cast("PreparePage", window.pages[PageName.PREPARE])
        yield lambda: prepare.open.isVisible()
        self.click(prepare.open)
        yield room.is_running

    def by_keypad(self, pause_s: float, count: int) -> Steps:
        """Members at the keypad: four digits, "it is me"."""
        member, presenter = self.program.member, self.program.member.presenter
        keys = {key.word: key for key in member.keypad_scene.keypad.digits}
        for _ in range(count):
            card = self._next(lambda one: bool(one.phone_tail))
            if card is None:
                return
            yield self._patiently(lambda: presenter.state.scene is Scene.KEYPAD)
            yield FINGER_S
            for digit in card.phone_tail:
                self._act("key", partial(self.click, keys[digit]))
                yield 0.15
            began = time.perf_counter()
            yield self._patiently(lambda: presenter.state.scene is not Scene.KEYPAD)
            self._took("look-up", began)
            yield FINGER_S
            if presenter.state.scene is Scene.CHOOSE:
                self._tap(self._tile(card.id))
                yield self._patiently(lambda: presenter.state.scene is Scene.CONFIRM)
                yield FINGER_S
            self._tap(member.confirm.yes)
            yield from self._marked(card, "keypad")
            yield pause_s

    def by_wall(self, pause_s: float, count: int) -> Steps:
        """Members who look for their name: group, name, "it is me"."""
        member, presenter = self.program.member, self.program.member.presenter
        for _ in range(count):
            card = self._next()
            if card is None:
                return
            yield self._patiently(lambda: presenter.state.scene is Scene.KEYPAD)
            yield FINGER_S
            self._act("wall", partial(self._tap, member.keypad_scene.side.find_button))
            yield self._patiently(lambda: presenter.state.scene is not Scene.KEYPAD)
            yield FINGER_S
            if presenter.state.scene is Scene.GROUPS:
                keys = [one.key for one in presenter.state.bunches]
                home = card.group if card.group in keys else surname_of(card.name)
                yield from self._turn_to(home)
                self._act("group", partial(self._tap, self._tile(home)))
                yield self._patiently(lambda: presenter.state.scene is Scene.NAMES)
                yield FINGER_S
            yield from self._turn_to(card.id)
            self._act("name", partial(self._tap, self._tile(card.id)))
            yield self._patiently(lambda: presenter.state.scene is Scene.CONFIRM)
            yield FINGER_S
            self._tap(member.confirm.yes)
            yield from self._marked(card, "wall")
            yield pause_s

    def by_card(self, pause_s: float, count: int) -> Steps:
        """Cards at the scanner, whatever is in front."""
        for _ in range(count):
            card = self._next(lambda one: bool(one.card_no))
            if card is None:
                return
            self._act("scan", partial(self.scan, card.card_no))
            yield from self._marked(card, "scanner")
            yield pause_s

    def by_roll_call(self, grid: NameGrid, pause_s: float, count: int) -> Steps:
        """The operator touches the names of those he sees."""
        for _ in range(count):
            free = [
                tile
                for tile in grid.tiles()
                if tile.shown.state is TileState.NONE and tile.shown.person not in self._taken
            ]
            if not free:
                return
            tile = free[len(free) // 2]
            card = self._card(tile.shown.person)
            self._taken.add(card.id)
            self._act("touch", partial(self.click, tile))
            yield from self._marked(card, "roll-call")
            yield pause_s

    # --- hands ----------------------------------------------------------------------

    def click(self, part: QWidget) -> None:
        """A tap."""
        if not part.isVisible():
            raise Stuck(f"{part.accessibleName()} is not in sight")
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)

    def _tap(self, part: QWidget | None) -> None:
        """A tap on the members' screen; one that comes to nothing is counted by ``_marked``."""
        if part is not None and part.isVisible():
            self.click(part)

    def scan(self, code: str) -> None:
        """A scanner types a code and Enter."""
        target = QApplication.focusWidget() or self.program.window
        start_ms = time.monotonic_ns() // 1_000_000
        for at, sign in enumerate(code + "\r"):
            key = Qt.Key.Key_Return if sign == "\r" else Qt.Key(ord(sign))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign)
                event.setTimestamp(start_ms + at * SCANNER_GAP_MS)
                QApplication.sendEvent(target, event)

    # --- inside ---------------------------------------------------------------------

    def _patiently(self, is_so: Callable[[], bool]) -> Step:
        late = time.monotonic() + PATIENCE_S
        return lambda: is_so() or time.monotonic() > late

    def _turn_to(self, key: str) -> Steps:
        for _ in range(12):
            tile = self._tile(key)
            if tile is not None and tile.isVisible():
                return
            self._act("page", partial(self._tap, self.program.member.wall.later))
            yield FINGER_S

    def _tile(self, key: str) -> QWidget | None:
        tiles = self.program.member.wall.wall.tiles
        return next((one for one in tiles if one.property("key") == key), None)

    def _act(self, name: str, act: Callable[[], None]) -> None:
        began = time.perf_counter()
        act()
        self._took(name, began)

    def _took(self, name: str, began: float) -> None:
        self.spent_ms.setdefault(name, []).append((time.perf_counter() - began) * 1e3)

    def _marked(self, card: PersonCard, lane: str) -> Steps:
        began = time.perf_counter()
        late = time.monotonic() + PATIENCE_S
        yield lambda: self._card(card.id).status is not None or time.monotonic() > late
        if self._card(card.id).status is None:
            self.given_up += 1
            self.program.member.presenter.to_keypad()
            return
        self._took(f"{lane} durable and shown", began)
        self.signed[lane] = self.signed.get(lane, 0) + 1

    def _card(self, person: str) -> PersonCard:
        view = self.program.room.view
        return next(one for one in (view.cards if view else ()) if one.id == person)

    def _next(self, fits: Callable[[PersonCard], bool] = lambda _one: True) -> PersonCard | None:
        view = self.program.room.view
        for one in view.cards if view else ():
            free = one.status is None and one.id not in self._taken
            if free and one.standpoint is RosterStatus.EXPECTED and fits(one):
                self._taken.add(one.id)
                return one
        return None
