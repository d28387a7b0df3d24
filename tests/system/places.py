"""The real parts of a session: a centre that can be cut off, and the Program on a station of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import enrol_station
from app.domain.time import local_date
from app.machine.clock import SystemClock
from app.words import speak
from tests.support.centre_process import ROOT, RunningCentre, centre_command, running_centre
from tests.ui.audience.test_placement import PluggedScreens
from tests.ui.programs import let_go
from ui.shell.application import Application
from ui.state.preferences import Preferences

SITE = "松岭村学习点"
TITLE = "十一月集中学习"
LESSON, CLIP = "fire-extinguisher", "short-clip"
LESSON_FILE = ROOT / "media" / "sample" / "fire-extinguisher.mp4"
CLIP_FILE = ROOT / "tests" / "player" / "clips" / "short.mp4"
WAIT_MS = 60_000
"""How long a state may take to come on a busy machine."""


@dataclass(slots=True)
class CutCentre:
    """A real centre on one port of this machine; ``cut`` and ``start`` as often as wanted."""

    home: Path
    database: str = ""
    port: int = 0
    _running: RunningCentre | None = None
    _open: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        """Answer, at the port of the first time."""
        started = running_centre(self.home, database=self.database, port=self.port)
        self._running = self._open.enter_context(started)
        self.port = int(self._running.address.rsplit(":", 1)[1])

    def cut(self) -> None:
        """Nobody is there any more, from one moment to the next."""
        self.now.kill()
        self.stop()

    def stop(self) -> None:
        """End it; a second call does nothing."""
        self._open.close()

    @property
    def now(self) -> RunningCentre:
        """The centre as it runs."""
        if self._running is None:
            raise AssertionError("the centre was not started")
        return self._running

    def only_session(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The one session of its report, and the report itself."""
        report: dict[str, Any] = self.now.report()
        assert len(report["sessions"]) == 1
        return report["sessions"][0], report


def fill_centre(home: Path, database: str = "") -> None:
    """The sample roster, two courses and a plan for today, all by the centre's commands."""
    command = partial(centre_command, home, database=database)
    command("enrol-code", "--site", SITE, "--create")
    sheet = ROOT / "resources" / "sample" / "roster.xlsx"
    command("import-roster", str(sheet), "--site", SITE, "--apply")
    subtitle = str(LESSON_FILE.with_suffix(".srt"))
    told = ("--id", LESSON, "--title", "灭火器怎么用")
    command("publish-course", str(LESSON_FILE), "--subtitle", subtitle, *told)
    command("publish-course", str(CLIP_FILE), "--id", CLIP, "--title", "片尾短片")
    day = local_date(SystemClock().now().wall_ms).isoformat()
    when = ("--date", day, "--start", "19:30")
    command("plan", "--site", SITE, *when, "--title", TITLE, "--course", LESSON, CLIP)


@contextmanager
def started_centre(home: Path, database: str = "") -> Iterator[CutCentre]:
    """A filled centre that answers; ended at the exit."""
    centre = CutCentre(home, database)
    centre.start()
    try:
        yield centre
    finally:
        centre.stop()


def enrolled_home(home: Path, centre: CutCentre) -> Path:
    """A new station, enrolled by a one-time code; nothing else is in it."""
    enrol_station(home, centre.now.address, centre.now.enrol_code(SITE))
    return home


@contextmanager
def open_program(home: Path, qtbot: QtBot) -> Iterator[Application]:
    """The whole program on a home, with two screens and no sound; left as its user leaves it."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    speak("zh")
    choices = Preferences(size="standard")
    program = Application(app, home, choices, PluggedScreens(), windowed=False, audio=False)
    program.start()
    try:
        qtbot.waitUntil(lambda: program.is_ready, timeout=WAIT_MS)
        yield program
    finally:
        let_go(program, quietly=True)
