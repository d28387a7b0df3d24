"""One person under several ids: what stations proposed, and people of several rosters."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "person_aliases",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "person", "site")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("by", "reason")),
        sa.Column("at_ms", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("feed_rows_of_kind", "feed_rows", ["kind", "key"])
    op.create_index("person_aliases_of_person", "person_aliases", ["person"])
