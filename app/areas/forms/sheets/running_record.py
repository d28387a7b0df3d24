"""The running book of the station's equipment (d-5): each day on which the PC was on, or on which a
device failed or was repaired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.areas.equipment.device import DeviceEvent
from app.areas.forms.form import Form, FormCell, FormTable, Say, hours_of
from app.areas.forms.sheets.columns import columns_of, head_of
from app.areas.forms.sheets.words_of import clock_time, month_of, short_day
from app.areas.running.running import RunningDay
from app.areas.sessions.session import Step
from app.domain.time import local_date

NAME = "running_record"
_TOLD = "open"
"""The state of a case whose fault has just been told (``app.areas.cases.declared``)."""
_COLUMNS = (
    ("day", 24.0, "s"),
    ("on", 52.0, "w"),
    ("hours", 16.0, ""),
    ("subject", 70.0, "w"),
    ("state", 48.0, "w"),
    ("repair", 34.0, "w"),
    ("by_whom", 25.0, "l"),
)


def running_record(
    say: Say,
    site: str,
    month: str,
    days: Iterable[RunningDay],
    events: Iterable[DeviceEvent] = (),
) -> Form:
    """The book of one site and month; ``events``: what was told of faults of devices, of any time."""
    by_day: dict[str, list[DeviceEvent]] = defaultdict(list)
    for event in events:
        if (day := local_date(event.at_ms).isoformat()).startswith(month):
            by_day[day].append(event)
    told = _with_days(tuple(days), by_day)
    minutes = sum(_minutes(one) for one in told)
    faults = tuple(fault.of for one in told for fault in one.faults)
    faults += tuple(one.case for day in by_day.values() for one in day if one.state == _TOLD)
    ids = tuple(held.session for one in told for held in one.sessions)
    title = say("form.running_record")
    total = (
        FormCell(say("form.total")),
        FormCell(say("form.days_on", count=sum(bool(one.on) for one in told))),
        FormCell(hours_of(minutes)),
        FormCell(say("form.session_count", count=len(ids)), ids),
        FormCell(say("form.fault_count", count=len(faults)), faults),
        FormCell(),
        FormCell(),
    )
    return Form(
        name=NAME,
        title=title,
        file_name=f"{title} {site} {month}",
        head=head_of(say, ("site", site, 8), ("month", month_of(say, month), 4)),
        parts=(
            FormTable(
                "days",
                columns_of(say, _COLUMNS),
                tuple(_row(say, one, by_day.get(one.day, [])) for one in told),
                total=total if told else None,
                empty=say("form.no_sessions"),
            ),
        ),
        signatures=(say("paper.sign.writer"), say("paper.sign.day")),
        note=say("form.running_note"),
        is_wide=True,
    )


def _minutes(one: RunningDay) -> int:
    return sum(run.to_ms - run.from_ms for run in one.on) // 60_000


def _with_days(days: tuple[RunningDay, ...], more: Iterable[str]) -> tuple[RunningDay, ...]:
    """Also the days on which nothing but a device was spoken of."""
    known = {one.day for one in days}
    others = (RunningDay(day, (), (), (), ()) for day in more if day not in known)
    return tuple(sorted((*days, *others), key=lambda one: one.day))


def _row(say: Say, one: RunningDay, events: list[DeviceEvent]) -> tuple[FormCell, ...]:
    comma = say("paper.comma")
    spans = (f"{clock_time(run.from_ms)}–{clock_time(run.to_ms)}" for run in one.on)
    held = [held for held in one.sessions if held.step == Step.CLOSED]
    faults = comma.join(
        say("form.fault_at", time=clock_time(fault.at_ms), fault=say(f"form.fault.{fault.kind}"))
        for fault in one.faults
    )
    told = [
        say("form.device_fault", device=event.thing, what=event.what)
        for event in events
        if event.state == _TOLD
    ]
    faults = comma.join(filter(None, (faults, *told)))
    repairs = [
        say(
            "form.device_repair",
            device=event.thing,
            state=say(f"cases.state.equipment.{event.state}"),
        )
        for event in events
        if event.state != _TOLD
    ]
    ids = tuple(session.session for session in held)
    behind = tuple(fault.of for fault in one.faults)
    return (
        FormCell(short_day(say, one.day)),
        FormCell(comma.join(spans) or None),
        FormCell(hours_of(_minutes(one))),
        FormCell(comma.join(session.title for session in held) or None, ids),
        FormCell(faults or say("form.fault.none"), behind),
        FormCell(comma.join(repairs) or None),
        FormCell(comma.join(dict.fromkeys(filter(None, (e.repaired_by for e in events)))) or None),
    )
