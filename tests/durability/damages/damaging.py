"""Damages one file of a station's home at random, again and again, and looks what people are shown.

``tidy`` homes were closed in order, ``cut`` ones were left by a power cut with their log.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import OpenStation, open_station
from app.domain.time import local_date
from app.store.station_store import StationStore
from tests.durability.lab.checks import Cut, Verdict, check_station, read_verdict
from tests.durability.lab.session import LabSession
from tests.durability.lab.stage import Stage, Told
from tests.durability.lab.tally import Tally
from tests.durability.lab.tape import Counters
from tests.support.small_sessions import facts_in
from tests.support.stations import SetClock, fill

PAGE_BYTES = 4096
_ACTS = 110
_PEOPLE = 40
_SAID = ("notice.recovered", "notice.gap")
_ROWS = (
    "SELECT session, person, status, hash, voided_by FROM marks ORDER BY hash",
    "SELECT id, name FROM people ORDER BY id",
    "SELECT id, step, title FROM sessions ORDER BY id",
)

Shown = tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Homes:
    """The two homes that are copied and damaged, an older copy of the store, and the truth."""

    folder: Path
    older: bytes
    told: tuple[Told, ...]
    facts: dict[str, str]
    shown: Shown


def prepare(folder: Path, seed: int) -> Homes:
    """A session with a backup in its middle."""
    clock = SetClock()
    opened = open_station(folder / "tidy" / "home", clock=clock)
    fill(opened, people=_PEOPLE, day=local_date(clock.wall_ms).isoformat())
    stage = Stage(folder / "tidy", Counters(folder / "counters"), seed, _ACTS)
    session = LabSession(stage, opened, clock)
    older = b""
    for turn in range(_ACTS):
        session.act()
        if turn == _ACTS // 2:
            opened.station.tools.store.backup_today()
            older = (folder / "tidy" / "home" / "station.db").read_bytes()
    opened.station.tools.store.sync_second_copy()
    shutil.copytree(folder / "tidy", folder / "cut")
    shown = _shown(opened)
    opened.close()
    facts = facts_in(folder / "tidy" / "home" / "station.db")
    plain = {one: data.decode("utf-8") for one, data in facts.items()}
    return Homes(folder, older, tuple(stage.told), plain, shown)


Damage = Callable[[bytearray, random.Random, bytes], None]


def _flip_bits(data: bytearray, chance: random.Random, _older: bytes) -> None:
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _spoil_sector(data: bytearray, chance: random.Random, _older: bytes) -> None:
    at = chance.randrange(len(data)) // 512 * 512
    size = min(512, len(data) - at)
    data[at : at + size] = chance.choice((bytes(size), chance.randbytes(size)))


def _spoil_page(data: bytearray, chance: random.Random, _older: bytes) -> None:
    at = chance.randrange(len(data)) // PAGE_BYTES * PAGE_BYTES
    size = min(PAGE_BYTES, len(data) - at)
    data[at : at + size] = chance.choice((bytes(size), chance.randbytes(size)))


def _misplace_page(data: bytearray, chance: random.Random, _older: bytes) -> None:
    """A page is written where another should be."""
    here, there = (chance.randrange(len(data)) // PAGE_BYTES * PAGE_BYTES for _ in range(2))
    page = data[there : there + PAGE_BYTES]
    data[here : here + len(page)] = page


def _forget_write(data: bytearray, chance: random.Random, older: bytes) -> None:
    """A write never reached the disk: one page is as it was earlier."""
    pages = min(len(data), len(older)) // PAGE_BYTES
    if pages:
        at = chance.randrange(pages) * PAGE_BYTES
        data[at : at + PAGE_BYTES] = older[at : at + PAGE_BYTES]


def _truncate(data: bytearray, chance: random.Random, _older: bytes) -> None:
    del data[chance.randrange(len(data)) :]


_ANY: tuple[Damage, ...] = (_flip_bits, _spoil_sector, _spoil_page, _truncate)
DAMAGES: dict[str, tuple[str, str, tuple[Damage, ...]]] = {
    "store, tidy": ("tidy", "station.db", (*_ANY, _misplace_page, _forget_write)),
    "store, cut": ("cut", "station.db", _ANY),
    "log, cut": ("cut", "station.db-wal", _ANY),
    "second copy": ("tidy", "journal/*.jsonl", _ANY),
    "backup": ("tidy", "backups/*.db", _ANY),
}
"""What is damaged → which home, which file, how."""


def damage(homes: Homes, what: str, *, times: int, seed: int) -> Tally:
    """So many damages, each to a fresh copy."""
    tally = Tally(f"damaged: {what}")
    for turn in range(times):
        where = f"{what} seed {seed} turn {turn}"
        tally.take(_damage_once(homes, what, random.Random(where)), where)
    return tally


def _damage_once(homes: Homes, what: str, chance: random.Random) -> Verdict:
    left, pattern, kinds = DAMAGES[what]
    place = homes.folder / "damaged"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(homes.folder / left, place)
    path = next(iter(sorted((place / "home").glob(pattern))))
    data = bytearray(path.read_bytes())
    kind = chance.choice(kinds)
    kind(data, chance, homes.older)
    path.write_bytes(data)
    try:
        return _judge(homes, place, kind.__name__.strip("_"))
    except Exception as failed:  # noqa: BLE001 - whatever a start may raise is the finding
        why = f"not opened after {kind.__name__}: {type(failed).__name__}: {failed}"[:200]
        return Verdict(acked=len(homes.told), lost=len(homes.told), corrupt=1, why=why)


def _judge(homes: Homes, place: Path, kind: str) -> Verdict:
    """What is shown is the truth, or it is said that something is missing."""
    opened = open_station(place / "home", clock=SetClock())
    try:
        shown = _shown(opened)
        said = any(key.startswith(_SAID) for key, _ in opened.station.today.overview().notices)
    finally:
        opened.close()
    verdict = check_station(Cut(place, homes.told, None, thorough=False))
    plain = verdict.plain() | {"healed": int(said)}
    if verdict.lost and not said:
        plain["why"] = f"silently lacks something after {kind}"
    if shown != homes.shown:
        silent = "" if said else "silently "
        plain["why"] = f"{silent}shows something else after {kind}"
        plain["unexpected"] = int(not said)
    return read_verdict(plain)


def _shown(opened: OpenStation) -> Shown:
    """Marks, names and sessions as they stand in the rows that are shown."""
    store = opened.station.tools.store
    if not isinstance(store, StationStore):
        raise AssertionError("the station's own store is looked at")
    with store.read() as reading:
        ask = reading.conn.exec_driver_sql
        return tuple(tuple(tuple(row) for row in ask(query)) for query in _ROWS)
