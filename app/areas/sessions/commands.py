"""``session …`` and ``play``: sessions by command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.areas.attendance.marks import Capacity, Lane, Status
from app.areas.attendance.views import SignInDone
from app.areas.attendance.visitors import VisitorLooksKnown
from app.areas.sessions import kind_commands, late_commands
from app.areas.sessions.command_parts import (
    add_verb,
    card_line,
    only_one,
    refuse_together,
    session_named,
    told_session,
)
from app.areas.sessions.session import NotHeldReason, Step
from app.areas.sessions.views import SessionSummary, SessionView
from app.cli.output import CommandResult
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.ids import CourseId, FactHash, PersonId, PlanId, SessionId
from app.domain.personal import LeaveKind
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.areas.attendance.views import SignInDone
    from app.areas.sessions.views import SessionSummary, SessionView
    from app.bootstrap import OpenStation
    from app.usecases.station import Station

_STATUSES = ("present", "on_leave", "late_entry")


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``session`` and ``play`` with their switches."""
    session = commands.add_parser("session", help=say("command.session"))
    verbs = session.add_subparsers(required=True, metavar="VERB")
    opened = add_verb(verbs, "open", _open)
    opened.add_argument("--plan")
    opened.add_argument("--title")
    opened.add_argument("--course", action="append", default=[])
    marked = add_verb(verbs, "mark", _mark)
    marked.add_argument("person", nargs="?", default="")
    marked.add_argument("--id", default="")
    marked.add_argument("--session", default="")
    marked.add_argument("--status", choices=_STATUSES)
    marked.add_argument("--lane", choices=[lane.value for lane in Lane])
    marked.add_argument("--leave", choices=[kind.value for kind in LeaveKind])
    marked.add_argument("--reason", default="")
    marked.add_argument("--as", dest="capacity", choices=[one.value for one in Capacity])
    marked.add_argument("--visitor")
    marked.add_argument("--really-visitor", action="store_true")
    marked.add_argument("--tail", default="")
    marked.add_argument("--home-place", default="")
    undone = add_verb(verbs, "undo", _undo)
    undone.add_argument("--session", default="")
    undone.add_argument("--mark", default="")
    moved = add_verb(verbs, "move", _move)
    moved.add_argument("step", choices=["sign_in", "play", "discuss"])
    moved.add_argument("--session", default="")
    closed = add_verb(verbs, "close", _close)
    closed.add_argument("--session", default="")
    shown = add_verb(verbs, "show", _show)
    shown.add_argument("session", nargs="?", default="")
    add_verb(verbs, "list", _list)
    not_held = add_verb(verbs, "not-held", _not_held)
    not_held.add_argument("--plan", default="")
    not_held.add_argument("--session", default="")
    not_held.add_argument("--reason", choices=[r.value for r in NotHeldReason], required=True)
    not_held.add_argument("--note", default="")
    kind_commands.add_verbs(verbs)
    late_commands.add_verbs(verbs)


