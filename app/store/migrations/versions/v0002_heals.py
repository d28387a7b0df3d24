"""What heals: sums and gaps of the journal, voids by hash, and proof of what the feeds brought."""

import sqlalchemy as sa
from alembic import op

from app.wire.sums import ZERO, add_hashes

revision = "0002"
down_revision = "0001"

_NOTHING = "x'" + ZERO.hex() + "'"

STATEMENTS = (
    "ALTER TABLE segments ADD COLUMN ordinal INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE segments ADD COLUMN held INTEGER DEFAULT 0 NOT NULL",
    f"ALTER TABLE segments ADD COLUMN held_sum BLOB DEFAULT {_NOTHING} NOT NULL",
    "ALTER TABLE facts ADD COLUMN previous BLOB",
    "ALTER TABLE facts ADD COLUMN returned INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE sessions ADD COLUMN closing_hash BLOB",
    "ALTER TABLE sessions ADD COLUMN elsewhere INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE feed_cursors ADD COLUMN rows INTEGER DEFAULT 0 NOT NULL",
    f"ALTER TABLE feed_cursors ADD COLUMN row_sum BLOB DEFAULT {_NOTHING} NOT NULL",
    """
CREATE TABLE gaps (
    segment_no INTEGER NOT NULL,
    after_n INTEGER NOT NULL,
    before_n INTEGER NOT NULL,
    told INTEGER DEFAULT 0 NOT NULL,
    PRIMARY KEY (segment_no, after_n),
    FOREIGN KEY(segment_no) REFERENCES segments (no)
)
    """,
    """
CREATE TABLE voids (
    target BLOB NOT NULL,
    "by" BLOB NOT NULL,
    PRIMARY KEY (target)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE feed_marks (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    mark BLOB NOT NULL,
    PRIMARY KEY (scope, kind, "key")
)
 WITHOUT ROWID
    """,
    "UPDATE facts SET previous = (SELECT before.hash FROM facts AS before "
    "WHERE before.segment_no = facts.segment_no AND before.n = facts.n - 1)",
    "UPDATE segments SET ordinal = no - 1, held = last_n",
    'INSERT OR IGNORE INTO voids (target, "by") '
    "SELECT hash, voided_by FROM marks WHERE voided_by IS NOT NULL",
    # The rows the feeds brought have no marks yet: they are fetched once more.
    "DELETE FROM feed_cursors",
)


def upgrade() -> None:
    """Add them, and count what is there."""
    for statement in STATEMENTS:
        op.execute(statement)
    tx = op.get_bind()
    sums: dict[int, bytes] = {}
    for no, hashed in tx.execute(sa.text("SELECT segment_no, hash FROM facts")):
        sums[no] = add_hashes(sums.get(no, ZERO), (hashed,))
    put = sa.text("UPDATE segments SET held_sum = :sum WHERE no = :no")
    for no, total in sums.items():
        tx.execute(put, {"sum": total, "no": no})
    closings = tx.execute(
        sa.text("SELECT hash, bytes FROM facts WHERE CAST(bytes AS TEXT) LIKE :closed"),
        {"closed": '%"k":"session.closed"%'},
    ).all()
    close = sa.text("UPDATE sessions SET closing_hash = :hash WHERE id = :session")
    for hashed, data in closings:
        session = _session_of(data)
        if session:
            tx.execute(close, {"hash": hashed, "session": session})


def _session_of(data: bytes) -> str:
    import json

    fact = json.loads(data)
    return str(fact["b"]["session"]) if fact.get("k") == "session.closed" else ""
