"""A store as the first schema had it: what later revisions added is taken away again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from app.store.engine import SQLITE

_ADDED = {
    "segments": ("ordinal", "held", "held_sum"),
    "facts": ("previous", "returned"),
    "sessions": ("closing_hash", "elsewhere"),
    "feed_cursors": ("rows", "row_sum"),
    "people": ("called", "card_form", "card_bare"),
}


def to_first_schema(path: Path) -> None:
    """Turn a closed store's file into one of revision 0001, its facts and rows kept."""
    with closing(SQLITE.connect(path)) as connection:
        connection.execute("DROP INDEX ix_segments_open")
        for index in ("called", "card_form", "card_bare"):
            connection.execute(f"DROP INDEX ix_people_{index}")
        connection.execute("CREATE INDEX ix_people_card ON people (card_no)")
        for table in ("gaps", "voids", "feed_marks", "policies", "resolutions"):
            connection.execute(f"DROP TABLE {table}")
        for table, columns in _ADDED.items():
            for column in columns:
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    path.with_name(path.name + ".seal").unlink(missing_ok=True)
