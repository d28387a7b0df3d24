"""What people do with cases at a PC, and what the office decides of them."""

from __future__ import annotations

import random
from collections.abc import Mapping

from app.areas.cases.case_kind import CaseKind, FieldKind, Party
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.machine import may
from app.domain.ids import PersonId
from app.usecases.station import Station
from centre.cases.acts import CentreMove, move_case
from centre.cases.reading import CaseChoice, list_cases, show_case
from centre.service import Centre


def open_one(station: Station, chance: random.Random, people: list[PersonId]) -> None:
    """A case of any kind is opened."""
    kind = CASE_KINDS[chance.choice(sorted(CASE_KINDS))]
    station.cases.open_case(kind.name, _values(kind, kind.needs, chance, people))


def move_one(station: Station, chance: random.Random, people: list[PersonId]) -> None:
    """One of those that can be moved on is; or one is opened where there is none."""
    found = [one for one in station.cases.all() if one.moves]
    if not found:
        open_one(station, chance, people)
        return
    view = chance.choice(found)
    move = chance.choice(view.moves)
    held = dict(view.record.fields)
    needs = (*move.needs, *(one for one in move.wants if one not in held))
    values = _values(view.kind, needs, chance, people)
    station.cases.move_case(view.record.case, move.name, values)


def decide_one(centre: Centre, chance: random.Random) -> str:
    """The office moves one on, if it can."""
    with centre.store.reading() as tx:
        listed = list_cases(tx, CaseChoice())
        record = show_case(tx, chance.choice(listed).case) if listed else None
    if record is None:
        return "looks at no case"
    kind, held = CASE_KINDS[record.kind], dict(record.fields)
    party = chance.choice((Party.TOWNSHIP, Party.COUNTY))
    moves = [
        one
        for one in kind.moves_from(record.state)
        if one.fits(held) and may(one.who, party, "", record.site)
    ]
    if not moves:
        return f"leaves case {record.case} as it is"
    move = chance.choice(moves)
    needs = (*move.needs, *(one for one in move.wants if one not in held))
    values = _values(kind, needs, chance, [])
    move_case(centre, CentreMove(record.case, move.name, values, "王主任", party))
    return f"{move.name} of case {record.case}"


def _values(
    kind: CaseKind, needs: tuple[str, ...], chance: random.Random, people: list[PersonId]
) -> Mapping[str, str]:
    return {
        one.name: _value(one.kind, one.choices, chance, people)
        for one in kind.fields
        if one.name in needs
    }


def _value(
    kind: FieldKind, choices: tuple[str, ...], chance: random.Random, people: list[PersonId]
) -> str:
    if choices:
        return chance.choice(choices)
    if kind is FieldKind.PERSON and people:
        return chance.choice(people)
    return {FieldKind.DAY: "2026-12-14", FieldKind.NUMBER: "7"}.get(
        kind, f"事{chance.randrange(99)}"
    )


ACTS = {"case_open": open_one, "case_move": move_one}
