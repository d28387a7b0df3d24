"""Who is who: the mark of an identity number, and what acts on rosters changed.

``roster_before`` holds each changed person's row as it was before an act, for as long as the
act may be taken back.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

_WORDS = {
    "sqlite": {"blob": "BLOB", "number": "INTEGER", "serial": "INTEGER"},
    "postgresql": {"blob": "BYTEA", "number": "BIGINT", "serial": "BIGSERIAL"},
}

STATEMENTS = (
    "ALTER TABLE people ADD COLUMN identity TEXT DEFAULT '' NOT NULL",
    """
CREATE TABLE roster_acts (
    number {serial} NOT NULL,
    site TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at_ms {number} NOT NULL,
    undone_ms {number},
    PRIMARY KEY (number),
    FOREIGN KEY(site) REFERENCES sites (id)
)
    """,
    "CREATE INDEX roster_acts_of_site ON roster_acts (site, number)",
    """
CREATE TABLE roster_before (
    act {number} NOT NULL,
    person TEXT NOT NULL,
    was {blob},
    PRIMARY KEY (act, person),
    FOREIGN KEY(act) REFERENCES roster_acts (number)
)
    """,
    "CREATE INDEX roster_before_of_person ON roster_before (person)",
)


def upgrade() -> None:
    """Add them; of people known before no identity number was kept."""
    words = _WORDS[op.get_bind().dialect.name]
    for statement in STATEMENTS:
        op.execute(statement.format(**words))
