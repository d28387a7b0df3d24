"""Planning many sessions by one act: for sites, a township, the county or a class; once or again and
again. All of them belong to one series, and are changed and withdrawn together, with a reason."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from sqlalchemy import Connection, select

from app.areas.catalogue.values import TrainingClass
from app.areas.sessions.kinds import SessionKind
from app.areas.sessions.session import PlanEntry
from app.domain.errors import BadInput, NotFound
from app.domain.ids import id_from_random
from app.domain.time import local_date
from app.domain.values import dataclass
from app.wire.codec import read_row
from centre.catalogue.acts import find_row
from centre.catalogue.classes import homes_of
from centre.catalogue.timetable import lessons_of, read_words
from centre.plans.conflicts import (
    PlanConflict,
    conflicts_at,
    holidays,
    lecturers_elsewhere,
)
from centre.plans.planning import (
    check_when,
    entries_between,
    good_kind,
    good_reason,
    new_plan_id,
    planned_courses,
    put_entries,
    withdraw_entry,
)
from centre.service import Centre
from centre.sites import find_site
from centre.store.site_lock import lock_site
from centre.store.tables import plans, sites
from centre.titles import good_title

MOST_PLANNED = 20_000
MOST_PLACE = 100
_MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class SiteChoice:
    """Where: sites by name or id, all sites under a township, or all; none of it with a class means
    the sites of the people in it."""

    sites: Sequence[str] = ()
    township: str = ""
    everywhere: bool = False

    @property
    def says_none(self) -> bool:
        """Whether nothing was chosen."""
        return not (self.sites or self.township or self.everywhere)


@dataclass(frozen=True, slots=True)
class SeriesWish:
    """Sessions as they are asked for. When: a day and a time, words ("every 26th at 19:30") between
    two days, or the timetable of a class."""

    where: SiteChoice
    title: str = ""
    date: str = ""
    start: str = ""
    every: str = ""
    from_day: str = ""
    to_day: str = ""
    kind: str = SessionKind.GROUP_SESSION.value
    training_class: str = ""
    campaign: str = ""
    route: str = ""
    place: str = ""
    lecturers: Sequence[str] = ()
    hosts: Sequence[str] = ()
    courses: Sequence[str] = ()
    agenda: Sequence[str] = ()
    ticks: Sequence[str] = ()
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class PlannedSeries:
    """What was planned, by site id, and what does not go together; ``taken`` were left out."""

    series: str
    entries: Mapping[str, Sequence[PlanEntry]]
    names: Mapping[str, str]
    conflicts: tuple[PlanConflict, ...] = ()
    taken: tuple[PlanConflict, ...] = ()

    @property
    def count(self) -> int:
        """How many sessions."""
        return sum(len(one) for one in self.entries.values())


def plan_series(centre: Centre, wish: SeriesWish, *, only_say: bool = False) -> PlannedSeries:
    """Plan all that is asked for, or only say what would be planned. A site that has a session at
    that very time keeps the one it has.

    Raises:
        BadInput: a day, time or title can't be meant, it says no place, or it is too much.
        NotFound: there is no such site, class, lecturer, course or campaign.
    """
    today = local_date(centre.now_ms())
    with centre.store.writing() as tx:
        pattern, held_class = _pattern(tx, wish, today)
        chosen = chosen_sites(tx, wish.where, held_class)
        if len(chosen) * len(pattern) > MOST_PLANNED:
            count = len(chosen) * len(pattern)
            raise BadInput("centre.plan_many", count=count, most=MOST_PLANNED)
        series = id_from_random("z", secrets.token_bytes(8))
        entries: dict[str, list[PlanEntry]] = {}
        remarks: list[PlanConflict] = []
        taken: list[PlanConflict] = []
        first, last = pattern[0].date, pattern[-1].date
        for site, name in chosen.items():
            lock_site(tx, site)
            standing = entries_between(tx, site, first, last)
            free = _free(pattern, standing, name, taken)
            own = [dataclasses.replace(one, id=new_plan_id(), series=series) for one in free]
            remarks += conflicts_at(name, own, standing)
            if own:
                entries[site] = own
        remarks += holidays(tx, entries, chosen)
        remarks += lecturers_elsewhere(tx, entries, chosen)
        for site, own in entries.items():
            if not only_say:
                put_entries(tx, site, own)
    return PlannedSeries(series, entries, chosen, tuple(remarks), tuple(taken))


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What is to become otherwise, and why; what is empty stays. ``date`` is for one entry only."""

    reason: str
    date: str = ""
    start: str = ""
    title: str = ""
    kind: str = ""
    place: str = ""
    lecturers: Sequence[str] = field(default=())
    courses: Sequence[str] = field(default=())


