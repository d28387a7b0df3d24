"""Who may be meant by rows that are left out: nobody is stopped because their row was faulty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.domain.values import dataclass
from app.domain.written_forms import code_without_zeros, match_form
from app.rosters.files.opening import Sheet
from app.rosters.matching.matching import Matched
from app.rosters.matching.sorting import place_of
from app.rosters.matching.weighing import KnownPerson
from app.rosters.sheets.cells import text_of
from app.rosters.sheets.sheet_rows import ReadRoster, RosterRow, RowTrouble

_LONGEST_LIKENESS = 20


@dataclass(frozen=True, slots=True)
class Sparing:
    """Who stays active whatever the file says; ``nobody_stops`` when a faulty row may be anybody."""

    ids: frozenset[str]
    nobody_stops: bool


def who_is_spared(
    sheets: Sequence[Sheet],
    roster: ReadRoster,
    matched: Matched,
    known: Sequence[KnownPerson],
    rows: Sequence[RosterRow],
) -> Sparing:
    """Everybody whom a faulty row or a row in question may mean."""
    ids = {one.id for asked in matched.questions for one in asked.candidates}
    doubtful = {(one.sheet, one.row) for one in matched.troubles}
    doubtful |= {place_of(one.row) for one in matched.questions}
    names = {match_form(row.name) for row in rows if place_of(row) in doubtful}
    ids |= {one.id for one in known if match_form(one.name) in names}
    may_be_anybody = False
    traits = _Traits(known) if roster.troubles else None
    for trouble in roster.troubles:
        assert traits is not None
        meant = traits.meant(_cells(sheets, trouble))
        ids |= meant
        may_be_anybody = may_be_anybody or not (meant or _is_newcomer(sheets, roster, trouble))
    return Sparing(frozenset(ids), may_be_anybody)


def _cells(sheets: Sequence[Sheet], trouble: RowTrouble) -> list[str]:
    """The written cells of a row that could not be read."""
    found = []
    for sheet in sheets:
        if trouble.sheet in ("", sheet.name) and 0 < trouble.row <= len(sheet.rows):
            found += [text_of(cell) for cell in sheet.rows[trouble.row - 1]]
    return [text for text in found if text]


class _Traits:
    """Known people by what a broken row may still tell of them."""

    def __init__(self, known: Sequence[KnownPerson]) -> None:
        self._by_code: dict[str, set[str]] = defaultdict(set)
        self._by_likeness: dict[str, set[str]] = defaultdict(set)
        self._names: list[tuple[str, str]] = []
        for one in known:
            for code in (one.phone, one.member_no):
                if code:
                    self._by_code[code_without_zeros(code)].add(one.id)
            for name in dict.fromkeys(map(match_form, (one.name, *one.former_names))):
                self._names.append((name, one.id))
                for likeness in _likenesses(name):
                    self._by_likeness[likeness].add(one.id)

    def meant(self, cells: Sequence[str]) -> set[str]:
        """Everybody whose number, telephone or name stands in a row, also with one other sign."""
        found: set[str] = set()
        forms = [match_form(text) for text in cells]
        for text, form in zip(cells, forms, strict=True):
            found |= self._by_code.get(code_without_zeros(text), set())
            if len(form) <= _LONGEST_LIKENESS:
                for likeness in _likenesses(form):
                    found |= self._by_likeness.get(likeness, set())
        # A note may stand behind a name.
        written = "\n".join(forms)
        return found | {who for name, who in self._names if name in written}


def _likenesses(form: str) -> set[str]:
    """The name, and what is left of one of three signs and more when one is taken out."""
    shorter = {form[:place] + form[place + 1 :] for place in range(len(form))}
    return {form, *shorter} if len(form) > 2 else {form}


def _is_newcomer(sheets: Sequence[Sheet], roster: ReadRoster, trouble: RowTrouble) -> bool:
    """Whether the row has a name that nobody here bears."""
    column = next(
        (
            _column_number(one.cell)
            for one in roster.columns
            if one.meaning == "name" and one.sheet == trouble.sheet
        ),
        None,
    )
    if column is None:
        return False
    for sheet in sheets:
        if sheet.name == trouble.sheet and 0 < trouble.row <= len(sheet.rows):
            row = sheet.rows[trouble.row - 1]
            name = text_of(row[column]) if column < len(row) else ""
            return bool(name) and not name.startswith("#")
    return False


def _column_number(cell: str) -> int:
    """0 for column A of a cell such as "A3"."""
    number = 0
    for letter in cell.upper():
        if "A" <= letter <= "Z":
            number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
