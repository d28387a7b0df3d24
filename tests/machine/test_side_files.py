"""Damaged files beside a sound record: the station opens, people sign in, and the cure works."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.bootstrap import OpenStation, carry_of, open_station
from app.cli.main import main
from app.domain.ids import SessionId
from app.machine.enrolment import (
    keep_enrolment,
    load_enrolment,
    load_or_make_key,
    load_or_make_recipient,
)
from app.machine.entropy import SystemEntropy
from app.store.second_copy import read_second_copy
from app.wire.messages import EnrolRequest
from app.wire.signing import public_key_of
from centre.stations.codes import new_code
from centre.stations.enrolling import enrol
from tests.support.county import County, open_county
from tests.support.small_sessions import Confirmed, begin, facts_in, shown, sign_in
from tests.support.stations import SetClock, fill

pytestmark = [
    pytest.mark.logs_warnings,
    pytest.mark.skipif(os.name == "nt", reason="links and pipes are made here"),
]

DAY = "2026-11-23"
KEYS = ("keys/station.key", "keys/station.age", "keys/enrolment.json")
OTHERS = (
    "keys/request.nonce",
    "choices.json",
    "station.db.seal",
    "station.lock",
    "running.mark",
    "ballast",
    "journal/2026-11.jsonl",
    f"backups/station-{DAY}.db",
    "station.db-shm",
)
FOLDERS = ("keys", "journal", "backups", "media", "logs", "damaged")


def _missing(_path: Path) -> None:
    return


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _zeros(path: Path) -> None:
    path.write_bytes(bytes(64))


def _zero_digits(path: Path) -> None:
    path.write_text("0" * 64, encoding="ascii")


def _noise(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x80" * 100)


def _a_folder(path: Path) -> None:
    path.mkdir()
    (path / "inside").write_text("x", encoding="ascii")


def _nowhere(path: Path) -> None:
    path.symlink_to("/nowhere/at/all")


def _bad_sector(path: Path) -> None:
    """A file that can be opened, and whose bytes the system does not give (EIO)."""
    path.symlink_to("/proc/self/mem")


def _deep(path: Path) -> None:
    path.write_text("[" * 100_000, encoding="ascii")


def _wrong_values(path: Path) -> None:
    path.write_text(
        '{"volume": 1e999, "last_row_m": NaN, "language": "en", "address": 1e999, "station": [], '
        '"site": {}, "site_name": null, "centre": 1, "centre_key": "00", "scopes": "ab"}',
        encoding="ascii",
    )


def _a_pipe(path: Path) -> None:
    os.mkfifo(path)


def _huge(path: Path) -> None:
    path.write_bytes(b"")
    os.truncate(path, 1 << 30)


DAMAGES: tuple[Callable[[Path], None], ...] = (
    *(_missing, _empty, _zeros, _zero_digits, _noise, _a_folder, _nowhere),
    *(_bad_sector, _deep, _wrong_values, _a_pipe, _huge),
)
KINDS = (_missing, _zeros, _a_folder, _nowhere, _a_pipe, _bad_sector)
CASES = (
    *((name, damage) for name in OTHERS for damage in KINDS),
    *((name, damage) for name in FOLDERS for damage in (_missing, _zeros, _nowhere)),
    *(("choices.json", damage) for damage in DAMAGES if damage not in KINDS),
    *(("station.db.seal", damage) for damage in (_empty, _noise, _huge)),
    *(("journal/2026-11.jsonl", damage) for damage in (_noise, _deep, _huge)),
)
OPENED_ONLY = {("station.lock", _bad_sector), ("station.db-shm", _bad_sector)}
"""Nothing is ever read from a lock; a log's index is SQLite's own."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A station's home that is in order, its session, and the clock of its county."""

    home: Path
    session: SessionId
    confirmed: Confirmed
    clock: SetClock


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    with open_county(tmp_path_factory.mktemp("county")) as county:
        yield county


