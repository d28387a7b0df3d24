"""Tables that are text: CSV and tab-separated files, and the HTML that systems call ".xls"."""

from __future__ import annotations

import csv
import re
from collections import Counter
from html.parser import HTMLParser

from app.rosters.files.file_kinds import decoded
from app.rosters.files.unpacking import Cell, RawSheet, Refused, plain

_QUOTED_FORMULA = re.compile(r'="(.*)"\Z', re.DOTALL)
_LINES_LOOKED_AT = 30
_MOST_SPAN = 1_000


def read(content: bytes) -> list[RawSheet]:
    """The one sheet of a text with separators."""
    text = decoded(content)
    if text is None:
        raise Refused("roster.sheet_not_excel")
    lines = text.splitlines()[:_LINES_LOOKED_AT]
    sheet = RawSheet("Sheet1", merges_known=False)
    try:
        for place, row in enumerate(
            csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(lines))
        ):
            sheet.add(place, [_unquoted(cell) for cell in row])
    except csv.Error as broken:
        raise Refused("roster.sheet_broken") from broken
    return [sheet]


def read_html(content: bytes) -> list[RawSheet]:
    """Each table of the page as a sheet."""
    text = decoded(content)
    if text is None:
        raise Refused("roster.sheet_not_excel")
    page = _Page()
    page.feed(text)
    page.close()
    return page.sheets


def _delimiter(lines: list[str]) -> str:
    """The separator that stands in most lines, and most often."""
    counts: Counter[str] = Counter()
    for line in lines:
        for sign in ",\t;|":
            if sign in line:
                counts[sign] += 1_000 + line.count(sign)
    return counts.most_common(1)[0][0] if counts else ","


def _unquoted(cell: str) -> Cell:
    found = _QUOTED_FORMULA.match(cell)
    return plain(found[1] if found else cell)


class _Page(HTMLParser):
    """Collects the cells of tables; a table inside a cell is only text of it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[RawSheet] = []
        self._depth = 0
        self._place = -1
        self._row: dict[int, Cell] | None = None
        self._taken: dict[int, int] = {}
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row or a cell begins."""
        if tag in ("script", "style"):
            self._hidden += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(RawSheet(f"Table{len(self.sheets) + 1}"))
                self._place, self._taken = -1, {}
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            self._place += 1
            self._row = {}
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            given = dict(attrs)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """A table, a row or a cell ends."""
        if tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_row()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
        elif self._depth == 1 and tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._text is not None and not self._hidden:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None:
            return
        if self._row is None:
            self._place, self._row = self._place + 1, {}
        column = max(self._row, default=-1) + 1
        while self._taken.get(column, -1) >= self._place:
            self._row.setdefault(column, None)
            column += 1
        down, across = self._span
        self._row[column] = plain(" ".join("".join(self._text).split()))
        for other in range(column + 1, column + across):
            self._row[other] = None
        if down > 1:
            for other in range(column, column + across):
                self._taken[other] = self._place + down - 1
            merge = (self._place, column, self._place + down - 1, column + across - 1)
            self.sheets[-1].merged.append(merge)
        self._text = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None and self.sheets:
            width = max(self._row, default=-1) + 1
            self.sheets[-1].add(self._place, [self._row.get(at) for at in range(width)])
        self._row = None


def _span(given: str | None) -> int:
    return min(int(given), _MOST_SPAN) if given and given.isascii() and given.isdigit() else 1
