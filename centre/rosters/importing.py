"""Importing a roster: what would change is worked out first, and written only when asked.

The file speaks for the branches that stand in it: whoever was active there and is not in
it any more becomes inactive. A file with wrong rows changes nothing. Full telephone
numbers stay at the centre, for matching; stations get the last four digits.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Row, select

from app.domain.errors import BadInput
from app.domain.ids import OrgUnitId, PersonId, id_from_random
from app.domain.people import OrgUnit, Person, Standing, UnitKind
from app.wire.codec import read_row, write_row
from centre.feeds.publishing import Row as FeedRow
from centre.feeds.publishing import publish
from centre.feeds.scopes import site_scope
from centre.interpretation.pending import retry_held
from centre.interpretation.readings import Reason
from centre.rosters.matching import KnownPerson, match_rows
from centre.rosters.opening import open_sheets
from centre.rosters.sheet_rows import RosterRow, RowTrouble, read_roster
from centre.service import Centre
from centre.stations.sites import find_site
from centre.store.insert import put_row
from centre.store.tables import org_units, people, sites

_TAIL_DIGITS = 4


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import changes, or would change: names, and what is wrong in which row."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    deactivated: tuple[str, ...]
    unchanged: int
    troubles: tuple[RowTrouble, ...]
    applied: bool


@dataclass(frozen=True, slots=True)
class _Held:
    """One person as the centre has them."""

    row: dict[str, object]
    person: Person


def import_roster(centre: Centre, path: Path, site_name: str, *, apply: bool) -> ImportOutcome:
    """Work out what a file changes for a site, and change it if ``apply``.

    Raises:
        BadInput: the file is no roster; or ``apply`` was asked while rows are wrong.
        NotFound: there is no such site.
    """
    roster = read_roster(open_sheets(path), path.name)
    with centre.store.writing() as tx:
        site = find_site(tx, site_name).id
        tx.execute(select(sites.c.id).where(sites.c.id == site).with_for_update()).one()
        outcome = _import(tx, site, roster.rows, roster.troubles, apply=apply)
    if outcome.applied:
        retry_held(centre, site, (Reason.UNKNOWN_PERSON, Reason.FAILED))
    return outcome


def _import(
    tx: Connection,
    site: str,
    rows: tuple[RosterRow, ...],
    troubles: tuple[RowTrouble, ...],
    *,
    apply: bool,
) -> ImportOutcome:
    units = _units(tx, site)
    names = {unit: name for name, unit in units.items()}
    held = {one.person.id: one for one in _people(tx, site)}
    matched = match_rows(rows, [_known(one, names) for one in held.values()])
    wrong = tuple(sorted((*troubles, *matched.troubles), key=lambda one: one.row))
    if apply and wrong:
        raise BadInput("centre.rows_wrong", count=len({one.row for one in wrong}))
    branches = dict.fromkeys(row.branch for row in rows if row.branch)
    for branch in branches:
        units.setdefault(branch, id_from_random("u", secrets.token_bytes(6)))
    fresh = [
        _row_for(site, row, units, None if match is None else held[PersonId(match.id)])
        for row, match in matched.pairs
    ]
    kept = {one.person.id for one in fresh}
    spoken_for = {units[branch] for branch in branches}
    gone = [
        _gone(one)
        for one in held.values()
        if one.person.id not in kept
        and one.person.active
        and (not branches or spoken_for.intersection(one.person.units))
    ]
    added = [one for one in fresh if one.person.id not in held]
    changed = [one for one in fresh if one.person.id in held and one != held[one.person.id]]
    if apply:
        _write(tx, site, {name: units[name] for name in branches}, [*added, *changed, *gone])
    doubtful = {one.row for one in wrong}
    return ImportOutcome(
        added=tuple(one.person.name for one in added),
        changed=tuple(one.person.name for one in changed),
        deactivated=() if doubtful and not apply else tuple(one.person.name for one in gone),
        unchanged=len(fresh) - len(added) - len(changed),
        troubles=wrong,
        applied=apply,
    )


def _units(tx: Connection, site: str) -> dict[str, str]:
    query = select(org_units.c.name, org_units.c.id).where(org_units.c.site == site)
    return {row.name: row.id for row in tx.execute(query)}


def _people(tx: Connection, site: str) -> Iterable[_Held]:
    for row in tx.execute(select(people).where(people.c.site == site)):
        yield _held_of(row)


def _held_of(row: Row[tuple[object, ...]]) -> _Held:
    values = dict(row._mapping)
    return _Held(values, read_row(values["body"], Person))


def _known(one: _Held, names: Mapping[str, str]) -> KnownPerson:
    return KnownPerson(
        id=one.person.id,
        name=one.person.name,
        member_no=str(one.row["member_no"]),
        branch=names.get(str(one.row["unit"]), ""),
        phone=str(one.row["phone"]),
        birth=str(one.row["birth"]),
    )


def _row_for(site: str, row: RosterRow, units: Mapping[str, str], before: _Held | None) -> _Held:
    unit = units.get(row.branch, "")
    old = {"member_no": "", "phone": "", "birth": ""} if before is None else before.row
    phone = row.phone or str(old["phone"])
    birth = row.birth or str(old["birth"])
    person = Person(
        id=PersonId(id_from_random("p", secrets.token_bytes(6)))
        if before is None
        else before.person.id,
        name=row.name,
        kind=row.kind,
        units=(OrgUnitId(unit),) if unit else (),
        group=row.group,
        birth_year=int(birth[:4]) if birth else None,
        gender=row.gender or ("" if before is None else before.person.gender),
        phone_tail=phone[-_TAIL_DIGITS:],
        # Without a card of its own, the member number is what a printed card carries.
        card_no=row.card_no or ("" if before is None else before.person.card_no) or row.member_no,
        standings=() if row.standing is None else (Standing(row.standing),),
        active=row.active,
    )
    values: dict[str, object] = {
        "id": person.id,
        "site": site,
        "name": person.name,
        "member_no": row.member_no or str(old["member_no"]),
        "unit": unit,
        "phone": phone,
        "birth": birth,
        "active": person.active,
        "body": write_row(person),
    }
    return _Held(values, person)


def _gone(one: _Held) -> _Held:
    from dataclasses import replace

    person = replace(one.person, active=False)
    return _Held({**one.row, "active": False, "body": write_row(person)}, person)


def _write(tx: Connection, site: str, units: Mapping[str, str], changed: list[_Held]) -> None:
    rows = []
    for name, unit in units.items():
        body = write_row(OrgUnit(OrgUnitId(unit), name, UnitKind.BRANCH))
        put_row(tx, org_units, {"id": unit, "site": site, "name": name, "body": body}, key=["id"])
        rows.append(FeedRow("org_unit", unit, body))
    for one in changed:
        put_row(tx, people, one.row, key=["id"])
        rows.append(FeedRow("person", one.person.id, write_row(one.person)))
    publish(tx, site_scope(site), rows)
