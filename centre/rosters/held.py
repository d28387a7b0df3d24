"""People as the centre holds them: their row with all that is known, and what stations get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from app.areas.people.person import OrgUnit, Person, UnitKind, follow
from app.domain.ids import OrgUnitId
from app.wire.codec import read_row, write_row
from centre.feeds.publishing import Row as FeedRow
from centre.feeds.publishing import publish
from centre.feeds.scopes import site_scope
from centre.rosters.matching.weighing import KnownPerson
from centre.store.insert import put_row
from centre.store.tables import org_units, people


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One person: what stations get, and what stays here. ``unit`` is an id, or empty."""

    site: str
    person: Person
    member_no: str = ""
    unit: str = ""
    phone: str = ""
    birth: str = ""
    identity: str = ""

    def turned(self, person: Person, from_ms: int) -> RosterPerson:
        """The same with another value for stations, which remembers what was."""
        return replace(self, person=follow(self.person, person, from_ms))

    def known(self, branches: Mapping[str, str]) -> KnownPerson:
        """As matching asks for them; ``branches`` are names by id."""
        return KnownPerson(
            id=self.person.id,
            name=self.person.name,
            member_no=self.member_no,
            branch=branches.get(self.unit, ""),
            phone=self.phone,
            birth=self.birth,
            identity=self.identity,
            former_names=tuple(dict.fromkeys(one.name for one in self.person.formerly)),
            active=self.person.active,
        )

    def values(self) -> dict[str, object]:
        """As the table keeps them."""
        return {
            "id": self.person.id,
            "site": self.site,
            "name": self.person.name,
            "member_no": self.member_no,
            "unit": self.unit,
            "phone": self.phone,
            "birth": self.birth,
            "active": self.person.active,
            "body": write_row(self.person),
            "identity": self.identity,
        }


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
