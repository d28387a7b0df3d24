"""What there is: people, sites, courses and plans, each with its id, as lists show them.

Telephones are masked; everything comes out by name, in an order that does not change.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select, true

from app.areas.courses.course import Course
from app.areas.people.person import Person, mask_phone
from app.areas.sessions.session import PlanEntry
from app.domain.values import dataclass
from app.wire.codec import read_row
from centre.service import Centre
from centre.sites import find_site
from centre.store.tables import courses, org_units, people, plans, sites, stations


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person of a roster."""

    id: str
    name: str
    active: bool
    site: str
    site_name: str
    branch: str
    group: str
    kind: str
    phone: str
    birth_year: int | None
    member_no: str
    card_no: str
    standings: tuple[str, ...]
    former_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedSite:
    """One site, with how many active people and stations it has."""

    id: str
    name: str
    parent: str
    tier: str
    people: int
    stations: int


@dataclass(frozen=True, slots=True)
class ListedCourse:
    """One course of the catalogue; ``bytes`` is its video's size."""

    id: str
    title: str
    topic: str
    minutes: float
    bytes: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ListedPlan:
    """One planned session; ``units`` are names, none means everybody."""

    id: str
    site: str
    site_name: str
    date: str
    start: str
    title: str
    courses: tuple[str, ...]
    units: tuple[str, ...]
    withdrawn: bool
    kind: str
    series: str
    reason: str
    """Why it was changed or withdrawn."""


def list_people(centre: Centre, site: str = "") -> tuple[ListedPerson, ...]:
    """Everybody, of one site (id or name) or of all, active ones first.

    Raises:
        NotFound: there is no such site.
    """
    with centre.store.reading() as tx:
        own = people.c.site == find_site(tx, site).id if site else true()
        query = (
            select(people, sites.c.name.label("site_name"))
            .join(sites, sites.c.id == people.c.site)
            .where(own)
            .order_by(sites.c.name, people.c.active.desc(), people.c.name, people.c.id)
        )
        branches = _units(tx)
        return tuple(
            _person(read_row(row.body, Person), row._mapping, branches.get(row.unit, ""))
            for row in tx.execute(query)
        )


def _person(person: Person, row: object, branch: str) -> ListedPerson:
    kept: dict[str, str] = dict(row)  # type: ignore[call-overload]  # a row's mapping
    return ListedPerson(
        id=person.id,
        name=person.name,
        active=person.active,
        site=kept["site"],
        site_name=kept["site_name"],
        branch=branch,
        group=person.group,
        kind=person.kind.value,
        phone=mask_phone(kept["phone"]),
        birth_year=person.birth_year,
        member_no=kept["member_no"],
        card_no=person.card_no,
        standings=tuple(one.kind.value for one in person.standings),
        former_names=tuple(
            dict.fromkeys(one.name for one in person.formerly if one.name != person.name)
        ),
    )


def list_sites(centre: Centre, site: str = "") -> tuple[ListedSite, ...]:
    """All sites, or one.

    Raises:
        NotFound: there is no such site.
    """
    active = (
        select(func.count())
        .select_from(people)
        .where(people.c.site == sites.c.id, people.c.active)
        .scalar_subquery()
    )
    standing = (
        select(func.count())
        .select_from(stations)
        .where(stations.c.site == sites.c.id)
        .scalar_subquery()
    )
    with centre.store.reading() as tx:
        own = sites.c.id == find_site(tx, site).id if site else true()
        query = select(sites, active.label("people"), standing.label("stations")).where(own)
        return tuple(
            ListedSite(row.id, row.name, row.parent or "", row.tier, row.people, row.stations)
            for row in tx.execute(query.order_by(sites.c.name, sites.c.id))
        )


def list_courses(centre: Centre, site: str = "") -> tuple[ListedCourse, ...]:
    """The whole catalogue, withdrawn ones too. Every ``site`` is offered all of it.

    Raises:
        NotFound: there is no such site.
    """
    with centre.store.reading() as tx:
        if site:
            find_site(tx, site)
        query = select(courses.c.body).order_by(courses.c.title, courses.c.id)
        found = [read_row(body, Course) for body in tx.scalars(query)]
    return tuple(
        ListedCourse(
            one.id,
            one.title,
            one.topic,
            round(one.duration_ms / 60_000, 1),
            one.video.size_bytes,
            one.withdrawn,
        )
        for one in found
    )


def list_plans(centre: Centre, site: str = "") -> tuple[ListedPlan, ...]:
    """All planned sessions, of one site or of all, newest day last.

    Raises:
        NotFound: there is no such site.
    """
    with centre.store.reading() as tx:
        own = plans.c.site == find_site(tx, site).id if site else true()
        query = (
            select(plans.c.body, plans.c.site, sites.c.name)
            .join(sites, sites.c.id == plans.c.site)
            .where(own)
            .order_by(plans.c.date, sites.c.name, plans.c.id)
        )
        units = _units(tx)
        found = [(read_row(row.body, PlanEntry), row) for row in tx.execute(query)]
    return tuple(
        ListedPlan(
            id=entry.id,
            site=row.site,
            site_name=row.name,
            date=entry.date,
            start=entry.start,
            title=entry.title,
            courses=tuple(entry.courses),
            units=tuple(units.get(unit, unit) for unit in entry.units),
            withdrawn=entry.withdrawn,
            kind=entry.kind,
            series=entry.series,
            reason=entry.reason,
        )
        for entry, row in found
    )


def _units(tx: Connection) -> dict[str, str]:
    return {row.id: row.name for row in tx.execute(select(org_units.c.id, org_units.c.name))}
