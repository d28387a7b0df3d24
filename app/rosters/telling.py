"""An import told: in words that fit a screen, and whole for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from app.areas.people.person import mask_phone
from app.domain.written_forms import match_form
from app.rosters.changes import FieldChange, Moved, ToldPerson
from app.rosters.import_plan import ImportOutcome
from app.rosters.matching.sorting import Question, spelled_place
from app.rosters.matching.weighing import KnownPerson, compare, compare_numbers
from app.rosters.sheets.sheet_rows import RosterRow, RowTrouble, SheetRemark
from app.rosters.words import WORDS, said_or, say

_MOST_LINES = 40
_CODED = frozenset({"gender", "kind", "standing", "identity", "post"})


def counts(outcome: ImportOutcome) -> dict[str, int]:
    """How many of each."""
    return {
        "added": len(outcome.added),
        "changed": len(outcome.changed),
        "deactivated": len(outcome.deactivated),
        "unchanged": outcome.unchanged,
    }


def as_json(outcome: ImportOutcome) -> dict[str, Any]:
    """Everything, for programs."""
    people = outcome.people
    return {
        **counts(outcome),
        "applied": outcome.applied,
        "import_id": outcome.import_id,
        "people": {
            "added": [_plain(one) for one in people.added],
            "changed": [
                {**_plain(one), "changes": [_plain_change(part) for part in one.changes]}
                for one in people.changed
            ],
            "moved": [
                {"name": one.name, "id": one.id, "from": one.was, "to": one.now}
                for one in people.moved
            ],
            "stopped": [_plain(one) for one in people.stopped],
            "returned": [_plain(one) for one in people.returned],
        },
        "errors": [
            {"row": one.row, "sheet": one.sheet, "cell": one.cell, "words": _trouble(outcome, one)}
            for one in outcome.troubles
        ],
        "questions": [_plain_question(outcome, one) for one in outcome.questions],
        "columns": [msgspec.to_builtins(one) for one in outcome.columns],
        "left_out": [_plain_remark(one) for one in outcome.left_out],
        "cleaned": [_plain_remark(one) for one in outcome.cleaned],
        "remarks": [say(key, **dict(values)) for key, values in outcome.remarks],
    }


def as_lines(outcome: ImportOutcome, *, left_out: bool) -> list[str]:
    """What a clerk reads: grouped, each group cut when it is long."""
    done = "roster.roster_done" if outcome.applied else "roster.roster_would"
    people = outcome.people
    lines = [say(done, **counts(outcome))]
    lines += _cut([say(key, **dict(values)) for key, values in outcome.remarks])
    lines += _group("roster.list_added", [_person(one) for one in people.added])
    lines += _group("roster.list_changed", [_changed(one) for one in people.changed])
    lines += _group("roster.list_moved", [_moved(one) for one in people.moved])
    lines += _group("roster.list_stopped", [_person(one) for one in people.stopped])
    lines += _group("roster.list_returned", [_person(one) for one in people.returned])
    lines += _columns(outcome)
    lines += _group("roster.list_left_out", [_remark(one) for one in outcome.left_out])
    lines += _group("roster.list_cleaned", [_remark(one) for one in outcome.cleaned])
    asked = {(one.row.sheet, one.row.row) for one in outcome.questions}
    faults = [
        _trouble(outcome, one) for one in outcome.troubles if (one.sheet, one.row) not in asked
    ]
    if left_out:
        faults += [_question(outcome, one) for one in outcome.questions]
        return lines + _group("roster.list_rows_left_out", faults)
    lines += _group("roster.list_faults", faults)
    answers = ["\n".join(_with_answers(outcome, one)) for one in outcome.questions]
    return lines + _group("roster.list_questions", answers)


def _group(head: str, told: Sequence[str]) -> list[str]:
    if not told:
        return []
    return [say(head, count=len(told)), *_cut([f"  {one}" for one in told])]


def _cut(lines: list[str]) -> list[str]:
    if len(lines) <= _MOST_LINES:
        return lines
    return [*lines[:_MOST_LINES], say("roster.list_more", count=len(lines) - _MOST_LINES)]


def _person(one: ToldPerson) -> str:
    return _named(one.name, (one.branch, one.phone))


def _named(name: str, about: Iterable[str]) -> str:
    known = [part for part in about if part]
    return f"{name} ({', '.join(known)})" if known else name


def _changed(one: ToldPerson) -> str:
    parts = (_change(part) for part in one.changes)
    return f"{_named(one.name, (one.branch,))} {'; '.join(parts)}"


def _change(part: FieldChange) -> str:
    was, now = _value(part.field, part.was), _value(part.field, part.now)
    return f"{_field(part.field)} {was} → {now}"


def _field(name: str) -> str:
    return say(f"roster.field_{name}")


def _value(field: str, value: str) -> str:
    if not value:
        return say("roster.nothing")
    if field not in _CODED:
        return value
    return "+".join(said_or(f"roster.value_{one}", one) for one in value.split("+"))


def _moved(one: Moved) -> str:
    was, now = one.was or say("roster.nothing"), one.now or say("roster.nothing")
    return f"{one.name} {was} → {now}"


def _columns(outcome: ImportOutcome) -> list[str]:
    used = [_column(one.heading, one.meaning) for one in outcome.columns if one.meaning]
    unused = [one.heading for one in outcome.columns if not one.meaning]
    lines = []
    if used:
        lines.append(say("roster.list_columns", columns=", ".join(dict.fromkeys(used))))
    if unused:
        lines.append(say("roster.list_ignored", columns=", ".join(dict.fromkeys(unused))))
    return lines


def _column(heading: str, meaning: str) -> str:
    field = _field(meaning) if f"roster.field_{meaning}" in WORDS else heading
    return heading if heading == field else f"{heading}={field}"


def _remark(one: SheetRemark) -> str:
    return say(one.key, **{"sheet": one.sheet, "cell": one.cell, **dict(one.values)})


def _plain_remark(one: SheetRemark) -> dict[str, str]:
    return {"sheet": one.sheet, "cell": one.cell, "words": _remark(one)}


def _trouble(outcome: ImportOutcome, one: RowTrouble) -> str:
    values = {"row": one.row, "sheet": one.sheet, "cell": one.cell, **dict(one.values)}
    return _in_sheet(outcome, one.sheet, say(one.key, **values))


def _in_sheet(outcome: ImportOutcome, sheet: str, sentence: str) -> str:
    if not (sheet and outcome.several_sheets):
        return sentence
    return say("roster.in_sheet", sheet=sheet, sentence=sentence)


def _question(outcome: ImportOutcome, one: Question) -> str:
    row = one.row
    values: dict[str, object] = {
        "row": row.row,
        "name": _named(row.name, (row.branch, mask_phone(row.phone), _birth(row.birth))),
        "number": row.member_no,
    }
    key = one.key
    if key == "roster.row_perhaps" and len(one.candidates) == 1:
        alike, unlike = _beside(row, one.candidates[0])
        if alike and unlike:
            key = "roster.row_differs"
            values |= {"alike": _listed(alike), "unlike": _listed(unlike)}
    old = [_known(person) for person in one.candidates]
    if key in ("roster.row_ambiguous", "roster.row_namesake", "roster.row_name_of"):
        values["name"] = row.name
    if "{chosen}" in WORDS[key][0]:
        values["chosen"] = old.pop()
    values["old"] = ", ".join(old)
    return _in_sheet(outcome, row.sheet, say(key, **(values | dict(one.values))))


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return say("roster.and", first=", ".join(names[:-1]), last=names[-1])


def _beside(row: RosterRow, person: KnownPerson) -> tuple[list[str], list[str]]:
    """What of a row is as it is known of somebody, and what is otherwise."""
    seen = compare(row, person, number=compare_numbers(row.member_no, person.member_no))
    told = {
        "name": 1 if match_form(row.name) == match_form(person.name) else -1,
        "identity": seen.identity,
        "member_no": seen.number,
        "phone": seen.phone,
        "birth": seen.birth,
        "branch": seen.branch,
    }
    alike = [_field(field) for field, one in told.items() if one > 0]
    return alike, [_field(field) for field, one in told.items() if one < 0]


def _with_answers(outcome: ImportOutcome, one: Question) -> list[str]:
    row = spelled_place((one.row.sheet if outcome.several_sheets else "", one.row.row))
    lines = [_question(outcome, one)]
    for person in one.candidates:
        lines.append(say("roster.answer_same", person=_known(person), row=row, id=person.id))
    return [*lines, say("roster.answer_new", row=row)]


def _known(person: KnownPerson) -> str:
    state = "" if person.active else say("roster.state_stopped")
    about = (person.branch, mask_phone(person.phone), _birth(person.birth), state)
    return _named(person.name, about)


def _birth(birth: str) -> str:
    return say("roster.told_birth", birth=birth) if birth else ""


def _plain(one: ToldPerson) -> dict[str, Any]:
    return {"name": one.name, "id": one.id, "branch": one.branch, "phone": one.phone}


def _plain_change(part: FieldChange) -> dict[str, str]:
    return {"field": part.field, "from": part.was, "to": part.now}


def _plain_question(outcome: ImportOutcome, one: Question) -> dict[str, Any]:
    return {
        "row": one.row.row,
        "sheet": one.row.sheet,
        "name": one.row.name,
        "why": one.key.rpartition("row_")[2],
        "words": _question(outcome, one),
        "candidates": [
            {
                "id": person.id,
                "name": person.name,
                "branch": person.branch,
                "phone": mask_phone(person.phone),
                "birth": person.birth,
                "active": person.active,
            }
            for person in one.candidates
        ],
    }
