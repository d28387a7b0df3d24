"""Whether a session is shown alike: the station's view of it against the centre's report, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace

from app.areas.attendance.marks import PRESENCE, Status
from app.areas.attendance.views import PersonCard
from app.areas.sessions.session import SessionSetting
from app.areas.sessions.views import SessionView
from app.domain.ids import SessionId
from app.wire.fact_bytes import read_fact
from centre.reports.reading import Report
from centre.reports.sessions import ReportPerson, ReportSession
from tests.model.county.centre_side import UNKNOWN
from tests.model.county.ledger import Wrong
from tests.model.county.pc import Pc

UNSURE = "unsure"
SETTING = tuple(one.name for one in fields(SessionSetting))
Fields = Mapping[str, object]
"""What is shown of one session, by the name of the field."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one session that a station and the centre show differently."""

    pc: str
    session: str
    field: str
    here: object
    there: object

    def __str__(self) -> str:
        return f"{self.field} of {self.session} is {self.here} at {self.pc}, {self.there} there"


def check_alike(pc: Pc, report: Report) -> None:
    """Compare every session of which this PC's station wrote something.

    Raises:
        Wrong: a field differs; it names each and shows the first.
    """
    found = list(differences(pc, report))
    if found:
        counts = Counter(one.field for one in found)
        named = ", ".join(f"{field} {times}" for field, times in counts.most_common())
        raise Wrong(f"shown differently: {named}; {found[0]}")


def differences(pc: Pc, report: Report) -> Iterator[Difference]:
    """Every field that is shown differently."""
    sessions = _named_in(pc)
    there = {one.session: one for one in report.sessions if one.session in sessions}
    station = pc.running.station
    with pc.store.read() as reading:
        here = {one.id for one in reading.sessions(len(sessions) + 1)}
    if here != there.keys():
        lists = ("sessions", here - there.keys(), there.keys() - here)
        yield Difference(pc.label, "all", *lists)
    for session in sorted(here & there.keys()):
        view, told = station.sessions.show(SessionId(session)), there[session]
        mine, theirs = at_station(without_unknown(view, told)), at_centre(told)
        for field, value in mine.items():
            if theirs[field] != value and not _knows_better(field, value, theirs[field]):
                yield Difference(pc.label, session, field, value, theirs[field])


def _named_in(pc: Pc) -> set[str]:
    """The sessions that a PC's facts name."""
    facts = (read_fact(row[0]).fact for row in pc.raw("SELECT bytes FROM facts"))
    named = (getattr(one, "session", None) for one in facts)
    return {session for session in named if session is not None}


def without_unknown(view: SessionView, told: ReportSession) -> SessionView:
    """The station's view without visitors who wait at the centre for somebody to know them."""
    there = {one.person for one in told.people}
    waiting = [one for one in view.cards if one.standpoint == "visitor" and one.id not in there]
    unknown = {one.id for one in waiting}
    if len(unknown) > told.held.get(UNKNOWN, 0):
        return view
    came = sum(one.status in PRESENCE for one in waiting)  # a visitor on leave counts nowhere
    turnout = replace(view.turnout, visitors=view.turnout.visitors - came)
    cards = tuple(one for one in view.cards if one.id not in unknown)
    late = sum(one.status is Status.LATE_ENTRY for one in waiting)
    return replace(view, cards=cards, turnout=turnout, pending=max(view.pending - late, 0))


def _knows_better(field: str, here: object, there: object) -> bool:
    """Whether the centre doubts a time only because it knows when the fact came to it."""
    if field == "sources of time" and isinstance(here, list) and isinstance(there, list):
        return all(his in (mine, UNSURE) for mine, his in zip(here, there, strict=True))
    if field == "source of time" and isinstance(here, dict) and isinstance(there, dict):
        return here.keys() == there.keys() and all(
            there[person] in (source, UNSURE) for person, source in here.items()
        )
    return False


