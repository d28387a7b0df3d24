"""The station's own program in a busy session, watched for how late its event loop gets.

``python -m bench.program.child_smooth HOME SECONDS [--find MS]``: four lanes sign in, a 720p course
plays, the record is sent and a course is fetched, all together; then the same program idle.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.usecases.views import SyncView
from bench.program.lanes import Steps
from bench.program.rehearsal import Rehearsal
from bench.program.ticks import Finder, Ticks
from ui.input.shortcuts import Shortcut

MANY = 10_000


class Busy(Rehearsal):
    """Everything at once for some seconds, then nothing for half as long."""

    def __init__(self, home: Path, seconds: float, find_ms: float | None) -> None:
        super().__init__(home)
        self._seconds, self._find_ms = seconds, find_ms
        self._ticks = Ticks(self.program)
        self._is_over = False

    def whole_session(self) -> Steps:
        """See the class."""
        program, window = self.program, self.program.window
        yield from self.begun()
        before: list[SyncView] = []
        after: list[SyncView] = []
        program.room.ask(program.room.station.today.sync_view, before.append)
        program.beat.now()
        window.act(Shortcut.MAIN)
        yield lambda: program.playback.state.playing
        window.pages.play().late.click()
        yield lambda: bool(window.drawer.grid.tiles()) and window.drawer.grid.isVisible()
        yield from self._watched()
        program.room.ask(program.room.station.today.sync_view, after.append)
        yield lambda: bool(after)
        self._count(before[0], after[0])
        program.playback.stop()
        yield lambda: not program.beat.is_sending
        yield 2.0
        self._ticks.begin()
        yield self._seconds / 2
        self.told["idle_ms"], self.told["idle_own_ms"] = self._ticks.end(), self._ticks.own_ms

    def _watched(self) -> Steps:
        grid = self.program.window.drawer.grid
        self._ticks.begin()
        finder = None if self._find_ms is None else Finder(self._ticks, self._find_ms)
        self.walker.send("card", self._until_over(self.lanes.by_card(1.1, MANY)))
        self.walker.send("roll-call", self._until_over(self.lanes.by_roll_call(grid, 0.9, MANY)))
        self.walker.send("members", self._until_over(self._members()))
        yield self._seconds
        self._is_over = True
        self.told["busy_ms"], self.told["busy_own_ms"] = self._ticks.end(), self._ticks.own_ms
        self.told["pictures"] = self.program.cinema.pictures
        if finder is not None:
            finder.close()
            self.told["found"] = finder.found.most_common(25)

    def _count(self, before: SyncView, after: SyncView) -> None:
        self.told["sent"] = after.confirmed - before.confirmed
        self.told["unsent"] = before.facts - before.confirmed

    def _members(self) -> Steps:
        for turn in range(MANY):
            lane = self.lanes.by_keypad if turn % 2 == 0 else self.lanes.by_wall
            yield from lane(0.3, 1)

    def _until_over(self, steps: Steps) -> Steps:
        for step in steps:
            if self._is_over:
                return
            yield step


if __name__ == "__main__":
    wanted = sys.argv[sys.argv.index("--find") + 1] if "--find" in sys.argv else None
    find = None if wanted is None else float(wanted)
    sys.exit(Busy(Path(sys.argv[1]), float(sys.argv[2]), find).run())
