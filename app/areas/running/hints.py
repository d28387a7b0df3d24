"""Hints of empty play: simple facts of a session that ask for a word of what really happened.

They are told to the operator first, who may answer; the centre sees hint and answer together and
nobody is judged by them (domain h-1, i-3). Sources: domain (b) “supervision”, (h) 1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from enum import StrEnum

from app.areas.attendance.marks import PRESENCE, Status
from app.areas.sessions.report import PersonLine, SessionReport
from app.areas.sessions.session import Step
from app.domain.clock_correction import TimeSource
from app.domain.time import local_time
from app.domain.values import dataclass

_MINUTE_MS = 60_000
_NIGHT_ENDS = 5
BURST_PEOPLE = 5
BURST_PERCENT = 80
BURST_MINUTES = 10
"""Nearly all of at least so many signed in within the last minutes of a session …"""
BURST_SESSION_MINUTES = 45
"""… that was at least so long."""
SAME_PEOPLE = 8
"""A list of so many in the same order as another says more than chance."""


class HintKind(StrEnum):
    """What was noticed; the words are written into facts and never change."""

    NOBODY_SIGNED_IN = "nobody_signed_in"
    SIGNED_IN_AT_END = "signed_in_at_end"
    SAME_LIST = "same_list"
    PLAYED_AT_NIGHT = "played_at_night"


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing noticed in a session, and what the operator said to it."""

    session: str
    kind: HintKind
    answer: str = ""
    is_answered: bool = False


def hints_of(report: SessionReport, other_lists: Collection[str] = ()) -> tuple[Hint, ...]:
    """What is noticed in a session that is over; ``other_lists`` are the ``list_mark`` of others of
    the site."""
    if report.step is not Step.CLOSED:
        return ()
    mark = list_mark(report)
    noticed = {
        HintKind.NOBODY_SIGNED_IN: bool(report.plays) and not _came(report),
        HintKind.SIGNED_IN_AT_END: _is_burst(report),
        HintKind.SAME_LIST: bool(mark) and mark in other_lists,
        HintKind.PLAYED_AT_NIGHT: any(
            one.time_source != TimeSource.UNSURE and local_time(one.started_ms).hour < _NIGHT_ENDS
            for one in report.plays
        ),
    }
    said = {one.hint: one.note for one in report.activities.answers}
    return tuple(
        Hint(report.session, kind, said.get(kind.value, ""), kind.value in said)
        for kind, is_so in noticed.items()
        if is_so
    )


def list_mark(report: SessionReport) -> str:
    """A mark of who signed in, in which order; empty for few people and sessions entered late."""
    came = [one for one in _came(report) if one.status is not Status.LATE_ENTRY]
    if len(came) < SAME_PEOPLE or report.activities.late is not None:
        return ""
    order = sorted(came, key=lambda one: (one.at_ms or 0, one.person))
    told = "\n".join(one.person for one in order)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _came(report: SessionReport) -> list[PersonLine]:
    return [one for one in report.people if one.status in PRESENCE]


def _is_burst(report: SessionReport) -> bool:
    if report.opened_ms is None or report.closed_ms is None or report.activities.late is not None:
        return False
    if report.closed_ms - report.opened_ms < BURST_SESSION_MINUTES * _MINUTE_MS:
        return False
    from_ms = report.closed_ms - BURST_MINUTES * _MINUTE_MS
    came = [one for one in _came(report) if one.status is not Status.LATE_ENTRY]
    at_end = sum(from_ms <= (one.at_ms or 0) <= report.closed_ms for one in came)
    return len(came) >= BURST_PEOPLE and at_end * 100 >= len(came) * BURST_PERCENT
