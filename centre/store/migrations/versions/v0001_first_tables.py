"""The first tables: stations, the facts they sent, feeds to them, and readings of the facts."""

from alembic import op

revision = "0001"
down_revision = None

_WORDS = {
    "sqlite": {
        "blob": "BLOB",
        "number": "INTEGER",
        "serial": "INTEGER",
        "to_interpret": "attached = 1 AND interpreted = 0",
    },
    "postgresql": {
        "blob": "BYTEA",
        "number": "BIGINT",
        "serial": "BIGSERIAL",
        "to_interpret": "attached AND NOT interpreted",
    },
}

STATEMENTS = (
    """
CREATE TABLE centre_state (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
)
    """,
    """
CREATE TABLE courses (
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    body {blob} NOT NULL,
    PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE feed_heads (
    scope TEXT NOT NULL,
    rev {number} NOT NULL,
    PRIMARY KEY (scope)
)
    """,
    """
CREATE TABLE feed_rows (
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    rev {number} NOT NULL,
    body {blob},
    PRIMARY KEY (scope, kind, "key")
)
    """,
    """
CREATE INDEX feed_rows_in_order ON feed_rows (scope, rev)
    """,
    """
CREATE TABLE report_people (
    site TEXT NOT NULL,
    session TEXT NOT NULL,
    person TEXT NOT NULL,
    standpoint TEXT NOT NULL,
    status TEXT,
    at_ms {number},
    PRIMARY KEY (site, session, person)
)
    """,
    """
CREATE INDEX report_people_by_person ON report_people (site, person)
    """,
    """
CREATE TABLE report_plays (
    site TEXT NOT NULL,
    session TEXT NOT NULL,
    play TEXT NOT NULL,
    course TEXT NOT NULL,
    outcome TEXT,
    coverage_percent {number} NOT NULL,
    PRIMARY KEY (site, session, play)
)
    """,
    """
CREATE TABLE report_sessions (
    site TEXT NOT NULL,
    session TEXT NOT NULL,
    title TEXT NOT NULL,
    step TEXT NOT NULL,
    opened_ms {number},
    closed_ms {number},
    expected {number} NOT NULL,
    arrived {number} NOT NULL,
    visitors {number} NOT NULL,
    body {blob} NOT NULL,
    PRIMARY KEY (site, session)
)
    """,
    """
CREATE TABLE sites (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    parent TEXT,
    tier TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_site_a_name UNIQUE (name)
)
    """,
    """
CREATE TABLE enrol_codes (
    name TEXT NOT NULL,
    salt {blob} NOT NULL,
    hash {blob} NOT NULL,
    site TEXT NOT NULL,
    made_ms {number} NOT NULL,
    expires_ms {number} NOT NULL,
    wrong_tries {number} NOT NULL,
    tries_from_ms {number} NOT NULL,
    used_ms {number},
    station TEXT,
    PRIMARY KEY (name),
    FOREIGN KEY(site) REFERENCES sites (id)
)
    """,
    """
CREATE TABLE org_units (
    id TEXT NOT NULL,
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    body {blob} NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_unit_a_name UNIQUE (site, name),
    FOREIGN KEY(site) REFERENCES sites (id)
)
    """,
    """
CREATE TABLE people (
    id TEXT NOT NULL,
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    member_no TEXT NOT NULL,
    unit TEXT NOT NULL,
    phone TEXT NOT NULL,
    birth TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    body {blob} NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(site) REFERENCES sites (id)
)
    """,
    """
CREATE INDEX people_of_site ON people (site)
    """,
    """
CREATE TABLE plans (
    id TEXT NOT NULL,
    site TEXT NOT NULL,
    date TEXT NOT NULL,
    body {blob} NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(site) REFERENCES sites (id)
)
    """,
    """
CREATE INDEX plans_of_site ON plans (site, date)
    """,
    """
CREATE TABLE stations (
    id TEXT NOT NULL,
    site TEXT NOT NULL,
    public_key {blob} NOT NULL,
    machine TEXT NOT NULL,
    enrolled_ms {number} NOT NULL,
    revoked_ms {number},
    seen_ms {number},
    PRIMARY KEY (id),
    FOREIGN KEY(site) REFERENCES sites (id)
)
    """,
    """
CREATE TABLE facts (
    arrival {serial} NOT NULL,
    station TEXT NOT NULL,
    segment TEXT NOT NULL,
    n {number} NOT NULL,
    hash {blob} NOT NULL,
    previous {blob} NOT NULL,
    bytes {blob} NOT NULL,
    personal {blob},
    attached BOOLEAN NOT NULL,
    interpreted BOOLEAN NOT NULL,
    site TEXT NOT NULL,
    kind TEXT,
    session TEXT,
    play TEXT,
    received_ms {number} NOT NULL,
    PRIMARY KEY (arrival),
    CONSTRAINT one_fact_a_hash UNIQUE (station, hash),
    FOREIGN KEY(station) REFERENCES stations (id),
    FOREIGN KEY(site) REFERENCES sites (id)
)
    """,
    """
CREATE INDEX facts_by_previous ON facts (station, segment, previous)
    """,
    """
CREATE INDEX facts_of_play ON facts (site, play)
    """,
    """
CREATE INDEX facts_of_segment ON facts (station, segment, attached, n)
    """,
    """
CREATE INDEX facts_of_session ON facts (site, session)
    """,
    """
CREATE INDEX facts_to_interpret ON facts (site, arrival) WHERE {to_interpret}
    """,
    """
CREATE TABLE segments (
    station TEXT NOT NULL,
    segment TEXT NOT NULL,
    site TEXT NOT NULL,
    forked BOOLEAN NOT NULL,
    parent_segment TEXT,
    parent_hash TEXT,
    opened_ms {number},
    first_seen_ms {number} NOT NULL,
    PRIMARY KEY (station, segment),
    FOREIGN KEY(station) REFERENCES stations (id),
    FOREIGN KEY(site) REFERENCES sites (id)
)
    """,
    """
CREATE INDEX segments_of_site ON segments (site)
    """,
    """
CREATE TABLE held (
    arrival {number} NOT NULL,
    site TEXT NOT NULL,
    session TEXT,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    since_ms {number} NOT NULL,
    PRIMARY KEY (arrival),
    FOREIGN KEY(arrival) REFERENCES facts (arrival)
)
    """,
    """
CREATE INDEX held_by_reason ON held (site, reason)
    """,
    """
CREATE INDEX held_of_session ON held (site, session)
    """,
)


def upgrade() -> None:
    """Make them."""
    words = _WORDS[op.get_bind().dialect.name]
    for statement in STATEMENTS:
        op.execute(statement.format(**words))