@pytest.fixture(scope="module")
def sound(county: County) -> Sound:
    home = county.enrolled_home("石门村")
    with county.at(home) as opened:
        fill(opened, people=12, day=DAY)
        session = begin(opened)
        confirmed = sign_in(opened, session, 0, 1, 2)
        opened.station.tools.store.backup_today(again=True)
        opened.station.sessions.close(session)
    (home / "choices.json").write_text('{"volume": 50, "language": "en"}', encoding="ascii")
    (home / "running.mark").write_text("1", encoding="ascii")
    (home / "keys" / "request.nonce").write_text("00" * 16, encoding="ascii")
    (home / "ballast").write_bytes(bytes(4096))
    for name in ("logs", "damaged"):
        (home / name).mkdir()
    return Sound(home, session, confirmed, county.clock)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def _spoilt(sound: Sound, home: Path, name: str, damage: Callable[[Path], None]) -> Path:
    shutil.copytree(sound.home, home)
    path = home / name
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    damage(path)
    return home


def _open(sound: Sound, home: Path) -> OpenStation:
    return open_station(home, clock=sound.clock)


def _people_sign_in(sound: Sound, home: Path) -> list[str]:
    """Open, sign people in, close; the notices' keys, none of which may be said without need."""
    opened = _open(sound, home)
    try:
        keys = [key for key, _ in opened.station.today.overview().notices]
        cards = shown(opened, sound.session)
        assert set(sound.confirmed.marks) <= cards
        session = begin(opened)
        fresh = sign_in(opened, session, 5, 6)
        assert shown(opened, session) == set(fresh.marks)
        assert opened.station.tools.store.verify().broken_at is None
        assert opened.station.tools.store.backup_today(again=True) is not None
        opened.station.sessions.close(session)
    finally:
        opened.close()
    copied = {fact.hash.hex() for fact in read_second_copy(home / "journal") if fact is not None}
    assert copied == set(facts_in(home / "station.db")), "the second copy is whole again"
    return keys


def _every_command_works(home: Path, folder: Path) -> None:
    for words in (
        ["status"],
        ["doctor"],
        ["diagnose", str(folder / "help.zip")],
        ["pin", "forget"],
        ["journal", "export", str(folder / "out")],
        ["enrol", "--request", str(folder / "request.yj")],
    ):
        assert main(["--home", str(home), *words], {"LANG": "en_GB"}) == 0, words


@pytest.mark.parametrize(("name", "damage"), [one for one in CASES if one not in OPENED_ONLY])
def test_a_damaged_side_file_stops_nobody_and_no_command(
    name: str, damage: Callable[[Path], None], sound: Sound, tmp_path: Path
) -> None:
    home = _spoilt(sound, tmp_path / "home", name, damage)
    keys = _people_sign_in(sound, home)
    if name == "choices.json" and damage not in (_missing, _nowhere, _zero_digits):
        assert keys == ["notice.choices_broken"]
        assert list(home.glob("choices.json.broken"))
    if name in FOLDERS and damage is not _missing:
        assert "notice.set_aside" in keys
        assert os.path.lexists(home / f"{name}.broken"), "kept aside, never deleted"
    again = _open(sound, home)
    told_again = [key for key, _ in again.station.today.overview().notices]
    again.close()
    assert set(told_again) <= {"notice.key_broken"}, "what is mended is told once"
    if damage is _zeros:
        _every_command_works(home, tmp_path)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", KEYS)
