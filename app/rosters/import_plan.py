"""What a roster's file changes, worked out and nothing written: pure but for the new ids.

The file speaks for the branches that stand in it: whoever was active there and is not in it any
more becomes inactive; a file without branches speaks for the whole site. A file with wrong rows or
open questions changes nothing, unless those rows are left out – and nobody is stopped because
their row was.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

from app.domain.errors import BadInput
from app.domain.ids import id_from_random
from app.domain.values import dataclass
from app.domain.written_forms import code_form, code_without_zeros, match_form, shown_form
from app.rosters.changes import PeopleChanges, tell_changes
from app.rosters.files.opening import Sheet
from app.rosters.matching.left_out import Sparing, who_is_spared
from app.rosters.matching.matching import Matched, match_rows
from app.rosters.matching.sorting import Answers, Question, place_of
from app.rosters.roster_person import RosterPerson
from app.rosters.row_person import newcomer, turned_by
from app.rosters.sheets.sheet_rows import ReadColumn, ReadRoster, RosterRow, RowTrouble, SheetRemark

_FEWEST_ASKED = 5
_SHARE_ASKED = 10
_FEW = 3
Remark = tuple[str, tuple[tuple[str, object], ...]]
"""A key of the words and its values."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What the office decided about a file: ``create`` the site if there is none; who rows with a question are (``same``: row to
    person, ``new``), leaving faulty rows out, and how many it knows to be stopped or renamed.

    Rows are named as the screen shows them: ``12``, or ``sheet!12`` in a file of several.
    """

    create: bool = False
    leave_out: bool = False
    same: Mapping[str, str] = field(default_factory=dict)
    new: Sequence[str] = ()
    confirm: int | None = None


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import changes, or would change: everybody by name, and what is wrong or asked."""

    people: PeopleChanges
    unchanged: int
    troubles: tuple[RowTrouble, ...]
    questions: tuple[Question, ...]
    applied: bool
    columns: tuple[ReadColumn, ...] = ()
    left_out: tuple[SheetRemark, ...] = ()
    cleaned: tuple[SheetRemark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    import_id: int | None = None
    several_sheets: bool = False

    @property
    def added(self) -> tuple[str, ...]:
        """Names of those who are new."""
        return tuple(one.name for one in self.people.added)

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of those who change in any way but being stopped."""
        stopped = {one.id for one in self.people.stopped}
        names = {one.id: one.name for one in (*self.people.changed, *self.people.returned)}
        names |= {one.id: one.name for one in self.people.moved}
        return tuple(name for who, name in names.items() if who not in stopped)

    @property
    def deactivated(self) -> tuple[str, ...]:
        """Names of those who are not active any more."""
        return tuple(one.name for one in self.people.stopped)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: its name, what it holds, and its sheets as they are."""

    name: str
    roster: ReadRoster
    sheets: Sequence[Sheet] = ()


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Whom a roster has before, under which branches, and from when on a change holds (ms).

    ``mark`` makes of an identity number what is kept of it.
    """

    site: str
    held: Mapping[str, RosterPerson]
    names: Mapping[str, str]
    from_ms: int
    mark: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What a file changes: what is told, whose rows become other ones, and the new branches."""

    outcome: ImportOutcome
    changing: tuple[RosterPerson, ...]
    fresh_units: Mapping[str, str]
    rows: tuple[RosterRow, ...]


def work_out(file: ReadFile, decided: Decided, before: Standpoint, *, apply: bool) -> WorkedOut:
    """What a file makes of a roster; ``apply`` says it is meant.

    Raises:
        BadInput: an answer has no question; or it is meant while rows are wrong or in question, or
            while very many would be stopped or renamed.
    """
    return _Importing(file, before).run(decided, apply=apply)


@dataclass(frozen=True, slots=True)
class _Importing:
    """One file on its way into one site."""

    file: ReadFile
    before: Standpoint

    @property
    def roster(self) -> ReadRoster:
        """What the file holds."""
        return self.file.roster

    def run(self, decided: Decided, *, apply: bool) -> WorkedOut:
        held, names = self.before.held, self.before.names
        rows = self._rows()
        known = [one.known(names) for one in held.values()]
        matched = match_rows(rows, known, _answers(rows, decided))
        troubles = (*self.roster.troubles, *matched.troubles, *_as_troubles(matched.questions))
        open_rows = {(one.sheet, one.row) for one in troubles} | {
            place_of(one.row) for one in matched.questions
        }
        if apply and open_rows and not decided.leave_out:
            raise BadInput("roster.rows_wrong", count=len(open_rows))
        spared = who_is_spared(self.file.sheets, self.roster, matched, known, rows)
        fresh_units = _fresh_units(rows, names)
        after, kept = self._after(matched, held, {**names, **fresh_units})
        becoming: dict[str, RosterPerson] = {one.person.id: one for one in after}
        gone = [] if spared.nobody_stops else self._gone(rows, held, kept | spared.ids, names)
        for one in gone:
            without = replace(one.person, active=False)
            becoming[one.person.id] = one.turned(without, self.before.from_ms)
        becoming |= _gave_away(held, becoming)
        becoming |= _gave_card_away(held, becoming)
        changing = tuple(one for who, one in becoming.items() if one != held.get(who))
        told = tell_changes(held, changing, {**names, **fresh_units}, applied=apply)
        asked = self._limit(held, told, decided, apply=apply)
        outcome = ImportOutcome(
            people=told,
            unchanged=len((kept & held.keys()) - {one.person.id for one in changing}),
            troubles=tuple(sorted(troubles, key=lambda one: (one.sheet, one.row))),
            questions=matched.questions,
            applied=apply,
            columns=self.roster.columns,
            left_out=self.roster.left_out,
            cleaned=self.roster.cleaned,
            remarks=(*_remarks(rows, matched, spared), *asked),
            several_sheets=len({row.sheet for row in rows}) > 1,
        )
        return WorkedOut(outcome, changing, fresh_units, tuple(rows))

    def _rows(self) -> list[RosterRow]:
        """The rows with the mark in place of the identity number."""
        mark = self.before.mark
        return [replace(row, identity=mark(row.identity)) for row in self.roster.rows]

    def _after(
        self,
        matched: Matched,
        held: Mapping[str, RosterPerson],
        units: Mapping[str, str],
    ) -> tuple[list[RosterPerson], set[str]]:
        """Everybody in the file as they become, and their ids."""
        ids = {match_form(name): unit for unit, name in units.items()}
        columns: dict[str, set[str]] = {}
        for one in self.roster.columns:
            if one.meaning:
                columns.setdefault(one.sheet, set()).add(one.meaning)
        after = []
        for row, person in matched.pairs:
            unit = ids.get(match_form(row.branch), "")
            if person is None:
                after.append(newcomer(self.before.site, row, unit))
            else:
                told = columns.get(row.sheet, set())
                after.append(turned_by(row, held[person.id], unit, told, self.before.from_ms))
        return after, {one.person.id for one in after}

    def _gone(
        self,
        rows: Sequence[RosterRow],
        held: Mapping[str, RosterPerson],
        kept: set[str],
        names: Mapping[str, str],
    ) -> list[RosterPerson]:
        branches = {match_form(row.branch) for row in rows if row.branch}
        spoken = {unit for unit, name in names.items() if match_form(name) in branches}
        return [
            one
            for one in held.values()
            if one.person.active
            and one.person.id not in kept
            and (not branches or spoken.intersection(one.person.units))
        ]

    def _limit(
        self,
        held: Mapping[str, RosterPerson],
        told: PeopleChanges,
        decided: Decided,
        *,
        apply: bool,
    ) -> tuple[Remark, ...]:
        """Ask again before very many are stopped or renamed; the answer names the number."""
        active = sum(one.person.active for one in held.values())
        most = max(_FEWEST_ASKED, active // _SHARE_ASKED)
        count = told.asked_again
        # A file of one village brought to another stops nearly everybody of a small site.
        stopped = len(told.stopped)
        is_most_of_them = stopped >= _FEW and stopped * 2 > active
        if (count <= most and not is_most_of_them) or decided.confirm == count:
            return ()
        values = {
            "count": count,
            "active": active,
            "most": most,
            "stopped": stopped,
            "renamed": len(told.renamed_ids),
        }
        if apply:
            raise BadInput("roster.roster_many", **values)
        return (("roster.roster_asks", tuple(values.items())),)


def _remarks(rows: Sequence[RosterRow], matched: Matched, spared: Sparing) -> tuple[Remark, ...]:
    told: list[Remark] = []
    if matched.counted_rows:
        told.append(("roster.numbers_count_rows", ()))
    if rows and not any(row.branch for row in rows):
        told.append(("roster.speaks_for_all", ()))
    if spared.nobody_stops:
        told.append(("roster.stops_nobody", ()))
    return tuple(told)


def _fresh_units(rows: Sequence[RosterRow], names: Mapping[str, str]) -> dict[str, str]:
    """Branches of the file that the site does not have yet, with new ids."""
    known = {match_form(name) for name in names.values()}
    fresh: dict[str, str] = {}
    for row in rows:
        form = match_form(row.branch)
        if form and form not in known:
            known.add(form)
            fresh[id_from_random("u", secrets.token_bytes(6))] = shown_form(row.branch)
    return fresh


def _as_troubles(questions: Sequence[Question]) -> tuple[RowTrouble, ...]:
    """Namesakes are told among what is wrong: a telephone or a birth in the row settles them."""
    return tuple(
        RowTrouble(one.row.row, one.key, (("name", one.row.name), *one.values), one.row.sheet)
        for one in questions
        if one.key in ("roster.row_ambiguous", "roster.row_namesake", "roster.row_beside")
    )


def _gave_away(
    held: Mapping[str, RosterPerson], becoming: Mapping[str, RosterPerson]
) -> dict[str, RosterPerson]:
    """Who bore a member number that is somebody else's now: a number leads to one person only."""
    given = {
        code_form(one.member_no): who
        for who, one in becoming.items()
        if one.member_no and (who not in held or held[who].member_no != one.member_no)
    }
    without = {}
    for who, was in held.items():
        one = becoming.get(who, was)
        number = code_form(one.member_no)
        if number and given.get(number, who) != who:
            person = one.person
            if code_form(person.card_no) == number:
                person = replace(person, card_no="")
            without[who] = replace(one, member_no="", person=person)
    return without


def _gave_card_away(
    held: Mapping[str, RosterPerson], becoming: Mapping[str, RosterPerson]
) -> dict[str, RosterPerson]:
    """Who had a card that is somebody else's now: at the station a card means one person."""
    given = {
        code_without_zeros(one.person.card_no): who
        for who, one in becoming.items()
        if one.person.card_no
        and one.person.active
        and (who not in held or held[who].person.card_no != one.person.card_no)
    }
    without = {}
    for who, was in held.items():
        one = becoming.get(who, was)
        card = code_without_zeros(one.person.card_no)
        if one.person.card_no and given.get(card, who) != who:
            without[who] = replace(one, person=replace(one.person, card_no=""))
    return without


def _answers(rows: Sequence[RosterRow], decided: Decided) -> Answers:
    by_place: dict[tuple[str, int], str] = {}
    asked = [*decided.same.items(), *((row, "") for row in decided.new)]
    for spelled, person in asked:
        sheet, _, number = spelled.rpartition("!")
        found = [
            place_of(row)
            for row in rows
            if str(row.row) == number.strip() and (not sheet or row.sheet == sheet)
        ]
        if len(found) != 1:
            key = "roster.answer_which_sheet" if found else "roster.answer_no_row"
            raise BadInput(key, row=spelled)
        if found[0] in by_place:
            raise BadInput("roster.answer_row_twice", row=spelled)
        by_place[found[0]] = person
    return Answers(by_place)
