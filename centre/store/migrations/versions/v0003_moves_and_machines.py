"""Where a station's PC went, and the mark of the machine that wrote a segment."""

from alembic import op

revision = "0003"
down_revision = "0002"

_NUMBER = {"sqlite": "INTEGER", "postgresql": "BIGINT"}

COLUMNS = (
    "ALTER TABLE stations ADD COLUMN moved_ms {number}",
    "ALTER TABLE stations ADD COLUMN moved_to TEXT",
    "ALTER TABLE segments ADD COLUMN machine TEXT DEFAULT '' NOT NULL",
)


def upgrade() -> None:
    """Add them; nothing is known of the past."""
    number = _NUMBER[op.get_bind().dialect.name]
    for statement in COLUMNS:
        op.execute(statement.format(number=number))
