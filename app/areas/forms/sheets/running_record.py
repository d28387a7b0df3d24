"""The running book of the station's equipment (d-5): each day on which the PC was on."""

from __future__ import annotations

from collections.abc import Iterable

from app.areas.forms.form import Form, FormCell, FormTable, Say, hours_of
from app.areas.forms.sheets.columns import columns_of, head_of
from app.areas.forms.sheets.words_of import clock_time, month_of, short_day
from app.areas.running.running import RunningDay
from app.areas.sessions.session import Step

NAME = "running_record"
_COLUMNS = (
    ("day", 24.0, "s"),
    ("on", 52.0, "w"),
    ("hours", 16.0, ""),
    ("subject", 70.0, "w"),
    ("state", 48.0, "w"),
    ("repair", 34.0, ""),
    ("by_whom", 25.0, ""),
)


def running_record(say: Say, site: str, month: str, days: Iterable[RunningDay]) -> Form:
    """The book of one site and month."""
    told = tuple(days)
    minutes = sum(_minutes(one) for one in told)
    faults = tuple(fault.of for one in told for fault in one.faults)
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
                tuple(_row(say, one) for one in told),
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


def _row(say: Say, one: RunningDay) -> tuple[FormCell, ...]:
    comma = say("paper.comma")
    spans = (f"{clock_time(run.from_ms)}–{clock_time(run.to_ms)}" for run in one.on)
    held = [held for held in one.sessions if held.step == Step.CLOSED]
    faults = comma.join(
        say("form.fault_at", time=clock_time(fault.at_ms), fault=say(f"form.fault.{fault.kind}"))
        for fault in one.faults
    )
    ids = tuple(session.session for session in held)
    behind = tuple(fault.of for fault in one.faults)
    return (
        FormCell(short_day(say, one.day)),
        FormCell(comma.join(spans) or None),
        FormCell(hours_of(_minutes(one))),
        FormCell(comma.join(session.title for session in held) or None, ids),
        FormCell(faults or say("form.fault.none"), behind),
        FormCell(),
        FormCell(),
    )
