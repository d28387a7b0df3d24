"""The child process that opens a sheet file: capped, alone, and without anything of the centre.

``python -m centre.rosters.child FILE`` writes JSON: a list of sheets, each with its cells
(text, number or null) and its merged ranges. A file that is made to hurt hurts only this
process. Exit code 3 means the file is no sheet that can be read.
"""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any

MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_SHEETS = 10
NOT_READABLE = 3
TOO_MANY_ROWS = 4
_MEMORY_BYTES = 1 << 30
_SECONDS = 30
_CELL_CHARACTERS = 500


def main(path: Path) -> int:
    """Read the file and write what it holds; the process's exit code."""
    _cap_self()
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = []
        for name in book.sheet_names[:MOST_SHEETS]:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > MOST_ROWS:
                return TOO_MANY_ROWS
            rows = [
                [_cell(cell) for cell in row[:MOST_COLUMNS]]
                for row in sheet.to_python(skip_empty_area=False)
            ]
            merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
            known = sheet.merged_cell_ranges is not None
            sheets.append({"name": name, "rows": rows, "merged": merged, "merges_known": known})
    except (CalamineError, OSError, ValueError, MemoryError, OverflowError):
        return NOT_READABLE
    json.dump(sheets, sys.stdout, ensure_ascii=True)
    return 0


def _cell(value: Any) -> str | int | float | None:  # noqa: ANN401 - whatever a cell holds
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)[:_CELL_CHARACTERS]


def _cap_self() -> None:
    """Cap memory and time where the system can; elsewhere the parent's time limit holds."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
