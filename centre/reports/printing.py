"""The report as JSON: which fields it has, in which order, is promised to whoever reads it."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any

import msgspec

from centre.reports.reading import Report
from centre.reports.sessions import ReportSession

_FROM = {
    "late_entry": "is_late_entry",
    "people": "listed",
    "arrived": "turnout.arrived",
    "in_room": "turnout.in_room",
    "rate_percent": "turnout.rate_percent",
}
"""Fields that stand under another name in the record."""


class _Fields:
    """Picks fields from a value, in an order."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self._of = attrgetter(*(_FROM.get(name, name) for name in names))

    def __call__(self, one: object) -> dict[str, Any]:
        """The fields of ``one`` by their names."""
        return dict(zip(self._names, self._of(one), strict=True))


_PERSON = _Fields(
    *("person", "name", "standpoint", "status", "left_out", "lane", "by", "at_ms", "claimed_ms"),
    *("late_entry", "said_ms", "time_source", "said_status", "capacity"),
)
_SESSION = _Fields(
    *("site", "site_name", "session", "plan", "kind", "title", "step", "planned_start_ms"),
    *("opened_ms", "closed_ms", "not_held_reason", "not_held_note", "expected", "left_out"),
    *("people", "visitors", "turnout", "arrived", "in_room", "rate_percent", "plays", "notes"),
    *("agrees", "held", "code", "opened_said_ms", "opened_time_source", "closed_said_ms"),
    *("closed_time_source", "other_codes", "showings", "place", "training_class", "campaign"),
    *("route", "lecturers", "hosts", "agenda", "ticks", "activities"),
    *("late", "pending"),
)
_MEETING = _Fields(
    "site", "plan", "sessions", "codes", "step", "turnout", "arrived", "rate_percent"
)


def report_json(report: Report) -> bytes:
    """The whole report; one session after another, so that little is in memory twice."""
    whole = {one.name: getattr(report, one.name) for one in fields(report)}
    whole["sessions"] = [msgspec.Raw(_session(one)) for one in report.sessions]
    whole["meetings"] = [_MEETING(one) for one in report.meetings]
    return msgspec.json.encode(whole)


def _session(one: ReportSession) -> bytes:
    told = _SESSION(one)
    for who in ("people", "visitors"):
        told[who] = [_PERSON(one) for one in told[who]]
    return msgspec.json.encode(told)
