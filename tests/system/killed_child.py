"""The Program in a process of its own, in the middle of a session, until somebody kills it.

    python -m tests.system.killed_child HOME

Begins today's session, signs people in by touch and plays from ``SEEK_MS`` on while late-comers
sign in; tells each sign-in that is confirmed as a line of JSON, and never ends by itself.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.areas.sessions.session import Step
from app.words import speak
from tests.ui.audience.test_placement import PluggedScreens
from ui.pages.play.view import PlayPage
from ui.pages.prepare.view import PreparePage
from ui.pages.roll_call.view import RollCallPage
from ui.pages.today.view import TodayPage
from ui.parts.lists.name_grid import NameGrid, RollTile
from ui.shell.application import Application
from ui.state.page_names import PageName
from ui.state.preferences import Preferences
from ui.widgets.tiles.name_tile import TileState

IN_TIME = 5
SEEK_MS = 34_000
BEAT_MS = 20

Wait = Callable[[], bool]


def steps(program: Application) -> Iterator[Wait]:
    """The session; each step yields what it waits for."""
    yield lambda: program.is_ready
    pages = program.window.pages
    today, prepare = pages[PageName.TODAY], pages[PageName.PREPARE]
    roll, play = pages[PageName.ROLL_CALL], pages[PageName.PLAY]
    assert isinstance(today, TodayPage)
    assert isinstance(prepare, PreparePage)
    assert isinstance(roll, RollCallPage)
    assert isinstance(play, PlayPage)
    yield lambda: bool(today.presenter.state.titles)
    yield lambda: all(one.ready for one in today.presenter.state.courses)
    today.begin.click()
    yield lambda: program.window.place is PageName.PREPARE
    prepare.open.click()
    yield lambda: program.room.step() is Step.SIGN_IN
    for _ in range(IN_TIME):
        yield from _sign_in(program, roll.grid)
    roll.main.click()
    yield lambda: program.playback.state.playing and program.playback.state.position_ms > 500
    program.playback.seek(SEEK_MS)
    yield lambda: program.playback.state.position_ms > SEEK_MS + 500
    play.late.click()
    while True:
        yield from _sign_in(program, program.window.drawer.grid)


def _sign_in(program: Application, grid: NameGrid) -> Iterator[Wait]:
    def free() -> list[RollTile]:
        return [tile for tile in grid.tiles() if tile.shown.state is TileState.NONE]

    def mark() -> dict[str, object] | None:
        cards = () if program.room.view is None else program.room.view.cards
        card = next((one for one in cards if one.id == person and one.status is not None), None)
        if card is None or card.status is None or card.lane is None:
            return None
        return {
            "person": card.id,
            "status": card.status.value,
            "at_ms": card.at_ms,
            "lane": card.lane.value,
        }

    yield lambda: bool(free())
    tile = free()[0]
    person = tile.shown.person
    tile.click()
    yield lambda: mark() is not None
    session = program.room.session_id()
    told = {"session": session, "playing_ms": program.playback.state.position_ms, "mark": mark()}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run until killed."""
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    speak("zh")
    home, choices = Path(sys.argv[1]), Preferences(size="standard")
    program = Application(app, home, choices, PluggedScreens(), windowed=False, audio=False)
    todo = steps(program)
    waiting: list[Wait] = [lambda: True]

    def beat() -> None:
        if waiting[0]():
            waiting[0] = next(todo)

    timer = QTimer(interval=BEAT_MS)
    timer.timeout.connect(beat)
    timer.start()
    program.start()
    app.exec()


if __name__ == "__main__":
    main()
