"""An index of the segments that are not wholly confirmed: all others cost an exchange nothing."""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    "CREATE INDEX ix_segments_open ON segments (no) WHERE acked_n IS NULL OR acked_n < last_n",
)


def upgrade() -> None:
    """Make it."""
    for statement in STATEMENTS:
        op.execute(statement)