def at_station(view: SessionView) -> Fields:
    """What the station shows of a session."""
    session = view.session
    cards = [one for one in view.cards if one.standpoint != "visitor"]
    visitors = [one for one in view.cards if one.standpoint == "visitor"]
    return {
        "plan": session.plan,
        "kind": session.kind,
        "title": session.title,
        "step": session.step.value,
        "planned start": session.planned_start_ms,
        "opened": session.opened_ms,
        "closed": session.closed_ms,
        "not held": session.not_held_reason,
        "note of not held": session.not_held_note,
        "code": view.code,
        "other codes": view.other_codes,
        "own clock": [session.opened_said_ms, session.closed_said_ms],
        "sources of time": [session.opened_time_source, session.closed_time_source],
        "waiting": view.to_check,
        "expected": {one.id for one in cards if one.standpoint == "expected"},
        "left out": {one.id: one.left_out for one in cards if one.left_out is not None},
        "visitors": [one.id for one in visitors],
        "turnout": asdict(view.turnout),
        "arrived": view.turnout.arrived,
        "rate": view.turnout.rate_percent,
        **_of_people(view.cards),
        "plays": [one.id for one in view.plays],
        "courses played": [one.course for one in view.plays],
        "start of plays": [one.started_ms for one in view.plays],
        "duration of plays": [one.duration_ms for one in view.plays],
        # Of a play that has no end yet only the station knows how far it is: its bookmark is no fact.
        "position of plays": [one.position_ms if one.outcome else 0 for one in view.plays],
        "coverage of plays": [one.coverage_percent if one.outcome else 0 for one in view.plays],
        "outcome of plays": [one.outcome for one in view.plays],
        "notes": list(view.notes),
        "setting": asdict(session.setting),
        "activities": asdict(session.activities),
        "late": view.late,
        "approvals": view.pending,
    }


def at_centre(told: ReportSession) -> Fields:
    """What the centre's report shows of it."""
    return {
        "plan": told.plan,
        "kind": told.kind,
        "title": told.title,
        "step": told.step,
        "planned start": told.planned_start_ms,
        "opened": told.opened_ms,
        "closed": told.closed_ms,
        "not held": told.not_held_reason,
        "note of not held": told.not_held_note,
        "code": told.code,
        "other codes": told.other_codes,
        "own clock": [told.opened_said_ms, told.closed_said_ms],
        "sources of time": [told.opened_time_source, told.closed_time_source],
        "waiting": sum(told.held.values()),
        "expected": set(told.expected),
        "left out": dict(told.left_out),
        "visitors": [one.person for one in told.visitors],
        "turnout": asdict(told.turnout),
        "arrived": told.turnout.arrived,
        "rate": told.turnout.rate_percent,
        **_of_lines(told.people),
        "plays": [one.play for one in told.plays],
        "courses played": [one.course for one in told.plays],
        "start of plays": [one.started_ms for one in told.plays],
        "duration of plays": [one.duration_ms for one in told.plays],
        "position of plays": [one.position_ms for one in told.plays],
        "coverage of plays": [one.coverage_percent for one in told.plays],
        "outcome of plays": [one.outcome for one in told.plays],
        "notes": list(told.notes),
        "setting": {name: getattr(told, name) for name in SETTING},
        "activities": asdict(told.activities),
        "late": told.late,
        "approvals": told.pending,
    }


def _of_people(cards: tuple[PersonCard, ...]) -> Fields:
    return {
        "name": {one.id: "" if one.name == one.id else one.name for one in cards},
        "standpoint": {one.id: one.standpoint.value for one in cards},
        "status": {one.id: one.status for one in cards},
        "lane": {one.id: one.lane for one in cards},
        "by": {one.id: one.by for one in cards},
        "time": {one.id: one.at_ms for one in cards},
        "source of time": {one.id: one.time_source for one in cards},
        "time said": {one.id: one.said_ms for one in cards},
        "status said": {one.id: one.said_status for one in cards},
    }


def _of_lines(lines: tuple[ReportPerson, ...]) -> Fields:
    return {
        "name": {one.person: one.name for one in lines},
        "standpoint": {one.person: one.standpoint for one in lines},
        "status": {one.person: one.status for one in lines},
        "lane": {one.person: one.lane for one in lines},
        "by": {one.person: one.by for one in lines},
        "time": {one.person: one.at_ms for one in lines},
        "source of time": {one.person: one.time_source for one in lines},
        "time said": {one.person: one.said_ms for one in lines},
        "status said": {one.person: one.said_status for one in lines},
    }
