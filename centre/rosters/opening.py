"""Opening a sheet file safely: its size, its kind, and a child process with a time limit."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import BadInput
from centre.rosters.child import MOST_ROWS, NOT_READABLE, TOO_MANY_ROWS

MOST_FILE_BYTES = 5 << 20
MOST_UNPACKED_BYTES = 50 << 20
_SECONDS = 40
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's cells from its first row on; merged ranges are filled with their value."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges_known: bool


def open_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file.

    Raises:
        BadInput: it is too large, no Excel file, or cannot be read.
    """
    _check_outside(path)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "centre.rosters.child", str(path.resolve())],
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise BadInput("centre.sheet_broken", file=path.name) from slow
    if done.returncode == TOO_MANY_ROWS:
        raise BadInput("centre.sheet_too_large", file=path.name, rows=MOST_ROWS)
    if done.returncode == NOT_READABLE:
        raise BadInput("centre.sheet_not_excel", file=path.name)
    if done.returncode != 0:
        raise BadInput("centre.sheet_broken", file=path.name)
    return tuple(_sheet(told) for told in json.loads(done.stdout))


def _check_outside(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as opened:
            start = opened.read(8)
    except OSError as gone:
        raise BadInput("centre.file_unreadable", file=path.name) from gone
    if size > MOST_FILE_BYTES:
        raise BadInput("centre.sheet_too_large", file=path.name, rows=MOST_ROWS)
    if start == _OLD_EXCEL:
        return
    if not start.startswith(_ZIP):
        raise BadInput("centre.sheet_not_excel", file=path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
        raise BadInput("centre.sheet_broken", file=path.name) from broken
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise BadInput("centre.sheet_too_large", file=path.name, rows=MOST_ROWS)
    if not any(entry.filename.startswith("xl/workbook") for entry in entries):
        raise BadInput("centre.sheet_not_excel", file=path.name)


def _sheet(told: dict[str, object]) -> Sheet:
    rows: list[list[Cell]] = told["rows"]  # type: ignore[assignment]  # our own child wrote it
    merged: list[list[int]] = told["merged"]  # type: ignore[assignment]  # as above
    for top, left, bottom, right in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = value
    known = bool(told["merges_known"])
    return Sheet(str(told["name"]), tuple(tuple(row) for row in rows), known)
