"""Where known people are found by what is known of them, and what their numbers say: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.written_forms import code_without_zeros
from app.rosters.matching.weighing import (
    Agreement,
    KnownPerson,
    Verdict,
    compare,
    compare_numbers,
    judge,
    match_form,
)
from app.rosters.sheets.sheet_rows import RosterRow

_A_CROWD = 30


@dataclass(slots=True)
class Book:
    """Known people beside the rows of one file."""

    rows: Sequence[RosterRow]
    known: Sequence[KnownPerson]
    by_name: dict[str, list[KnownPerson]] = field(default_factory=lambda: defaultdict(list))
    by_birth: dict[tuple[str, str], list[KnownPerson]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_phone: dict[str, list[KnownPerson]] = field(default_factory=lambda: defaultdict(list))
    by_identity: dict[str, list[KnownPerson]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, list[KnownPerson]] = field(default_factory=lambda: defaultdict(list))
    rows_by_number: dict[str, list[RosterRow]] = field(default_factory=lambda: defaultdict(list))
    branches: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for person in self.known:
            for name in dict.fromkeys(map(match_form, (person.name, *person.former_names))):
                self.by_name[name].append(person)
                if person.birth:
                    self.by_birth[name, person.birth].append(person)
            if person.phone:
                self.by_phone[person.phone].append(person)
            if person.identity:
                self.by_identity[person.identity].append(person)
            if person.member_no:
                self.by_number[code_without_zeros(person.member_no)].append(person)
        self.branches = {match_form(row.branch) for row in self.rows if row.branch}
        for row in self.rows:
            if row.member_no:
                self.rows_by_number[code_without_zeros(row.member_no)].append(row)

    def candidates(self, row: RosterRow) -> list[KnownPerson]:
        """Everybody of whom at least one thing may agree."""
        name = match_form(row.name)
        # In a crowd of one name the name alone settles nothing; all else is looked up below.
        found = self.by_name.get(name, [])[:_A_CROWD]
        if row.birth:
            found += self.by_birth.get((name, row.birth), [])[:_A_CROWD]
        if row.phone:
            found += self.by_phone.get(row.phone, [])[:_A_CROWD]
        if row.identity:
            found += self.by_identity.get(row.identity, ())
        if row.member_no:
            found += self.by_number.get(code_without_zeros(row.member_no), ())
        return list({one.id: one for one in found}.values())

    def called(self, row: RosterRow) -> list[KnownPerson]:
        """Everybody who bears a row's name."""
        return self.by_name.get(match_form(row.name), [])[:_A_CROWD]

    def compare(self, row: RosterRow, person: KnownPerson) -> Agreement:
        """A row beside a person, with what their numbers say to each other."""
        return compare(row, person, number=self._number(row, person))

    def _number(self, row: RosterRow, person: KnownPerson) -> int:
        """Equal also without the zeros a spreadsheet loses, if only one can be meant."""
        told = compare_numbers(row.member_no, person.member_no)
        if told >= 0:
            return told
        form = code_without_zeros(row.member_no)
        if form != code_without_zeros(person.member_no):
            return told
        holders, askers = self.by_number[form], self.rows_by_number[form]
        return 1 if len(holders) == 1 and len(askers) <= 1 else 0

    def knows_number(self, row: RosterRow) -> bool:
        """Whether somebody has a row's number."""
        return bool(self.by_number.get(code_without_zeros(row.member_no)))

    def has_number_of_another(self, row: RosterRow) -> bool:
        """Whether a row is called as somebody who has another number, and its own number is
        known as that of somebody else."""
        if not self.knows_number(row):
            return False
        bearers = self.by_number[code_without_zeros(row.member_no)]
        is_of_another = any(
            judge(seen) is Verdict.CONTRADICTION and seen.name < 0
            for one in bearers
            if (seen := self.compare(row, one)).number > 0
        )
        return is_of_another and any(
            compare_numbers(row.member_no, one.member_no) < 0 for one in self.called(row)
        )
