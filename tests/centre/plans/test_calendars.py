"""The plan as a calendar file: other programs read it, and theirs is planned from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from app.domain.errors import BadInput
from centre.plans.calendars import export_plans, import_plans
from centre.plans.series import PlanChange, SeriesWish, SiteChoice, change_plans, plan_series
from centre.sites import find_or_create_site
from tests.centre.benches import Bench
from tests.centre.plans.test_series import EVERY, entries

THEIRS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Other//Program//EN
BEGIN:VEVENT
UID:abc@other
DTSTAMP:20261101T000000Z
DTSTART;TZID=Asia/Shanghai:20261201T193000
DTEND;TZID=Asia/Shanghai:20261201T210000
RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T160000Z
EXDATE;TZID=Asia/Shanghai:20261215T193000
SUMMARY:{title}
END:VEVENT
BEGIN:VEVENT
UID:abc@other
RECURRENCE-ID;TZID=Asia/Shanghai:20261222T193000
DTSTAMP:20261101T000000Z
DTSTART;TZID=Asia/Shanghai:20261223T200000
SUMMARY:改到周三
END:VEVENT
BEGIN:VEVENT
UID:old@other
DTSTAMP:20200101T000000Z
DTSTART:20200101T000000Z
SUMMARY:早过了
END:VEVENT
END:VCALENDAR
"""
HERE = SiteChoice(["石门村"])


def test_what_is_written_is_what_is_planned_and_reads_back_equal(
    bench: Bench, tmp_path: Path
) -> None:
    for name in ("石门村", "松岭村"):
        find_or_create_site(bench.centre, name)
    plan_series(bench.centre, EVERY)
    wish = SeriesWish(SiteChoice(["松岭村"]), "宣讲", "2026-12-01", "15:00", minutes=45)
    plan_series(bench.centre, wish)
    one = entries(bench, "石门村")[0]
    change_plans(bench.centre, one.id, PlanChange("停电", date="2026-12-27"))
    path = tmp_path / "plan.ics"
    assert export_plans(bench.centre, path) == 9
    events: list[Any] = list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))
    starts = {str(event["UID"]): event["DTSTART"].dt for event in events}
    assert starts[f"{one.id}@yuanjiao"] == datetime(2026, 12, 27, 11, 30, tzinfo=UTC)
    (talk,) = [event for event in events if str(event["SUMMARY"]) == "宣讲"]
    assert (talk["DTEND"].dt - talk["DTSTART"].dt).total_seconds() == 45 * 60
    before = entries(bench, "石门村"), entries(bench, "松岭村")
    read = import_plans(bench.centre, path, SiteChoice(), apply=True)
    assert (read.added, read.changed, read.same) == ((), (), 9)
    assert (entries(bench, "石门村"), entries(bench, "松岭村")) == before
    with pytest.raises(BadInput, match="rows_file_there"):
        export_plans(bench.centre, path)


def test_a_calendar_of_others_is_planned_and_read_again_changes_what_it_changed(
    bench: Bench, tmp_path: Path
) -> None:
    find_or_create_site(bench.centre, "石门村")
    path = tmp_path / "theirs.ics"
    path.write_text(THEIRS.format(title="周二课堂"), encoding="utf-8")
    said = import_plans(bench.centre, path, HERE, apply=False)
    assert (len(said.added), said.past, entries(bench, "石门村")) == (4, 1, [])
    import_plans(bench.centre, path, HERE, apply=True)
    assert [(one.date, one.start, one.title, one.minutes) for one in entries(bench, "石门村")] == [
        ("2026-12-01", "19:30", "周二课堂", 90),
        ("2026-12-08", "19:30", "周二课堂", 90),
        ("2026-12-23", "20:00", "改到周三", 90),
        ("2026-12-29", "19:30", "周二课堂", 90),
    ]
    assert import_plans(bench.centre, path, HERE, apply=True).same == 4
    path.write_text(
        THEIRS.format(title="党课").replace(
            "SUMMARY:改到周三", "SUMMARY:改到周三\nSTATUS:CANCELLED"
        ),
        encoding="utf-8",
    )
    read = import_plans(bench.centre, path, HERE, apply=True)
    assert (len(read.changed), len(read.withdrawn)) == (3, 1)
    assert [one.title for one in entries(bench, "石门村") if not one.withdrawn] == ["党课"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        "no calendar",
        "\x00\x01",
        THEIRS.format(title=""),
        THEIRS.format(title="x").replace(";UNTIL=20261231T160000Z", ""),
        THEIRS.format(title="x").replace(
            "FREQ=WEEKLY;BYDAY=TU", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"
        ),
        THEIRS.format(title="x")
        .replace("UNTIL=20261231T160000Z", "COUNT=100000")
        .replace("WEEKLY;BYDAY=TU", "DAILY"),
        THEIRS.format(title="x").replace("UID:abc@other\nDTSTAMP", "DTSTAMP", 1),
    ],
)
def test_what_is_no_calendar_or_too_much_changes_nothing(
    bench: Bench, tmp_path: Path, text: str
) -> None:
    find_or_create_site(bench.centre, "石门村")
    path = tmp_path / "bad.ics"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput):
        import_plans(bench.centre, path, HERE, apply=True)
    assert entries(bench, "石门村") == []