def test_a_damaged_key_or_enrolment_is_told_with_its_cure_and_nothing_is_called_sent(
    name: str, damage: Callable[[Path], None], sound: Sound, stick: Path, tmp_path: Path
) -> None:
    home = _spoilt(sound, tmp_path / "home", name, damage)
    keys = _people_sign_in(sound, home)
    told = {
        "keys/station.key": "notice.key_broken",
        "keys/station.age": "notice.stick_key_broken",
        "keys/enrolment.json": "notice.enrolment_healed",
    }
    assert keys == [told[name]]
    opened = _open(sound, home)
    try:
        sent = opened.station.sync.run(store_lane=lambda job: job())
        carried = carry_of(opened).export(stick, store_lane=lambda job: job())
        checks = {one.key: one.good for one in opened.station.today.checks()}
        assert sent.trouble is not None
        if name == "keys/station.key":
            assert sent.trouble.key == "trouble.key_broken"
            assert carried.trouble is not None
            assert (carried.trouble.key, carried.parts) == ("trouble.key_broken", 0)
            assert list(stick.iterdir()) == []
            assert checks["check.enrolment"] is False
        else:
            assert sent.trouble.key == "link.offline"
            assert (carried.trouble, carried.parts > 0) == (None, True)
            assert "check.enrolment" not in checks
    finally:
        opened.close()
    if damage in (_zeros, _a_folder):
        _every_command_works(home, tmp_path)
    if name == "keys/station.key" and damage in (_zeros, _a_folder):
        assert os.path.lexists(home / "keys" / "station.key.broken"), "kept aside, never deleted"


def test_a_key_of_another_station_is_told_and_enrolling_anew_is_the_cure(
    county: County, sound: Sound, stick: Path, tmp_path: Path
) -> None:
    """What was signed in meanwhile counts once the station is enrolled again."""
    home = _spoilt(sound, tmp_path / "home", "keys/station.key", _zeros)
    _people_sign_in(sound, home)
    _enrol_again(county, home)
    opened = _open(sound, home)
    try:
        assert [key for key, _ in opened.station.today.overview().notices] == []
        carried = carry_of(opened).export(stick, store_lane=lambda job: job())
        assert (carried.trouble, carried.facts) == (None, carried.held)
    finally:
        opened.close()
    (taken,) = county.take(stick).stations
    assert taken.facts == carried.held
    assert (home / "keys" / "station.key.broken").read_bytes() == bytes(64)


def _enrol_again(county: County, home: Path) -> None:
    kept = load_enrolment(home)
    assert kept is not None
    code = new_code(county.centre, kept.site, for_station=kept.station).code
    key = public_key_of(load_or_make_key(home, SystemEntropy()))
    request = EnrolRequest(code, key, "pc", load_or_make_recipient(home))
    told = enrol(county.centre, request)
    keep_enrolment(home, replace(kept, station=told.station, credential=told.credential))


def test_an_enrolment_that_neither_file_nor_store_has_is_told_with_its_cure(
    tmp_path: Path, stick: Path
) -> None:
    home = tmp_path / "home"
    (home / "keys").mkdir(parents=True)
    (home / "keys" / "enrolment.json").write_text('{"address": "http', encoding="ascii")
    opened = open_station(home, clock=SetClock())
    try:
        assert [key for key, _ in opened.station.today.overview().notices] == [
            "notice.enrolment_broken"
        ]
        carried = carry_of(opened).export(stick, store_lane=lambda job: job())
        sent = opened.station.sync.run(store_lane=lambda job: job())
        for trouble in (carried.trouble, sent.trouble):
            assert trouble is not None
            assert trouble.key == "trouble.enrolment_broken"
        assert not all(
            one.good for one in opened.station.today.checks() if one.key == "check.enrolment"
        )
    finally:
        opened.close()


@pytest.mark.parametrize("recipient", ["", "age1nobody", "\x00", "age1" + "q" * 500])
def test_a_damaged_key_of_the_centre_for_sticks_is_refused_before_anything_is_called_done(
    recipient: str, sound: Sound, stick: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(sound.home, home)
    file = home / "keys" / "enrolment.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(kept | {"recipient": recipient}), encoding="utf-8")
    opened = _open(sound, home)
    try:
        carried = carry_of(opened).export(stick, store_lane=lambda job: job())
    finally:
        opened.close()
    assert carried.trouble is not None
    assert (carried.trouble.key, carried.parts) == ("stick.no_recipient", 0)
