"""Forms of the centre that are made of ledgers: running book, year, visits, class, site."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from app.areas.cases.machine import CaseRecord
from app.areas.catalogue.kinds import kind_name
from app.areas.catalogue.values import Lecturer, TrainingClass
from app.areas.classes.progress import class_progress
from app.areas.equipment.device import CASE_KIND, events_of, standing_of
from app.areas.equipment.record import EQUIPMENT, device_of_row
from app.areas.forms.form import Form
from app.areas.forms.sheets.class_file import class_file
from app.areas.forms.sheets.equipment_list import StationMachine, equipment_list
from app.areas.forms.sheets.running_record import running_record
from app.areas.forms.sheets.site_file import SiteFacts, site_file
from app.areas.forms.sheets.visit_list import visit_list
from app.areas.forms.sheets.year_of_person import YearSheetPerson, year_of_person
from app.areas.people.person import Person, PersonKind, Site
from app.domain.errors import BadInput, NotFound
from app.domain.time import local_date
from app.wire.codec import read_row
from centre.cases.reading import show_case
from centre.catalogue.rows import rows_of
from centre.ledgers.absence import county_absence
from centre.ledgers.running import site_book
from centre.ledgers.scope import LedgerScope, lines_of_people
from centre.ledgers.yearly import sheet_of
from centre.store.decision_tables import case_heads
from centre.store.projection_tables import DISPOSABLE, session_sums
from centre.store.tables import org_units, people, sites, stations
from centre.words import say

_DEVICES = DISPOSABLE[EQUIPMENT.name].tables[0]
_MEMBERS = frozenset({PersonKind.MEMBER, PersonKind.PROBATIONARY})
_YEAR = timedelta(days=365)


def running_of(tx: Connection, site: Site, month: str, first: str, last: str) -> Form:
    """A site's running book of a month."""
    days = site_book(tx, LedgerScope(first, last, site.id))
    events = events_of(cases_of(tx, site, CASE_KIND))
    return running_record(say, site.name, month, days, events)


def year_of(tx: Connection, person: str, year: int) -> Form:
    """Somebody's year. NotFound: nobody has that id."""
    row = tx.execute(
        select(people.c.name, sites.c.name.label("site_name"), org_units.c.name.label("branch"))
        .join(sites, sites.c.id == people.c.site)
        .outerjoin(org_units, org_units.c.id == people.c.unit)
        .where(people.c.id == person)
    ).one_or_none()
    if row is None:
        raise NotFound("centre.no_person", person=person)
    whose = YearSheetPerson(row.site_name, row.name, row.branch or "")
    return year_of_person(say, whose, sheet_of(tx, person, year))


def visits_of(tx: Connection, site: Site, day: str) -> Form:
    """Whom a site's secretary is to visit, as of a day (an ISO date; else BadInput)."""
    try:
        date.fromisoformat(day)
    except ValueError as wrong:
        raise BadInput("centre.ledger_no_date", date=day) from wrong
    told = [one.absence for one in county_absence(tx, LedgerScope(day, day, site.id))]
    rows = tx.execute(select(people.c.id, people.c.body).where(people.c.site == site.id))
    known = {str(row.id): read_row(row.body, Person) for row in rows}
    return visit_list(say, site.name, day, told, known)


def class_of(tx: Connection, named: str, *, restricted: bool = False) -> Form:
    """The file of a class, by its id or name. NotFound: there is none. BadInput: only entitled people
    see who is in it, and it was not said that one is."""
    classes = (row.value for row in rows_of(tx, kind_name(TrainingClass)))
    held: TrainingClass | None = next((one for one in classes if named in (one.id, one.name)), None)
    if held is None:
        raise NotFound("centre.form_no_class", name=named)
    if held.is_restricted and not restricted:
        raise BadInput("centre.class_restricted", name=held.name)
    lines = [line for _, own in lines_of_people(tx, held.people) for line in own]
    rows = tx.execute(select(people.c.id, people.c.name).where(people.c.id.in_(held.people)))
    names = {str(row.id): str(row.name) for row in rows}
    names |= {row.id: row.name for row in rows_of(tx, kind_name(Lecturer))}
    return class_file(say, held, class_progress(held, lines), names)


def site_of(tx: Connection, site: Site, today: date) -> Form:
    """The file of a site."""
    bodies = tx.scalars(select(people.c.body).where(people.c.site == site.id, people.c.active))
    known = [read_row(body, Person) for body in bodies]
    units = tx.scalars(
        select(org_units.c.name).where(org_units.c.site == site.id).order_by(org_units.c.name)
    )
    since = (today - _YEAR).isoformat()
    held = tx.scalar(
        select(func.count())
        .select_from(session_sums)
        .where(
            session_sums.c.site == site.id,
            session_sums.c.step == "closed",
            session_sums.c.day > since,
        )
    )
    machines = tx.scalar(
        select(func.count()).select_from(stations).where(stations.c.site == site.id)
    )
    parent = tx.scalar(select(sites.c.name).where(sites.c.id == (site.parent or "")))
    told = SiteFacts(
        id=site.id,
        name=site.name,
        parent=parent or "",
        tier=site.tier,
        branches=tuple(units),
        people=len(known),
        members=sum(one.kind in _MEMBERS for one in known),
        stations=int(machines or 0),
        sessions=int(held or 0),
    )
    return site_file(say, told)


def equipment_of(tx: Connection, site: Site) -> Form:
    """The register of a site: its PCs that are served."""
    rows = tx.execute(
        select(stations.c.machine, stations.c.enrolled_ms)
        .where(
            stations.c.site == site.id,
            stations.c.revoked_ms.is_(None),
            stations.c.moved_ms.is_(None),
        )
        .order_by(stations.c.enrolled_ms, stations.c.id)
    )
    machines = (
        StationMachine(row.machine, local_date(row.enrolled_ms).isoformat()) for row in rows
    )
    listed = select(_DEVICES).where(_DEVICES.c.site == site.id, _DEVICES.c.is_out == 0)
    order = (_DEVICES.c.name, _DEVICES.c.model, _DEVICES.c.device)
    devices = [device_of_row(dict(row._mapping)) for row in tx.execute(listed.order_by(*order))]
    cases = cases_of(tx, site, CASE_KIND)
    found = ((one, standing_of(one, cases)) for one in devices)
    told = ((one, "" if case is None else case.state) for one, case in found)
    return equipment_list(say, site.name, machines, told)


def cases_of(tx: Connection, site: Site, kind: str) -> tuple[CaseRecord, ...]:
    """All cases of a kind that a site opened, in order of their ids."""
    of_site = (case_heads.c.site == site.id, case_heads.c.kind == kind)
    found = tx.scalars(select(case_heads.c.case_id).where(*of_site).order_by(case_heads.c.case_id))
    return tuple(show_case(tx, one) for one in found.all())
