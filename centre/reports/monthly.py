"""Each branch's monthly set and each site's theme day, at one site or all, from the sessions' records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, select

from app.areas.catalogue.values import Approval, CalendarDay, ThemeDayRule
from app.areas.monthly.monthly_set import BranchMonth, TickingSession, monthly_sets
from app.areas.monthly.theme_day import theme_day
from app.areas.people.person import OrgUnit
from app.areas.sessions.approval import LateState
from app.areas.sessions.kinds import ticks_of
from app.areas.sessions.report import SessionReport
from app.areas.sessions.session import Step
from app.domain.errors import BadInput
from app.domain.time import local_date
from app.domain.values import dataclass
from app.wire.codec import read_row
from centre.approvals.reading import approvals_of
from centre.feeds.scopes import CATALOGUE, site_scope
from centre.interpretation.on_demand import interpret_waiting
from centre.reports.sessions import late_state_of
from centre.service import Centre
from centre.sites import find_site
from centre.store.projection_tables import report_sessions
from centre.store.tables import feed_rows, org_units, sites

_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class SiteMonth:
    """A site's month (YYYY-MM): the ISO date of its theme day and its branches' sets."""

    site: str
    site_name: str
    month: str
    theme_day: str
    branches: tuple[BranchMonth, ...]


def read_month(centre: Centre, *, month: str = "", site: str = "") -> tuple[SiteMonth, ...]:
    """A month (this one when none is said) of one site (id or name) or of all, by name.

    Raises:
        BadInput: there is no such month.
        NotFound: there is no such site.
    """
    try:
        day = date.fromisoformat(f"{month}-01") if month else local_date(centre.now_ms())
    except ValueError as wrong:
        raise BadInput("centre.bad_month", month=month) from wrong
    named = f"{day:%Y-%m}"
    interpret_waiting(centre, site)
    with centre.store.reading() as tx:
        chosen = find_site(tx, site).id if site else ""
        listed = select(sites.c.id, sites.c.name).order_by(sites.c.name, sites.c.id)
        if chosen:
            listed = listed.where(sites.c.id == chosen)
        held, units = _held(tx, chosen, named), _units(tx)
        days = _rows(tx, "calendar_day", CalendarDay)
        rules = _rows(tx, "theme_day_rule", ThemeDayRule)
        return tuple(
            SiteMonth(
                one.id,
                one.name,
                named,
                theme_day(named, _holding(rules, one.id), _holding(days, one.id)),
                monthly_sets(named, units[one.id], held[one.id]),
            )
            for one in tx.execute(listed)
        )


def _held(tx: Connection, site: str, month: str) -> Mapping[str, list[TickingSession]]:
    """Site → its sessions of the month with somebody in them, but for those sent back."""
    report = report_sessions.c
    query = select(report.site, report.body).where(report.day.between(f"{month}-01", f"{month}-31"))
    if site:
        query = query.where(report.site == site)
    words = approvals_of(tx, site)
    found: dict[str, list[TickingSession]] = defaultdict(list)
    for row in tx.execute(query):
        told = read_row(row.body, SessionReport)
        ticking = _ticking(told, words)
        if ticking is not None:
            found[row.site].append(ticking)
    return found


def _ticking(told: SessionReport, words: Mapping[str, Approval]) -> TickingSession | None:
    late = late_state_of(told, words)
    anybody = told.turnout.in_room or told.activities.heads
    if told.step is not Step.CLOSED or late is LateState.RETURNED or not anybody:
        return None
    ticks = ticks_of(told.kind, told.ticks)
    return TickingSession(told.session, told.day, ticks, told.units, late is LateState.PENDING)


def _units(tx: Connection) -> Mapping[str, list[OrgUnit]]:
    found: dict[str, list[OrgUnit]] = defaultdict(list)
    for row in tx.execute(select(org_units.c.site, org_units.c.body)):
        found[row.site].append(read_row(row.body, OrgUnit))
    return found


def _rows(tx: Connection, kind: str, value: type[_V]) -> dict[str, dict[str, _V]]:
    """Scope → key → value of the published rows of a kind."""
    found: dict[str, dict[str, _V]] = defaultdict(dict)
    query = select(feed_rows.c.scope, feed_rows.c.key, feed_rows.c.body)
    for row in tx.execute(query.where(feed_rows.c.kind == kind, feed_rows.c.body.is_not(None))):
        found[row.scope][row.key] = read_row(row.body, value)
    return found


def _holding(rows: Mapping[str, Mapping[str, _V]], site: str) -> tuple[_V, ...]:
    """The rows that hold at a site: of one key its own goes before the county's."""
    return tuple({**rows.get(CATALOGUE, {}), **rows.get(site_scope(site), {})}.values())
