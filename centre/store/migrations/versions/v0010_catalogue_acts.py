"""Acts on the catalogue, with the rows as they were, so that an import can be taken back; plans of one act."""

from alembic import op

revision = "0010"
down_revision = "0008"

_WORDS = {
    "sqlite": {
        "blob": "BLOB",
        "number": "INTEGER",
        "serial": "INTEGER",
        "only": " WHERE series != ''",
    },
    "postgresql": {"blob": "BYTEA", "number": "BIGINT", "serial": "BIGSERIAL", "only": ""},
}
STATEMENTS = (
    "CREATE TABLE catalogue_acts (number {serial} NOT NULL PRIMARY KEY, kind TEXT NOT NULL, act TEXT NOT NULL, "
    'about TEXT NOT NULL, "by" TEXT NOT NULL, at_ms {number} NOT NULL, undone_ms {number})',
    "CREATE INDEX catalogue_acts_of_kind ON catalogue_acts (kind, number)",
    "CREATE TABLE catalogue_before (act {number} NOT NULL REFERENCES catalogue_acts (number), "
    "kind TEXT NOT NULL, scope TEXT NOT NULL, key TEXT NOT NULL, was {blob}, "
    "PRIMARY KEY (act, kind, scope, key))",
    "ALTER TABLE plans ADD COLUMN series TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX plans_of_series ON plans (series){only}",
)


def upgrade() -> None:
    """Make them."""
    words = _WORDS[op.get_bind().dialect.name]
    for statement in STATEMENTS:
        op.execute(statement.format(**words))
