"""The process is killed at any moment, again and again: nothing confirmed is lost or doubled."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from app.bootstrap import enrol_station, open_station
from app.usecases.station import Station
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.store.trouble.busy_child import COURSE, Found, Told, act_until_killed, found_in
from tests.support.centre_process import RunningCentre, running_centre
from tests.support.sheets import write_sheet
from tests.support.stations import NAMES, course_of

HOMES = 2
_NAMES = tuple(enumerate(sorted(set(NAMES))))
_WINDOWS = sys.platform == "win32"
KILLS = int(os.environ.get("YJ_KILLS", "24" if _WINDOWS else "240"))
"""Kills in all; a process that is forked from a prepared one costs a twentieth of a new one."""

MOST_VERBS = 6
"""A run is killed while it does its n-th verb, n at random up to this."""

_context = multiprocessing.get_context("spawn" if _WINDOWS else "forkserver")


@pytest.fixture(scope="module", autouse=True)
def prepared_server() -> None:
    """Children are forked from a process that has loaded the program once."""
    if not _WINDOWS:
        _context.set_forkserver_preload(["__main__", "tests.store.trouble.busy_child"])


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    """A real centre."""
    with running_centre(tmp_path_factory.mktemp("centre")) as started:
        yield started


def _furnish(home: Path, centre: RunningCentre) -> None:
    """Enrol a station whose roster comes from the centre, and give it a course."""
    code = centre.enrol_code(home.name)
    rows = [["姓名", "支部", "手机"], *([name, "一支部", f"1380000{n:04d}"] for n, name in _NAMES)]
    sheet = write_sheet(home.with_suffix(".xlsx"), rows)
    centre.command("import-roster", str(sheet), "--site", home.name, "--apply", "--json")
    enrol_station(home, centre.address, code)
    film = home.with_suffix(".mp4")
    film.write_bytes(b"film" * 1000)
    opened = open_station(home)
    try:
        course = course_of(film, str(COURSE), duration_ms=600_000)
        page = FeedPage("by hand", 1, (FeedRow("course", course.id, 1, write_row(course)),))
        opened.station.tools.store.apply_page(page)
        outcome = opened.station.sync.run(store_lane=lambda job: job(), courses=False)
        assert outcome.trouble is None
        assert len(opened.station.people.all()) == len(_NAMES)
    finally:
        opened.close()


@dataclass(slots=True)
class Truth:
    """What must be there at the next start: all that was seen before or told since."""

    marks: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    positions: dict[str, int] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    visitors: set[str] = field(default_factory=set)

    def learn(self, told: Told) -> None:
        """A verb returned in the child."""
        what, *values = told
        if what in ("marked", "visitor"):
            session, person, status, mark = values
            assert mark not in self.marks, "one mark was confirmed twice"
            self.marks[mark] = (session, person, status)
            if what == "visitor":
                self.visitors.add(person)
        elif what == "voided":
            self.voided.add(values[0])
        elif what == "closed":
            self.closed.add(values[0])
        elif what == "playing":
            self.positions[values[0]] = 0
        else:
            self.positions[values[0]] = int(values[1])
            if what == "ended":
                self.ended.add(values[0])

    def compare(self, found: Found) -> None:
        """Everything told is there as it was told; at most the one verb in flight is there too."""
        assert found.quick_check == "ok"
        assert found.broken_at is None
        assert found.gaps == 0
        assert not found.recovered, "a kill must not damage the store"
        assert found.present_twice == 0
        assert {mark: found.marks.get(mark) for mark in self.marks} == self.marks
        assert len(found.marks) <= len(self.marks) + 1
        assert self.voided <= found.voided
        assert len(found.voided) <= len(self.voided) + 1
        assert self.visitors <= found.visitors
        assert len(found.visitors) <= len(self.visitors) + 1
        assert found.visitors <= {person for _, person, _ in found.marks.values()}, "half a visitor"
        assert self.closed <= {s for s, step in found.steps.items() if step == "closed"}
        for play, position in self.positions.items():
            late = 0 if play in self.ended else 5_000
            assert position <= found.positions[play] <= position + late
        assert self.ended <= found.ended

    def take(self, found: Found) -> None:
        """What a start has seen must stay as well."""
        self.marks = dict(found.marks)
        self.voided = set(found.voided)
        self.closed = {s for s, step in found.steps.items() if step == "closed"}
        self.positions = dict(found.positions)
        self.ended = set(found.ended)
        self.visitors = set(found.visitors)


@pytest.mark.timeout(900)
def test_kills_at_random_moments_lose_and_double_nothing_up_to_the_centre(
    centre: RunningCentre, tmp_path: Path
) -> None:
    homes = [tmp_path / f"home{place}" for place in range(HOMES)]
    for home in homes:
        _furnish(home, centre)
    began = time.monotonic()
    with ThreadPoolExecutor(HOMES) as killers:
        kill = partial(_kill_again_and_again, kills=KILLS // HOMES)
        truths = list(killers.map(kill, homes, range(HOMES)))
    confirmed = sum(len(truth.marks) for truth in truths)
    print(f"{KILLS} kills, {confirmed} marks, {time.monotonic() - began:.1f} s")
    assert confirmed > KILLS // 2, "too few marks between the kills to prove anything"
    for home, truth in zip(homes, truths, strict=True):
        shown_here = _send_all(home, truth)
        report = centre.report("--site", home.name)
        assert (report["forks"], report["held"]) == ([], {})
        assert all(one["agrees"] for one in report["sessions"] if one["step"] == "closed")
        lines = [
            (one["session"], person["person"], person["status"])
            for one in report["sessions"]
            for person in (*one["people"], *one["visitors"])
            if person["status"] is not None
        ]
        assert sorted(lines) == sorted(shown_here)


def _kill_again_and_again(home: Path, seed: int, *, kills: int) -> Truth:
    """Kill ``kills`` runs on one home; each next run tells what the one before left behind."""
    chance = random.Random(seed)
    truth = Truth()
    for turn in range(kills):
        mine, theirs = _context.Pipe(duplex=False)
        child = _context.Process(  # type: ignore[attr-defined]  # typeshed's context is too narrow
            target=act_until_killed, args=(str(home), seed * 100_000 + turn, theirs), daemon=True
        )
        child.start()
        theirs.close()
        if chance.random() < 0.1:
            mine.poll(chance.random() * 0.03)  # somewhere in its start
        elif mine.poll(60):
            found: Found = mine.recv()
            truth.compare(found)
            truth.take(found)
            _listen(mine, truth, chance)
        child.kill()
        for told in _rest_of(mine):
            if isinstance(told, Found):
                truth.compare(told)
                truth.take(told)
            else:
                truth.learn(told)
        child.join()
        mine.close()
    return truth


def _listen(mine: Connection, truth: Truth, chance: random.Random) -> None:
    """Take what is told until the moment of the kill has come, somewhere inside a verb."""
    for _ in range(chance.randrange(MOST_VERBS)):
        truth.learn(mine.recv())
    mine.poll(chance.random() * 0.012)


def _rest_of(mine: Connection) -> Iterator[Told | Found]:
    """What was told before the kill and not read yet; a torn last message is not a message."""
    try:
        while True:
            yield mine.recv()
    except (EOFError, OSError):
        return


def _send_all(home: Path, truth: Truth) -> list[tuple[str, str, str]]:
    """Send one home's record; (session, person, status) as the station itself shows it."""
    opened = open_station(home)
    try:
        station = opened.station
        truth.compare(found_in(home, station, whole=True))
        outcome = station.sync.run(store_lane=lambda job: job(), courses=False)
        assert outcome.trouble is None
        view = station.today.sync_view()
        assert view.confirmed == view.facts
        return _statuses(station)
    finally:
        opened.close()


def _statuses(station: Station) -> list[tuple[str, str, str]]:
    sessions = [one.session.id for one in station.today.records(limit=100_000)]
    return [
        (str(session), str(card.id), card.status.value)
        for session in sessions
        for card in station.sessions.show(session).cards
        if card.status is not None
    ]
