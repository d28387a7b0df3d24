"""One person under several ids: what stations proposed, and people of several rosters."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the table."""
    op.execute(
        """
CREATE TABLE person_aliases (
    id TEXT NOT NULL,
    person TEXT NOT NULL,
    site TEXT NOT NULL,
    "by" TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (id)
)
"""
    )
    op.execute("CREATE INDEX person_aliases_of_person ON person_aliases (person)")
