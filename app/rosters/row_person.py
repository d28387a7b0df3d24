"""What a row of a sheet makes of somebody: what it tells changes, what it is silent of stays."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import replace

from app.areas.people.person import Person, PersonKind, Standing, follow
from app.domain.ids import OrgUnitId, PersonId, id_from_random
from app.domain.written_forms import code_form, code_without_zeros, shown_form
from app.rosters.roster_person import RosterPerson
from app.rosters.sheets.sheet_rows import RosterRow

_TAIL_DIGITS = 4
_PLAIN_COLUMNS = frozenset(
    "name member_no identity phone branch group birth gender kind card_no post".split()
)
"""Columns that say nothing of why somebody need not come."""


def newcomer(site: str, row: RosterRow, unit: str) -> RosterPerson:
    """Somebody who was not known."""
    person = Person(
        id=PersonId(id_from_random("p", secrets.token_bytes(6))),
        name=shown_form(row.name),
        kind=row.kind,
        units=(OrgUnitId(unit),) if unit else (),
        group=row.group,
        birth_year=_year(row.birth),
        gender=row.gender,
        phone_tail=row.phone[-_TAIL_DIGITS:],
        # Without a card of its own, the member number is what a printed card carries.
        card_no=row.card_no or row.member_no,
        standings=_standings(row),
        active=row.active,
        posts=row.posts,
    )
    return RosterPerson(site, person, row.member_no, unit, row.phone, row.birth, row.identity)


def turned_by(
    row: RosterRow, before: RosterPerson, unit: str, columns: Collection[str], from_ms: int
) -> RosterPerson:
    """Somebody known, as a row tells of them; ``columns`` are what its sheet has, none if that
    is not known. What the file has no column for stays as it is."""
    unit = unit or before.unit
    has_moved = unit != before.unit
    phone, birth = row.phone or before.phone, row.birth or before.birth
    was = before.person
    person = replace(
        was,
        name=shown_form(row.name),
        kind=row.kind if _tells("kind", columns) or row.kind != PersonKind.MEMBER else was.kind,
        units=(OrgUnitId(unit),) if has_moved else was.units,
        group=row.group if has_moved or row.group or _tells("group", columns) else was.group,
        birth_year=_year(birth),
        gender=row.gender or was.gender,
        phone_tail=phone[-_TAIL_DIGITS:],
        card_no=_kept_code(row.card_no, was.card_no) or row.member_no,
        standings=_standings_after(row, was, columns),
        active=row.active,
        posts=row.posts if row.posts or "post" in columns else was.posts,
    )
    return replace(
        before,
        person=follow(was, person, from_ms),
        member_no=_kept_code(row.member_no, before.member_no),
        unit=unit,
        phone=phone,
        birth=birth,
        identity=row.identity or before.identity,
    )


def _tells(column: str, columns: Collection[str]) -> bool:
    return not columns or column in columns


def _standings(row: RosterRow) -> tuple[Standing, ...]:
    return () if row.standing is None else (Standing(row.standing),)


def _standings_after(row: RosterRow, was: Person, columns: Collection[str]) -> tuple[Standing, ...]:
    if row.standing is None:
        return () if not columns or set(columns) - _PLAIN_COLUMNS else was.standings
    if [one.kind for one in was.standings] == [row.standing]:
        return was.standings
    return _standings(row)


def _kept_code(new: str, old: str) -> str:
    """The number to keep: of two that differ by lost zeros or letter case the fuller one."""
    if not new or code_form(new) == code_form(old):
        return old or new
    if code_without_zeros(new) == code_without_zeros(old):
        return max(new, old, key=len)
    return new


def _year(birth: str) -> int | None:
    return int(birth[:4]) if birth else None
