"""The station's running book, day by day: it writes itself from what was recorded anyway.

When the PC was on follows from the segments of the record: one is opened when the program starts,
and its newest fact is the last sign of life. What went wrong follows from plays that failed,
sessions that could not be held for it, and stores that were mended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from enum import StrEnum

from app.areas.playback.plays import PlayOutcome
from app.areas.running.hints import Hint, hints_of, list_mark
from app.areas.sessions.report import SessionReport
from app.areas.sessions.session import NotHeldReason, Step
from app.domain.time import local_date
from app.domain.values import dataclass

FAULT_REASONS = frozenset({NotHeldReason.EQUIPMENT, NotHeldReason.POWER_CUT})
"""Reasons for not holding a session that are faults of the station."""


class FaultKind(StrEnum):
    """What went wrong."""

    PLAY_BROKEN = "play_broken"
    PLAY_INTERRUPTED = "play_interrupted"
    EQUIPMENT = "equipment"
    POWER_CUT = "power_cut"
    STORE_MENDED = "store_mended"


@dataclass(frozen=True, slots=True)
class PowerOn:
    """One run of the program: from its start to the last that was recorded in it (ms UTC)."""

    segment: str
    from_ms: int
    to_ms: int


@dataclass(frozen=True, slots=True)
class RunningFault:
    """Something that went wrong, and in which session or run."""

    kind: FaultKind
    at_ms: int
    of: str


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session that was held or not, as the book tells it."""

    session: str
    kind: str
    title: str
    step: str
    from_ms: int
    to_ms: int
    arrived: int
    in_room: int
    not_held: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class RunningDay:
    """One local day of the book."""

    day: str
    on: tuple[PowerOn, ...]
    sessions: tuple[HeldSession, ...]
    faults: tuple[RunningFault, ...]
    hints: tuple[Hint, ...]


_OF_PLAY: dict[PlayOutcome | None, FaultKind] = {
    PlayOutcome.BROKEN: FaultKind.PLAY_BROKEN,
    PlayOutcome.INTERRUPTED: FaultKind.PLAY_INTERRUPTED,
}


def running_book(
    runs: Iterable[PowerOn],
    reports: Iterable[SessionReport],
    mended: Iterable[tuple[str, int]] = (),
    other_lists: Collection[str] = (),
) -> tuple[RunningDay, ...]:
    """The book of all days on which something was; ``mended``: segments in which a damaged store
    was mended, and when; ``other_lists``: the list marks of sessions of other months."""
    on: dict[str, list[PowerOn]] = defaultdict(list)
    sessions: dict[str, list[HeldSession]] = defaultdict(list)
    faults: dict[str, list[RunningFault]] = defaultdict(list)
    hints: dict[str, list[Hint]] = defaultdict(list)
    for one in runs:
        on[_day(one.from_ms)].append(one)
    for segment, at_ms in mended:
        faults[_day(at_ms)].append(RunningFault(FaultKind.STORE_MENDED, at_ms, segment))
    told = sorted(reports, key=lambda one: (began_ms(one), one.session))
    marks = [list_mark(one) for one in told]
    for place, report in enumerate(told):
        day = _day(began_ms(report))
        sessions[day].append(_session(report))
        hints[day] += hints_of(report, {*other_lists, *marks[:place], *marks[place + 1 :]})
        for fault in faults_of(report):
            faults[_day(fault.at_ms)].append(fault)
    return tuple(
        RunningDay(
            day,
            tuple(sorted(on[day], key=lambda one: (one.from_ms, one.segment))),
            tuple(sessions[day]),
            tuple(sorted(faults[day], key=lambda one: (one.at_ms, one.of, one.kind))),
            tuple(hints[day]),
        )
        for day in sorted({*on, *sessions, *faults, *hints})
    )


def began_ms(report: SessionReport) -> int:
    """When a session was held, else when it was said not to be, else prepared."""
    late = report.activities.late
    told = (
        None if late is None else late.held_from_ms,
        report.opened_ms,
        report.not_held_ms,
        report.prepared_ms,
    )
    return next((one for one in told if one is not None), 0)


def faults_of(report: SessionReport) -> tuple[RunningFault, ...]:
    """What went wrong in a session."""
    found = [
        RunningFault(_OF_PLAY[one.outcome], one.started_ms, report.session)
        for one in report.plays
        if one.outcome in _OF_PLAY
    ]
    reason = report.not_held_reason
    if report.step is Step.NOT_HELD and reason in FAULT_REASONS:
        at_ms = report.not_held_ms or began_ms(report)
        found.append(RunningFault(FaultKind(str(reason)), at_ms, report.session))
    return tuple(found)


def _session(report: SessionReport) -> HeldSession:
    from_ms = began_ms(report)
    late = report.activities.late
    to_ms = report.closed_ms if late is None else late.held_to_ms
    return HeldSession(
        session=report.session,
        kind=report.kind,
        title=report.title,
        step=report.step.value,
        from_ms=from_ms,
        to_ms=max(to_ms or from_ms, from_ms),
        arrived=report.turnout.arrived,
        in_room=report.turnout.in_room,
        not_held="" if report.not_held_reason is None else report.not_held_reason.value,
        is_late=late is not None,
    )


def _day(at_ms: int) -> str:
    return local_date(at_ms).isoformat()
