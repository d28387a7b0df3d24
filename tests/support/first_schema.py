"""A store as the first schema had it: what later revisions added is taken away again."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import Any

from app.store.engine import SQLITE
from app.store.migrations.versions.v0001_first_tables import STATEMENTS
from app.store.projected_tables import PROJECTED

_ADDED = {
    "segments": ("ordinal", "held", "held_sum", "parent", "parent_n", "stated", "boot"),
    "facts": ("previous", "returned"),
    "feed_cursors": ("rows", "row_sum"),
    "people": ("called", "card_form", "card_bare"),
}


_LATER = ("catalogue", "overlaid_people")


def to_first_schema(path: Path) -> None:
    """Turn a closed store's file into one of revision 0001, its facts and rows kept."""
    with closing(SQLITE.connect(path)) as connection:
        connection.execute("DROP INDEX ix_segments_open")
        for index in ("called", "card_form", "card_bare"):
            connection.execute(f"DROP INDEX ix_people_{index}")
        connection.execute("CREATE INDEX ix_people_card ON people (card_no)")
        for table, columns in _ADDED.items():
            for column in columns:
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        _first_rows(connection)
        for table in ("gaps", "feed_marks", "projections", "policies", "resolutions", *_LATER):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    path.with_name(path.name + ".seal").unlink(missing_ok=True)


def to_schema_of_kept_decisions(path: Path) -> None:
    """Turn a closed store's file into one of revision 0004, which kept rows of later kinds aside."""
    with closing(SQLITE.connect(path)) as connection:
        for column in ("parent", "parent_n", "stated", "boot"):
            connection.execute(f"ALTER TABLE segments DROP COLUMN {column}")
        for table in (
            "fact_keys",
            "clock_samples",
            "projections",
            "policies",
            "resolutions",
            *_LATER,
        ):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("CREATE TABLE voids (target BLOB PRIMARY KEY, by BLOB NOT NULL)")
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
        connection.commit()
    path.with_name(path.name + ".seal").unlink(missing_ok=True)


def _first_rows(connection: Any) -> None:
    """The rows made of the facts, in tables as the first migration made them."""
    made = dict.fromkeys(re.findall(r"CREATE TABLE (\w+)", "".join(STATEMENTS)))
    for name in (table.name for table in PROJECTED):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        rows = connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
        connection.execute(f"DROP TABLE {name}")
        if name not in made:
            continue
        for statement in STATEMENTS:
            if re.search(rf"CREATE (TABLE {name} |INDEX \w+ ON {name} )", statement):
                connection.execute(statement)
        kept = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
        if name == "sessions":  # the first schema put them in order of arrival
            columns, rows = [*columns, "seq"], [(*row, at) for at, row in enumerate(rows, 1)]
        both = [one for one in columns if one in kept]
        marks = ", ".join(f":{one}" for one in both)
        named = ", ".join(f'"{one}"' for one in both)
        adding = f"INSERT INTO {name} ({named}) VALUES ({marks})"  # noqa: S608
        for row in rows:
            told = dict(zip(columns, row, strict=True))
            connection.execute(adding, {one: told[one] for one in both})
