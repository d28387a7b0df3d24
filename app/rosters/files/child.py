"""The child process that opens a sheet file: capped, alone, and without anything of the centre.

``python -m app.rosters.files.child KIND < FILE`` writes JSON: either the sheets, each with the
rows that hold anything and its merged ranges, or the key and values of a refusal. A file
that is made to hurt hurts only this process.
"""

from __future__ import annotations

import json
import sys

from app.rosters.files.unpacking import RawSheet, Refused
from app.wire.foreign_files import cap_self

_MEMORY_BYTES = 1 << 30
_SECONDS = 100
_MOST_SHEETS = 300
_MOST_ROWS = 60_000
_MOST_CHARACTERS = 60_000_000


def main(kind: str) -> int:
    """Read the file and write what it holds; the process's exit code."""
    cap_self(_MEMORY_BYTES, _SECONDS)
    content = sys.stdin.buffer.read()
    try:
        told: dict[str, object] = {"sheets": [one.told() for one in _within(_read(kind, content))]}
    except Refused as refused:
        told = {"refused": refused.key, "values": refused.values}
    json.dump(told, sys.stdout, ensure_ascii=True)
    return 0


def _read(kind: str, content: bytes) -> list[RawSheet]:
    if kind == "xls":
        from app.rosters.files import unpacking_xls

        return unpacking_xls.read(content)
    if kind in ("html", "text"):
        from app.rosters.files import unpacking_text

        return unpacking_text.read_html(content) if kind == "html" else unpacking_text.read(content)
    from app.rosters.files import unpacking_calamine

    return unpacking_calamine.read(content, is_xlsx=kind == "xlsx")


def _within(sheets: list[RawSheet]) -> list[RawSheet]:
    if len(sheets) > _MOST_SHEETS:
        raise Refused("roster.sheet_too_many_sheets", count=len(sheets), most=_MOST_SHEETS)
    rows = characters = 0
    for sheet in sheets:
        rows += len(sheet.rows)
        characters += sum(
            len(cell) for _, row in sheet.rows for cell in row if isinstance(cell, str)
        )
        if rows > _MOST_ROWS:
            raise Refused("roster.sheet_too_many_rows", sheet=sheet.name, rows=_MOST_ROWS)
        if characters > _MOST_CHARACTERS:
            raise Refused("roster.sheet_too_much_text", sheet=sheet.name)
    return sheets


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
