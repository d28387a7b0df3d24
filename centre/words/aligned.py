"""Rows in aligned columns for a terminal, where a Chinese sign is two letters wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_GAP = 2


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """The rows as lines; every column is as wide as its widest cell."""
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