def change_plans(
    centre: Centre, name: str, change: PlanChange, *, from_day: str = ""
) -> PlannedSeries:
    """Change an entry, or all of a series that are still to come (from a day on).

    Raises:
        NotFound: there is no such entry or series, or nothing of it is to come.
        BadInput: it says no reason, a moment can't be meant, or another session is at that time.
    """
    reason = good_reason(change.reason)
    if not reason:
        raise BadInput("centre.plan_needs_reason")
    today = local_date(centre.now_ms())
    with centre.store.writing() as tx:
        found = _to_come(tx, name, from_day or today.isoformat())
        if change.date and sum(len(one) for one in found.values()) > 1:
            raise BadInput("centre.plan_one_day")
        names = _names(tx)
        title = good_title(change.title) if change.title else ""
        told = {
            "start": change.start,
            "date": change.date,
            "title": title,
            "kind": good_kind(change.kind) if change.kind else "",
            "place": change.place.strip(),
            "lecturers": _row_ids(tx, "lecturer", change.lecturers),
            "courses": planned_courses(tx, change.courses),
        }
        values = {key: value for key, value in told.items() if value}
        remarks: list[PlanConflict] = []
        changed: dict[str, list[PlanEntry]] = {}
        for site, entries in sorted(found.items()):
            lock_site(tx, site)
            own = [_changed(one, values, reason) for one in entries]
            for one in own:
                check_when(one.date, one.start, today)
            mine = {one.id for one in own}
            days = sorted(one.date for one in own)
            standing = [
                one for one in entries_between(tx, site, days[0], days[-1]) if one.id not in mine
            ]
            for one in own:
                _refuse_taken(one, standing)
            remarks += conflicts_at(names[site], own, standing)
            put_entries(tx, site, own)
            changed[site] = own
        remarks += holidays(tx, changed, names)
        remarks += lecturers_elsewhere(tx, changed, names)
    return PlannedSeries(name, changed, names, tuple(remarks))


def withdraw_plans(centre: Centre, name: str, *, reason: str, from_day: str = "") -> PlannedSeries:
    """Take back an entry, or all of a series that are still to come (from a day on).

    Raises:
        NotFound: there is no such entry or series, or nothing of it is to come.
        BadInput: it says no reason.
    """
    reason = good_reason(reason)
    if not reason:
        raise BadInput("centre.plan_needs_reason")
    today = local_date(centre.now_ms()).isoformat()
    with centre.store.writing() as tx:
        found = _to_come(tx, name, from_day or today)
        gone: dict[str, list[PlanEntry]] = {}
        for site, entries in sorted(found.items()):
            lock_site(tx, site)
            gone[site] = [withdraw_entry(tx, centre, site, one, reason) for one in entries]
        return PlannedSeries(name, gone, _names(tx))


def chosen_sites(
    tx: Connection, where: SiteChoice, held_class: TrainingClass | None = None
) -> dict[str, str]:
    """Names of the sites that are meant by id, in the order of ids.

    Raises:
        BadInput: none is named, or a township has none.
        NotFound: there is no such site.
    """
    names = _names(tx)
    if where.everywhere:
        found = set(names)
    else:
        found = {find_site(tx, one).id for one in where.sites}
        if where.township:
            found |= sites_under(tx, find_site(tx, where.township).id)
    if where.says_none and held_class is not None:
        found = set(homes_of(tx, held_class.people).values())
    if not found:
        raise BadInput("centre.plan_no_site")
    return {site: names[site] for site in sorted(found)}


def sites_under(tx: Connection, township: str) -> set[str]:
    """All sites below one, at any depth; a site that has none below is itself meant."""
    below: dict[str, list[str]] = {}
    for row in tx.execute(select(sites.c.id, sites.c.parent).where(sites.c.parent.is_not(None))):
        below.setdefault(row.parent, []).append(row.id)
    found: set[str] = set()
    left = list(below.get(township, ()))
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += below.get(one, ())
    return found or {township}


