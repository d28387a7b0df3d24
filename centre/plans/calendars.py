"""Plans as a calendar file (iCalendar, RFC 5545): written for other programs, and read from them.

What was written here reads back as it stands. A calendar of others is planned as one series; read
again, what it changed since is changed, by the ids of its events. Local time is China's.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event
from sqlalchemy import Connection, select

from app.areas.sessions.session import PlanEntry
from app.domain.errors import BadInput
from app.domain.ids import PlanId, id_from_random
from app.domain.time import LOCAL, local_date
from app.domain.values import dataclass
from app.wire.codec import read_row
from app.wire.foreign_files import printable
from centre.plans.planning import check_when, entries_between, put_entries
from centre.plans.series import MOST_PLANNED, SiteChoice, chosen_sites
from centre.service import Centre
from centre.sites import find_site
from centre.store.site_lock import lock_site
from centre.store.tables import plans, sites
from centre.titles import good_title

MOST_BYTES = 2 << 20
_MOST_EVENTS = 2_000
_USUAL = timedelta(minutes=90)
_OFTEN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_HOST = "yuanjiao"
_NEVER = date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """What reading a calendar did or would do; ``past`` events are over and were passed over."""

    added: tuple[PlanEntry, ...]
    changed: tuple[PlanEntry, ...]
    withdrawn: tuple[PlanEntry, ...]
    same: int
    past: int
    taken: tuple[PlanEntry, ...]
    """At a time at which the site has another session already; they were left out."""


def export_plans(centre: Centre, path: Path, *, site: str = "", from_day: str = "") -> int:
    """Write the plan from a day on, of one site (id or name) or of all, as a new file; how many.

    Raises:
        NotFound: there is no such site.
        BadInput: the file is there already.
    """
    if path.exists():
        raise BadInput("centre.rows_file_there", file=str(path))
    calendar = Calendar()
    calendar.add("prodid", f"-//{_HOST}//centre//ZH")
    calendar.add("version", "2.0")
    stamp = datetime.fromtimestamp(centre.now_ms() / 1000, UTC)
    with centre.store.reading() as tx:
        query = select(plans.c.site, plans.c.body, sites.c.name).join(
            sites, sites.c.id == plans.c.site
        )
        if site:
            query = query.where(plans.c.site == find_site(tx, site).id)
        query = query.where(plans.c.date >= (from_day or local_date(centre.now_ms()).isoformat()))
        count = 0
        for row in tx.execute(query.order_by(plans.c.date, plans.c.site, plans.c.id)):
            calendar.add_component(_event(read_row(row.body, PlanEntry), row.name, stamp))
            count += 1
    path.write_bytes(calendar.to_ical())
    return count


def import_plans(centre: Centre, path: Path, where: SiteChoice, *, apply: bool) -> CalendarRead:
    """Say what a calendar would plan at these sites, or plan it.

    Raises:
        BadInput: it is no calendar, too large, or has an event that can't be planned.
        NotFound: there is no such site.
    """
    events = _read(path)
    today = local_date(centre.now_ms())
    done = _Gathered()
    with centre.store.writing() as tx:
        chosen = chosen_sites(tx, where) if not where.says_none else {}
        series = id_from_random("z", hashlib.sha256(path.name.encode()).digest()[:8])
        found = [one for event in events for one in _moments(event, today, done)]
        moments = list({one.uid: one for one in found}.values())  # the last word about an event
        if len(moments) * max(len(chosen), 1) > MOST_PLANNED:
            raise BadInput("centre.plan_many", count=len(moments), most=MOST_PLANNED)
        by_site: dict[str, list[PlanEntry]] = {}
        for moment in moments:
            for site, entry in _entries(tx, moment, chosen, series):
                by_site.setdefault(site, []).append(entry)
        for site in sorted(by_site):
            lock_site(tx, site)
            changed = done.take(tx, site, by_site[site])
            if apply and changed:
                put_entries(tx, site, changed)
    return done.told()


@dataclass(frozen=True, slots=True)
class _EventTime:
    """One event of a calendar at one of its times."""

    uid: str
    at: datetime
    minutes: int
    title: str
    place: str
    is_cancelled: bool


class _Gathered:
    """What came of the entries of a calendar."""

    def __init__(self) -> None:
        self.added: list[PlanEntry] = []
        self.changed: list[PlanEntry] = []
        self.withdrawn: list[PlanEntry] = []
        self.taken: list[PlanEntry] = []
        self.same = self.past = 0

    def take(self, tx: Connection, site: str, wanted: Sequence[PlanEntry]) -> list[PlanEntry]:
        """Those entries of a site that are new or otherwise than they stand."""
        ids = [one.id for one in wanted]
        query = select(plans.c.id, plans.c.body).where(plans.c.site == site, plans.c.id.in_(ids))
        known = {row.id: read_row(row.body, PlanEntry) for row in tx.execute(query)}
        first, last = min(one.date for one in wanted), max(one.date for one in wanted)
        standing = entries_between(tx, site, first, last)
        held = {(one.date, one.start): one.id for one in standing}
        todo = []
        for one in wanted:
            old = known.get(one.id)
            new = one if old is None else _onto(old, one)
            if new == old or (old is None and one.withdrawn):
                self.same += 1
                continue
            other = held.setdefault((new.date, new.start), new.id)
            if other != new.id and not new.withdrawn:
                self.taken.append(new)
                continue
            kept = self.withdrawn if new.withdrawn else self.added if old is None else self.changed
            kept.append(new)
            todo.append(new)
        return todo

    def told(self) -> CalendarRead:
        """All of it."""
        return CalendarRead(
            tuple(self.added),
            tuple(self.changed),
            tuple(self.withdrawn),
            self.same,
            self.past,
            tuple(self.taken),
        )


def _onto(old: PlanEntry, new: PlanEntry) -> PlanEntry:
    """What a calendar says, on an entry that knows more."""
    told = dataclasses.replace(
        old,
        date=new.date,
        start=new.start,
        title=new.title,
        minutes=new.minutes if old.minutes or new.minutes != _usual_minutes() else 0,
        withdrawn=new.withdrawn,
    )
    if (told.date, told.start) != (old.date, old.start):
        told = dataclasses.replace(told, was=f"{old.date} {old.start}")
    return told


def _usual_minutes() -> int:
    return int(_USUAL.total_seconds()) // 60


def _event(entry: PlanEntry, site_name: str, stamp: datetime) -> Event:
    event = Event()
    starts = entry.starts_at
    event.add("uid", f"{entry.id}@{_HOST}")
    event.add("dtstamp", stamp)
    ends = starts + (timedelta(minutes=entry.minutes) or _USUAL)
    event.add("dtstart", starts.astimezone(UTC))
    event.add("dtend", ends.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("location", f"{site_name} {entry.place}".strip())
    event.add("categories", [entry.kind])
    if entry.withdrawn:
        event.add("status", "CANCELLED")
    if entry.reason:
        event.add("comment", entry.reason)
    return event


def _read(path: Path) -> list[Any]:
    file = printable(path.name)
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as gone:
        raise BadInput("centre.file_unreadable", file=file) from gone
    if len(content) > MOST_BYTES:
        raise BadInput("centre.calendar_large", file=file, megabytes=MOST_BYTES >> 20)
    try:
        events = list(Calendar.from_ical(content).walk("VEVENT"))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as wrong:
        raise BadInput("centre.calendar_unreadable", file=file) from wrong
    if not events or len(events) > _MOST_EVENTS:
        raise BadInput("centre.calendar_events", file=file, count=len(events), most=_MOST_EVENTS)
    return sorted(events, key=lambda one: "RECURRENCE-ID" in one)


def _moments(event: Any, today: date, done: _Gathered) -> Iterator[_EventTime]:
    """Each time of an event; those that are over are counted only."""
    try:
        begins = _local(event["DTSTART"].dt)
        uid = str(event["UID"])
        ends = _local(event["DTEND"].dt) if "DTEND" in event else begins + _length(event)
        title = good_title(str(event.get("SUMMARY", "")))
        times = _times(event, begins)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as wrong:
        told = str(event.get("SUMMARY", event.get("UID", "")))[:60]
        raise BadInput("centre.calendar_event", event=told) from wrong
    minutes = max(0, int((ends - begins).total_seconds()) // 60)
    cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
    place = str(event.get("LOCATION", ""))[:100]
    for at in times:
        if at.date() < today:
            done.past += 1
            continue
        check_when(f"{at:%Y-%m-%d}", f"{at:%H:%M}", today)
        of_rule = "RRULE" in event or "RECURRENCE-ID" in event
        day = _local(event["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in event else at
        yield _EventTime(
            f"{uid} {day:%Y%m%d}" if of_rule else uid,
            at,
            min(minutes, 24 * 60),
            title,
            place,
            cancelled,
        )


def _times(event: Any, begins: datetime) -> list[datetime]:
    if "RRULE" not in event:
        return [begins]
    rule = event["RRULE"].to_ical().decode()
    if "COUNT" not in rule and "UNTIL" not in rule:
        raise BadInput("centre.said_no_end")
    if not any(f"FREQ={one}" in rule for one in _OFTEN):
        raise BadInput("centre.said_no_rule", rule=rule[:60])
    until = [part for part in rule.split(";") if part.startswith("UNTIL=")]
    plain = [part for part in rule.split(";") if not part.startswith("UNTIL=")]
    last = None if not until else _local(event["RRULE"]["UNTIL"][0], end=True)
    without = {_local(one.dt) for each in _listed(event.get("EXDATE")) for one in each.dts}
    found = []
    for at in rrulestr(";".join(plain), dtstart=begins):
        if (last is not None and at > last) or at.date() > _NEVER:
            break
        if at not in without:
            found.append(at)
        if len(found) > _MOST_EVENTS:
            raise BadInput("centre.said_many", most=_MOST_EVENTS)
    return found


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _local(moment: date | datetime, *, end: bool = False) -> datetime:
    """A moment in local time without a zone; a bare day begins at midnight, or ends after it."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.max if end else time.min)
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(LOCAL).replace(tzinfo=None)


