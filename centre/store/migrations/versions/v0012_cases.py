"""How cases stand, in which order their steps came, and moves made at the centre."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, _NUMBER, nullable=False, autoincrement=False)


def upgrade() -> None:
    """Add them; cases are ordered when their facts are folded."""
    op.create_table(
        "case_heads",
        *(_word(name) for name in ("case_id", "kind", "site", "state")),
        _count("opened_ms"),
        _count("since_ms"),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("overtaken", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    for of in ("kind", "site"):
        op.create_index(f"case_heads_of_{of}", "case_heads", [of, "ended", "since_ms", "case_id"])
    op.create_table(
        "case_orders",
        _word("case_id"),
        _count("place"),
        _word("step"),
        sa.PrimaryKeyConstraint("case_id", "place"),
    )
    op.create_index("case_orders_of_step", "case_orders", ["case_id", "step"], unique=True)
    op.create_table(
        "case_moves",
        *(_word(name) for name in ("id", "case_id", "move", "party", "by", "seen")),
        _count("at_ms"),
        _word("fields"),
        _word("personal"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("case_moves_of_case", "case_moves", ["case_id"])
