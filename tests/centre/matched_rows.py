"""Rows of a sheet beside people who are known, and what became of a row."""

from __future__ import annotations

from dataclasses import replace

from app.areas.people.person import PersonKind
from app.rosters.matching.matching import Matched
from app.rosters.matching.weighing import KnownPerson
from app.rosters.sheets.sheet_rows import RosterRow


def row(name: str, number: int = 2, **told: str) -> RosterRow:
    """One row of a sheet."""
    blank = RosterRow(
        row=number,
        name=name,
        member_no="",
        branch="一支部",
        group="",
        phone="",
        birth="",
        gender="",
        kind=PersonKind.MEMBER,
        card_no="",
        standing=None,
        active=True,
    )
    return replace(blank, **told)  # type: ignore[arg-type]  # all are words


def known(name: str, ident: str = "p1", **told: str) -> KnownPerson:
    """Somebody the centre has."""
    blank = KnownPerson(ident, name, "", "一支部", "", "")
    return replace(blank, **told)  # type: ignore[arg-type]  # all are words


def fate(matched: Matched, number: int = 2) -> str:
    """The id a row was given, "new", "?" for a question, "!" for a fault."""
    if any(one.row.row == number for one in matched.questions):
        return "?"
    if any(one.row == number for one in matched.troubles):
        return "!"
    (person,) = [person for one, person in matched.pairs if one.row == number]
    return "new" if person is None else person.id
