"""One run into the table of facts by one statement, and which of its facts were new.

A push of thousands of facts waits for this, so the database gets them in the way that costs the
least Python: it cuts them out of two long values by itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

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
_COPIED_TYPES = (
    *("text", "text", "int8", "bytea", "bytea", "bytea"),
    *("bool", "bool", "bool", "text", "int8"),
)
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
    goes_on: bool
    """Whether they go on from the end of a segment without gaps, so that none should be held."""


def insert_facts(tx: Connection, batch: Batch) -> Sequence[int]:
    """Insert what is not held yet; the places (from 0) in the batch of what was new."""
    if not batch.facts:
        return ()
    # Nobody else writes facts of this station meanwhile: what lies above the mark is ours.
    mark = tx.exec_driver_sql(_MARK).scalar_one()
    if _insert(tx, batch) == len(batch.facts):
        return range(len(batch.facts))
    own = select(facts.c.hash).where(facts.c.arrival > mark, facts.c.station == batch.station)
    new = {bytes(one) for one in tx.scalars(own)}
    return [place for place, one in enumerate(batch.hashes) if one in new]


def _insert(tx: Connection, batch: Batch) -> int:
    if tx.dialect.name == "sqlite":
        return _into_sqlite(tx, batch)
    if batch.goes_on and len(batch.facts) >= _WORTH_COPYING:
        try:
            with tx.begin_nested():
                return _copy(tx, batch)
        except IntegrityError:
            pass  # one of them is held all the same, under the name of another segment
    return _into_postgresql(tx, batch)


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


def _copy(tx: Connection, batch: Batch) -> int:
    """PostgreSQL's fastest way in; it knows no conflicts."""
    from psycopg import Connection as PostgresqlConnection
    from psycopg.errors import UniqueViolation

    driver = tx.connection.driver_connection
    if not isinstance(driver, PostgresqlConnection):
        raise TypeError(f"not PostgreSQL: {driver!r}")
    before = (batch.previous, *batch.hashes)
    rows = zip(itertools.count(batch.origin + 1), batch.hashes, before, batch.facts, strict=False)
    try:
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            copy.set_types(_COPIED_TYPES)
            for n, own, previous, data in rows:
                values = (batch.station, batch.segment, n, own, previous, data, batch.attached)
                apart = n >= batch.quarantined_from
                copy.write_row((*values, False, apart, batch.site, batch.received_ms))
    except UniqueViolation as held:
        raise IntegrityError(_COPY, None, held) from held
    return len(batch.facts)
