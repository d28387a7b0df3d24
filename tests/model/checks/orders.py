"""The rows are a function of the set of facts: in whatever order and portions they come, equal rows."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.store.journal import StoredFact, WriterIdentity
from app.store.opening import open_store
from app.store.placing import Placed, Placing
from app.store.projected_tables import PROJECTED
from app.store.station_store import StationStore
from tests.model.county.chance import DrawnEntropy, PcClock
from tests.model.county.ledger import Wrong
from tests.model.county.pc import Pc
from tests.model.county.template import fast_folder

_FACTS = (
    "SELECT f.seq, s.id, f.n, f.hash, f.bytes, f.personal, f.previous FROM facts f "
    "JOIN segments s ON s.no = f.segment_no ORDER BY f.seq"
)
_PLACES = ("seq", "mark")
"""Columns that hold a fact's place in the journal, which is when it arrived."""
_OF_ARRIVAL = {"sessions": ("last_seq",), "case_steps": ("arrival",)}
"""Columns that tell when a fact arrived, and nothing else; of a case only the centre goes by it."""
_MOST_AT_ONCE = 60
Rows = dict[str, list[str]]


def check_orders(pc: Pc, chance: random.Random, times: int) -> None:
    """Put a PC's facts into new stores in random orders and portions.

    Raises:
        Wrong: rows differ; it names the table and shows one of each.
    """
    facts = [StoredFact(*row) for row in pc.raw(_FACTS)]
    first = _rows_of(chance, [facts])
    for _ in range(times):
        other = _rows_of(chance, list(_portions(chance, _shuffled(chance, facts))))
        for table, rows in first.items():
            only = sorted({*rows} ^ {*other[table]})
            if only:
                raise Wrong(f"{pc.label}: another order of facts changes {table}: {only[:2]}")


def _shuffled(chance: random.Random, facts: Sequence[StoredFact]) -> list[StoredFact]:
    """Every fact anywhere, or whole segments in any order."""
    if chance.random() < 0.5:
        return chance.sample(facts, len(facts))
    segments = list(dict.fromkeys(one.segment for one in facts))
    places = {
        segment: place for place, segment in enumerate(chance.sample(segments, len(segments)))
    }
    return sorted(facts, key=lambda one: places[one.segment])


def _portions(chance: random.Random, facts: Sequence[StoredFact]) -> Iterator[Sequence[StoredFact]]:
    at = 0
    while at < len(facts):
        size = chance.randrange(1, _MOST_AT_ONCE)
        yield facts[at : at + size]
        at += size


def _rows_of(chance: random.Random, portions: Iterable[Sequence[StoredFact]]) -> Rows:
    with TemporaryDirectory(dir=fast_folder()) as folder:
        entropy = DrawnEntropy(random.Random(chance.getrandbits(64)))  # noqa: S311 - a model's chance
        nobody = WriterIdentity("", "model", "", "model")
        store = open_store(Path(folder), PcClock("boot"), entropy, nobody)
        try:
            for portion in portions:
                _put(store, portion)
            return _dump(store)
        finally:
            store.close()


def _put(store: StationStore, portion: Sequence[StoredFact]) -> None:
    with store.begin() as work:
        placing = Placing(work.conn, projecting=True)
        done = [placing.put(one) for one in portion]
        placing.settle()
    if set(done) != {Placed.PUT}:
        raise Wrong(f"{len(done) - done.count(Placed.PUT)} facts of a journal are not taken")


def _dump(store: StationStore) -> Rows:
    with store.read() as reading:
        driver: Any = reading.conn.connection.driver_connection
        hashes = dict(driver.execute("SELECT seq, hex(hash) FROM facts").fetchall())
        return {
            table.name: [
                str(
                    {
                        name: hashes.get(value, value) if name in _PLACES else value
                        for name, value in zip(table.c.keys(), row, strict=True)
                        if name not in _OF_ARRIVAL.get(table.name, ())
                    }
                )
                for row in driver.execute(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608
            ]
            for table in PROJECTED
        }
