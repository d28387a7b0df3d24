"""Courses over a line that breaks, damages and ends: at once while bytes come, records first."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.areas.courses.course import PIECE_BYTES, Course
from app.bootstrap import OpenStation, enrol_station, open_station
from app.domain.errors import LinkTrouble
from app.usecases.exchange import Enrolment
from app.usecases.sync_once import SyncOnce, SyncOutcome
from app.wire.codec import write_row
from app.wire.messages import ExchangeAnswer, ExchangeRequest, FeedPage, FeedRow
from app.wire.signing import public_key_of
from bench.processes.bad_line import BadLine, bad_line
from tests.rules.looking import ROOT
from tests.support.centre_process import RunningCentre, running_centre
from tests.support.port_centre import KEY, STATION, PortCentre
from tests.support.small_sessions import begin, sign_in
from tests.support.stations import SetClock, course_of, station_at

LESSON = ROOT / "media" / "sample" / "fire-extinguisher.mp4"


@dataclass(slots=True)
class LineCentre(PortCentre):
    """Damages what goes down: ``change`` gets each stretch that is asked for."""

    change: Callable[[int, bytearray], None] = lambda _start, _data: None
    between: Callable[[], None] = lambda: None
    line_down: bool = False
    how: Callable[[LineCentre, str, int, int | None], Iterator[bytes]] | None = None
    log: list[str] = field(default_factory=list)

    def exchange(self, request: ExchangeRequest) -> ExchangeAnswer:
        self.log.append("records")
        return PortCentre.exchange(self, request)

    def fetch(self, sha256: str, start: int, end: int | None = None) -> Iterator[bytes]:
        self.log.append("course")
        if self.line_down:
            raise LinkTrouble("link.offline")
        if self.how is not None:
            yield from self.how(self, sha256, start, end)
            return
        data = bytearray(b"".join(PortCentre.fetch(self, sha256, start, end)))
        self.change(start, data)
        self.between()
        yield bytes(data)


@dataclass
class Room:
    """A station with one course of twelve pieces, and its centre."""

    opened: OpenStation
    clock: SetClock
    centre: LineCentre
    course: Course
    rev: int = 1

    def sync(self, yields: Callable[[], bool] = lambda: False) -> SyncOutcome:
        enrolment = Enrolment(STATION, public_key_of(KEY), ("site:songling", "catalogue"))
        once = SyncOnce(self.opened.station.tools, self.centre, enrolment)
        return once.run(
            store_lane=lambda job: job(), cancelled=lambda: False, courses=True, yields=yields
        )

    def publish_again(self) -> None:
        self.rev += 1
        row = FeedRow("course", self.course.id, self.rev, write_row(self.course))
        self.opened.station.tools.store.apply_page(FeedPage("catalogue", self.rev, (row,)))

    @property
    def is_whole(self) -> bool:
        return self.opened.station.tools.shelf.whole(self.course.video) is not None


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    path = tmp_path / "film.mp4"
    path.write_bytes(random.Random(4).randbytes(12 * PIECE_BYTES + 77))
    course = course_of(path, "c1", duration_ms=60_000, title="果树管理")
    clock = SetClock()
    with station_at(tmp_path / "home", clock=clock) as opened:
        begin(opened)
        made = Room(
            opened, clock, LineCentre(files={course.video.sha256: path.read_bytes()}), course
        )
        made.rev = 0
        made.publish_again()
        yield made


def test_single_bad_pieces_cost_themselves_and_one_round(room: Room) -> None:
    chance, asked = random.Random(8), list[int]()

    def flip(_start: int, data: bytearray) -> None:
        asked.append(len(data))
        for at in range(0, len(data), PIECE_BYTES):
            if chance.random() < 0.3:
                data[min(at + chance.randrange(PIECE_BYTES), len(data) - 1)] ^= 1

    room.centre.change = flip
    outcome = room.sync()
    assert (outcome.course_trouble, outcome.files, room.is_whole) == (None, 1, True)
    assert sum(asked) <= 2 * room.course.video.size_bytes, "good pieces came again"


def test_a_record_made_meanwhile_goes_before_the_rest_of_a_course(room: Room) -> None:
    """The round ends at the next stretch, nothing on its way is thrown away, and more is told."""
    needed = list[bool]()

    def made() -> None:
        if not needed:
            session = room.opened.station.sessions.running()
            assert session is not None
            sign_in(room.opened, session.session.id, 5)
            needed.append(True)

    room.centre.between = made
    first = room.sync(yields=lambda: bool(needed))
    assert (first.goes_on, first.files, first.trouble) == (True, 0, None)
    assert first.arrived > 0
    assert room.centre.log.count("course") == 1
    fetched = sum(min(PIECE_BYTES * 4, 1 << 30) for _ in room.centre.fetched)
    second = room.sync()
    after = room.centre.log[room.centre.log.index("course") + 1 :]
    assert after[0] == "records"
    assert (second.sent >= 1, second.files, room.is_whole) == (True, 1, True)
    assert room.centre.fetched[1][1] == fetched, "what had come was asked for again"


def test_a_line_that_grows_slow_does_not_keep_a_record_waiting(room: Room) -> None:
    """The stretch is left where it is, and what came of it is kept, also of a piece."""
    needed = list[bool]()

    def drip(self: LineCentre, sha256: str, start: int, end: int | None) -> Iterator[bytes]:
        for chunk in PortCentre.fetch(self, sha256, start, end):
            room.clock.mono_ms += 1_000
            needed.append(True)
            yield chunk

    room.centre.how = drip
    outcome = room.sync(yields=lambda: bool(needed))
    assert (outcome.goes_on, outcome.course_trouble, outcome.files) == (True, None, 0)
    assert 300_000 <= outcome.arrived <= 500_000
    room.centre.how = None
    assert room.sync().files == 1
    assert room.centre.fetched[1][1] == outcome.arrived


def test_a_course_that_is_wrong_at_the_centre_is_asked_for_once_an_hour(room: Room) -> None:
    good = dict(room.centre.files)
    room.centre.files.clear()
    outcome = room.sync()
    assert outcome.trouble is None
    assert outcome.course_trouble is not None
    assert outcome.course_trouble.key == "media.centre_lost"
    assert outcome.course_trouble.values["title"] == "果树管理"
    (view,) = room.opened.station.courses.all()
    assert view.trouble == "media.centre_lost"
    for _ in range(3):
        assert room.sync().course_trouble is None
    assert len(room.centre.fetched) == 1
    room.clock.pass_minutes(61)
    room.sync()
    assert len(room.centre.fetched) == 2
    room.centre.files |= good
    room.publish_again()
    assert room.sync().files == 1, "a new revision of the catalogue is worth a try at once"


def test_a_piece_that_is_rotten_at_the_centre_is_told_and_costs_no_endless_tries(
    room: Room,
) -> None:
    data = bytearray(room.centre.files[room.course.video.sha256])
    data[5 * PIECE_BYTES] ^= 1
    room.centre.files[room.course.video.sha256] = bytes(data)
    outcome = room.sync()
    assert outcome.trouble is None
    assert outcome.course_trouble is not None
    assert outcome.course_trouble.key == "media.centre_damaged"
    asked = len(room.centre.fetched)
    assert asked < 20
    assert room.sync().course_trouble is None
    assert len(room.centre.fetched) == asked


def test_a_file_that_is_too_short_at_the_centre_is_told(room: Room) -> None:
    sha256 = room.course.video.sha256
    room.centre.files[sha256] = room.centre.files[sha256][: 3 * PIECE_BYTES + 9]
    outcome = room.sync()
    assert outcome.course_trouble is not None
    assert outcome.course_trouble.key == "media.centre_damaged"
    assert room.opened.station.tools.shelf.have_bytes(room.course.video) == 3 * PIECE_BYTES


def test_a_line_that_is_down_ends_the_courses_and_is_no_trouble_of_the_records(
    room: Room,
) -> None:
    room.centre.line_down = True
    outcome = room.sync()
    assert outcome.trouble is None
    assert outcome.course_trouble is not None
    assert (outcome.course_trouble.key, outcome.arrived) == ("link.offline", 0)
    assert room.opened.station.today.sync_view().reason == ""


# --- with a real centre --------------------------------------------------------------------


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    with running_centre(tmp_path_factory.mktemp("centre")) as served:
        yield served


@pytest.fixture
def line(centre: RunningCentre) -> Iterator[BadLine]:
    parts = urlsplit(centre.address)
    with bad_line(parts.hostname or "", parts.port or 0) as made:
        yield made


def enrolled(centre: RunningCentre, line: BadLine, home: Path) -> Path:
    enrol_station(home, f"http://127.0.0.1:{line.port}", centre.enrol_code(home.name))
    return home


def large_film(folder: Path, size: int) -> Path:
    """A film with much that players skip."""
    path = folder / f"large{size}.mp4"
    rest = size - LESSON.stat().st_size
    skipped = random.Random(size).randbytes(rest - 8)
    path.write_bytes(LESSON.read_bytes() + rest.to_bytes(4, "big") + b"free" + skipped)
    return path


def test_over_a_line_that_is_bad_in_a_fifth_it_comes_at_once(
    centre: RunningCentre, line: BadLine, tmp_path: Path
) -> None:
    home = enrolled(centre, line, tmp_path / "bad")
    size = 40 << 20
    centre.command("publish-course", str(large_film(tmp_path, size)), "--title", "大课")
    with closing(open_station(home)) as opened:
        while not opened.station.courses.all():
            opened.station.sync.run(store_lane=lambda job: job(), courses=False)
        size = sum(
            file.size_bytes for one in opened.station.courses.all() for file in one.course.files
        )
        line.down = rounds = 0
        line.bad, line.stretch_bytes = 0.2, 1 << 20
        line.chance = random.Random(5)
        while not all(view.ready for view in opened.station.courses.all()):
            outcome = opened.station.sync.run(store_lane=lambda job: job())
            assert outcome.arrived or outcome.trouble
            rounds += 1
        assert rounds <= 3
        flips = line.flips + line.cuts
        assert flips >= 1, "the seed makes something bad"
        assert line.down <= size + (line.flips + 1) * PIECE_BYTES + (1 << 19)


def test_what_is_lost_or_rotten_at_a_real_centre_is_told_as_that(
    centre: RunningCentre, line: BadLine, tmp_path: Path
) -> None:
    home = enrolled(centre, line, tmp_path / "told")
    centre.command("publish-course", str(large_film(tmp_path, 6 << 20)), "--id", "k-lost")
    with closing(open_station(home)) as opened:
        opened.station.sync.run(store_lane=lambda job: job(), courses=False)
        lost = next(one.course for one in opened.station.courses.all() if one.course.id == "k-lost")
        shelved = centre.home / "media" / lost.video.sha256[:2] / lost.video.sha256
        whole = shelved.read_bytes()
        shelved.unlink()
        outcome = opened.station.sync.run(store_lane=lambda job: job())
        assert outcome.trouble is None
        assert outcome.course_trouble is not None
        assert outcome.course_trouble.key == "media.centre_lost"
        shelved.write_bytes(whole[: 2 << 20] + bytes(1 << 20) + whole[3 << 20 :])
        opened.station.tools.sync.course_pauses.clear()
        outcome = opened.station.sync.run(store_lane=lambda job: job())
        assert outcome.trouble is None
        assert outcome.course_trouble is not None
        assert outcome.course_trouble.key == "media.centre_damaged"
        shelved.write_bytes(whole)
        opened.station.tools.sync.course_pauses.clear()
        opened.station.sync.run(store_lane=lambda job: job())
        assert opened.station.tools.shelf.whole(lost.video) is not None
