"""Planning single sessions and taking them back; ``series`` plans many at once."""

from __future__ import annotations

import dataclasses
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, select

from app.areas.sessions.kinds import SessionKind
from app.areas.sessions.session import PlanEntry
from app.domain.errors import BadInput, NotFound
from app.domain.ids import CourseId, OrgUnitId, PlanId, id_from_random
from app.domain.time import local_date
from app.domain.values import dataclass
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

MOST_REASON = 200
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
    kind: str = SessionKind.GROUP_SESSION.value


def plan_session(centre: Centre, wish: PlanWish) -> PlanEntry:
    """Put a session into a site's plan.

    Raises:
        BadInput: date or time cannot be read, or the day is over; the title is empty or too
            long; or the site has a session at that time already.
        NotFound: there is no such site, course or unit.
    """
    check_when(wish.date, wish.start, local_date(centre.now_ms()))
    title = good_title(wish.title)
    with centre.store.writing() as tx:
        site = find_site(tx, wish.site)
        lock_site(tx, site.id)
        _refuse_twice(tx, site.id, wish)
        entry = PlanEntry(
            id=new_plan_id(),
            date=wish.date,
            start=wish.start,
            title=title,
            kind=good_kind(wish.kind),
            units=tuple(_unit(tx, site.id, name) for name in wish.units),
            courses=planned_courses(tx, wish.courses),
        )
        put_entries(tx, site.id, (entry,))
    return entry


def withdraw_plan(centre: Centre, name: str, *, reason: str = "") -> PlanEntry:
    """Take a session back; the row stays so that stations learn of it, and why.

    Raises:
        NotFound: there is no such entry.
    """
    with centre.store.writing() as tx:
        site, entry = entry_of(tx, name)
        return withdraw_entry(tx, centre, site, entry, good_reason(reason))


def withdraw_entry(
    tx: Connection, centre: Centre, site: str, entry: PlanEntry, reason: str
) -> PlanEntry:
    """Take one session back in the caller's transaction."""
    gone = dataclasses.replace(entry, withdrawn=True, reason=reason)
    put_entries(tx, site, (gone,))
    told = {"reason": reason} if reason else {}
    decide(tx, centre, Kind.PLAN_WITHDRAWN, entry.id, site=site, values=told)
    return gone


def withdraw_again(tx: Connection, name: str, reason: str = "") -> None:
    """Take a session back once more, in the caller's transaction, if it is here."""
    row = tx.execute(select(plans).where(plans.c.id == name)).one_or_none()
    if row is not None:
        entry = read_row(row.body, PlanEntry)
        gone = dataclasses.replace(entry, withdrawn=True, reason=reason)
        put_entries(tx, row.site, (gone,))


def entry_of(tx: Connection, name: str) -> tuple[str, PlanEntry]:
    """An entry by its id, and its site.

    Raises:
        NotFound: there is none.
    """
    row = tx.execute(select(plans).where(plans.c.id == name)).one_or_none()
    if row is None:
        raise NotFound("centre.no_plan", plan=name)
    return str(row.site), read_row(row.body, PlanEntry)


def new_plan_id() -> PlanId:
    """A new entry's id."""
    return PlanId(id_from_random("n", secrets.token_bytes(10)))


def good_kind(word: str) -> str:
    """The kind of a session, if there is such a kind.

    Raises:
        BadInput: there is none.
    """
    if word not in {one.value for one in SessionKind}:
        raise BadInput("centre.no_session_kind", kind=word, kinds="、".join(SessionKind))
    return word


def good_reason(given: str) -> str:
    """A reason as it is kept.

    Raises:
        BadInput: it is too long.
    """
    reason = " ".join(given.split())
    if len(reason) > MOST_REASON:
        raise BadInput("centre.plan_reason_long", most=MOST_REASON)
    return reason


def check_when(day: str, start: str, today: date) -> None:
    """Refuse what is no date and time, is over, or is years away."""
    try:
        good = date.fromisoformat(day).isoformat() == day
    except ValueError:
        good = False
    if not good or _TIME.match(start) is None:
        raise BadInput("centre.bad_when", date=day, start=start)
    if day < today.isoformat():
        raise BadInput("centre.plan_past", date=day, today=today.isoformat())
    if date.fromisoformat(day) - today > timedelta(days=_FARTHEST_DAYS):
        raise BadInput("centre.plan_far", date=day, days=_FARTHEST_DAYS)


def planned_courses(tx: Connection, names: Iterable[str]) -> tuple[CourseId, ...]:
    """Courses by id.

    Raises:
        NotFound: there is no such course.
        BadInput: it was withdrawn.
    """
    found = []
    for name in names:
        course = find_course(tx, name)
        if course.withdrawn:
            raise BadInput("centre.course_withdrawn", title=course.title)
        found.append(course.id)
    return tuple(found)


def put_entries(tx: Connection, site: str, entries: Sequence[PlanEntry]) -> None:
    """Keep entries of a site and tell its stations."""
    rows = []
    for entry in entries:
        body = write_row(entry)
        values = {"id": entry.id, "site": site, "date": entry.date, "series": entry.series}
        put_row(tx, plans, values | {"body": body}, key=["id"])
        rows.append(Row("plan", entry.id, body))
    publish(tx, site_scope(site), rows)


def entries_between(tx: Connection, site: str, first: str, last: str) -> list[PlanEntry]:
    """What stands in a site's plan between two days and was not withdrawn."""
    query = select(plans.c.body).where(plans.c.site == site, plans.c.date.between(first, last))
    found = [read_row(body, PlanEntry) for body in tx.scalars(query.order_by(plans.c.id))]
    return [one for one in found if not one.withdrawn]


def _refuse_twice(tx: Connection, site: str, wish: PlanWish) -> None:
    for other in entries_between(tx, site, wish.date, wish.date):
        if other.start == wish.start:
            named = {"date": wish.date, "start": wish.start, "title": other.title, "id": other.id}
            raise BadInput("centre.plan_twice", **named)


def _unit(tx: Connection, site: str, name: str) -> OrgUnitId:
    query = select(org_units.c.id).where(
        org_units.c.site == site, (org_units.c.id == name) | (org_units.c.name == name)
    )
    found = tx.scalar(query)
    if found is None:
        raise NotFound("centre.no_unit", unit=name)
    return OrgUnitId(found)
