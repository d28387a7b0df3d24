"""One PC of a station: a home folder that is started, stopped, killed, copied and put back."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from app.bootstrap import OpenStation, open_station
from app.domain.errors import UserError
from app.machine.enrolment import KeptEnrolment, load_enrolment, load_or_make_key
from app.store.engine import SQLITE
from app.store.station_store import StationStore
from app.usecases.sync_once import SyncOnce, SyncOutcome
from tests.model.county.chance import DrawnEntropy, PcClock
from tests.model.county.gate import GATE, Killed
from tests.model.county.link import ModelLink
from tests.model.county.post import Post

_NOT_KEPT = shutil.ignore_patterns("*-shm", "station.lock", "ballast*", "damaged")
_PAGE_BYTES = 4096
_STORE_FILES = ("station.db", "station.db-wal", "station.db.seal")
_NEW_ROWS = (
    "SELECT f.seq, f.hash, f.bytes, f.returned, s.id FROM facts f "
    "JOIN segments s ON s.no = f.segment_no WHERE f.seq > ? ORDER BY f.seq"
)


class Pc:
    """``label`` names it in traces; a clone has the same ``station`` and another label."""

    def __init__(self, label: str, home: Path, post: Post, seed: int) -> None:
        self.label = label
        self.folder = home.parent
        self.home = home
        self.post = post
        self.clock = PcClock(f"boot-{label}")
        self.entropy = DrawnEntropy(random.Random(seed))  # noqa: S311 - a model's chance
        self.opened: OpenStation | None = None
        self.sync: SyncOnce | None = None
        self.copies: list[Path] = []
        self.seen_seq = 0
        self.speaks_1_0 = False
        self.shut_out = False
        self.met_centre = -1
        """How often the centre had been put back when this PC last talked with it; -1: never."""
        self._lives = 0
        self._numbers = count()
        self._learn()

    def _learn(self) -> None:
        found = load_enrolment(self.home)
        if found is None:
            raise AssertionError("the home is not enrolled")
        self.enrolment: KeptEnrolment = found
        self.key = load_or_make_key(self.home, self.entropy)

    @property
    def station(self) -> str:
        """Whose PC it is."""
        return self.enrolment.station

    @property
    def site(self) -> str:
        """Where it stands."""
        return self.enrolment.site

    @property
    def running(self) -> OpenStation:
        """The program, started if it is not."""
        if self.opened is None:
            self.start()
        if self.opened is None:  # pragma: no cover - start sets it
            raise AssertionError("not started")
        return self.opened

    @property
    def store(self) -> StationStore:
        """The running program's store."""
        store = self.running.station.tools.store
        if not isinstance(store, StationStore):  # pragma: no cover - bootstrap makes no other
            raise TypeError
        return store

    # --- starting and ending --------------------------------------------------------

    def start(self) -> None:
        """Start the program."""
        mark = "" if self.speaks_1_0 else f"machine-{self.label}"
        opened = open_station(self.home, clock=self.clock, entropy=self.entropy, machine=mark)
        self.opened = opened
        self.sync = replace(opened.station.sync, link=self._link())

    def _link(self) -> ModelLink:
        return ModelLink(
            self.enrolment, self.key, self.entropy, self.post, is_old=lambda: self.speaks_1_0
        )

    def stop(self) -> None:
        """End the program in order."""
        if self.opened is not None:
            self.opened.close()
            self.opened = self.sync = None
        GATE.clear(self.home)

    def dying_at(self, passes: int, *, after: bool) -> None:
        """Arm the gate: this program ends after so many statements."""
        corpse = self._next_home()

        def die() -> None:
            self._copy_to(corpse)
            GATE.bury(self.home)
            raise Killed

        GATE.arm(self.home, passes, die, after=after)

    def failing_at(self, passes: int, words: str, *, after: bool) -> None:
        """Arm the gate: the disk fails once."""

        def fail() -> None:
            raise SQLITE.OperationalError(words)

        GATE.arm(self.home, passes, fail, after=after)

    def bury(self) -> None:
        """The program was killed: what it left is the home now."""
        self._drop()
        shutil.rmtree(self.home)
        self.home = self.folder / f"{self.label}-{self._lives}"

    def pull_plug(self) -> None:
        """End the program as a power cut does."""
        self._copy_to(self._next_home())
        GATE.bury(self.home)
        self.bury()

    def _drop(self) -> None:
        GATE.disarm()
        if self.opened is not None:
            store = self.opened.station.tools.store
            self.opened.lock.release()
            if isinstance(store, StationStore):
                store._conn.close()  # noqa: SLF001 - a dead process closes nothing in order
                store._engine.dispose()  # noqa: SLF001
                broken = store._copy._open  # noqa: SLF001
                if broken is not None:
                    broken.close()
        self.opened = self.sync = None
        GATE.clear(self.home)

    def survive(self, work: Callable[[], object]) -> bool:
        """Do what may be killed or fail in between; whether it came to its end in order.

        A refusal is no failure of the machine and is passed on.
        """
        try:
            work()
        except Killed:
            self.bury()
            return False
        except UserError as said:
            if GATE.disarm() and said.key.startswith("trouble."):
                return False
            raise
        GATE.disarm()
        return True

    # --- what happens to its files ----------------------------------------------------

    def keep_copy(self, name: str = "") -> Path:
        """An image of the disk as it is now, taken while the program runs."""
        copy = self.folder / f"copy-{name or self.label}-{self._lives}-{next(self._numbers)}"
        self._copy_to(copy)
        if not name:
            self.copies.append(copy)
            if len(self.copies) > 3:
                shutil.rmtree(self.copies.pop(0))
        return copy

    def put_back(self, copy: Path, *, only_store: bool = False) -> None:
        """The disk is as it was when the copy was made; the program was not running then."""
        if only_store:
            self.pull_plug()
            for name in _STORE_FILES:
                (self.home / name).unlink(missing_ok=True)
                if (copy / name).exists():
                    shutil.copyfile(copy / name, self.home / name)
            return
        self._drop()
        shutil.rmtree(self.home)
        self.home = self._next_home()
        shutil.copytree(copy, self.home)
        self._learn()

    def delete_store(self, *, copies_too: bool) -> None:
        """Somebody deletes the store's file, perhaps with its second copy and backups."""
        self.pull_plug()
        for name in _STORE_FILES:
            (self.home / name).unlink(missing_ok=True)
        if copies_too:
            for name in ("journal", "backups"):
                shutil.rmtree(self.home / name, ignore_errors=True)

    def tear_second_copy(self, chance: random.Random) -> None:
        """A power cut: the end of the second copy had not reached the disk."""
        for path in sorted((self.home / "journal").glob("*.jsonl"))[-1:]:
            size = path.stat().st_size
            with path.open("r+b") as opened:
                opened.truncate(max(0, size - chance.randrange(400)))

    def tear_page(self) -> None:
        """A page of the journal that is neither its first nor its last becomes rubbish."""
        store = self.home / "station.db"
        content = bytearray(store.read_bytes())
        pages = range(0, len(content), _PAGE_BYTES)
        full = [at for at in pages if content[at : at + _PAGE_BYTES].count(b'"k":"att') > 3]
        at = full[len(full) // 2]
        content[at : at + _PAGE_BYTES] = b"\xa5" * _PAGE_BYTES
        store.write_bytes(content)

    def clone(self, label: str, seed: int) -> Pc:
        """Another PC with a copy of this disk."""
        copy = self.keep_copy(f"of-{label}")
        home = self.folder / f"{label}-0"
        copy.rename(home)
        return Pc(label, home, self.post, seed)

    def twin(self, label: str) -> Pc:
        """Another machine that goes on from a copy of this one's memory as well."""
        running = self.store
        other = self.clone(label, 0)
        other.entropy = self.entropy.twin()
        other.clock = replace(self.clock)
        other.start()
        mine, its = running._journal, other.store._journal  # noqa: SLF001 - memory is copied too
        its._committed = its._tip = mine._tip  # noqa: SLF001
        return other

    def _next_home(self) -> Path:
        self._lives += 1
        return self.folder / f"{self.label}-{self._lives}"

    def _copy_to(self, target: Path) -> None:
        shutil.copytree(self.home, target, ignore=_NOT_KEPT)

    # --- talking ---------------------------------------------------------------------------

    def exchange(self) -> SyncOutcome:
        """One round with the centre."""
        if (
            self.running is not self.opened or self.sync is None
        ):  # pragma: no cover - start sets both
            raise AssertionError("not started")
        if isinstance(self.sync.link, ModelLink):
            self.sync.link.asked = 0
        return self.sync.run(store_lane=lambda job: job(), cancelled=lambda: False, courses=False)

    def fold_some(self) -> bool:
        """Nobody waits: one small step of what the program left for such a moment; whether it ends."""
        return self.store.fold_some().is_over

    # --- what it holds ----------------------------------------------------------------------

    def new_rows(self) -> list[tuple[bytes, bytes, bool]]:
        """Facts in the journal that were not seen yet: hash, bytes, whether the centre gave it."""
        rows = self.raw(_NEW_ROWS, (self.seen_seq,))
        if rows:
            self.seen_seq = rows[-1][0]
        return [(bytes(row[1]), bytes(row[2]), bool(row[3])) for row in rows]

    def raw(self, query: str, values: tuple[object, ...] = ()) -> list[Any]:
        """Rows of the running program's own connection, or of the file when it does not run."""
        if self.opened is None:
            return self._peek(query, values)
        with self.store.read() as reading:
            driver: Any = reading.conn.connection.driver_connection
            return list(driver.execute(query, values).fetchall())

    def payloads_in_second_copy(self) -> set[bytes]:
        """Facts of which the second copy still holds what stands beside them."""
        found: set[bytes] = set()
        for path in (self.home / "journal").glob("*.jsonl"):
            found.update(_hashes_in(path.read_bytes(), only_personal=True))
        return found

    def _peek(self, query: str, values: tuple[object, ...]) -> list[Any]:
        """Read a copy: opening the file itself would fold its log into it."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            for name in _STORE_FILES[:2]:
                if (self.home / name).exists():
                    shutil.copyfile(self.home / name, Path(folder) / name)
            with closing(SQLITE.connect(Path(folder) / "station.db")) as connection:
                return list(connection.execute(query, values).fetchall())

    def hashes(self) -> set[bytes]:
        """Every fact that a start of the program would find here."""
        found: set[bytes] = set()
        for path in (self.home / "journal").glob("*.jsonl"):
            found.update(_hashes_in(path.read_bytes()))
        if self.opened is not None or (self.home / "station.db").exists():
            return found | {bytes(row[0]) for row in self.raw("SELECT hash FROM facts")}
        for path in (self.home / "backups").glob("station-*.db"):
            with closing(SQLITE.connect(path)) as connection:
                rows = connection.execute("SELECT hash FROM facts").fetchall()
                found.update(bytes(row[0]) for row in rows)
        return found


def _hashes_in(lines: bytes, *, only_personal: bool = False) -> Iterator[bytes]:
    """Facts in a second copy; a torn line is none."""
    for line in lines.split(b"\n"):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if not only_personal or found["p"] is not None:
            yield bytes.fromhex(found["h"])
