"""Looks into a closed record (site, open session, counts) and moves it as a whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from app.store.engine import SQLITE, SqliteError

_FOLDERS = ("journal", "backups", "damaged")
_OPEN = "SELECT count(*) FROM sessions WHERE step NOT IN ('closed', 'not_held') AND elsewhere = 0"
_SITES = "SELECT scope FROM feed_cursors WHERE scope LIKE 'site:%' AND rev > 0"
_COUNTS = (
    "SELECT coalesce(sum(held), 0), coalesce(sum(CASE WHEN acked_n >= last_n THEN held "
    "ELSE coalesce(acked_n, 0) END), 0) FROM segments"
)


def session_is_open(home: Path) -> bool:
    """Whether a session is being prepared or is on; False when that can't be read."""
    with _reading(home / "station.db") as ask:
        found = ask(_OPEN)
    return bool(found) and int(found[0][0]) > 0


def sites_of(store: Path) -> frozenset[str]:
    """The sites whose roster a store holds: whose record it is. Empty when that can't be read."""
    with _reading(store) as ask:
        return frozenset(str(row[0]).removeprefix("site:") for row in ask(_SITES))


def counts_of(home: Path) -> tuple[int, int]:
    """How many facts a closed record holds, and how many of them the centre confirmed."""
    with _reading(home / "station.db") as ask:
        found = ask(_COUNTS)
    return (int(found[0][0]), int(found[0][1])) if found else (0, 0)


def settings_of(home: Path, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Settings of a closed record, as far as they are there."""
    marks = ", ".join("?" * len(names))
    with _reading(home / "station.db") as ask:
        rows = ask(f"SELECT name, value FROM settings WHERE name IN ({marks})", names)  # noqa: S608
    return tuple((str(name), str(value)) for name, value in rows)


def set_aside_whole(home: Path, to: Path) -> None:
    """Move the record with its copies from one home to another; what is there already stays.

    The store's file goes last: as long as it is here, nothing new can have begun.
    """
    files = sorted(home.glob("station.db*"), key=lambda one: (one.name == "station.db", one.name))
    for source in (*(home / name for name in _FOLDERS), *files):
        if source.exists() and not (to / source.name).exists():
            os.replace(source, to / source.name)


@contextmanager
def _reading(store: Path) -> Iterator[Any]:
    """Ask a store that is not open here; nothing comes back from one that can't be read."""

    def ask(query: str, values: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
        if not store.is_file():
            return []
        try:
            with closing(SQLITE.connect(store, timeout=10)) as connection:
                return list(connection.execute(query, values).fetchall())
        except SqliteError:
            return []

    yield ask
