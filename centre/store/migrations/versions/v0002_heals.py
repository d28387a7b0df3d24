"""What heals: sums of what is held, keys and their ends, quarantine, clock samples, erasures."""

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
    "ALTER TABLE stations ADD COLUMN recipient TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE stations ADD COLUMN held_facts {number} DEFAULT 0 NOT NULL",
    "ALTER TABLE stations ADD COLUMN held_sum {blob} DEFAULT {zero} NOT NULL",
    "ALTER TABLE segments ADD COLUMN parent_n {number}",
    "ALTER TABLE segments ADD COLUMN ordinal {number} DEFAULT 0 NOT NULL",
    "ALTER TABLE segments ADD COLUMN boot TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE segments ADD COLUMN grown_ms {number} DEFAULT 0 NOT NULL",
    "ALTER TABLE segments ADD COLUMN held_facts {number} DEFAULT 0 NOT NULL",
    "ALTER TABLE segments ADD COLUMN held_sum {blob} DEFAULT {zero} NOT NULL",
    "ALTER TABLE facts ADD COLUMN quarantined BOOLEAN DEFAULT FALSE NOT NULL",
    "ALTER TABLE feed_heads ADD COLUMN held_rows {number} DEFAULT 0 NOT NULL",
    "ALTER TABLE feed_heads ADD COLUMN held_sum {blob} DEFAULT {zero} NOT NULL",
    "ALTER TABLE report_sessions ADD COLUMN code TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX segments_by_parent ON segments (station, parent_segment)",
    "DROP INDEX facts_to_interpret",
    "CREATE INDEX facts_to_interpret ON facts (site, arrival) WHERE {to_interpret}",
)
_TO_INTERPRET = {
    "sqlite": "attached = 1 AND interpreted = 0 AND quarantined = 0",
    "postgresql": "attached AND NOT interpreted AND NOT quarantined",
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
    "INSERT INTO station_keys (station, public_key, from_ms) "
    "SELECT id, public_key, enrolled_ms FROM stations",
)


def upgrade() -> None:
    """Add them, and count what is there."""
    tx = op.get_bind()
    words = _WORDS[tx.dialect.name] | {"to_interpret": _TO_INTERPRET[tx.dialect.name]}
    for statement in (*COLUMNS, *TABLES):
        op.execute(statement.format(**words))
    _sum_facts(tx)
    _sum_feeds(tx)


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
