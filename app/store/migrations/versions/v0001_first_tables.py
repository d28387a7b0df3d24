"""The first tables: journal, what is projected from it, and what the feeds bring."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
CREATE TABLE bookmarks (
    play TEXT NOT NULL,
    position_ms INTEGER NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (play)
)
    """,
    """
CREATE TABLE courses (
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    body BLOB NOT NULL,
    scope TEXT NOT NULL,
    rev INTEGER NOT NULL,
    PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE feed_cursors (
    scope TEXT NOT NULL,
    rev INTEGER NOT NULL,
    PRIMARY KEY (scope)
)
    """,
    """
CREATE TABLE kept_rows (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    rev INTEGER NOT NULL,
    body BLOB,
    PRIMARY KEY (scope, kind, "key")
)
    """,
    """
CREATE TABLE org_units (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    parent TEXT,
    scope TEXT NOT NULL,
    rev INTEGER NOT NULL,
    PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE people (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    phone_tail TEXT NOT NULL,
    card_no TEXT NOT NULL,
    active INTEGER NOT NULL,
    spellings TEXT NOT NULL,
    body BLOB NOT NULL,
    scope TEXT NOT NULL,
    rev INTEGER NOT NULL,
    PRIMARY KEY (id)
)
    """,
    "CREATE INDEX ix_people_card ON people (card_no)",
    "CREATE INDEX ix_people_tail ON people (phone_tail)",
    """
CREATE TABLE plans (
    id TEXT NOT NULL,
    day TEXT NOT NULL,
    start TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    body BLOB NOT NULL,
    scope TEXT NOT NULL,
    rev INTEGER NOT NULL,
    PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE segments (
    no INTEGER NOT NULL,
    id TEXT NOT NULL,
    last_n INTEGER NOT NULL,
    last_hash BLOB NOT NULL,
    acked_n INTEGER,
    receipt BLOB,
    signature BLOB,
    PRIMARY KEY (no),
    UNIQUE (id)
)
    """,
    """
CREATE TABLE sessions (
    id TEXT NOT NULL,
    "plan" TEXT,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    step TEXT NOT NULL,
    units TEXT NOT NULL,
    courses TEXT NOT NULL,
    planned_start_ms INTEGER,
    grace_minutes INTEGER NOT NULL,
    prepared_ms INTEGER NOT NULL,
    opened_ms INTEGER,
    closed_ms INTEGER,
    not_held_reason TEXT,
    seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE settings (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
)
    """,
    """
CREATE TABLE sites (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    parent TEXT,
    tier TEXT NOT NULL,
    scope TEXT NOT NULL,
    rev INTEGER NOT NULL,
    PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE facts (
    seq INTEGER NOT NULL,
    segment_no INTEGER NOT NULL,
    n INTEGER NOT NULL,
    hash BLOB NOT NULL,
    bytes BLOB NOT NULL,
    personal BLOB,
    PRIMARY KEY (seq),
    CONSTRAINT uq_facts_place UNIQUE (segment_no, n),
    FOREIGN KEY(segment_no) REFERENCES segments (no)
)
    """,
    """
CREATE TABLE marks (
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    session TEXT NOT NULL,
    person TEXT NOT NULL,
    status TEXT NOT NULL,
    lane TEXT NOT NULL,
    "by" TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    claimed_ms INTEGER,
    leave TEXT,
    voided_by BLOB,
    PRIMARY KEY (seq),
    UNIQUE (hash),
    FOREIGN KEY(session) REFERENCES sessions (id)
)
    """,
    "CREATE INDEX ix_marks_session_person ON marks (session, person)",
    """
CREATE TABLE memberships (
    person TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (person, unit),
    FOREIGN KEY(person) REFERENCES people (id) ON DELETE CASCADE
)
    """,
    "CREATE INDEX ix_memberships_unit ON memberships (unit)",
    """
CREATE TABLE notes (
    seq INTEGER NOT NULL,
    session TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (seq),
    FOREIGN KEY(session) REFERENCES sessions (id)
)
    """,
    """
CREATE TABLE plays (
    id TEXT NOT NULL,
    session TEXT,
    course TEXT NOT NULL,
    video TEXT NOT NULL,
    from_ms INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    started_ms INTEGER NOT NULL,
    outcome TEXT,
    position_ms INTEGER NOT NULL,
    shown TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(session) REFERENCES sessions (id)
)
    """,
    """
CREATE TABLE session_people (
    session TEXT NOT NULL,
    person TEXT NOT NULL,
    standpoint TEXT NOT NULL,
    left_out TEXT,
    PRIMARY KEY (session, person),
    FOREIGN KEY(session) REFERENCES sessions (id)
) WITHOUT ROWID
    """,
    """
CREATE TABLE visitors (
    person TEXT NOT NULL,
    session TEXT NOT NULL,
    name TEXT NOT NULL,
    phone_tail TEXT NOT NULL,
    home TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (person),
    FOREIGN KEY(session) REFERENCES sessions (id)
)
    """,
    """
CREATE TABLE attendance (
    session TEXT NOT NULL,
    person TEXT NOT NULL,
    mark INTEGER NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (session, person),
    FOREIGN KEY(session) REFERENCES sessions (id),
    FOREIGN KEY(mark) REFERENCES marks (seq)
) WITHOUT ROWID
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
