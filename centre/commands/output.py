"""What every command shares: the opened centre, and how it writes what it tells."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import msgspec

from centre.opening import open_centre
from centre.service import Centre
from centre.settings import Settings

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_GAP = 2


@contextmanager
def opened(settings: Settings) -> Iterator[Centre]:
    """The centre of this home, closed in the end."""
    centre = open_centre(settings)
    try:
        yield centre
    finally:
        centre.close()


def write_json(value: object) -> None:
    """One line of JSON on stdout."""
    write(msgspec.json.encode(value).decode())


def write(*lines: str) -> None:
    """Lines on stdout."""
    sys.stdout.write("\n".join(lines) + "\n")


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines of a terminal, where a Chinese sign is two letters wide.

    Every column is as wide as its widest cell.
    """
    if not rows:
        return ""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = (
            cell + " " * (width - _width(cell) + _GAP)
            for cell, width in zip(row, widths, strict=True)
        )
        lines.append("".join(cells).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
