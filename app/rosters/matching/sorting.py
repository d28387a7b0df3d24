"""The rows of one file on their way to being somebody: claims, then what has to be asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from app.domain.values import dataclass
from app.rosters.matching.book import Book
from app.rosters.matching.weighing import (
    Agreement,
    KnownPerson,
    Verdict,
    compare,
    compare_numbers,
    judge,
    match_form,
)
from app.rosters.sheets.cells import same_birth
from app.rosters.sheets.sheet_rows import RosterRow, RowTrouble

_A_CROWD = 30
Place = tuple[str, int]
"""A row's sheet and number."""


@dataclass(frozen=True, slots=True)
class Question:
    """A row that cannot be told: why (a key of the words), and whom it may be."""

    row: RosterRow
    key: str
    candidates: tuple[KnownPerson, ...]
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Who a row is, by somebody's word: the id of a person, or "" for somebody new."""

    by_place: Mapping[Place, str] = field(default_factory=dict)


def place_of(row: RosterRow) -> Place:
    """Where a row stands."""
    return (row.sheet, row.row)


def spelled_place(place: Place) -> str:
    """A row as it is named on the command line: its number, or sheet!number."""
    sheet, row = place
    return f"{sheet}!{row}" if sheet else str(row)


@dataclass(slots=True)
class Sorting:
    """Rows on their way to being somebody."""

    rows: Sequence[RosterRow]
    known: Sequence[KnownPerson]
    all_rows: Sequence[RosterRow]
    book: Book = field(init=False)
    pairs: dict[Place, KnownPerson | None] = field(default_factory=dict)
    asked: dict[Place, Question] = field(default_factory=dict)
    troubles: list[RowTrouble] = field(default_factory=list)
    troubled: set[Place] = field(default_factory=set)
    answered: set[Place] = field(default_factory=set)
    taken: dict[str, RosterRow] = field(default_factory=dict)
    verdicts: dict[Place, list[tuple[KnownPerson, Agreement, Verdict]]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        self.book = Book(self.rows, self.known)
        for row in self.rows:
            seen = [(one, self.book.compare(row, one)) for one in self.book.candidates(row)]
            self.verdicts[place_of(row)] = [(one, told, judge(told)) for one, told in seen]

    def take_answers(self, answers: Answers) -> None:
        """What somebody said comes before everything."""
        people = {one.id: one for one in self.known}
        for row in self.rows:
            who = answers.by_place.get(place_of(row))
            if who is not None:
                self.answered.add(place_of(row))
                self._pair(row, people[who] if who else None)

    def take_claims(self) -> None:
        """The best claim first; of two that are equal none, unless only one is active."""
        levels: dict[int, dict[Place, list[KnownPerson]]] = defaultdict(lambda: defaultdict(list))
        for row in self.rows:
            for person, seen in self._claimed(row):
                levels[seen.weight][place_of(row)].append(person)
        for weight in sorted(levels, reverse=True):
            # Who was taken by a better claim; among equal claims the second row is a double.
            before = set(self.taken)
            for row in self.rows:
                found = [one for one in levels[weight][place_of(row)] if one.id not in before]
                if found and self._is_open(row):
                    self._claim(row, found)
        for row in self.rows:
            for person, seen in self._claimed(row):
                if seen.name > 0 and self._is_open(row):
                    self._claim(row, [person])

    def _claimed(self, row: RosterRow) -> Iterable[tuple[KnownPerson, Agreement]]:
        for person, seen, verdict in self.verdicts[place_of(row)]:
            if verdict is Verdict.SAME:
                yield person, seen

    def _claim(self, row: RosterRow, found: list[KnownPerson]) -> None:
        active = [one for one in found if one.active]
        if len(found) > 1 and len(active) != 1:
            self._ask(row, "roster.row_ambiguous", found)
            return
        person = (active or found)[0]
        other = self.taken.get(person.id)
        if other is None:
            self._pair(row, person)
        elif match_form(other.name) == match_form(row.name):
            self._is_double(row, other)
        else:
            self._ask(row, "roster.row_perhaps", [person])

    def _is_double(self, row: RosterRow, other: RosterRow) -> None:
        values = (("name", row.name), ("other", spelled_beside(row, other)))
        if row.birth and other.birth and not same_birth(row.birth, other.birth):
            # A village gives everybody one telephone: the office alone knows whether they are two.
            about = tuple(self.book.called(row))
            self.asked[place_of(row)] = Question(row, "roster.row_beside", about, values)
            return
        self.troubles.append(RowTrouble(row.row, "roster.row_double", values, row.sheet))
        self.troubled.add(place_of(row))
        self.pairs.pop(place_of(row), None)

    def look_for_newcomers_twice(self) -> None:
        """Two rows that are nobody known, but by all they say one person."""
        new: dict[tuple[str, ...], list[RosterRow]] = defaultdict(list)
        for row in self.rows:
            if not self._is_open(row):
                continue
            name = match_form(row.name)
            told = (("phone", row.phone), ("birth", row.birth), ("identity", row.identity))
            keys = [(name, *one) for one in told if one[1]]
            alike = (one for key in keys for one in new[key][:_A_CROWD])
            other = next((one for one in alike if self._are_one(row, one)), None)
            if other is not None:
                self._is_double(row, other)
                continue
            for key in keys:
                new[key].append(row)

    def _are_one(self, row: RosterRow, other: RosterRow) -> bool:
        numbers = compare_numbers(row.member_no, other.member_no)
        as_known = KnownPerson(
            "", other.name, other.member_no, other.branch, other.phone, other.birth, other.identity
        )
        return judge(compare(row, as_known, number=numbers)) is Verdict.SAME

    def take_bare(self) -> None:
        """Rows of which only the name in the branch is known: the same if nobody else has it."""
        alike = Counter((match_form(row.name), match_form(row.branch)) for row in self.all_rows)
        for row in self.rows:
            if self._is_open(row):
                own = (match_form(row.name), match_form(row.branch))
                self._take_bare(row, is_alone=alike[own] == 1)

    def _take_bare(self, row: RosterRow, *, is_alone: bool) -> None:
        told = self.verdicts[place_of(row)]
        bare = [one for one, _, verdict in told if verdict is Verdict.BARE]
        if not bare:
            return
        namesakes = [one for one, seen, _ in told if seen.name > 0 and seen.branch >= 0]
        free = [one for one in bare if one.id not in self.taken]
        if len(namesakes) == 1 and is_alone and free:
            self._pair(row, free[0])
        elif not (row.phone or row.birth or row.member_no or row.identity):
            self._ask(row, "roster.row_ambiguous", namesakes)
        elif any(one.active for one in free):
            self._ask(row, "roster.row_perhaps", [one for one in free if one.active])

    def ask_about_left_over(self) -> None:
        """Rows that may be a correction of somebody who would otherwise be left over."""
        for row in self.rows:
            if not self._is_open(row):
                continue
            found = [
                one
                for one, seen, verdict in self.verdicts[place_of(row)]
                if verdict is Verdict.DOUBT and one.active and one.id not in self.taken
                # A telephone is shared in a house: asked only about who would be stopped.
                if seen.name > 0 or self._speaks_for(one)
            ]
            if not found:
                continue
            bearer = self._bearer_of_number(row)
            if bearer is not None and len(found) == 1 and bearer.id != found[0].id:
                self._ask(row, "roster.row_number_between", [bearer, found[0]])
            else:
                self._ask(row, "roster.row_perhaps", found)

    def _bearer_of_number(self, row: RosterRow) -> KnownPerson | None:
        told = self.verdicts[place_of(row)]
        return next((one for one, seen, _ in told if seen.number > 0), None)

    def ask_about_numbers(self) -> None:
        """Rows whose number or identity number is known as somebody else's."""
        for row in self.rows:
            place = place_of(row)
            if place in self.answered or place in self.troubled or place in self.asked:
                continue
            chosen = self.pairs.get(place)
            for one, seen, verdict in self.verdicts[place]:
                if chosen is not None and one.id == chosen.id:
                    continue
                key = self._contradiction(row, chosen, one, seen, verdict)
                if key:
                    self._ask(row, key, [one] if chosen is None else [one, chosen])
                    break

    def _contradiction(
        self,
        row: RosterRow,
        chosen: KnownPerson | None,
        one: KnownPerson,
        seen: Agreement,
        verdict: Verdict,
    ) -> str:
        if chosen is None:
            if verdict is not Verdict.CONTRADICTION:
                return ""
            return "roster.row_number_of" if seen.number > 0 else "roster.row_identity_of"
        own = next(told for who, told, _ in self.verdicts[place_of(row)] if who.id == chosen.id)
        if seen.identity > 0 and own.identity <= 0:
            return "roster.row_identity_between"
        if seen.number > 0 and own.number <= 0 and (one.active or seen.name < 0):
            return "roster.row_number_between"
        return ""

    def ask_about_borrowed_names(self) -> None:
        """Somebody is not renamed to what another one is called, who goes without that name."""
        called: dict[str, list[KnownPerson]] = defaultdict(list)
        for one in self.known:
            if one.active:
                called[match_form(one.name)].append(one)
        kept = {
            person.id
            for place, person in self.pairs.items()
            if person is not None and place not in self.asked and self._keeps_name(place, person)
        }
        for row in self.rows:
            place = place_of(row)
            person = self.pairs.get(place)
            if person is None or place in self.answered or place in self.asked:
                continue
            if match_form(row.name) == match_form(person.name):
                continue
            bearers = [
                one
                for one in called[match_form(row.name)]
                if one.id not in kept and (one.id in self.taken or self._speaks_for(one))
            ]
            if bearers:
                self._ask(row, "roster.row_name_of", [*bearers, person])
        self._ask_about_named(row for row in self.rows if place_of(row) not in self.answered)

    def _ask_about_named(self, rows: Iterable[RosterRow]) -> None:
        """Nobody is renamed by one row while a question about them is open in another."""
        named = {person.id for asked in self.asked.values() for person in asked.candidates}
        for row in rows:
            person = self.pairs.get(place_of(row))
            if person is None or place_of(row) in self.asked or person.id not in named:
                continue
            if match_form(row.name) != match_form(person.name):
                self._ask(row, "roster.row_perhaps", [person])

    def _speaks_for(self, person: KnownPerson) -> bool:
        """Whether the file would stop a person whom none of its rows is."""
        branches = self.book.branches
        return not branches or match_form(person.branch) in branches

    def _keeps_name(self, place: Place, person: KnownPerson) -> bool:
        row = self.taken[person.id]
        return place_of(row) == place and match_form(row.name) == match_form(person.name)

    def _is_open(self, row: RosterRow) -> bool:
        place = place_of(row)
        return not (place in self.pairs or place in self.asked or place in self.troubled)

    def _pair(self, row: RosterRow, person: KnownPerson | None) -> None:
        self.pairs[place_of(row)] = person
        if person is not None:
            self.taken[person.id] = row

    def _ask(self, row: RosterRow, key: str, about: Iterable[KnownPerson]) -> None:
        self.asked[place_of(row)] = Question(row, key, tuple(about))


def spelled_beside(row: RosterRow, other: RosterRow) -> str:
    """Another row as it is named in a sentence about this one."""
    return str(other.row) if other.sheet == row.sheet else spelled_place(place_of(other))
