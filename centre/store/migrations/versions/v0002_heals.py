"""What heals: sums of what is held, keys and their ends, quarantine, clock samples, erasures."""

import json

import sqlalchemy as sa
from alembic import op

from app.wire.sums import ZERO, add_hashes, row_mark

revision = "0002"
down_revision = "0001"

_WORDS = {
    "sqlite": {"blob": "BLOB", "number": "INTEGER", "zero": "X'" + ZERO.hex() + "'"},
    "postgresql": {
        "blob": "BYTEA",
        "number": "BIGINT",
        "zero": "'\\x" + ZERO.hex() + "'::bytea",
    },
}

COLUMNS = (
    "ALTER TABLE enrol_codes ADD COLUMN for_station TEXT",
    "ALTER TABLE stations ADD COLUMN expires_ms {number}",
    "ALTER TABLE stations ADD COLUMN copied_ms {number}",
    "ALTER TABLE stations ADD COLUMN put_back_ms {number}",
    "ALTER TABLE stations ADD COLUMN offset_ms {number}",
    "ALTER TABLE stations ADD COLUMN agreed_facts {number}",
    "ALTER TABLE stations ADD COLUMN recipient TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE stations ADD COLUMN held_facts {number} DEFAULT 0 NOT NULL",
    "ALTER TABLE stations ADD COLUMN held_sum {blob} DEFAULT {zero} NOT NULL",
    "ALTER TABLE segments ADD COLUMN parent_n {number}",
    "ALTER TABLE segments ADD COLUMN ordinal {number} DEFAULT 0 NOT NULL",
    "ALTER TABLE segments ADD COLUMN boot TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE segments ADD COLUMN grown_ms {number} DEFAULT 0 NOT NULL",
    "ALTER TABLE segments ADD COLUMN fork_n {number}",
    "ALTER TABLE segments ADD COLUMN held_facts {number} DEFAULT 0 NOT NULL",
    "ALTER TABLE segments ADD COLUMN held_sum {blob} DEFAULT {zero} NOT NULL",
    "ALTER TABLE feed_heads ADD COLUMN held_rows {number} DEFAULT 0 NOT NULL",
    "ALTER TABLE feed_heads ADD COLUMN held_sum {blob} DEFAULT {zero} NOT NULL",
    "ALTER TABLE report_sessions ADD COLUMN code TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX segments_by_parent ON segments (station, parent_segment)",
)
_WHERE = {
    "sqlite": {
        "to_interpret": "interpreted = 0",
        "loose": "attached = 0",
        "set_apart": "quarantined = 1",
    },
    "postgresql": {
        "to_interpret": "NOT interpreted",
        "loose": "NOT attached",
        "set_apart": "quarantined",
    },
}

TABLES = (
    """
CREATE TABLE station_keys (
    station TEXT NOT NULL,
    public_key {blob} NOT NULL,
    from_ms {number} NOT NULL,
    until_ms {number},
    PRIMARY KEY (station, public_key),
    FOREIGN KEY(station) REFERENCES stations (id)
)
    """,
    """
CREATE TABLE run_seals (
    station TEXT NOT NULL,
    segment TEXT NOT NULL,
    hash {blob} NOT NULL,
    n {number} NOT NULL,
    signature {blob} NOT NULL,
    received_ms {number} NOT NULL,
    PRIMARY KEY (station, segment, hash),
    FOREIGN KEY(station) REFERENCES stations (id)
)
    """,
    """
CREATE TABLE clock_samples (
    station TEXT NOT NULL,
    boot TEXT NOT NULL,
    mono_ms {number} NOT NULL,
    wall_ms {number} NOT NULL,
    centre_ms {number} NOT NULL,
    round_trip_ms {number} NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (station, boot, mono_ms),
    FOREIGN KEY(station) REFERENCES stations (id)
)
    """,
    """
CREATE TABLE erasures (
    person TEXT NOT NULL,
    site TEXT NOT NULL,
    "by" TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_ms {number} NOT NULL,
    PRIMARY KEY (person)
)
    """,
    """
CREATE TABLE resolutions (
    arrival {number} NOT NULL,
    at_ms {number} NOT NULL,
    person TEXT NOT NULL,
    "by" TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (arrival, at_ms),
    FOREIGN KEY(arrival) REFERENCES facts (arrival)
)
    """,
    "INSERT INTO station_keys (station, public_key, from_ms) "
    "SELECT id, public_key, enrolled_ms FROM stations",
)

UNBOUND = {
    "postgresql": (
        "ALTER TABLE facts DROP CONSTRAINT facts_station_fkey",
        "ALTER TABLE facts DROP CONSTRAINT facts_site_fkey",
        "ALTER TABLE facts ADD COLUMN quarantined BOOLEAN DEFAULT FALSE NOT NULL",
    ),
    "sqlite": (
        """
CREATE TABLE facts_unbound (
    arrival INTEGER NOT NULL,
    station TEXT NOT NULL,
    segment TEXT NOT NULL,
    n INTEGER NOT NULL,
    hash BLOB NOT NULL,
    previous BLOB NOT NULL,
    bytes BLOB NOT NULL,
    personal BLOB,
    attached BOOLEAN NOT NULL,
    interpreted BOOLEAN NOT NULL,
    site TEXT NOT NULL,
    quarantined BOOLEAN DEFAULT FALSE NOT NULL,
    kind TEXT,
    session TEXT,
    play TEXT,
    received_ms INTEGER NOT NULL,
    PRIMARY KEY (arrival),
    CONSTRAINT one_fact_a_hash UNIQUE (station, hash)
)
        """,
        """
INSERT INTO facts_unbound (arrival, station, segment, n, hash, previous, bytes, personal,
    attached, interpreted, site, kind, session, play, received_ms)
SELECT arrival, station, segment, n, hash, previous, bytes, personal,
    attached, interpreted, site, kind, session, play, received_ms FROM facts
        """,
        "DROP TABLE facts",
        "ALTER TABLE facts_unbound RENAME TO facts",
    ),
}
"""Facts are checked against their station when they come; a key to it would be looked up for each
of thousands at once, and would make them wait for whoever reads the site."""