def _pattern(
    tx: Connection, wish: SeriesWish, today: date
) -> tuple[list[PlanEntry], TrainingClass | None]:
    """The sessions each site gets, in order, without ids."""
    held_class: TrainingClass | None = None
    if wish.training_class:
        held_class = find_row(tx, "training_class", wish.training_class).value
    lecturers = _row_ids(tx, "lecturer", wish.lecturers)
    if wish.every:
        table = read_words(wish.every, today, from_day=wish.from_day, to_day=wish.to_day)
        moments = [(one.day, one.start, one.minutes, "", lecturers) for one in lessons_of(table)]
    elif wish.date or wish.start or held_class is None:
        moments = [(wish.date, wish.start, 0, "", lecturers)]
    else:
        moments = [
            (one.day, one.start, one.minutes, one.title, lecturers or _own(one.lecturer))
            for one in held_class.lessons
            if one.day >= max(wish.from_day, today.isoformat())
            and (not wish.to_day or one.day <= wish.to_day)
        ]
        if not moments:
            raise BadInput("centre.plan_class_no_lessons", name=held_class.name)
    if not 0 <= wish.minutes <= _MOST_MINUTES:
        raise BadInput("centre.plan_minutes", most=_MOST_MINUTES)
    courses = planned_courses(tx, wish.courses)
    place = " ".join(wish.place.split())
    if not place and held_class is not None and held_class.venue:
        place = find_row(tx, "venue", held_class.venue).name
    title = good_title(wish.title or (held_class.name if held_class else ""))
    entries = []
    for day, start, minutes, topic, taught in sorted(moments, key=lambda one: one[:2]):
        check_when(day, start, today)
        entries.append(
            PlanEntry(
                id=new_plan_id(),
                date=day,
                start=start,
                title=good_title(f"{title} {topic}") if topic else title,
                kind=good_kind(wish.kind),
                courses=courses,
                place=place[:MOST_PLACE],
                training_class=held_class.id if held_class else "",
                campaign=_row_id(tx, "campaign", wish.campaign),
                route=_row_id(tx, "route", wish.route),
                lecturers=taught,
                hosts=_row_ids(tx, "partner", wish.hosts),
                agenda=tuple(one.strip() for one in wish.agenda if one.strip()),
                ticks=tuple(wish.ticks),
                minutes=minutes or wish.minutes,
            )
        )
    return entries, held_class


def _own(lecturer: str) -> tuple[str, ...]:
    return (lecturer,) if lecturer else ()


def _row_id(tx: Connection, kind: str, name: str) -> str:
    return find_row(tx, kind, name).id if name else ""


def _row_ids(tx: Connection, kind: str, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_row_id(tx, kind, one) for one in names if one))


def _free(
    pattern: Sequence[PlanEntry],
    standing: Sequence[PlanEntry],
    name: str,
    taken: list[PlanConflict],
) -> list[PlanEntry]:
    """Those of the pattern whose time is free; the others are noted."""
    held = {(one.date, one.start): one for one in standing}
    found = []
    for one in pattern:
        other = held.get((one.date, one.start))
        if other is None:
            found.append(one)
        else:
            told = f"{other.title}（{other.id}）"
            taken.append(PlanConflict("taken", name, one.date, one.start, told))
    return found


def _to_come(tx: Connection, name: str, from_day: str) -> dict[str, list[PlanEntry]]:
    """Entries by site: the one of this id, or those of a series from a day on, not withdrawn."""
    query = select(plans.c.site, plans.c.date, plans.c.body, plans.c.id)
    rows = tx.execute(query.where(plans.c.id == name)).all()
    if not rows:
        rows = tx.execute(query.where(plans.c.series == name, plans.c.date >= from_day)).all()
    found: dict[str, list[PlanEntry]] = {}
    for row in sorted(rows, key=lambda one: (one.site, one.date, one.id)):
        entry = read_row(row.body, PlanEntry)
        if not entry.withdrawn:
            found.setdefault(row.site, []).append(entry)
    if not name or not found:
        raise NotFound("centre.no_plan", plan=name)
    return found


def _changed(entry: PlanEntry, values: Mapping[str, object], reason: str) -> PlanEntry:
    """An entry with what is new; when it was before, if that is another time."""
    new = dataclasses.replace(entry, **values, reason=reason)  # type: ignore[arg-type]  # fields of it
    if (new.date, new.start) == (entry.date, entry.start):
        return new
    return dataclasses.replace(new, was=f"{entry.date} {entry.start}")


def _refuse_taken(entry: PlanEntry, standing: Sequence[PlanEntry]) -> None:
    for other in standing:
        if (other.date, other.start) == (entry.date, entry.start):
            told = {"date": entry.date, "start": entry.start, "title": other.title}
            raise BadInput("centre.plan_twice", **told, id=other.id)


def _names(tx: Connection) -> dict[str, str]:
    return {row.id: row.name for row in tx.execute(select(sites.c.id, sites.c.name))}
