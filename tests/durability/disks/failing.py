"""A short session on a disk that fails at its n-th flush, or is full at its n-th write, for all n.

    python -m tests.durability.disks.failing KIND [--first N] [--last N] [--step N]

Prints one line of JSON a number. Kinds: ``eio`` (one flush fails), ``eio-2``, ``eio-3`` (so many
in a row), ``eio-on`` (all of the session from there on), ``eio-killed`` (one, and the program is
killed and started again), ``full`` (with ballast), ``full-bare``
(without).
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from app.areas.attendance.marks import Lane
from app.bootstrap import OpenStation, open_station
from app.domain.errors import UserError
from app.domain.ids import PersonId, SessionId
from app.store.disk_reserve import DiskReserve
from app.store.station_store import StationStore
from tests.durability.disks.faulty import Control
from tests.durability.lab.checks import Cut, Verdict, check_station
from tests.durability.lab.kernel import own_mounts, unmount
from tests.durability.lab.stage import Told
from tests.support.centre_process import ROOT
from tests.support.small_sessions import begin, facts_in
from tests.support.stations import SetClock, fill

_MORE_FAIL = {"eio": 0, "eio-killed": 0, "eio-2": 1, "eio-3": 2, "eio-on": 1 << 40}
KINDS = (*_MORE_FAIL, "full", "full-bare")
_PEOPLE = 30
_SIGN_INS = 14
_MOST_STARTS = 3
"""So many refused starts end the trouble."""

_SPARE_SIGN_INS = 4
"""People who sign in after the trouble is over."""


@dataclass(slots=True)
class Disk:
    """The mounted disk, what is really kept of it, and its control."""

    root: Path
    kept: Path
    control: Control


@contextmanager
def faulty_disk() -> Iterator[Disk]:
    """Mounted for this process alone, with all folders gone at the end."""
    place = Path(tempfile.mkdtemp(prefix="yjfault"))
    for name in ("root", "real", "kept"):
        (place / name).mkdir()
    control = Control(place / "control")
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.durability.disks.faulty"]
        + [str(place / name) for name in ("root", "real", "kept", "control")],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not (place / "root").is_mount():
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=0.01)
                raise AssertionError("the faulty disk did not start")
        yield Disk(place / "root", place / "kept", control)
        unmount(place / "root")
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(place, ignore_errors=True)


@dataclass(slots=True)
class SessionInTrouble:
    """Acts on a station that may refuse, and what it confirmed all the same."""

    disk: Disk
    home: Path
    opened: OpenStation
    session: SessionId
    confirms_anyway: ClassVar[bool] = False
    """A planted bug: what was refused is confirmed all the same."""
    told: list[Told] = field(default_factory=list)
    segments: dict[int, set[str]] = field(default_factory=dict)
    """Failed flushes of the log before an act → segments of what was confirmed then."""
    refused: int = 0
    unopened: int = 0
    """Starts that were refused before one succeeded."""

    def sign_in(self, person: int) -> None:
        """One sign-in, confirmed or refused."""
        failed = self.disk.control["failed_log"]
        try:
            done = self.opened.station.attendance.sign_in(
                self.session, PersonId(f"p{person}"), Lane.NAME_WALL, "member"
            )
        except UserError:
            self.refused += 1
            if self.confirms_anyway:
                self.told.append(("mark", self.session, f"p{person}", "present", "00"))
            return
        card = done.card
        if card.mark is None or card.status is None:
            raise AssertionError("a mark was confirmed without its fact")
        self.told.append(("mark", self.session, card.id, card.status.value, card.mark))
        with suppress(UserError):
            segment = self.opened.station.tools.store.newest_facts(1)[0].segment
            self.segments.setdefault(failed, set()).add(segment)

    @property
    def believed_after_failure(self) -> int:
        """Segments that went on over a failed flush of the log: each is a false confirmation."""
        groups = list(self.segments.values())
        return sum(len(one & other) for at, one in enumerate(groups) for other in groups[at + 1 :])


def _template(folder: Path) -> Path:
    """A station with people and a session begun, closed in order."""
    home = folder / "template"
    clock = SetClock()
    opened = open_station(home, clock=clock)
    fill(opened, people=_PEOPLE, day="2026-11-23")
    begin(opened)
    opened.close()
    return home


def _copy_onto(disk: Disk, template: Path, number: int) -> Path:
    """A home on the disk, all of it safely kept."""
    home = disk.root / f"home{number}"
    shutil.copytree(template, home)
    shutil.rmtree(disk.kept / home.name)
    shutil.copytree(template, disk.kept / home.name)
    return home


def _play(disk: Disk, home: Path, kind: str, number: int) -> SessionInTrouble:
    """The session with its trouble, then a sound disk and a few more people."""
    disk.control.clear()
    if kind == "full":
        DiskReserve(home, size_bytes=1 << 20).keep()
        disk.control.clear()
    disk.control["full_write" if kind.startswith("full") else "fail_flush"] = number
    disk.control["fail_more"] = _MORE_FAIL.get(kind, 0)
    unopened = 0
    told = _until_killed(disk, home) if kind == "eio-killed" else []
    while (opened := _open(home)) is None:
        unopened += 1
        if unopened == _MOST_STARTS:
            disk.control["fail_flush"] = disk.control["full_write"] = disk.control["full"] = 0
    running = opened.station.sessions.running()
    if running is None:
        raise AssertionError("the session is gone")
    trial = SessionInTrouble(disk, home, opened, running.session.id, told, unopened=unopened)
    if not told:
        _all_sign_in(trial)
    return trial


def _all_sign_in(trial: SessionInTrouble, *, until_failure: bool = False) -> None:
    for person in range(_SIGN_INS):
        trial.sign_in(person)
        if until_failure and trial.disk.control["failed"]:
            return
        if person == _SIGN_INS // 2:
            with suppress(UserError):
                trial.opened.station.tools.store.backup_today()


def _until_killed(disk: Disk, home: Path) -> list[Told]:
    """Sign-ins in a child that dies at its first failed flush; what it confirmed until then."""
    mine, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            opened = open_station(home, clock=SetClock())
            running = opened.station.sessions.running()
            trial = SessionInTrouble(
                disk, home, opened, running.session.id if running else SessionId("")
            )
            _all_sign_in(trial, until_failure=True)
            os.write(theirs, json.dumps(trial.told).encode())
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.close(theirs)
    os.waitpid(child, 0)
    with os.fdopen(mine, "rb") as answers:
        told = answers.read()
    return [tuple(one) for one in json.loads(told or b"[]")]


def _open(home: Path) -> OpenStation | None:
    try:
        return open_station(home, clock=SetClock())
    except UserError:
        return None


def judge(disk: Disk, template: Path, kind: str, number: int) -> tuple[Verdict, dict[str, int]]:
    """Play one number and look: on the disk as it is, and on what a cut would leave of it."""
    home = _copy_onto(disk, template, number)
    trial = _play(disk, home, kind, number)
    counts = {
        "refused": trial.refused,
        "unopened": trial.unopened,
        "flushes": disk.control["flushes"],
        "writes": disk.control["writes"],
        "failed": disk.control["failed"],
        "failed_log": disk.control["failed_log"],
        "no_room": disk.control["refused"],
        "believed": trial.believed_after_failure,
    }
    disk.control.clear()
    for person in range(20, 20 + _SPARE_SIGN_INS):
        trial.sign_in(person)
    counts["after"] = trial.refused - counts["refused"]
    cut_home = disk.kept.parent / "cut"
    shutil.rmtree(cut_home, ignore_errors=True)
    shutil.copytree(disk.kept / home.name, cut_home / "home")
    cut = _look(cut_home, trial.told)
    trial.opened.close()
    live = disk.kept.parent / "live"
    shutil.rmtree(live, ignore_errors=True)
    shutil.copytree(home, live / "home")
    closed = _look(live, trial.told)
    shutil.rmtree(home)
    return _worse(cut, closed), counts


def _look(disk: Path, told: list[Told]) -> Verdict:
    path = disk / "home" / "station.db"
    try:
        found = {one: data.decode("utf-8") for one, data in facts_in(path).items()}
    except Exception:  # noqa: BLE001 - a store that is damaged is opened and judged all the same
        found = {}
    try:
        return check_station(Cut(disk, told, found, thorough=False))
    except Exception as failed:  # noqa: BLE001 - whatever a start may raise is the finding
        return Verdict(acked=len(told), lost=len(told), corrupt=1, why=f"not opened: {failed}")


def _worse(one: Verdict, other: Verdict) -> Verdict:
    return one if not one.is_good else other


def main(arguments: list[str]) -> None:
    """Play all numbers from ``first`` on until the session ends without its trouble."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--last", type=int, default=10_000)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--bug", choices=("", "believes", "confirms-anyway"), default="")
    asked = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    own_mounts()
    if asked.bug == "believes":
        setattr(StationStore, "_reopen_if_broken", lambda _store: None)  # noqa: B010 - planted
    SessionInTrouble.confirms_anyway = asked.bug == "confirms-anyway"
    full = asked.kind.startswith("full")
    with faulty_disk() as disk:
        template = _template(disk.kept.parent)
        for number in range(asked.first, asked.last + 1, asked.step):
            verdict, counts = judge(disk, template, asked.kind, number)
            over = counts["writes"] < number if full else not counts["failed"]
            if over:
                break
            sys.stdout.write(json.dumps({"number": number, **verdict.plain(), **counts}) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
