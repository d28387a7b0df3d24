"""What the centre decided and both sides go by: rules for late and in time, and whose a mark is."""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    "CREATE TABLE policies (id TEXT NOT NULL PRIMARY KEY, valid_from TEXT NOT NULL, "
    "body BLOB NOT NULL, scope TEXT NOT NULL, rev INTEGER NOT NULL)",
    "CREATE TABLE resolutions (id TEXT NOT NULL PRIMARY KEY, session TEXT NOT NULL, "
    "person TEXT NOT NULL, scope TEXT NOT NULL, rev INTEGER NOT NULL)",
    "CREATE INDEX ix_resolutions_session ON resolutions (session)",
)


def upgrade() -> None:
    """Make them; rows that an older program kept are read at the next start."""
    for statement in STATEMENTS:
        op.execute(statement)
