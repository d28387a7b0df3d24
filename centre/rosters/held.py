"""People as the centre holds them: their rows read and written, and told to stations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from app.areas.people.person import OrgUnit, Person, UnitKind
from app.domain.ids import OrgUnitId
from app.rosters.roster_person import RosterPerson
from app.wire.codec import read_row, write_row
from centre.feeds.publishing import Row as FeedRow
from centre.feeds.publishing import publish
from centre.feeds.scopes import site_scope
from centre.rosters.directory import publish_people
from centre.store.insert import put_row
from centre.store.tables import org_units, people


def people_of(tx: Connection, site: str) -> dict[str, RosterPerson]:
    """Everybody of a site by id, also who is not active."""
    rows = tx.execute(select(people).where(people.c.site == site))
    return {row.id: _held_of(dict(row._mapping)) for row in rows}


def _held_of(row: Mapping[str, object]) -> RosterPerson:
    body = row["body"]
    assert isinstance(body, bytes)
    return RosterPerson(
        site=str(row["site"]),
        person=read_row(body, Person),
        member_no=str(row["member_no"]),
        unit=str(row["unit"]),
        phone=str(row["phone"]),
        birth=str(row["birth"]),
        identity=str(row["identity"]),
    )


def branch_names(tx: Connection, site: str) -> dict[str, str]:
    """Names of a site's units by id."""
    query = select(org_units.c.id, org_units.c.name).where(org_units.c.site == site)
    return {row.id: row.name for row in tx.execute(query)}


def write_people(
    tx: Connection,
    site: str,
    changed: Sequence[RosterPerson],
    fresh_units: Mapping[str, str] | None = None,
) -> None:
    """Keep changed people and new units, and tell the site's stations."""
    rows = []
    for unit, name in (fresh_units or {}).items():
        body = write_row(OrgUnit(OrgUnitId(unit), name, UnitKind.BRANCH))
        put_row(tx, org_units, {"id": unit, "site": site, "name": name, "body": body}, key=["id"])
        rows.append(FeedRow("org_unit", unit, body))
    for one in changed:
        put_row(tx, people, one.values(), key=["id"])
        rows.append(FeedRow("person", one.person.id, write_row(one.person)))
    publish(tx, site_scope(site), rows)
    publish_people(tx, site, [one.person.id for one in changed])