def _length(event: Any) -> timedelta:
    found = event["DURATION"].dt if "DURATION" in event else _USUAL
    return found if isinstance(found, timedelta) else _USUAL


def _entries(
    tx: Connection, moment: _EventTime, chosen: dict[str, str], series: str
) -> Iterator[tuple[str, PlanEntry]]:
    """An event at its own site, when it was written here, else at each that was chosen."""
    key, _, host = moment.uid.partition("@")
    own = tx.scalar(select(plans.c.site).where(plans.c.id == key)) if host == _HOST else None
    places = (
        [(str(own), key)]
        if own is not None
        else [(site, _made_of(moment.uid, site)) for site in chosen]
    )
    if not places:
        raise BadInput("centre.plan_no_site")
    for site, plan in places:
        yield (
            site,
            PlanEntry(
                id=PlanId(plan),
                date=f"{moment.at:%Y-%m-%d}",
                start=f"{moment.at:%H:%M}",
                title=moment.title,
                minutes=moment.minutes,
                place="" if own is not None else moment.place,
                withdrawn=moment.is_cancelled,
                series=series,
            ),
        )


def _made_of(uid: str, site: str) -> str:
    """The id of an event of another program at a site: the same whenever it is read."""
    return id_from_random("n", hashlib.sha256(f"{uid} {site}".encode()).digest()[:10])
