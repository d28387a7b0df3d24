"""Runs into the table of facts by one statement, and which of their facts were new.

A push of thousands of facts waits for this, so the database gets them in the way that costs the
least Python: SQLite cuts them out of two long values by itself, PostgreSQL is given the very
bytes of its COPY.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from app.domain.values import dataclass
from centre.store.tables import facts

_LENGTH_BITS = 20
"""Enough for the length of any fact that is let in; the statement below cuts by it."""

_INTO_SQLITE = """
INSERT INTO facts (station, segment, n, hash, previous, bytes,
                   attached, interpreted, quarantined, site, received_ms)
SELECT ?1, ?2, ?3 + key + 1, substr(?4, 32 * key + 33, 32), substr(?4, 32 * key + 1, 32),
       coalesce(substr(?5, value >> 20, value & 1048575), x''),
       ?6, 0, ?3 + key + 1 >= ?7, ?8, ?9
FROM json_each(?10) WHERE true
ON CONFLICT DO NOTHING
"""
_INTO_POSTGRESQL = """
INSERT INTO facts (station, segment, n, hash, previous, bytes,
                   attached, interpreted, quarantined, site, received_ms)
SELECT %s, %s, %s + place, substring(hashes, (32 * place + 1)::int, 32),
       substring(hashes, (32 * place - 31)::int, 32),
       substring(data, (cut >> 20)::int, (cut & 1048575)::int),
       %s, false, %s + place >= %s, %s, %s
FROM (SELECT %b::bytea AS hashes, %b::bytea AS data) AS came,
     unnest(%s::bigint[]) WITH ORDINALITY AS cuts(cut, place)
ON CONFLICT DO NOTHING
"""
_COPY = (
    "COPY facts (station, segment, n, hash, previous, bytes, attached, interpreted, quarantined, "
    "site, received_ms) FROM STDIN (FORMAT binary)"
)
_COPY_BEGINS = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_COPY_ENDS = b"\xff\xff"
_COLUMNS = struct.Struct("!h")
_SIZE = struct.Struct("!i")
_NUMBER = struct.Struct("!iq")
_FLAG = struct.Struct("!i?")
_UP_TO_BYTES = struct.Struct("!iqi32si32si")
"""A row's number, its hash and the one before it, and how long its bytes are."""
_WORTH_COPYING = 50
_MARK = "SELECT coalesce(max(arrival), 0) FROM facts"


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts of one segment that follow each other: the first is number ``origin`` + 1.

    Those numbered ``quarantined_from`` or higher are kept but not counted. Times in ms UTC.
    """

    station: str
    site: str
    segment: str
    origin: int
    attached: bool
    quarantined_from: int
    received_ms: int
    previous: bytes
    hashes: Sequence[bytes]
    facts: Sequence[bytes]


def mark_of(tx: Connection) -> int:
    """The newest arrival: what is inserted from now on lies above it."""
    return int(tx.exec_driver_sql(_MARK).scalar_one())


def insert_facts(
    tx: Connection, batches: Sequence[Batch], mark: int, *, none_held: bool
) -> list[Sequence[int]]:
    """Insert what is not held yet; for each batch the places (from 0) in it of what was new.

    All are one station's, whose facts nobody else writes meanwhile: those above ``mark`` are
    ours. ``none_held`` tells that by the numbers none of them should be held.
    """
    count = sum(len(one.facts) for one in batches)
    if _insert(tx, batches, none_held=none_held) == count:
        return [range(len(one.facts)) for one in batches]
    own = select(facts.c.hash).where(facts.c.arrival > mark, facts.c.station == batches[0].station)
    new = {bytes(one) for one in tx.scalars(own)}
    out: list[Sequence[int]] = []
    for batch in batches:
        out.append([place for place, one in enumerate(batch.hashes) if one in new])
        new.difference_update(batch.hashes)  # where it stands twice it was new once
    return out


def _insert(tx: Connection, batches: Sequence[Batch], *, none_held: bool) -> int:
    if tx.dialect.name == "sqlite":
        return sum(_into_sqlite(tx, one) for one in batches)
    if none_held and sum(len(one.facts) for one in batches) >= _WORTH_COPYING:
        try:
            with tx.begin_nested():
                return _copy(tx, batches)
        except IntegrityError:
            pass  # one of them is held all the same, under the name of another segment
    return sum(_into_postgresql(tx, one) for one in batches)


def _cuts(batch: Batch) -> list[int]:
    """Where each fact lies in all their bytes, and how long it is, in one number."""
    ends = itertools.accumulate(map(len, batch.facts), initial=1)
    return [at << _LENGTH_BITS | len(data) for at, data in zip(ends, batch.facts, strict=False)]


def _into_sqlite(tx: Connection, batch: Batch) -> int:
    values = (
        batch.station,
        batch.segment,
        batch.origin,
        b"".join((batch.previous, *batch.hashes)),
        b"".join(batch.facts),
        batch.attached,
        batch.quarantined_from,
        batch.site,
        batch.received_ms,
        str(_cuts(batch)),
    )
    return tx.exec_driver_sql(_INTO_SQLITE, values).rowcount


def _into_postgresql(tx: Connection, batch: Batch) -> int:
    values = (
        batch.station,
        batch.segment,
        batch.origin,
        batch.attached,
        batch.origin,
        batch.quarantined_from,
        batch.site,
        batch.received_ms,
        b"".join((batch.previous, *batch.hashes)),
        b"".join(batch.facts),
        str(_cuts(batch)).replace("[", "{").replace("]", "}"),
    )
    return tx.exec_driver_sql(_INTO_POSTGRESQL, values).rowcount


def _copy(tx: Connection, batches: Sequence[Batch]) -> int:
    """PostgreSQL's fastest way in; it knows no conflicts."""
    from psycopg import Connection as PostgresqlConnection
    from psycopg.errors import UniqueViolation

    driver = tx.connection.driver_connection
    if not isinstance(driver, PostgresqlConnection):
        raise TypeError(f"not PostgreSQL: {driver!r}")
    rows = itertools.chain.from_iterable(map(_copied, batches))
    data = b"".join((_COPY_BEGINS, *rows, _COPY_ENDS))
    try:
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.write(data)
    except UniqueViolation as held:
        raise IntegrityError(_COPY, None, held) from held
    return sum(len(one.facts) for one in batches)


def _copied(batch: Batch) -> Iterator[bytes]:
    """Rows as a binary COPY has them: each column's length, then its value."""
    names = (batch.station.encode(), batch.segment.encode())
    begins = _COLUMNS.pack(11) + b"".join(_SIZE.pack(len(one)) + one for one in names)
    site = batch.site.encode()
    flags = _FLAG.pack(1, batch.attached) + _FLAG.pack(1, False)
    rest = _SIZE.pack(len(site)) + site + _NUMBER.pack(8, batch.received_ms)
    counted, apart = (flags + _FLAG.pack(1, one) + rest for one in (False, True))
    previous = batch.previous
    for n, (own, data) in enumerate(
        zip(batch.hashes, batch.facts, strict=True), start=batch.origin + 1
    ):
        yield begins
        yield _UP_TO_BYTES.pack(8, n, 32, own, 32, previous, len(data))
        yield data
        yield apart if n >= batch.quarantined_from else counted
        previous = own
