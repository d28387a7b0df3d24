"""The sessions of a site and month as forms need them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select, true

from app.areas.attendance.marks import Turnout
from app.areas.forms.held import FormSession, of_report
from app.areas.people.person import Person
from app.domain.errors import BadInput
from app.domain.time import LOCAL, days_of_month, wall_ms_of
from app.domain.values import dataclass
from app.wire.codec import read_row
from centre.interpretation.projections.rating_rows import ratings_by_session
from centre.reports.sessions import ReportSession, meetings_of, read_sessions
from centre.store.tables import courses, org_units, people


@dataclass(frozen=True, slots=True)
class SiteSessions:
    """What one site recorded, each session as forms need it."""

    site: str
    name: str
    sessions: tuple[FormSession, ...]


def month_days(month: str) -> tuple[str, str]:
    """The first and the last day of a month.

    Raises:
        BadInput: it is no month.
    """
    days = days_of_month(month)
    if days is None:
        raise BadInput("centre.form_bad_month", month=month)
    return days[0].isoformat(), days[1].isoformat()


def month_span(month: str) -> tuple[int, int]:
    """The first moment of a month, and of the next. BadInput: it is no month."""
    first, last = (date.fromisoformat(one) for one in month_days(month))
    return _begin_ms(first), _begin_ms(last + timedelta(days=1))


def _begin_ms(day: date) -> int:
    return wall_ms_of(datetime(day.year, day.month, day.day, tzinfo=LOCAL))


def sessions_for_forms(
    tx: Connection, site: str, *, named: str = "", month: str = ""
) -> tuple[SiteSessions, ...]:
    """The sessions of a site, or of every site, by site; of one id or code, or of a month."""
    span = month_span(month) if month else None
    told = read_sessions(tx, site, named, span)
    groups, titles = _groups(tx, site), _titles(tx)
    ratings = ratings_by_session(tx, site)
    meetings = {
        one: (tuple(other for other in meeting.sessions if other != one), meeting.turnout)
        for meeting in meetings_of(tx, told, are_all=not named)
        for one in meeting.sessions
    }
    found: dict[tuple[str, str], list[FormSession]] = defaultdict(list)
    for one in told:
        made = _made(one, groups, titles, meetings.get(one.session))
        made = replace(made, ratings=ratings.get(one.session, ()))
        if span is None or span[0] <= made.began_ms < span[1]:
            found[one.site, one.site_name].append(made)
    return tuple(
        SiteSessions(id_, name, tuple(held)) for (id_, name), held in sorted(found.items())
    )


def _made(
    told: ReportSession,
    groups: dict[str, str],
    titles: dict[str, str],
    together: tuple[tuple[str, ...], Turnout] | None,
) -> FormSession:
    names = {one.person: (one.name, groups.get(one.person, "")) for one in told.people}
    return of_report(told, names, titles, together, approval=told.late, pending=told.pending)


def _groups(tx: Connection, site: str) -> dict[str, str]:
    """Person → group, or branch where there is none."""
    units = {row.id: row.name for row in tx.execute(select(org_units.c.id, org_units.c.name))}
    own = people.c.site == site if site else true()
    rows = tx.execute(select(people.c.id, people.c.unit, people.c.body).where(own))
    return {row.id: read_row(row.body, Person).group or units.get(row.unit, "") for row in rows}


def _titles(tx: Connection) -> dict[str, str]:
    return {row.id: row.title for row in tx.execute(select(courses.c.id, courses.c.title))}
