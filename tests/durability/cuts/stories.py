"""The stories that are recorded and cut: what the station does, and what each confirms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import OpenStation, open_station
from app.domain.time import local_date
from app.store import engine
from app.store.engine import SQLITE
from app.store.upgrade import HEAD
from tests.durability.cuts.kept_files import (
    check_courses,
    check_enrolments,
    enrol_again_and_again,
    fetch_courses,
    ruin,
)
from tests.durability.lab.checks import Check, check_backups, check_counting, check_station
from tests.durability.lab.session import LabSession
from tests.durability.lab.stage import Stage
from tests.support.first_schema import to_first_schema
from tests.support.small_sessions import facts_in
from tests.support.stations import SetClock, fill

PEOPLE = 60
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Story:
    """What is played while the disk records, and how a cut is judged."""

    play: Callable[[Stage], None]
    check: Check


@contextmanager
def _station(stage: Stage, clock: SetClock) -> Iterator[OpenStation]:
    """The station of the stage; at the end every fact that was ever there is noted."""
    opened = open_station(stage.home, clock=clock)
    try:
        yield opened
    finally:
        opened.close()
    found = facts_in(stage.home / "station.db")
    stage.facts = {hashed: data.decode("utf-8") for hashed, data in found.items()}


def _fill(opened: OpenStation, clock: SetClock) -> None:
    fill(opened, people=PEOPLE, day=local_date(clock.wall_ms).isoformat())


def _sign_ins(stage: Stage) -> None:
    clock = SetClock()
    with _station(stage, clock) as opened:
        _fill(opened, clock)
        acted = LabSession(stage, opened, clock)
        stage.begin()
        for _ in range(stage.acts):
            acted.act()


def _first_start(stage: Stage) -> None:
    """The very first start of an installation, to its first sign-ins."""
    clock = SetClock()
    stage.begin()
    with _station(stage, clock) as opened:
        stage.confirm("revision", HEAD)
        _fill(opened, clock)
        stage.confirm("people", str(PEOPLE))
        acted = LabSession(stage, opened, clock)
        for _ in range(min(stage.acts, 10)):
            acted.act()


def _migration(stage: Stage) -> None:
    """A store of the first schema is opened by this program."""
    clock = SetClock()
    with _station(stage, clock) as opened:
        _fill(opened, clock)
        acted = LabSession(stage, opened, clock)
        for _ in range(stage.acts):
            acted.act()
    to_first_schema(stage.home / "station.db")
    stage.begin()
    with _station(stage, clock) as opened:
        stage.confirm("revision", HEAD)
        LabSession(stage, opened, clock).act()


def _backups(stage: Stage) -> None:
    """A session a day, a backup after each, past the days that are kept."""
    clock = SetClock()
    with _station(stage, clock) as opened:
        _fill(opened, clock)
        store = opened.station.tools.store
        acted = LabSession(stage, opened, clock)
        for _ in range(20):
            acted.act()
        stage.begin()
        for _ in range(max(2, stage.acts // 10)):
            for _ in range(3):
                acted.act()
            made = store.backup_today()
            if made is not None:
                stage.confirm("backup", made.name)
            clock.pass_minutes(_DAY_MINUTES)


def _recovery(stage: Stage) -> None:
    """A store that is damaged beyond reading is rebuilt at the start."""
    clock = SetClock()
    with _station(stage, clock) as opened:
        _fill(opened, clock)
        acted = LabSession(stage, opened, clock)
        for turn in range(stage.acts):
            acted.act()
            if turn == stage.acts // 2:
                opened.station.tools.store.backup_today()
    ruin(stage.home)
    stage.begin()
    with _station(stage, clock) as opened:
        LabSession(stage, opened, clock).act()


def _weakened(synchronous: int, *, premature: bool = False) -> Callable[[Stage], None]:
    """The same sign-ins by a program with a bug planted in it."""

    def play(stage: Stage) -> None:
        engine.PRAGMAS["synchronous"] = synchronous
        stage.premature = premature
        _sign_ins(stage)

    return play


def _counting(journal: str, synchronous: str) -> Callable[[Stage], None]:
    """No program of ours: plain SQLite that counts, to see what the disk itself does."""

    def play(stage: Stage) -> None:
        path: Path = stage.disk / "counts.db"
        with closing(SQLITE.connect(path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA journal_mode={journal}")
            connection.execute(f"PRAGMA synchronous={synchronous}")
            connection.execute("CREATE TABLE counts (n INTEGER PRIMARY KEY, filling BLOB)")
            stage.begin()
            for n in range(1, stage.acts + 1):
                connection.execute("INSERT INTO counts VALUES (?, randomblob(200))", (n,))
                stage.confirm("count", str(n))

    return play


STORIES: dict[str, Story] = {
    "sign-ins": Story(_sign_ins, check_station),
    "first-start": Story(_first_start, check_station),
    "migration": Story(_migration, check_station),
    "backups": Story(_backups, check_backups),
    "recovery": Story(_recovery, check_station),
    "enrolment": Story(enrol_again_and_again, check_enrolments),
    "courses": Story(fetch_courses, check_courses),
    "bug-normal": Story(_weakened(1), check_station),
    "bug-off": Story(_weakened(0), check_station),
    "bug-early": Story(_weakened(2, premature=True), check_station),
    "count-wal-full": Story(_counting("WAL", "FULL"), check_counting),
    "count-wal-off": Story(_counting("WAL", "OFF"), check_counting),
    "count-delete-full": Story(_counting("DELETE", "FULL"), check_counting),
}
"""Name → story; those named after a bug or counting are there to prove the lab sees."""
