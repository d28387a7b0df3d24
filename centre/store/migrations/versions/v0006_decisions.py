"""Decisions that stations keep for the centre, signs of a store put back, and keys shut out."""

from alembic import op

revision = "0006"
down_revision = "0005"

_WORDS = {
    "sqlite": {"blob": "BLOB", "number": "INTEGER"},
    "postgresql": {"blob": "BYTEA", "number": "BIGINT"},
}
STATEMENTS = (
    "ALTER TABLE station_keys ADD COLUMN shut_out_ms {number}",
    "CREATE TABLE decisions (id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, "
    "about TEXT NOT NULL, site TEXT NOT NULL, at_ms {number} NOT NULL, body {blob} NOT NULL, "
    "signature {blob} NOT NULL, came_back_ms {number}, outcome TEXT NOT NULL)",
    "CREATE INDEX decisions_about ON decisions (about)",
    "CREATE TABLE decision_heads (site TEXT NOT NULL PRIMARY KEY, held_rows {number} NOT NULL, "
    "held_sum {blob} NOT NULL)",
    "CREATE TABLE put_back_signs (what TEXT NOT NULL, about TEXT NOT NULL, told TEXT NOT NULL, "
    "since_ms {number} NOT NULL, PRIMARY KEY (what, about))",
)


def upgrade() -> None:
    """Make them."""
    words = _WORDS[op.get_bind().dialect.name]
    for statement in STATEMENTS:
        op.execute(statement.format(**words))
