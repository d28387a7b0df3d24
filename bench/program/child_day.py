"""Eight hours of a station in a few minutes: session after session on real widgets, ``… HOME ROUNDS``.

Each round is half an hour by the clock the record sees: a session is prepared, people sign
in at every lane, a course plays for a moment, every page is looked at, the session ends, and
the record is sent. After each round the process is weighed.
"""

from __future__ import annotations

import gc
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

import app.bootstrap
from app.areas.courses.course import Course
from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.domain.ids import SessionId
from app.domain.time import Instant
from app.machine.clock import SystemClock
from bench.processes.children import memory_mib
from bench.program.lanes import Steps
from bench.program.rehearsal import Rehearsal
from ui.input.shortcuts import Shortcut
from ui.pages.today.state import ExtraSession
from ui.state.page_names import PageName

if TYPE_CHECKING:
    from ui.pages.close.view import ClosePage
    from ui.pages.roll_call.view import RollCallPage
    from ui.pages.today.view import TodayPage

HALF_HOUR_MS = 30 * 60_000
AT_EACH_LANE = 4
BY_ROLL_CALL = 12
PLAYED_S = 1.5
_pushed_ms = [0]


class PushedClock(SystemClock):
    """The machine's clock, pushed on by what ``_pushed_ms`` says."""

    def now(self) -> Instant:
        """See ``Clock``."""
        now = super().now()
        return Instant(now.wall_ms + _pushed_ms[0], now.mono_ms + _pushed_ms[0], now.grade)


class Day(Rehearsal):
    """So many rounds."""

    def __init__(self, home: Path, rounds: int) -> None:
        super().__init__(home)
        self._rounds = rounds
        self._weights: list[dict[str, float]] = []

    def whole_session(self) -> Steps:
        """See the module."""
        program = self.program
        yield lambda: program.is_ready and program.window.has_all_pages
        yield lambda: program.room.knows_people
        program.member.setParent(None)
        program.member.resize(1280, 800)
        program.member.show()
        for number in range(self._rounds):
            yield from self._round(f"学习 {number + 1}")
            _pushed_ms[0] += HALF_HOUR_MS
            self._weigh()
        self.told["weights"] = self._weights

    def _round(self, title: str) -> Steps:
        program, window, lanes = self.program, self.program.window, self.lanes
        lanes.start_anew()
        window.go(PageName.TODAY)
        today = cast("TodayPage", window.pages[PageName.TODAY])
        courses = tuple(one.course for one in program.room.courses if one.ready)
        today.presenter.prepare_extra(ExtraSession(title, tuple(one.id for one in courses)))
        yield lambda: program.room.step() is Step.PREPARE
        session = cast("SessionId", program.room.session_id())
        opened: list[SessionView] = []
        program.room.ask(lambda: program.room.station.sessions.open_sign_in(session), opened.append)
        yield lambda: bool(opened)
        program.room.show(opened[0])
        window.go(PageName.ROLL_CALL)
        yield from self._people()
        yield from self._course(courses)
        for place in PageName:
            window.go(place)
            yield 0.1
        window.go(PageName.CLOSE)
        cast("ClosePage", window.pages[PageName.CLOSE]).presenter.close()
        yield lambda: program.room.step() is Step.CLOSED
        program.beat.now()
        yield lambda: not program.beat.is_sending

    def _people(self) -> Steps:
        roll = cast("RollCallPage", self.program.window.pages[PageName.ROLL_CALL])
        yield lambda: bool(roll.grid.tiles())
        yield from self.lanes.by_keypad(0.0, AT_EACH_LANE)
        yield from self.lanes.by_wall(0.0, AT_EACH_LANE)
        yield from self.lanes.by_card(0.15, AT_EACH_LANE)
        yield from self.lanes.by_roll_call(roll.grid, 0.0, BY_ROLL_CALL)

    def _course(self, courses: tuple[Course, ...]) -> Steps:
        if not courses:
            return
        playback = self.program.playback
        self.program.window.act(Shortcut.MAIN)
        yield lambda: playback.state.playing or playback.state.resume_ms is not None
        yield PLAYED_S
        playback.stop()
        yield lambda: not playback.state.is_on

    def _weigh(self) -> None:
        gc.collect()
        descriptors = Path("/proc/self/fd")
        self._weights.append(
            {
                "hours": _pushed_ms[0] / 3_600_000,
                "mib": memory_mib(),
                "objects": len(gc.get_objects()),
                "widgets": len(QApplication.allWidgets()),
                "threads": threading.active_count(),
                "files": len(list(descriptors.iterdir())) if descriptors.is_dir() else 0,
            }
        )


if __name__ == "__main__":
    vars(app.bootstrap)["SystemClock"] = PushedClock  # the day passes by it
    sys.exit(Day(Path(sys.argv[1]), int(sys.argv[2])).run())
