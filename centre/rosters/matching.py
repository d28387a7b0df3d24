"""Who a row of the sheet is: the same person as before, somebody new, or doubtful.

A person keeps their id over every import. The member number decides; without one the
name, branch and telephone; else name, branch and birth; else the name alone if nobody
else in the branch has it. Two possible answers are never guessed between.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from centre.rosters.cells import same_birth
from centre.rosters.sheet_rows import RosterRow, RowTrouble


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One person the centre has already."""

    id: str
    name: str
    member_no: str
    branch: str
    phone: str
    birth: str


@dataclass(frozen=True, slots=True)
class Matched:
    """Rows with the person each one is (None is somebody new), and rows that are doubtful."""

    pairs: tuple[tuple[RosterRow, KnownPerson | None], ...]
    troubles: tuple[RowTrouble, ...]


def match_rows(rows: Sequence[RosterRow], known: Sequence[KnownPerson]) -> Matched:
    """Match every row, or say why it cannot be told."""
    troubles = list(_doubled(rows))
    doubtful = {trouble.row for trouble in troubles}
    by_name: dict[tuple[str, str], list[KnownPerson]] = defaultdict(list)
    by_number: dict[str, list[KnownPerson]] = defaultdict(list)
    for person in known:
        by_name[(person.name, person.branch)].append(person)
        if person.member_no:
            by_number[person.member_no].append(person)
    namesakes = Counter((row.name, row.branch) for row in rows)
    taken: dict[str, int] = {}
    pairs: list[tuple[RosterRow, KnownPerson | None]] = []
    for row in rows:
        if row.row in doubtful:
            continue
        alike = by_name[(row.name, row.branch)]
        found = by_number[row.member_no] if row.member_no else []
        found = found or _by_traits(row, alike, is_alone=namesakes[(row.name, row.branch)] == 1)
        if len(found) > 1:
            troubles.append(RowTrouble(row.row, "centre.row_ambiguous", (("name", row.name),)))
            continue
        match = found[0] if found else None
        if match is not None and match.id in taken:
            values = (("name", row.name), ("other", taken[match.id]))
            troubles.append(RowTrouble(row.row, "centre.row_double", values))
            continue
        if match is not None:
            taken[match.id] = row.row
        pairs.append((row, match))
    return Matched(tuple(pairs), tuple(troubles))


def _by_traits(
    row: RosterRow, alike: Sequence[KnownPerson], *, is_alone: bool
) -> list[KnownPerson]:
    alike = [one for one in alike if not (row.member_no and one.member_no)]
    if row.phone:
        same_phone = [one for one in alike if one.phone == row.phone]
        if same_phone:
            return same_phone
    same_day = [one for one in alike if same_birth(one.birth, row.birth)]
    if same_day:
        return same_day
    could_be = [one for one in alike if not (one.birth and row.birth)]
    if len(alike) == 1 and is_alone:
        return could_be
    if could_be and not (row.phone or row.birth or row.member_no):
        return could_be if len(could_be) > 1 else [*could_be, *could_be]
    return []


def _doubled(rows: Sequence[RosterRow]) -> Iterable[RowTrouble]:
    """Rows of one file that are the same person twice, or cannot be told apart."""
    first_of: dict[tuple[str, ...], RosterRow] = {}
    for row in rows:
        keys: list[tuple[str, ...]] = []
        if row.member_no:
            keys.append(("number", row.member_no))
        if row.identity:
            keys.append(("identity", row.identity))
        if not keys:
            keys.append(("traits", row.name, row.branch, row.phone, row.birth))
        for key in keys:
            first = first_of.setdefault(key, row)
            if first is row:
                continue
            values = (("name", row.name), ("other", first.row))
            is_vague = key[0] == "traits" and not (row.phone or row.birth)
            kind = "centre.row_namesake" if is_vague else "centre.row_double"
            yield RowTrouble(row.row, kind, values)
            break
