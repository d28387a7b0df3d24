"""From the sheets of a file to rows of people: which sheets, which lines, and what was left out.

Every sheet with a heading is read; everything else of the file is named. A row that can't be
read is reported with its number as the office sees it; it never stops the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.areas.people.person import PersonKind
from app.domain.errors import BadInput
from app.rosters.files.opening import Sheet
from app.rosters.files.unpacking import cell_name
from app.rosters.sheets.cells import error_in, text_of
from app.rosters.sheets.findings import (
    Findings,
    ReadColumn,
    ReadRoster,
    RosterRow,
    RowTrouble,
    SheetRemark,
)
from app.rosters.sheets.headers import Header, header_at, same_header
from app.rosters.sheets.row_reading import Around, RowReader
from app.rosters.sheets.sheet_words import (
    KIND_WORDS,
    STATUS_WORDS,
    branch_of_tab,
    branch_of_title,
    is_empty_word,
    is_footer,
    is_group_title,
    is_summary,
    section_word,
    tab_word,
)
from app.wire.foreign_files import printable

__all__ = ["ReadColumn", "ReadRoster", "RosterRow", "RowTrouble", "SheetRemark", "read_roster"]

_NOT_TELLING = ("branch", "group")
_SHOWN = 40


def read_roster(sheets: Sequence[Sheet], file: str) -> ReadRoster:
    """Read every visible sheet that has a heading; hidden ones only if there is no other.

    Raises:
        BadInput: no sheet has a heading, one has the same heading twice, or nobody stands in any.
    """
    headed = [(sheet, _first_header(sheet)) for sheet in sheets if sheet.is_table]
    people = [(sheet, header) for sheet, header in headed if header is not None]
    chosen = [one for one in people if one[0].visible] or people
    if not chosen:
        raise BadInput("roster.sheet_no_header", file=printable(file))
    found = Findings()
    names = [sheet.name for sheet, _ in chosen]
    for sheet in sheets:
        if sheet.name not in names:
            _name_left_out(sheet, found)
    is_several = len(chosen) > 1
    told = [(*one, _branch_around(*one, is_several=is_several)) for one in chosen]
    has_branches = any(branch or "branch" in header.columns for _, header, branch in told)
    for sheet, header, branch in told:
        _SheetReading(sheet, found, branch, needs_branch=has_branches).read(header)
    if not found.rows and not found.troubles:
        raise BadInput("roster.sheet_empty")
    return found.gathered()


def _first_header(sheet: Sheet) -> Header | None:
    for place in range(len(sheet.rows)):
        header = header_at(sheet, place)
        if header is not None:
            return header
    return None


def _name_left_out(sheet: Sheet, found: Findings) -> None:
    found.sheet = sheet.name
    if not sheet.is_table:
        found.leave_out("", "roster.sheet_left_chart")
    elif any(text_of(cell) for row in sheet.rows for cell in row):
        hidden = "roster.sheet_left_hidden"
        found.leave_out("", "roster.sheet_left_no_header" if sheet.visible else hidden)


def _branch_around(sheet: Sheet, header: Header, *, is_several: bool) -> str:
    """The branch that a sheet without such a column is named after, on its tab or in its title."""
    if "branch" in header.columns:
        return ""
    tab = branch_of_tab(sheet.name)
    if tab.endswith(("支部", "支部委员会")):
        return tab
    for row in sheet.rows[: header.first]:
        for cell in row:
            branch = branch_of_title(text_of(cell))
            if branch:
                return branch
    return tab if is_several else ""


class _SheetReading:
    """Walks down one sheet: people, lines between them, headings that stand again."""

    def __init__(self, sheet: Sheet, found: Findings, branch: str, *, needs_branch: bool) -> None:
        self._sheet = sheet
        self._found = found
        self._branch = branch
        self._needs_branch = needs_branch
        self._status, self._kind = _told_by(tab_word(sheet.name))
        self._group = text_of(sheet.name) if is_group_title(sheet.name) else ""
        self._empty_rows: list[int] = []
        self._header: Header
        self._reader: RowReader
        self._nameless: set[int] = set()

    def read(self, header: Header) -> None:
        """Read all below the heading, and name what stands above it."""
        found, sheet = self._found, self._sheet
        found.sheet = sheet.name
        if not sheet.errors_known:
            found.leave_out("", "roster.sheet_errors_unseen")
        if sheet.cut_at:
            found.leave_out(sheet.cut_at, "roster.sheet_cut")
        is_plain = self._kind in ("", PersonKind.MEMBER.value)
        if self._branch or self._status or not is_plain:
            meaning = "branch" if self._branch else "status" if self._status else "kind"
            found.column("", self._branch or sheet.name, meaning)
        if self._group:
            found.column("", self._group, "group")
        for place in range(header.first):
            self._name_line(place)
        self._take_header(header)
        place = header.last + 1
        while place < len(sheet.rows):
            again = header_at(sheet, place)
            if again is None:
                self._read_line(place)
                place += 1
            else:
                self._meet_header(again)
                place = again.last + 1
        self._name_empty_rows()

    def _take_header(self, header: Header) -> None:
        self._header = header
        self._reader = RowReader(header, self._found, fill_branch=not self._sheet.merges_known)
        for one in header.headings:
            meaning = header.meaning_of(one)
            meaning = "name" if meaning in ("family_name", "given_name") else meaning
            is_flag = meaning in ("away", "lost", "away_where", "frail")
            self._found.column(one.cell, one.text, "status" if is_flag else meaning)

    def _meet_header(self, again: Header) -> None:
        cell = cell_name(again.first, again.headings[0].column)
        if same_header(self._header, again):
            self._found.leave_out(cell, "roster.sheet_header_again")
            return
        old, new = _name_column(self._header), _name_column(again)
        beside = next((one for one in again.headings if one.column == old), None)
        if old != new and beside is not None and beside.meaning is None:
            raise BadInput(
                "roster.sheet_heading_twice",
                sheet=self._sheet.name,
                heading=again.heading_of(new),
                first=cell_name(self._header.first, old),
                second=cell_name(again.first, new),
            )
        self._take_header(again)

    def _read_line(self, place: int) -> None:
        own = self._own_texts(place)
        if not own:
            return
        columns = self._header.columns
        telling = {
            column: own[column]
            for meaning, places in columns.items()
            if meaning not in _NOT_TELLING
            for column in places
            if column in own
        }
        if self._is_no_person(own, telling):
            self._take_line(place, own)
            return
        self._note_unheaded(own, place)
        row = self._sheet.rows[place]
        names = columns.get("name", ())
        if names and (place, names[0]) in self._sheet.filled:
            row = (*row[: names[0]], None, *row[names[0] + 1 :])
        around = Around(
            branch=self._branch,
            group=self._group,
            kind=self._kind,
            status=self._status,
            needs_branch=self._needs_branch,
        )
        self._reader.read(place, row, around)

    def _is_no_person(self, own: dict[int, str], telling: dict[int, str]) -> bool:
        """Whether a line is a sum, a footer, a section's title, or holds nothing of anybody."""
        name = next((own[one] for one in self._header.columns.get("name", ()) if one in own), "")
        if not telling or is_summary(name):
            return True
        is_unnamed = not name or _is_number(name)
        if is_unnamed and any(is_summary(text) or is_footer(text) for text in own.values()):
            return not any(_is_number(text) and len(text) >= 7 for text in telling.values())
        if is_footer(name) or (len(own) == 1 and name and _is_section(name)):
            return True
        return all(is_empty_word(text) for text in telling.values())

    def _take_line(self, place: int, own: dict[int, str]) -> None:
        line = "  ".join(own.values())
        placed = {one for word in _NOT_TELLING for one in self._header.columns.get(word, ())}
        loose = {column: text for column, text in own.items() if column not in placed}
        is_told = any(is_summary(text) or is_footer(text) for text in own.values())
        if not is_told and all(_is_number(one) or is_empty_word(one) for one in loose.values()):
            self._empty_rows.append(place)
            return
        if len(own) == 1 and self._begin_section(cell_name(place, min(own)), line):
            return
        self._found.leave_out(
            cell_name(place, min(own)), "roster.sheet_line_unused", value=line[:_SHOWN]
        )

    def _begin_section(self, cell: str, line: str) -> bool:
        """A line that names a branch, a kind or a standing tells it of the people below."""
        branch = branch_of_title(line)
        status, kind = _told_by(section_word(line))
        if is_group_title(line) and "group" not in self._header.columns:
            self._group = re.sub(r"\(.*?\)|:\Z", "", line)
            self._found.column(cell, line, "group")
            return True
        if branch:
            self._group = ""
            self._branch, self._needs_branch = branch, True
            self._status, self._kind = _told_by(tab_word(self._sheet.name))
        elif kind or status:
            self._status, self._kind = status, kind
        else:
            return False
        self._found.column(cell, line, "branch" if branch else "kind" if kind else "status")
        return True

    def _name_line(self, place: int) -> None:
        own = self._own_texts(place)
        if own and branch_of_title("".join(own.values())) != (self._branch or None):
            values = {"value": "  ".join(own.values())[:_SHOWN]}
            self._found.leave_out(cell_name(place, min(own)), "roster.sheet_line_unused", **values)

    def _note_unheaded(self, own: dict[int, str], place: int) -> None:
        headed = {one.column for one in self._header.headings}
        for column in own:
            if column not in headed and column not in self._nameless:
                self._nameless.add(column)
                self._found.leave_out(cell_name(place, column), "roster.sheet_column_unheaded")

    def _name_empty_rows(self) -> None:
        if self._empty_rows:
            first, last = self._empty_rows[0], self._empty_rows[-1]
            values = {"count": len(self._empty_rows), "last": last + 1}
            self._found.leave_out(f"A{first + 1}", "roster.sheet_rows_empty", **values)

    def _own_texts(self, place: int) -> dict[int, str]:
        """What stands in the cells of a row that hold something themselves."""
        texts = {
            column: text_of(cell)
            for column, cell in enumerate(self._sheet.rows[place])
            if cell is not None and (place, column) not in self._sheet.filled
        }
        return {column: text for column, text in texts.items() if text}


def _name_column(header: Header) -> int:
    columns = header.columns
    return (columns.get("name") or columns.get("family_name") or (0,))[0]


def _told_by(word: str) -> tuple[str, str]:
    """A standing or a kind that a tab or a line names, such as 流动党员 or 预备党员."""
    kind = KIND_WORDS.get(word, "")
    return "" if kind else STATUS_WORDS.get(word, ""), kind


def _is_section(text: str) -> bool:
    return bool(branch_of_title(text) or any(_told_by(section_word(text))) or is_group_title(text))


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit() and error_in(text) is None
