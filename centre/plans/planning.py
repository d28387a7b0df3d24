"""Planning sessions and taking them back."""

from __future__ import annotations

import dataclasses
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from app.areas.sessions.session import PlanEntry
from app.domain.errors import BadInput, NotFound
from app.domain.ids import CourseId, OrgUnitId, PlanId, id_from_random
from app.domain.time import local_date
from app.wire.codec import read_row, write_row
from centre.courses.publishing import find_course
from centre.decisions.ledger import Kind, decide
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.service import Centre
from centre.sites import find_site
from centre.store.insert import put_row
from centre.store.site_lock import lock_site
from centre.store.tables import org_units, plans
from centre.titles import good_title

_FARTHEST_DAYS = 3_653
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z")


@dataclass(frozen=True, slots=True)
class PlanWish:
    """One session as it is asked for; ``units`` are names or ids, none means everybody."""

    site: str
    date: str
    start: str
    title: str
    courses: Sequence[str] = ()
    units: Sequence[str] = ()


def plan_session(centre: Centre, wish: PlanWish) -> PlanEntry:
    """Put a session into a site's plan.

    Raises:
        BadInput: date or time cannot be read, or the day is over; the title is empty or too
            long; or the site has a session at that time already.
        NotFound: there is no such site, course or unit.
    """
    _check_when(wish, local_date(centre.now_ms()))
    title = good_title(wish.title)
    with centre.store.writing() as tx:
        site = find_site(tx, wish.site)
        lock_site(tx, site.id)
        _refuse_twice(tx, site.id, wish)
        entry = PlanEntry(
            id=PlanId(id_from_random("n", secrets.token_bytes(10))),
            date=wish.date,
            start=wish.start,
            title=title,
            units=tuple(_unit(tx, site.id, name) for name in wish.units),
            courses=tuple(_course(tx, name) for name in wish.courses),
        )
        _put(tx, site.id, entry)
    return entry


def withdraw_plan(centre: Centre, name: str) -> PlanEntry:
    """Take a session back; the row stays so that stations learn of it.

    Raises:
        NotFound: there is no such entry.
    """
    with centre.store.writing() as tx:
        row = tx.execute(select(plans).where(plans.c.id == name)).one_or_none()
        if row is None:
            raise NotFound("centre.no_plan", plan=name)
        entry = dataclasses.replace(read_row(row.body, PlanEntry), withdrawn=True)
        _put(tx, row.site, entry)
        decide(tx, centre, Kind.PLAN_WITHDRAWN, entry.id, site=row.site)
    return entry


def withdraw_again(tx: Connection, name: str) -> None:
    """Take a session back once more, in the caller's transaction, if it is here."""
    row = tx.execute(select(plans).where(plans.c.id == name)).one_or_none()
    if row is not None:
        _put(tx, row.site, dataclasses.replace(read_row(row.body, PlanEntry), withdrawn=True))


def _check_when(wish: PlanWish, today: date) -> None:
    try:
        good = date.fromisoformat(wish.date).isoformat() == wish.date
    except ValueError:
        good = False
    if not good or _TIME.match(wish.start) is None:
        raise BadInput("centre.bad_when", date=wish.date, start=wish.start)
    if wish.date < today.isoformat():
        raise BadInput("centre.plan_past", date=wish.date, today=today.isoformat())
    if date.fromisoformat(wish.date) - today > timedelta(days=_FARTHEST_DAYS):
        raise BadInput("centre.plan_far", date=wish.date, days=_FARTHEST_DAYS)


def _refuse_twice(tx: Connection, site: str, wish: PlanWish) -> None:
    query = select(plans.c.body).where(plans.c.site == site, plans.c.date == wish.date)
    for body in tx.scalars(query.order_by(plans.c.id)):
        other = read_row(body, PlanEntry)
        if other.start == wish.start and not other.withdrawn:
            named = {"date": wish.date, "start": wish.start, "title": other.title, "id": other.id}
            raise BadInput("centre.plan_twice", **named)


def _course(tx: Connection, name: str) -> CourseId:
    course = find_course(tx, name)
    if course.withdrawn:
        raise BadInput("centre.course_withdrawn", title=course.title)
    return course.id


def _unit(tx: Connection, site: str, name: str) -> OrgUnitId:
    query = select(org_units.c.id).where(
        org_units.c.site == site, (org_units.c.id == name) | (org_units.c.name == name)
    )
    found = tx.scalar(query)
    if found is None:
        raise NotFound("centre.no_unit", unit=name)
    return OrgUnitId(found)


def _put(tx: Connection, site: str, entry: PlanEntry) -> None:
    body = write_row(entry)
    put_row(tx, plans, {"id": entry.id, "site": site, "date": entry.date, "body": body}, key=["id"])
    publish(tx, site_scope(site), (Row("plan", entry.id, body),))
