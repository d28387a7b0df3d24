"""Telling a column of member numbers from one that only counts the rows: pure.

Offices keep 1, 2, 3 … beside the names under any heading. Whoever stands first next month is
"1" then, so such numbers say nothing about who somebody is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.written_forms import code_form
from centre.rosters.sheet_rows import RosterRow

_MOST_DIGITS = 4
_A_COUPLE = 2
_WIDEST_GAP = 3
"""Rows that were left out, or removed by the office without counting anew, leave gaps."""


def only_counts(rows: Sequence[RosterRow], contradicts: Callable[[RosterRow], bool]) -> bool:
    """Whether the numbers of a file count its rows; ``contradicts`` tells of a row whose number
    is known as somebody else's."""
    numbered = [row for row in rows if row.member_no]
    numbers = [code_form(row.member_no) for row in numbered]
    if not numbers or not all(_is_short(number) for number in numbers):
        return False
    if not any(number.startswith("0") for number in numbers) and _counts_from_one(numbered):
        return True
    return _rises(numbered) and sum(contradicts(row) for row in rows) > _A_COUPLE


def _is_short(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS


def _counts_from_one(numbered: Sequence[RosterRow]) -> bool:
    """1, 2, 3 … down the file; it may begin anew with a branch or a sheet."""
    last, block = 0, ("", "")
    for row in numbered:
        number, own = int(code_form(row.member_no)), (row.sheet, row.branch)
        goes_on = 1 <= number - last <= _WIDEST_GAP
        if not goes_on and not (own != block and number <= _WIDEST_GAP):
            return False
        last, block = number, own
    return True


def _rises(numbered: Sequence[RosterRow]) -> bool:
    """Whether the numbers only grow down each sheet, as counted ones do."""
    last: dict[str, int] = {}
    for row in numbered:
        number = int(code_form(row.member_no))
        if number <= last.get(row.sheet, -1):
            return False
        last[row.sheet] = number
    return True