def _open(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    if options.title is None:
        refuse_together(["--course"] if options.course else [])
    elif not options.title.strip():
        raise BadInput("refusal.needs_title")
    else:
        refuse_together(_given(options, "plan"))
    running = station.sessions.running()
    if running is not None and running.session.step is Step.PREPARE:
        _check_is_asked_for(running, options)
        return told_session(station.sessions.open_sign_in(running.session.id))
    if options.title is not None:
        courses = tuple(CourseId(course) for course in options.course)
        prepared = station.sessions.prepare_extra(options.title, courses)
    else:
        prepared = station.sessions.prepare(
            PlanId(options.plan) if options.plan else _next_plan(station)
        )
    return told_session(station.sessions.open_sign_in(prepared.session.id))


def _check_is_asked_for(running: SessionView, options: argparse.Namespace) -> None:
    """A session in preparation is gone on with, but never in place of another that was named."""
    one = running.session
    other_plan = options.plan and options.plan != one.plan
    other_title = options.title is not None and options.title.strip() != one.title
    if other_plan or other_title:
        raise NotPossibleNow("refusal.another_running", title=one.title)


def _next_plan(station: Station) -> PlanId:
    plans = station.today.overview().plans
    if not plans:
        raise NotFound("refusal.no_plan")
    return plans[0].id


def _mark(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    _check_mark(options)
    session = session_named(station, options.session)
    if options.visitor is not None:
        done = _admit(station, session, options)
        return CommandResult(done, (card_line(done.card),))
    lane = Lane(options.lane or Lane.ROLL_CALL)
    person = _person(station, session, options, lane)
    status = _status(options)
    if status is Status.PRESENT and options.capacity:
        capacity = Capacity(options.capacity)
        done = station.attendance.mark(session, person, status, capacity=capacity)
    elif status is Status.PRESENT:
        by = "operator" if lane is Lane.ROLL_CALL else "member"
        done = station.attendance.sign_in(session, person, lane, by)
    else:
        leave = LeaveKind(options.leave) if options.leave else None
        done = station.attendance.mark(session, person, status, leave=leave, reason=options.reason)
    return CommandResult(done, (card_line(done.card),))


def _status(options: argparse.Namespace) -> Status:
    """What is to be marked: a kind of leave alone means leave."""
    if options.status is None and options.leave:
        return Status.ON_LEAVE
    return Status(options.status or Status.PRESENT)


def _check_mark(options: argparse.Namespace) -> None:
    """Refuse what could only be passed over: nothing that is said is ignored."""
    status = _status(options)
    if options.visitor is not None:
        wrong = _given(options, "person", "id", "lane", "leave", "reason")
        wrong += _given(options, "status") if status is not Status.PRESENT else []
        refuse_together(wrong)
        return
    wrong = _given(options, "tail", "home_place", "really_visitor")
    wrong += _given(options, "person") if options.id else []
    if status is not Status.PRESENT:
        # Leave and late entries are the operator's own word; by a card or a tail one only looks.
        wrong += _given(options, "lane") if options.lane == Lane.NAME_WALL else []
    if status is not Status.PRESENT or options.lane:
        wrong += ["--as"] if options.capacity else []
    if status is not Status.ON_LEAVE:
        wrong += _given(options, "leave")
    if status is Status.PRESENT:
        wrong += _given(options, "reason")
    refuse_together(wrong)
    if not options.id and not options.person.strip():
        raise BadInput("refusal.needs_name")


def _given(options: argparse.Namespace, *names: str) -> list[str]:
    """Those of these options that were written, as they are written."""
    shown = {"person": "PERSON", "step": "STEP"}
    return [
        shown.get(name, f"--{name.replace('_', '-')}") for name in names if getattr(options, name)
    ]


def _admit(station: Station, session: SessionId, options: argparse.Namespace) -> SignInDone:
    """Take a visitor in; ``--really-visitor`` says that it is none of those who are known."""
    asked = (session, options.visitor, options.tail, options.home_place)
    try:
        return station.attendance.admit_visitor(*asked)
    except VisitorLooksKnown as known:
        if not options.really_visitor:
            raise NotPossibleNow("command.visitor_known", **known.values) from known
        others = [one.person for one in known.who]
        return station.attendance.admit_visitor(*asked, not_people=others)


def _person(
    station: Station, session: SessionId, options: argparse.Namespace, lane: Lane
) -> PersonId:
    if options.id:
        return PersonId(options.id)
    if lane is Lane.SCANNER:
        return station.attendance.by_card(session, options.person).id
    if lane is Lane.PHONE_TAIL:
        return only_one(
            [card.id for card in station.attendance.by_phone_tail(session, options.person)],
            station,
        )
    return only_one(list(station.people.name_index().search(options.person)), station)


def _undo(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    mark = FactHash(options.mark) if options.mark else None
    done = station.attendance.undo(session_named(station, options.session), mark)
    line = say("command.undone", name=done.card.name, was=say(f"status.{done.was.value}"))
    return CommandResult(done, (line,))


def _move(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    return told_session(
        station.sessions.move(session_named(station, options.session), Step(options.step))
    )


def _close(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    return told_session(station.sessions.close(session_named(station, options.session)))


def _show(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    return told_session(station.sessions.show(session_named(station, options.session, newest=True)))


def _list(opened: OpenStation, _: argparse.Namespace) -> CommandResult:
    records = opened.station.today.records()
    return CommandResult(
        records,
        tuple(
            f"{one.session.id}  {say(f'step.{one.session.step.value}')}  {one.session.title}  "
            f"{one.turnout.arrived}/{one.turnout.expected}{_to_check(one)}"
            for one in records
        ),
    )


def _to_check(one: SessionSummary) -> str:
    return f"  {say('op.records.to_check', count=one.to_check)}" if one.to_check else ""


def _not_held(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    reason = NotHeldReason(options.reason)
    if options.plan:
        refuse_together(_given(options, "session"))
        return told_session(
            station.sessions.not_held_plan(PlanId(options.plan), reason, options.note)
        )
    session = session_named(station, options.session)
    return told_session(station.sessions.not_held(session, reason, options.note))
