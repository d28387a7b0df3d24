"""The day whose rule for late and in time holds, beside each session's report."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add it; a report that was made before has none until it is folded again."""
    op.execute("ALTER TABLE report_sessions ADD COLUMN day TEXT DEFAULT '' NOT NULL")
