"""Opening a sheet file safely: its size, its kind, and a child process with a time limit.

The child gets the bytes, not the name, so a name in any encoding will do and an ending
that does not fit the content misleads nobody.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from app.domain.errors import BadInput
from app.domain.values import dataclass
from app.rosters.files.file_kinds import kind_of
from app.wire.foreign_files import ask_child, printable

MOST_FILE_BYTES = 20 << 20
_SECONDS = 120

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's cells from its first row on; a value merged downwards stands in each row.

    ``filled`` are the places (row and column from 0) that hold a value only by merging.
    An error stands as its text ("#N/A"), a formula nobody has calculated as "=…".
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges_known: bool
    visible: bool = True
    is_table: bool = True
    errors_known: bool = True
    filled: frozenset[tuple[int, int]] = frozenset()
    cut_at: str = ""


def open_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file.

    Raises:
        BadInput: it is too large, holds no table, or cannot be read.
    """
    file = printable(path.name)
    content = _content(path, file)
    kind = kind_of(content, file)
    try:
        told = ask_child("app.rosters.files.child", kind.value, seconds=_SECONDS, content=content)
    except subprocess.TimeoutExpired as slow:
        raise BadInput("roster.sheet_slow", file=file, seconds=_SECONDS) from slow
    if told is None:
        raise BadInput("roster.sheet_broken", file=file)
    if "refused" in told:
        raise BadInput(told["refused"], **{"file": file, **told["values"]})
    return tuple(_sheet(one) for one in told["sheets"])


def _content(path: Path, file: str) -> bytes:
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_FILE_BYTES + 1)
    except OSError as gone:
        raise BadInput("roster.file_unreadable", file=file) from gone
    if len(content) > MOST_FILE_BYTES:
        raise BadInput("roster.sheet_too_large", file=file, megabytes=MOST_FILE_BYTES >> 20)
    return content


def _sheet(told: dict[str, object]) -> Sheet:
    used: list[tuple[int, list[Cell]]] = told["rows"]  # type: ignore[assignment]  # our own child wrote it
    filled: list[tuple[int, int]] = told["filled"]  # type: ignore[assignment]  # as above
    rows = {place: tuple(cells) for place, cells in used}
    return Sheet(
        name=str(told["name"]),
        rows=tuple(rows.get(place, ()) for place in range(max(rows, default=-1) + 1)),
        merges_known=bool(told["merges_known"]),
        visible=bool(told["visible"]),
        is_table=bool(told["is_table"]),
        errors_known=bool(told["errors_known"]),
        filled=frozenset((row, column) for row, column in filled),
        cut_at=str(told["cut_at"]),
    )
