"""A whole program with two screens, no sound, and people who act on it; it tells one line at its end."""

from __future__ import annotations

import json
import sys
from abc import abstractmethod
from pathlib import Path

from PySide6.QtWidgets import QApplication

from bench.processes.children import memory_mib
from bench.program.lanes import Lanes, Steps, Walker
from tests.ui.audience.test_placement import PluggedScreens
from ui.shell import garbage_collection
from ui.shell.application import Application
from ui.state.preferences import Preferences

WINDOW_SIZE = (1366, 768)
ROOM_SIZE = (1920, 1080)
MEMBER_SIZE = (1280, 800)


class Rehearsal:
    """``told`` is what the line says besides why it ended early, marks and times by lane."""

    def __init__(self, home: Path) -> None:
        garbage_collection.get_ready()
        self.app = QApplication(sys.argv[:1])
        self.app.setQuitOnLastWindowClosed(False)
        choices = Preferences(size="standard")
        self.program = Application(
            self.app, home, choices, PluggedScreens(), windowed=False, audio=False
        )
        self.lanes = Lanes(self.program)
        self.walker = Walker(self.program, self._finish)
        self.told: dict[str, object] = {}

    def run(self) -> int:
        """Until the session is over; returns the exit code."""
        self.walker.send("session", self.whole_session())
        self.program.start()
        code = self.app.exec()
        self.program.release()
        return code

    @abstractmethod
    def whole_session(self) -> Steps:
        """What happens."""

    def begun(self) -> Steps:
        """Until sign-in is open, the members' screen standing as a window of its own."""
        program = self.program
        yield lambda: program.is_ready
        program.window.resize(*WINDOW_SIZE)
        program.audience.resize(*ROOM_SIZE)
        yield from self.lanes.whole_session()
        yield lambda: program.room.knows_people
        program.member.setParent(None)
        program.member.resize(*MEMBER_SIZE)
        program.member.show()

    def _finish(self, why: str) -> None:
        lanes = self.lanes
        self.told.update(why=why, signed=lanes.signed, given_up=lanes.given_up)
        self.told.update(spent_ms=lanes.spent_ms, mib=memory_mib())
        sys.stdout.write(json.dumps(self.told) + "\n")
        sys.stdout.flush()
        self.program.window.leave_quietly()
