"""The report of a session is one row: nothing read its people and plays from tables of their own."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Drop them; ``report_sessions`` is a projection's and made anew by it."""
    op.execute("DROP TABLE report_people")
    op.execute("DROP TABLE report_plays")
