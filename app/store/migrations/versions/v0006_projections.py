"""Where segments go on from, which facts belong to which subject, and how far rows are folded.

The rows themselves are no migration's business: ``app.store.projected_tables`` keeps them.
"""

import sqlalchemy as sa
from alembic import op

from app.domain.errors import BadInput
from app.domain.facts import SegmentOpened
from app.domain.line_order import SegmentLink, line_order
from app.wire.fact_bytes import read_fact

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    "ALTER TABLE segments ADD COLUMN parent TEXT",
    "ALTER TABLE segments ADD COLUMN parent_n INTEGER",
    "ALTER TABLE segments ADD COLUMN stated INTEGER",
    "ALTER TABLE segments ADD COLUMN boot TEXT DEFAULT '' NOT NULL",
    """
CREATE TABLE fact_keys (
    projection TEXT NOT NULL,
    "key" TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (projection, "key", seq)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE clock_samples (
    boot TEXT NOT NULL,
    mono_ms INTEGER NOT NULL,
    true_ms INTEGER NOT NULL,
    exact INTEGER NOT NULL,
    PRIMARY KEY (boot, mono_ms)
)
 WITHOUT ROWID
    """,
    """
CREATE TABLE projections (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    shape TEXT NOT NULL,
    keyed_seq INTEGER,
    folded_key TEXT,
    PRIMARY KEY (name)
)
    """,
    "DROP TABLE voids",
)
_FIRST = (
    "SELECT s.no, s.id, f.bytes FROM segments s JOIN facts f ON f.segment_no = s.no AND f.n = 1"
)


def upgrade() -> None:
    """Add them, and write beside each segment what its first fact says of it."""
    for statement in STATEMENTS:
        op.execute(statement)
    tx = op.get_bind()
    links = {}
    put = sa.text(
        "UPDATE segments SET parent = :parent, parent_n = :parent_n, stated = :stated, "
        "boot = :boot WHERE no = :no"
    )
    for no, segment, data in tx.execute(sa.text(_FIRST)).all():
        try:
            opened = read_fact(bytes(data)).fact
        except BadInput:
            continue
        if isinstance(opened, SegmentOpened):
            links[segment] = SegmentLink(opened.parent_segment, opened.ordinal)
            told = {"parent": opened.parent_segment, "parent_n": opened.parent_n}
            tx.execute(put, {"no": no, "stated": opened.ordinal, "boot": opened.boot, **told})
    place = sa.text("UPDATE segments SET ordinal = :ordinal WHERE id = :id")
    for segment, ordinal in line_order(links).items():
        tx.execute(place, {"id": segment, "ordinal": ordinal})
