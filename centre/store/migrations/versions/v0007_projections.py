"""Kept numbers of what is unread, projections with versions, and what waits by fact and projection.

``held`` is made anew: a fact may wait in each projection that reads it.
"""

from alembic import op

revision = "0007"
down_revision = "0006"

_WORDS = {"sqlite": {"number": "INTEGER"}, "postgresql": {"number": "BIGINT"}}
STATEMENTS = (
    "ALTER TABLE sites ADD COLUMN read_ms {number} DEFAULT 0 NOT NULL",
    "ALTER TABLE stations ADD COLUMN came_facts {number} DEFAULT 0 NOT NULL",
    "UPDATE stations SET came_facts = "
    "(SELECT count(*) FROM facts WHERE facts.station = stations.id)",
    "CREATE TABLE read_facts (station TEXT NOT NULL PRIMARY KEY, facts {number} NOT NULL)",
    "INSERT INTO read_facts SELECT station, count(*) FROM facts WHERE interpreted GROUP BY station",
    "CREATE TABLE projections (name TEXT NOT NULL PRIMARY KEY, version {number} NOT NULL, "
    "shape TEXT NOT NULL, step TEXT NOT NULL, at_site TEXT NOT NULL, at_key TEXT NOT NULL, "
    "done {number} NOT NULL, of_all {number} NOT NULL)",
    "CREATE TABLE fact_keys (projection TEXT NOT NULL, site TEXT NOT NULL, key TEXT NOT NULL, "
    "arrival {number} NOT NULL, PRIMARY KEY (projection, site, key, arrival))",
    "CREATE INDEX fact_keys_of_fact ON fact_keys (arrival)",
    "DROP INDEX held_of_session",
    "DROP INDEX held_by_reason",
    "ALTER TABLE held RENAME TO held_before",
    "CREATE TABLE held (arrival {number} NOT NULL, projection TEXT NOT NULL, site TEXT NOT NULL, "
    "key TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, since_ms {number} NOT NULL, "
    "PRIMARY KEY (arrival, projection), FOREIGN KEY (arrival) REFERENCES facts (arrival))",
    "INSERT INTO held SELECT arrival, CASE WHEN session IS NULL AND reason <> 'unknown_play' "
    "THEN '' ELSE 'sessions' END, site, coalesce(session, ''), reason, detail, since_ms "
    "FROM held_before",
    "DROP TABLE held_before",
    "CREATE INDEX held_of_key ON held (site, projection, key)",
    "CREATE INDEX held_by_reason ON held (site, reason)",
)


def upgrade() -> None:
    """Make them; what is kept in numbers is counted once."""
    words = _WORDS[op.get_bind().dialect.name]
    for statement in STATEMENTS:
        op.execute(statement.format(**words))
