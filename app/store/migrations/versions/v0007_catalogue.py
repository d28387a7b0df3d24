"""One table for rows of the catalogue, whatever their kind."""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    """
CREATE TABLE catalogue (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    about TEXT DEFAULT '' NOT NULL,
    body BLOB NOT NULL,
    scope TEXT NOT NULL,
    rev INTEGER NOT NULL,
    PRIMARY KEY (kind, id, scope)
)
    """,
    "CREATE INDEX ix_catalogue_about ON catalogue (kind, about)",
)


def upgrade() -> None:
    """Add it; rows that came before lie in ``kept_rows`` and are applied at the next start."""
    for statement in STATEMENTS:
        op.execute(statement)
