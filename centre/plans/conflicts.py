"""What in a plan does not go together: said to whoever plans, who decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from app.areas.catalogue.values import CalendarDay, DayKind, Lecturer, LecturerState
from app.areas.sessions.session import PlanEntry
from app.domain.values import dataclass
from app.wire.codec import read_row
from centre.catalogue.rows import rows_of
from centre.feeds.scopes import CATALOGUE, site_scope, township_scope
from centre.store.tables import plans, sites

_USUAL_MINUTES = 90
"""How long a session is taken to last of which nobody said it."""


@dataclass(frozen=True, slots=True)
class PlanConflict:
    """One remark: a key of the words (``centre.conflict_…``) and its values."""

    what: str
    site: str
    date: str
    start: str
    about: str = ""


def overlaps(one: PlanEntry, other: PlanEntry) -> bool:
    """Whether two sessions are held at once, on one day."""
    if one.date != other.date:
        return False
    begin, other_begin = _minute(one.start), _minute(other.start)
    end = begin + (one.minutes or _USUAL_MINUTES)
    other_end = other_begin + (other.minutes or _USUAL_MINUTES)
    return begin < other_end and other_begin < end


def conflicts_at(
    site_name: str, entries: Sequence[PlanEntry], standing: Sequence[PlanEntry]
) -> list[PlanConflict]:
    """Sessions of one site that overlap what stands there."""
    return [
        PlanConflict("overlap", site_name, one.date, one.start, f"{other.start} {other.title}")
        for one in entries
        for other in standing
        if one.id != other.id and one.start != other.start and overlaps(one, other)
    ]


def holidays(
    tx: Connection, entries: Mapping[str, Sequence[PlanEntry]], names: Mapping[str, str]
) -> list[PlanConflict]:
    """Sessions on a day that the county's or the site's calendar calls a holiday; a day that all
    sites have is said once."""
    above = {row.id: row.parent or "" for row in tx.execute(select(sites.c.id, sites.c.parent))}
    days: dict[tuple[str, str], CalendarDay] = {}
    for row in rows_of(tx, "calendar_day"):
        days[row.scope, row.id] = row.value
    found: dict[tuple[str, str], PlanConflict] = {}
    for site, planned in entries.items():
        for one in planned:
            of_township = days.get((township_scope(above[site]), one.date))
            own = days.get((site_scope(site), one.date), of_township)
            day = own or days.get((CATALOGUE, one.date))
            if day is not None and day.kind is DayKind.HOLIDAY and not day.stopped:
                whose = names[site] if own is not None else ""
                remark = PlanConflict("holiday", whose, one.date, one.start, day.name)
                found.setdefault((whose, one.date), remark)
    return list(found.values())


def lecturers_elsewhere(
    tx: Connection, entries: Mapping[str, Sequence[PlanEntry]], names: Mapping[str, str]
) -> list[PlanConflict]:
    """Lecturers who are to be in two places at once, or who are not to be asked that day."""
    asked = {one for planned in entries.values() for each in planned for one in each.lecturers}
    if not asked:
        return []
    known: dict[str, Lecturer] = {one.id: one.value for one in rows_of(tx, "lecturer")}
    days = sorted({one.date for planned in entries.values() for one in planned})
    query = select(plans.c.site, plans.c.body).where(plans.c.date.between(days[0], days[-1]))
    standing = [(row.site, read_row(row.body, PlanEntry)) for row in tx.execute(query)]
    new = {one.id for planned in entries.values() for one in planned}
    busy = [
        (site, one)
        for site, one in standing
        if not one.withdrawn and one.id not in new and asked & set(one.lecturers)
    ]
    busy += [(site, one) for site, planned in entries.items() for one in planned]
    found: dict[tuple[str, str, str], PlanConflict] = {}
    for site, planned in entries.items():
        for one in planned:
            for lecturer in one.lecturers:
                name = known[lecturer].name if lecturer in known else lecturer
                place = (lecturer, one.date, one.start)
                if lecturer in known:
                    state = known[lecturer].state_on(one.date)
                    if state is not LecturerState.IN or known[lecturer].stopped:
                        remark = PlanConflict("lecturer_out", "", one.date, one.start, name)
                        found.setdefault(("out", lecturer, one.date), remark)
                others = [
                    names[where]
                    for where, other in busy
                    if other.id != one.id and lecturer in other.lecturers and overlaps(one, other)
                ]
                if others and place not in found:
                    told = f"{name}（{'、'.join(dict.fromkeys(others[:3]))}）"
                    found[place] = PlanConflict("lecturer", names[site], one.date, one.start, told)
    return list(found.values())


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
