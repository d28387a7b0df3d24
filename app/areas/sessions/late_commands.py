"""``session late|drafts|hand-in|drop``: sessions written down afterwards, by command."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.areas.sessions.command_parts import add_verb, person_named, told_session
from app.areas.sessions.facts import AgendaTicked, HeadsCounted, StopReached, VisitMade
from app.areas.sessions.kind_commands import add_setting, setting_said
from app.areas.sessions.kinds import PAIRINGS, SessionKind
from app.areas.sessions.late_verbs import LateSheet, SheetMark, SheetVisitor, visits_of
from app.cli.output import CommandResult
from app.domain.errors import BadInput
from app.domain.ids import CourseId, OrgUnitId, SessionId
from app.domain.personal import LeaveKind, Personal
from app.domain.time import LOCAL, wall_ms_of
from app.words import say

_LISTED = (SessionKind.OUTSIDE_TRAINING.value, SessionKind.ONLINE_CLASS.value)

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.areas.sessions.activity_verbs import ActivityFact
    from app.bootstrap import OpenStation
    from app.usecases.station import Station


def add_verbs(verbs: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add them under ``session``."""
    late = add_verb(verbs, "late", _late)
    add_setting(late)
    late.add_argument("--from", dest="held_from", required=True, metavar="YYYY-MM-DDTHH:MM")
    late.add_argument("--to", dest="held_to", required=True, metavar="YYYY-MM-DDTHH:MM")
    late.add_argument("--by", required=True)
    late.add_argument("--why", required=True)
    late.add_argument("--heads", action="append", default=[], metavar="KIND=COUNT")
    late.add_argument("--done", action="append", default=[], metavar="ITEM")
    late.add_argument("--draft", action="store_true")
    late.add_argument("--stop", action="append", default=[], metavar="STOP")
    late.add_argument("--visited", action="append", default=[], metavar="PERSON")
    late.add_argument("--went", default="", metavar="PERSON")
    late.add_argument("--pairing", choices=PAIRINGS, default="")
    _add_names(late)
    add_verb(verbs, "drafts", _drafts)
    handed = add_verb(verbs, "hand-in", _hand_in)
    handed.add_argument("session")
    dropped = add_verb(verbs, "drop", _drop)
    dropped.add_argument("session")
    dropped.add_argument("--note", default="")
    imported = add_verb(verbs, "import", _import)
    imported.add_argument("file", type=Path)
    imported.add_argument("--kind", choices=_LISTED, default=SessionKind.OUTSIDE_TRAINING.value)
    imported.add_argument("--apply", action="store_true")
    imported.add_argument("--by", default="")
    imported.add_argument("--leave-out-faulty", action="store_true")


def _add_names(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--present", action="append", default=[], metavar="PERSON")
    verb.add_argument("--leave", action="append", default=[], metavar="PERSON=KIND")
    verb.add_argument("--visitor", action="append", default=[], metavar="NAME")


def _late(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    from_ms, to_ms = _moment(options.held_from), _moment(options.held_to)
    visits = _visits(opened.station, options, (to_ms - from_ms) // 60_000)
    sheet = LateSheet(
        title=options.title,
        held_from_ms=from_ms,
        held_to_ms=to_ms,
        by=options.by,
        reason=options.why,
        kind=SessionKind(options.kind),
        setting=setting_said(options),
        units=tuple(OrgUnitId(one) for one in options.unit),
        courses=tuple(CourseId(one) for one in options.course),
        marks=_marks(opened.station, options),
        visitors=tuple(SheetVisitor(one) for one in options.visitor),
        activities=(*_activities(options), *((one, Personal()) for one in visits)),
        expected=() if visits else None,
    )
    return told_session(opened.station.late.enter(sheet, hand_in=not options.draft))


def _moment(text: str) -> int:
    try:
        return wall_ms_of(datetime.fromisoformat(text).replace(tzinfo=LOCAL))
    except ValueError as wrong:
        raise BadInput("refusal.no_date") from wrong


def _marks(station: Station, options: argparse.Namespace) -> tuple[SheetMark, ...]:
    marks = [SheetMark(person_named(station, one)) for one in options.present]
    for one in options.leave:
        who, _, kind = one.partition("=")
        if kind not in {leave.value for leave in LeaveKind}:
            raise BadInput("refusal.needs_leave_kind")
        marks.append(SheetMark(person_named(station, who), leave=LeaveKind(kind)))
    return tuple(marks)


def _activities(options: argparse.Namespace) -> tuple[tuple[ActivityFact, Personal], ...]:
    none = SessionId("")
    told: list[ActivityFact] = [AgendaTicked(none, one, is_done=True) for one in options.done]
    told += [StopReached(none, one) for one in options.stop]
    for one in options.heads:
        kind, _, count = one.partition("=")
        told.append(HeadsCounted(none, kind, int(count) if count.isdecimal() else -1))
    return tuple((fact, Personal()) for fact in told)


def _visits(station: Station, options: argparse.Namespace, minutes: int) -> tuple[VisitMade, ...]:
    visited = [person_named(station, one) for one in options.visited]
    went = person_named(station, options.went) if options.went else None
    return visits_of(visited, minutes, went, options.pairing)


def _import(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    lists, kind = opened.station.outside, SessionKind(options.kind)
    if not options.apply:
        done = lists.look(options.file, kind)
    else:
        faulty = options.leave_out_faulty
        done = lists.take_in(options.file, kind, by=options.by, leave_out_faulty=faulty)
    lines = [
        say("outside.row", number=one.number, name=one.name, why=say(one.trouble))
        for one in done.troubled
    ]
    lines += [
        say(
            "outside.group",
            day=one.day,
            title=one.title,
            minutes=one.minutes,
            people=len(one.people),
        )
        for one in done.groups
    ]
    key = "outside.taken_in" if options.apply else "command.session.looked"
    lines.append(say(key, sessions=len(done.groups), faulty=len(done.troubled)))
    return CommandResult(done, tuple(lines))


def _drafts(opened: OpenStation, _options: argparse.Namespace) -> CommandResult:
    drafts = opened.station.late.drafts()
    lines = tuple(f"{one.session.id}  {one.session.title}" for one in drafts)
    return CommandResult(drafts, lines or (say("late.no_drafts"),))


def _hand_in(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    return told_session(opened.station.late.hand_in(SessionId(options.session)))


def _drop(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    return told_session(opened.station.late.drop(SessionId(options.session), options.note))
