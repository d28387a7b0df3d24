"""Rows of one file that are one person twice, share a number, or cannot be told apart: pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.written_forms import code_form, match_form
from centre.rosters.sheet_rows import RosterRow, RowTrouble


def doubled_rows(
    rows: Sequence[RosterRow], answered: frozenset[tuple[str, int]] = frozenset()
) -> Iterable[RowTrouble]:
    """What is wrong with each row that has a twin further up; who was ``answered`` has none
    of those that cannot be told apart."""
    first_of: dict[tuple[str, ...], RosterRow] = {}
    for row in rows:
        for key in _keys(row):
            first = first_of.setdefault(key, row)
            if first is row:
                continue
            kind = _kind(key[0], row, first)
            if kind == "centre.row_namesake" and (row.sheet, row.row) in answered:
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
    return keys


def _kind(key: str, row: RosterRow, first: RosterRow) -> str:
    if match_form(row.name) != match_form(first.name):
        return "centre.row_number_twice" if key == "number" else "centre.row_identity_twice"
    is_vague = key == "traits" and not (row.phone or row.birth)
    return "centre.row_namesake" if is_vague else "centre.row_double"
