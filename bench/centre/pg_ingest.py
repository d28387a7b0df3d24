"""PostgreSQL: the service's own intake beside a bare COPY of the same rows, in turns.

No HTTP, one station, requests of 5,000 facts, each durable before the next. The floor commits
as often and has no index, no hash to compute and no signature; a second one has the indexes.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from app.wire.codec import pack
from app.wire.fact_bytes import chain_hash, segment_root
from app.wire.messages import MAX_FACTS_A_RUN, ExchangeRequest, Run, Tip
from app.wire.signing import RECEIPT_LABEL, RUN_LABEL, public_key_of, run_parts, sign, verifies
from bench.data.cast import Cast, let_in
from bench.data.long_past import Segment, sessions
from bench.data.speaker import site_id, station_id, station_key
from bench.figures import Figure, Spread, median, single
from bench.places import Places
from bench.processes.cluster import DurableCluster, durable_cluster
from bench.processes.meters import load_average
from centre.intake.exchanging import exchange
from centre.opening import open_centre
from centre.service import Centre
from centre.settings import Settings
from centre.stations.credentials import Credential

GOAL = 0.5
_COLUMNS = (
    "station, segment, n, hash, previous, bytes, attached, interpreted, site, quarantined, "
    "received_ms"
)
_TYPES = (
    *("text", "text", "int8", "bytea", "bytea", "bytea", "bool", "bool", "text", "bool", "int8"),
)


def measure(places: Places) -> list[Figure]:
    """Rates, the ratio, and what hashing and signing cost."""
    count = 10_000 if places.quick else 100_000
    past = sessions(count)
    ours, bare, indexed, python = [], [], [], []
    with durable_cluster() as cluster:
        for number in range(1 if places.quick else 3):
            with tempfile.TemporaryDirectory(dir=places.root) as home:
                taken, own = _take_in(Path(home), cluster, past, number)
            ours.append(taken)
            python.append(own)
            bare.append(_copy(cluster, past, with_indexes=False))
            indexed.append(_copy(cluster, past, with_indexes=True))
    rate, floor = median(ours), median(bare)
    return [
        Figure(
            f"PostgreSQL, {count:,} facts taken in ÷ bare COPY (more is better)",
            "facts/s",
            rate,
            floor,
            f"≥ {GOAL}×",
            rate.value >= GOAL * floor.value,
            f"load {load_average()}",
        ),
        Figure("  ÷ COPY into the same indexes", "facts/s", rate, median(indexed), "", None),
        Figure(
            "  processor time of the service's own process",
            "µs/fact",
            median(python),
            None,
            "",
            None,
        ),
        *_chaining(past),
    ]


def _take_in(
    home: Path, cluster: DurableCluster, past: Sequence[Segment], number: int
) -> tuple[float, float]:
    """Facts a second, and own processor µs a fact."""
    centre = open_centre(Settings(home, cluster.cluster.new_database()))
    try:
        cast = Cast(100 + number, 1)
        let_in(centre, cast)
        station = Credential(
            station_id(cast.seed, 0),
            site_id(cast.seed, 0),
            keys=(public_key_of(station_key(cast.seed, 0)),),
        )
        requests = list(_requests(station.station, station_key(cast.seed, 0), past))
        count = sum(len(run.facts) for one in requests for run in one.runs)
        bodies = [pack(one) for one in requests]
        began, cpu = time.perf_counter(), time.process_time()
        for body in bodies:
            exchange(centre, station, body)
        wall_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
        _check(centre, station.station, count)
        return count / wall_s, cpu_s / count * 1e6
    finally:
        centre.close()


def _check(centre: Centre, station: str, count: int) -> None:
    with centre.store.reading() as tx:
        query = "SELECT held_facts FROM stations WHERE id = %s"
        held = tx.exec_driver_sql(query, (station,)).scalar_one()
    if held != count:
        raise AssertionError(f"{held} of {count} facts were kept")


def _requests(station: str, key: bytes, past: Sequence[Segment]) -> Iterator[ExchangeRequest]:
    """Requests of at most 5,000 facts, whole sessions each."""
    some: list[Segment] = []
    count = 0
    for one in past:
        if count + len(one.facts) > MAX_FACTS_A_RUN:
            yield _request(station, key, some)
            some, count = [], 0
        some.append(one)
        count += len(one.facts)
    if some:
        yield _request(station, key, some)


def _request(station: str, key: bytes, some: Iterable[Segment]) -> ExchangeRequest:
    tips, runs = [], []
    for one in some:
        n, end = len(one.facts), one.facts[-1].hash
        signature = sign(key, RUN_LABEL, *run_parts(station, one.name, n, end))
        data = tuple(fact.data for fact in one.facts)
        tips.append(Tip(one.name, n, end))
        runs.append(Run(one.name, 1, segment_root(one.name), data, (), signature))
    return ExchangeRequest(station, os.urandom(16), 0, "g", tuple(tips), tuple(runs))


def _copy(cluster: DurableCluster, past: Sequence[Segment], *, with_indexes: bool) -> float:
    """Rows a second by COPY, as many commits as the service makes."""
    address = cluster.cluster.new_database()
    with tempfile.TemporaryDirectory() as home:
        open_centre(Settings(Path(home), address)).close()
    url = make_url(address)
    with psycopg.connect(
        dbname=url.database or "",
        user="postgres",
        host=str(url.query["host"]),
        autocommit=True,
    ) as connection:
        table = "facts"
        if not with_indexes:
            table = "bare"
            connection.execute("CREATE TABLE bare AS SELECT * FROM facts")
        batches = list(_rows(past))
        began = time.perf_counter()
        for batch in batches:
            with connection.transaction(), connection.cursor() as cursor:
                copied = f"COPY {table} ({_COLUMNS}) FROM STDIN (FORMAT binary)"
                with cursor.copy(copied.encode()) as copy:
                    copy.set_types(_TYPES)
                    for row in batch:
                        copy.write_row(row)
        return sum(map(len, batches)) / (time.perf_counter() - began)


def _rows(past: Sequence[Segment]) -> Iterator[list[tuple[object, ...]]]:
    rows: list[tuple[object, ...]] = []
    for one in past:
        if len(rows) + len(one.facts) > MAX_FACTS_A_RUN:
            yield rows
            rows = []
        rows += (
            ("st", one.name, n, fact.hash, fact.previous, fact.data, True, False, "s", False, 0)
            for n, fact in enumerate(one.facts, start=1)
        )
    yield rows


def _chaining(past: Sequence[Segment]) -> Iterator[Figure]:
    """What the record's proof costs by itself: the chain, and signatures of one exchange."""
    facts = [fact for one in past for fact in one.facts][:20_000]
    chain = _spread(lambda: [chain_hash(one.previous, one.data) for one in facts], len(facts))
    yield Figure("chaining and hashing, a fact and side", "µs", chain, None, "", None)
    key, data = os.urandom(32), os.urandom(300)
    made = _spread(lambda: [sign(key, RECEIPT_LABEL, data) for _ in range(50)], 50)
    public, signature = public_key_of(key), sign(key, RECEIPT_LABEL, data)
    seen = _spread(
        lambda: [verifies(public, signature, RECEIPT_LABEL, data) for _ in range(50)], 50
    )
    yield Figure("a signature made", "µs", made, None, "", None)
    yield Figure("a signature verified", "µs", seen, None, "", None)
    whole = 5 * made.value + 5 * seen.value
    note = "request, run, two receipts, answer: each made once and verified once"
    yield Figure("all signatures of one exchange", "µs", single(whole), None, "", None, note)


def _spread(work: Callable[[], object], count: int) -> Spread:
    """Processor µs each, the median of seven."""
    taken = []
    for _ in range(7):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) / count * 1e6)
    return median(taken)
