"""The centre's rows of people stay under what this station says of them and nobody has answered."""

from alembic import op

revision = "0009"
down_revision = "0007"

STATEMENT = """
CREATE TABLE overlaid_people (
    id TEXT NOT NULL,
    body BLOB NOT NULL,
    scope TEXT NOT NULL,
    rev INTEGER NOT NULL,
    PRIMARY KEY (id)
)
"""


def upgrade() -> None:
    """Add the table; there is nothing to put into it."""
    op.execute(STATEMENT)
