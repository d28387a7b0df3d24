"""The sample place: an embedded centre on this machine and a station enrolled with it.

Everything goes the real way – the centre runs as its own process, the roster comes from a
spreadsheet, courses are published, the station enrols with a one-time code and syncs.
A second start finds all of it there and is quick.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from app.bootstrap import enrol_station, move_centre, open_station
from app.domain.errors import StationTrouble, UserError
from app.domain.time import local_date
from app.domain.values import dataclass
from app.machine.clock import SystemClock
from app.machine.enrolment import load_enrolment
from app.words import say, say_error
from ui.theme.files import resource

PORT = 8480
_READY_S = 30


@dataclass(frozen=True, slots=True)
class SamplePlace:
    """A running centre and the home of a station that is enrolled with it."""

    folder: Path
    station_home: Path
    process: CentreProcess

    @property
    def address(self) -> str:
        """Where the centre answers."""
        return self.process.address

    def centre(self, *arguments: str) -> str:
        """Run a command of the centre; its standard output."""
        return centre_command(self.folder / "centre", *arguments)


@contextmanager
def sample_place(folder: Path, *, port: int = PORT) -> Iterator[SamplePlace]:
    """Start the centre of ``folder`` (made and filled if new), enrol the station, sync once."""
    folder.mkdir(parents=True, exist_ok=True)
    centre_home = folder / "centre"
    if not (folder / "filled").exists():
        _fill_centre(centre_home)
        (folder / "filled").touch()
    _tell("demo.starting")
    process = CentreProcess(centre_home, port)
    process.start()
    try:
        place = SamplePlace(folder, folder / "station", process)
        _tell("demo.fetching")
        _enrol(place)
        _ensure_plan(place)
        yield place
    finally:
        process.stop()


def centre_command(home: Path, *arguments: str) -> str:
    """Run ``python -m centre`` on a centre's home.

    Raises:
        StationTrouble: it refused; its own sentence is in the values.
    """
    done = subprocess.run(  # noqa: S603 - our own program with our own arguments
        [sys.executable, "-m", "centre", "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=_program_folder(),
    )
    if done.returncode != 0:
        raise StationTrouble("demo.centre_refused", why=done.stderr.strip()[-300:])
    return done.stdout


def _fill_centre(home: Path) -> None:
    site = json.loads(_sample("plan.json").read_text(encoding="utf-8"))["site"]
    _tell("demo.roster")
    centre_command(home, "enrol-code", "--site", site, "--create", "--json")
    centre_command(home, "import-roster", str(_sample("roster.xlsx")), "--site", site, "--apply")
    pack = json.loads((_media() / "pack.json").read_text(encoding="utf-8"))
    for lesson in pack["lessons"]:
        _tell("demo.course", title=lesson["title"])
        centre_command(
            home,
            "publish-course",
            str(_media() / lesson["file"]),
            "--subtitle",
            str(_media() / lesson["subtitle"]),
            "--id",
            lesson["id"],
            "--title",
            lesson["title"],
            "--topic",
            lesson["topic"],
            "--summary",
            lesson["summary"],
        )


def _enrol(place: SamplePlace) -> None:
    kept = load_enrolment(place.station_home)
    if kept is None:
        site = json.loads(_sample("plan.json").read_text(encoding="utf-8"))["site"]
        code = json.loads(place.centre("enrol-code", "--site", site, "--json"))["code"]
        enrol_station(place.station_home, place.address, code)
    elif kept.address != place.address:
        move_centre(place.station_home, place.address)


def _ensure_plan(place: SamplePlace) -> None:
    """Plan the sample sessions around today unless today has one, then bring all down."""
    opened = open_station(place.station_home)
    try:
        opened.station.sync.run(store_lane=lambda job: job())
        today = opened.station.today.overview()
        if today.running is None and not any(plan.date == today.day for plan in today.plans):
            _plan_sample(place)
            opened.station.sync.run(store_lane=lambda job: job())
    finally:
        opened.close()


def _plan_sample(place: SamplePlace) -> None:
    sample = json.loads(_sample("plan.json").read_text(encoding="utf-8"))
    day = local_date(SystemClock().now().wall_ms)
    for session in sample["plan"]:
        courses = [word for course in session["courses"] for word in ("--course", course)]
        place.centre(
            "plan",
            "--site",
            sample["site"],
            "--date",
            (day + timedelta(days=session["in_days"])).isoformat(),
            "--start",
            session["start"],
            "--title",
            session["title"],
            *courses,
        )


@dataclass(slots=True)
class CentreProcess:
    """The centre as its own process; stopped and started again it answers at the same address."""

    home: Path
    port: int
    address: str = ""
    _process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it; takes any free port when the wanted one is in use."""
        for port in (self.port, 0):
            process = _start(self.home, port)
            line = process.stdout.readline() if process.stdout else ""
            if line:
                self._process, self.address = process, str(json.loads(line)["address"])
                self.port = int(self.address.rsplit(":", 1)[1])
                return
            process.wait(_READY_S)
        raise StationTrouble("demo.centre_refused", why="serve")

    def stop(self) -> None:
        """Stop it; a second call does nothing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_READY_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def _start(home: Path, port: int) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own program with our own arguments
        [sys.executable, "-m", "centre", "--home", str(home), "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        cwd=_program_folder(),
    )


def _program_folder() -> Path:
    return Path(__file__).resolve().parents[2]


def _media() -> Path:
    return _program_folder() / "media" / "sample"


def _sample(name: str) -> Path:
    return resource("sample", name)


def main(arguments: argparse.Namespace, run: Callable[[argparse.Namespace], int]) -> int:
    """Start the sample place, then ``run`` the screens on its station; stops the centre at the end."""
    _tell("demo.preparing")
    try:
        with sample_place(demo_folder()) as place:
            _tell("demo.ready", address=place.address)
            arguments.home = place.station_home
            return run(arguments)
    except UserError as refused:
        sys.stderr.write(say_error(refused) + "\n")
        return 1


def _tell(key: str, **values: object) -> None:
    sys.stdout.write(say(key, **values) + "\n")
    sys.stdout.flush()


def demo_folder() -> Path:
    """Where the sample place lives: beside the program, ignored by version control."""
    return _program_folder() / ".demo"
