"""Rows of one file that are one person twice, share a number, or cannot be told apart: pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from app.domain.written_forms import code_form, code_without_zeros, match_form
from app.rosters.sheets.sheet_rows import RosterRow, RowTrouble

_SHARED = {
    "number": "roster.row_number_twice",
    "identity": "roster.row_identity_twice",
    "card": "roster.row_card_twice",
}


def doubled_rows(
    rows: Sequence[RosterRow],
    answered: frozenset[tuple[str, int]] = frozenset(),
    is_borne_twice: Callable[[RosterRow], bool] = lambda _row: False,
) -> Iterable[RowTrouble]:
    """What is wrong with each row that has a twin further up; who was ``answered`` has none
    of those that cannot be told apart. ``is_borne_twice``: two are known whom the row fits."""
    first_of: dict[tuple[str, ...], RosterRow] = {}
    for row in rows:
        for key in _keys(row):
            first = first_of.setdefault(key, row)
            if first is row:
                continue
            if key[0] == "card" and match_form(row.name) == match_form(first.name):
                continue
            kind = _kind(key[0], row, first, is_borne_twice)
            if kind == "roster.row_namesake" and (row.sheet, row.row) in answered:
                continue
            other = str(first.row) if first.sheet == row.sheet else f"{first.sheet}!{first.row}"
            values = (("name", row.name), ("other", other), ("other_name", first.name))
            yield RowTrouble(row.row, kind, values, row.sheet)
            break


def _keys(row: RosterRow) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = []
    if row.member_no:
        keys.append(("number", code_form(row.member_no)))
    if row.identity:
        keys.append(("identity", row.identity))
    if not keys:
        name, branch = match_form(row.name), match_form(row.branch)
        keys.append(("traits", name, branch, row.phone, row.birth))
    if row.card_no and row.active:
        # A reader gives all digits of a card, so two cards differ by more than lost zeros.
        keys.append(("card", code_without_zeros(row.card_no)))
    return keys


def _kind(
    key: str, row: RosterRow, first: RosterRow, is_borne_twice: Callable[[RosterRow], bool]
) -> str:
    if match_form(row.name) != match_form(first.name):
        return _SHARED[key]
    is_vague = key == "traits" and (not (row.phone or row.birth) or is_borne_twice(row))
    return "roster.row_namesake" if is_vague else "roster.row_double"
