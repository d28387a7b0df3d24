"""Stories beside the store: a rebuild after damage, the keys of an enrolment, a course's file."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

from app.areas.courses.course import PIECE_BYTES, CourseFile
from app.domain.errors import MediaTrouble
from app.machine.enrolment import (
    KeptEnrolment,
    keep_enrolment,
    load_enrolment,
    load_or_make_identity,
    load_or_make_key,
)
from app.machine.entropy import SystemEntropy
from app.media.shelf import DiskShelf
from tests.durability.lab.checks import Cut, Verdict
from tests.durability.lab.stage import Stage

_COURSE_BYTES = 2 * PIECE_BYTES + 300_000
_CHUNK_BYTES = 200_000


def enrol_again_and_again(stage: Stage) -> None:
    """A station's keys and what its centre said, for one home after the other."""
    stage.begin()
    for number in range(stage.acts):
        home = stage.disk / f"home{number}"
        home.mkdir()
        key = load_or_make_key(home, SystemEntropy())
        stage.confirm("key", home.name, key.hex())
        stage.confirm("age", home.name, load_or_make_identity(home))
        keep_enrolment(
            home,
            KeptEnrolment(
                address="http://127.0.0.1:1",
                station=f"s{number}",
                site="x",
                site_name="x",
                centre="c",
                centre_key=bytes(32),
                scopes=("site:x",),
            ),
        )
        stage.confirm("enrolled", home.name, f"s{number}")


def check_enrolments(cut: Cut) -> Verdict:
    """A key that its centre may know by now is the key; what bears a key's name is one."""
    lost = corrupt = 0
    why = ""
    for home in sorted(cut.disk.glob("home*")):
        for place in (home / "keys").glob("station.*"):
            if place.suffix != ".draft" and not place.read_bytes().strip():
                corrupt += 1
                why = f"{place.name} of {home.name} is empty"
    for what, name, value in cut.told:
        lost += _kept(cut.disk / name, what) != value
    return Verdict(acked=len(cut.told), lost=lost, corrupt=corrupt, why=why)


def _kept(home: Path, what: str) -> str:
    """What is there, without making it anew."""
    if what == "enrolled":
        kept = load_enrolment(home)
        return "" if kept is None else kept.station
    path = home / "keys" / ("station.key" if what == "key" else "station.age")
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def fetch_courses(stage: Stage) -> None:
    """Courses arrive in small chunks, one after the other."""
    shelf = DiskShelf(stage.home / "media")
    stage.begin()
    for number in range(max(1, stage.acts // 20)):
        data = _course(number)
        shelf.receive(_file_of(data), _chunks(data, 0), 0)


def check_courses(cut: Cut) -> Verdict:
    """What is called whole is whole, and what is not can be finished from where it stands."""
    shelf = DiskShelf(cut.disk / "home" / "media")
    corrupt, why = 0, ""
    for number in range(3):
        data = _course(number)
        file = _file_of(data)
        try:
            if shelf.whole(file) is None:
                start = shelf.resume_at(file)
                shelf.receive(file, _chunks(data, start), start)
            path = shelf.whole(file)
        except MediaTrouble as broken:
            corrupt, why = corrupt + 1, f"course {number}: {broken.key}"
            continue
        if path is None or path.read_bytes() != data:
            corrupt, why = corrupt + 1, f"course {number} is not what was sent"
    return Verdict(corrupt=corrupt, why=why)


def _course(number: int) -> bytes:
    return random.Random(number).randbytes(_COURSE_BYTES)


def _file_of(data: bytes) -> CourseFile:
    pieces = tuple(
        hashlib.sha256(data[at : at + PIECE_BYTES]).hexdigest()
        for at in range(0, len(data), PIECE_BYTES)
    )
    return CourseFile(hashlib.sha256(data).hexdigest(), len(data), pieces, ".mp4")


def _chunks(data: bytes, start: int) -> Iterator[bytes]:
    for at in range(start, len(data), _CHUNK_BYTES):
        yield data[at : at + _CHUNK_BYTES]


def ruin(home: Path) -> None:
    """Damage a closed store beyond reading."""
    path = home / "station.db"
    path.write_bytes(b"\xa5" * path.stat().st_size)
