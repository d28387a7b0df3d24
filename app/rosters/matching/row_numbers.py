"""Telling a column of member numbers from one that only counts the rows: pure.

Offices keep 1, 2, 3 … beside the names under any heading. Whoever stands first next month is
"1" then, so such numbers say nothing about who somebody is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from app.domain.values import dataclass
from app.domain.written_forms import code_form
from app.rosters.matching.book import Book
from app.rosters.sheets.sheet_rows import RosterRow

_MOST_DIGITS = 4
_A_COUPLE = 2
_A_FEW = 3
_PARTS = re.compile(r"(.*[^\d]|)(\d{1,15})([^\d]*)\Z", re.ASCII)
_BARE_HEADS = frozenset(("", "第", "NO.", "NO", "#", "(", "[", "【"))
_BARE_TAILS = frozenset(("", "号", "、", ".", "。", ")", ",", ":", "]", "】"))
_CHINESE = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_WIDEST_GAP = 3
"""Rows that were left out, or removed by the office without counting anew, leave gaps."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number as "NO.012": what stands before and behind it, its digits, and where it stands."""

    head: str
    digits: str
    tail: str
    sheet: str
    branch: str

    @property
    def value(self) -> int:
        """The number itself."""
        return int(self.digits)


def only_counts(rows: Sequence[RosterRow], book: Book) -> bool:
    """Whether the numbers of a file count its rows, by themselves or beside who is known."""
    told = [row for row in rows if row.member_no]
    numbers = [one for row in told if (one := _counted(row)) is not None]
    is_of_one_kind = len({(one.head, one.tail) for one in numbers}) == 1
    if len(numbers) < len(told) or not is_of_one_kind:
        return False
    is_bare = _is_bare(numbers[0]) and all(len(one.digits) <= _MOST_DIGITS for one in numbers)
    is_padded = any(one.digits.startswith("0") for one in numbers)
    if is_bare and not is_padded and (_counts_from_one(numbers) or _counts_to_one(numbers)):
        return True
    # Known people who all have somebody else's number: the column has moved beside the names.
    moved = sum(map(book.has_number_of_another, told))
    is_most = moved * 2 >= sum(map(book.knows_number, told))
    return moved > _A_COUPLE and (is_most or (is_bare and _rises(numbers)))


def _counted(row: RosterRow) -> _Counted | None:
    form = code_form(row.member_no)
    chinese = _chinese_number(form)
    if chinese:
        return _Counted("", str(chinese), "", row.sheet, row.branch)
    found = _PARTS.match(form)
    return _Counted(found[1], found[2], found[3], row.sheet, row.branch) if found else None


def _chinese_number(form: str) -> int:
    """一 to 九十九; 0 for anything else."""
    if not form or not set(form) <= {*_CHINESE, "十"} or form.count("十") > 1:
        return 0
    tens, ten, ones = form.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones, 0)


def _is_bare(one: _Counted) -> bool:
    return one.head in _BARE_HEADS and one.tail in _BARE_TAILS


def _counts_from_one(numbers: Iterable[_Counted]) -> bool:
    """1, 2, 3 … down the file; it may begin anew with a branch or a sheet."""
    last, block = 0, ("", "")
    for one in numbers:
        own = (one.sheet, one.branch)
        goes_on = 1 <= one.value - last <= _WIDEST_GAP
        if not goes_on and not (own != block and one.value <= _WIDEST_GAP):
            return False
        last, block = one.value, own
    return True


def _counts_to_one(numbers: Sequence[_Counted]) -> bool:
    """5, 4, 3 … down to 1."""
    steps = [one.value - after.value for one, after in pairwise(numbers)]
    is_down = all(1 <= step <= _WIDEST_GAP for step in steps)
    return len(numbers) >= _A_FEW and is_down and numbers[-1].value == 1


def _rises(numbers: Iterable[_Counted]) -> bool:
    """Whether the numbers only grow down each sheet, as counted ones do."""
    last: dict[str, int] = {}
    for one in numbers:
        if one.value <= last.get(one.sheet, -1):
            return False
        last[one.sheet] = one.value
    return True
