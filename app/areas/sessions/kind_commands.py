"""``session new|agenda|stop|lecture|heads|visit|take-back``: kinds of session by command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.areas.sessions.command_parts import add_verb, person_named, session_named, told_session
from app.areas.sessions.facts import LectureGiven, VisitMade
from app.areas.sessions.kinds import HEADS, PAIRINGS, Item, SessionKind
from app.areas.sessions.session import SessionSetting
from app.cli.output import CommandResult
from app.domain.errors import BadInput
from app.domain.ids import CourseId, FactHash, OrgUnitId

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation


def add_verbs(verbs: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add them under ``session``."""
    new = add_verb(verbs, "new", _new)
    add_setting(new)
    agenda = _doing(verbs, "agenda", _agenda)
    agenda.add_argument("item")
    agenda.add_argument("--skip", action="store_true")
    agenda.add_argument("--reason", default="")
    stop = _doing(verbs, "stop", _stop)
    stop.add_argument("stop")
    lecture = _doing(verbs, "lecture", _lecture)
    lecture.add_argument("--topic", required=True)
    lecture.add_argument("--minutes", type=int, required=True)
    who = lecture.add_mutually_exclusive_group(required=True)
    who.add_argument("--lecturer", default="")
    who.add_argument("--person", default="")
    who.add_argument("--name", default="")
    heads = _doing(verbs, "heads", _heads)
    heads.add_argument("kind", choices=HEADS)
    heads.add_argument("count", type=int)
    visit = _doing(verbs, "visit", _visit)
    visit.add_argument("person")
    visit.add_argument("--minutes", type=int, required=True)
    visit.add_argument("--by", default="")
    visit.add_argument("--pairing", choices=PAIRINGS, default="")
    visit.add_argument("--note", default="")
    taken = _doing(verbs, "take-back", _take_back)
    taken.add_argument("hash")


def add_setting(verb: argparse.ArgumentParser) -> None:
    """The kind, the title and the setting of a session nobody planned."""
    kinds = [one.value for one in SessionKind]
    verb.add_argument("--kind", choices=kinds, default=SessionKind.GROUP_SESSION.value)
    verb.add_argument("--title", required=True)
    for name in ("place", "class", "campaign", "route"):
        verb.add_argument(f"--{name}", default="")
    for name in ("lecturer", "host", "agenda", "unit", "course"):
        verb.add_argument(f"--{name}", action="append", default=[])
    verb.add_argument("--tick", action="append", default=[], choices=[one.value for one in Item])


def setting_said(options: argparse.Namespace) -> SessionSetting:
    """The setting that the options say."""
    return SessionSetting(
        place=options.place,
        training_class=vars(options)["class"],
        campaign=options.campaign,
        route=options.route,
        lecturers=tuple(options.lecturer),
        hosts=tuple(options.host),
        agenda=tuple(options.agenda),
        ticks=tuple(options.tick),
    )


def _doing(
    verbs: _SubParsersAction[argparse.ArgumentParser], name: str, job: object
) -> argparse.ArgumentParser:
    verb = add_verb(verbs, name, job)
    verb.add_argument("--session", default="")
    return verb


def _new(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    if not options.title.strip():
        raise BadInput("refusal.needs_title")
    view = opened.station.sessions.prepare_extra(
        options.title,
        tuple(CourseId(one) for one in options.course),
        SessionKind(options.kind),
        setting_said(options),
        tuple(OrgUnitId(one) for one in options.unit),
    )
    return told_session(view)


def _agenda(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    if options.reason and not options.skip:
        raise BadInput("command.not_together", options="--reason")
    session = session_named(opened.station, options.session)
    doing = opened.station.activities
    return told_session(
        doing.tick(session, options.item, is_done=not options.skip, reason=options.reason)
    )


def _stop(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    session = session_named(opened.station, options.session)
    return told_session(opened.station.activities.reach(session, options.stop))


def _lecture(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    session = session_named(station, options.session)
    person = person_named(station, options.person) if options.person else None
    told = LectureGiven(session, options.topic, options.minutes, options.lecturer, person)
    return told_session(station.activities.lecture(told, options.name))


def _heads(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    session = session_named(opened.station, options.session)
    return told_session(opened.station.activities.count_heads(session, options.kind, options.count))


def _visit(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    session = session_named(station, options.session)
    person = person_named(station, options.person)
    by = person_named(station, options.by) if options.by else None
    told = VisitMade(session, person, options.minutes, by, options.pairing)
    return told_session(station.activities.visit(told, options.note))


def _take_back(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    session = session_named(opened.station, options.session)
    return told_session(opened.station.activities.take_back(session, FactHash(options.hash)))
