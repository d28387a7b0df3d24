"""Writes the table of codes into the operator's guide, between its two marks.

    python -m resources.make_codes

The guide is for reading a code out over the telephone, so it lists them in the order of numbers.
"""

from __future__ import annotations

import re
from pathlib import Path

from app.words import CATALOGUE
from app.words.codes import CODES

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "operators-guide.zh.md"
FIRST, LAST = "<!-- codes -->", "<!-- end of codes -->"
_VALUE = re.compile(r"\{[a-z_]+\}")


def table() -> str:
    """Every code with the sentence it stands in; what differs each time is an ellipsis."""
    lines = ["| 编号 | 屏幕上说的 |", "|---|---|"]
    for key, code in sorted(CODES.items(), key=lambda one: one[1]):
        sentence = _VALUE.sub("…", CATALOGUE[key][0]).replace(f"（{code}）", "")
        lines.append(f"| {code} | {sentence} |")
    return "\n".join(lines)


def with_table(guide: str) -> str:
    """The guide with the table of today between its marks."""
    before, _, rest = guide.partition(FIRST)
    _, _, after = rest.partition(LAST)
    return f"{before}{FIRST}\n{table()}\n{LAST}{after}"


def main() -> None:
    """Write it."""
    GUIDE.write_text(with_table(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
