"""How cases stand, in which order their steps came, and moves made at the centre."""

from alembic import op

revision = "0012"
down_revision = "0008"

STATEMENTS = (
    """
CREATE TABLE case_heads (
    case_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    site TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_ms BIGINT NOT NULL,
    since_ms BIGINT NOT NULL,
    ended BOOLEAN NOT NULL,
    overtaken BOOLEAN NOT NULL
)
    """,
    "CREATE INDEX case_heads_of_kind ON case_heads (kind, ended, since_ms, case_id)",
    "CREATE INDEX case_heads_of_site ON case_heads (site, ended, since_ms, case_id)",
    """
CREATE TABLE case_orders (
    case_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    step TEXT NOT NULL,
    PRIMARY KEY (case_id, place)
)
    """,
    "CREATE UNIQUE INDEX case_orders_of_step ON case_orders (case_id, step)",
    """
CREATE TABLE case_moves (
    id TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL,
    move TEXT NOT NULL,
    party TEXT NOT NULL,
    "by" TEXT NOT NULL,
    seen TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    fields TEXT NOT NULL,
    personal TEXT NOT NULL
)
    """,
    "CREATE INDEX case_moves_of_case ON case_moves (case_id)",
)


def upgrade() -> None:
    """Add them; cases are ordered when their facts are folded."""
    for statement in STATEMENTS:
        op.execute(statement)