INDEXES = (
    "CREATE INDEX facts_of_segment ON facts (station, segment, n)",
    "CREATE INDEX facts_by_previous ON facts (station, segment, previous) WHERE {loose}",
    "CREATE INDEX facts_set_apart ON facts (station) WHERE {set_apart}",
    "CREATE INDEX facts_of_session ON facts (site, session) WHERE session IS NOT NULL",
    "CREATE INDEX facts_of_play ON facts (site, play) WHERE play IS NOT NULL",
    "CREATE INDEX facts_to_interpret ON facts (site, arrival) WHERE {to_interpret}",
)
_OLD_INDEXES = tuple(
    f"DROP INDEX facts_{name}"
    for name in ("of_segment", "by_previous", "of_session", "of_play", "to_interpret")
)


def upgrade() -> None:
    """Add them, and count what is there."""
    tx = op.get_bind()
    words = _WORDS[tx.dialect.name] | _WHERE[tx.dialect.name]
    remade = (*_OLD_INDEXES, *UNBOUND[tx.dialect.name], *INDEXES)
    for statement in (*COLUMNS, *remade, *TABLES):
        op.execute(statement.format(**words))
    _sum_facts(tx)
    _sum_feeds(tx)
    _place_segments(tx)


def _place_segments(tx: sa.Connection) -> None:
    """Say of each segment how many stand before it; its first fact did not yet."""
    parents: dict[tuple[str, str], tuple[str, str] | None] = {}
    put = sa.text(
        "UPDATE segments SET parent_n = :n, boot = :boot "
        "WHERE station = :station AND segment = :segment"
    )
    first = sa.text(
        "SELECT station, segment, bytes FROM facts WHERE n = 1 AND attached ORDER BY hash"
    )
    for station, segment, data in tx.execute(first).all():
        body = _body_of(bytes(data))
        parent, n, boot = (body.get(one) for one in ("parent_segment", "parent_n", "boot"))
        parents[station, segment] = (station, parent) if isinstance(parent, str) else None
        number = n if isinstance(n, int) and 0 <= n < 1 << 40 else None
        word = boot if isinstance(boot, str) and "\0" not in boot else ""
        key = {"station": station, "segment": segment}
        tx.execute(put, {**key, "n": number, "boot": word[:200]})
    put = sa.text(
        "UPDATE segments SET ordinal = :ordinal WHERE station = :station AND segment = :segment"
    )
    for key in parents:
        ordinal, here, seen = 0, parents[key], {key}
        while here is not None and here in parents and here not in seen:
            seen.add(here)
            ordinal, here = ordinal + 1, parents[here]
        if ordinal:
            tx.execute(put, {"ordinal": ordinal, "station": key[0], "segment": key[1]})


def _body_of(data: bytes) -> dict[str, object]:
    try:
        fact = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    body = fact.get("b") if isinstance(fact, dict) else None
    return body if isinstance(body, dict) else {}


def _sum_facts(tx: sa.Connection) -> None:
    by_segment: dict[tuple[str, str], tuple[int, bytes]] = {}
    by_station: dict[str, tuple[int, bytes]] = {}
    for station, segment, hashed in tx.execute(sa.text("SELECT station, segment, hash FROM facts")):
        for totals, key in ((by_segment, (station, segment)), (by_station, station)):
            count, total = totals.get(key, (0, ZERO))
            totals[key] = (count + 1, add_hashes(total, (bytes(hashed),)))
    put = sa.text(
        "UPDATE segments SET held_facts = :count, held_sum = :sum "
        "WHERE station = :station AND segment = :segment"
    )
    for (station, segment), (count, total) in by_segment.items():
        tx.execute(put, {"count": count, "sum": total, "station": station, "segment": segment})
    put = sa.text("UPDATE stations SET held_facts = :count, held_sum = :sum WHERE id = :station")
    for station, (count, total) in by_station.items():
        tx.execute(put, {"count": count, "sum": total, "station": station})


def _sum_feeds(tx: sa.Connection) -> None:
    totals: dict[str, tuple[int, bytes]] = {}
    rows = tx.execute(sa.text("SELECT scope, kind, key, rev, body FROM feed_rows"))
    for scope, kind, key, rev, body in rows:
        if body is not None:
            count, total = totals.get(scope, (0, ZERO))
            mark = row_mark(scope, kind, key, rev, bytes(body))
            totals[scope] = (count + 1, add_hashes(total, (mark,)))
    put = sa.text("UPDATE feed_heads SET held_rows = :count, held_sum = :sum WHERE scope = :scope")
    for scope, (count, total) in totals.items():
        tx.execute(put, {"count": count, "sum": total, "scope": scope})
