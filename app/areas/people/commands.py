"""``roster …`` and ``standing …``: people by command."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from app.areas.people.entry import PersonEntry
from app.areas.people.person import Person, Standing, StandingKind
from app.areas.people.views import RosterView, WholePerson
from app.cli.output import CommandResult
from app.domain.errors import BadInput, NotFound
from app.domain.ids import PersonId
from app.domain.time import local_date, local_time
from app.words import language, say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation
    from app.usecases.station import Station

_FIELDS = tuple(one.name for one in fields(PersonEntry))


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``roster`` and ``standing`` with their verbs."""
    roster = commands.add_parser("roster", help=say("command.roster"))
    verbs = roster.add_subparsers(required=True, metavar="VERB")
    imported = _verb(verbs, "roster", "import", _import)
    imported.add_argument("file", type=Path)
    imported.add_argument("--apply", action="store_true")
    imported.add_argument("--leave-out-faulty", action="store_true")
    imported.add_argument("--same", action="append", default=[], metavar="ROW=PERSON")
    imported.add_argument("--new", action="append", default=[], metavar="ROW")
    imported.add_argument("--confirm", type=int, metavar="N")
    _verb(verbs, "roster", "template", _template).add_argument("file", type=Path)
    listed = _verb(verbs, "roster", "list", _list)
    listed.add_argument("--all", action="store_true")
    _verb(verbs, "roster", "show", _show).add_argument("person")
    added = _verb(verbs, "roster", "add", _add)
    added.add_argument("name")
    added.add_argument("--really-new", action="store_true")
    _add_fields(added, [one for one in _FIELDS if one != "name"])
    corrected = _verb(verbs, "roster", "correct", _correct)
    corrected.add_argument("person")
    _add_fields(corrected, _FIELDS)
    stopped = _verb(verbs, "roster", "stop", _stop)
    stopped.add_argument("person")
    stopped.add_argument("--reason", required=True)
    _verb(verbs, "roster", "resume", _resume).add_argument("person")

    standing = commands.add_parser("standing", help=say("command.standing"))
    verbs = standing.add_subparsers(required=True, metavar="VERB")
    put = _verb(verbs, "standing", "set", _set_standing)
    put.add_argument("person")
    put.add_argument("kind", choices=[one.value for one in StandingKind])
    put.add_argument("--from", dest="since", default="")
    put.add_argument("--to", dest="until")
    put.add_argument("--visit", action="store_true")
    put.add_argument("--contact")
    put.add_argument("--reason", default="")
    ended = _verb(verbs, "standing", "end", _end_standing)
    ended.add_argument("person")
    ended.add_argument("kind", choices=[one.value for one in StandingKind])


def _verb(
    verbs: _SubParsersAction[argparse.ArgumentParser], of: str, name: str, job: object
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=say(f"command.{of}.{name}"))
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(job=job)
    return verb


def _add_fields(verb: argparse.ArgumentParser, names: list[str] | tuple[str, ...]) -> None:
    for name in names:
        verb.add_argument(f"--{name.replace('_', '-')}", help=say(f"people.field.{name}"))


def _said(options: argparse.Namespace, names: tuple[str, ...]) -> dict[str, str]:
    given = {name: getattr(options, name, None) for name in names}
    return {name: value for name, value in given.items() if value is not None}


def _import(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    from app.rosters import words  # what opens sheets is loaded for this command only
    from app.rosters.import_plan import Decided
    from app.rosters.telling import as_json, as_lines

    words.speak(language())
    same = dict(_pair(one) for one in options.same)
    decided = Decided(
        leave_out=options.leave_out_faulty,
        same=same,
        new=tuple(options.new),
        confirm=options.confirm,
    )
    people = opened.station.people
    sheet = people.read_sheet(options.file)
    outcome = people.take_sheet(sheet, decided, apply=options.apply)
    lines = tuple(as_lines(outcome, left_out=options.leave_out_faulty))
    return CommandResult(as_json(outcome), lines)


def _pair(told: str) -> tuple[str, str]:
    row, equals, person = told.rpartition("=")
    if not (equals and row and person):
        raise BadInput("roster.answer_spelled", value=told)
    return row, person


def _template(_opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    from app.rosters.template import write_template

    if options.file.exists() or options.file.suffix.lower() != ".xlsx":
        raise BadInput("refusal.template_file", file=options.file.name)
    write_template(options.file)
    return CommandResult(str(options.file), (say("command.roster.written", file=options.file),))


def _list(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    view = opened.station.people.roster(with_stopped=options.all)
    lines = tuple(_line(one, view) for one in view.people)
    return CommandResult(view, lines or (say("command.roster.none"),))


def _line(one: Person, view: RosterView) -> str:
    notes = [say("people.unchecked")] if one.id in view.unchecked else []
    notes += [] if one.active else [say("people.stopped")]
    branch = next((view.branches[unit] for unit in one.units if unit in view.branches), "")
    return say(
        "command.roster.line",
        id=one.id,
        name=one.name,
        branch=branch,
        group=one.group,
        tail=one.phone_tail,
        notes="".join(f"  {note}" for note in notes),
    ).rstrip()


def _show(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    whole = station.people.whole(_person(station, options.person))
    return CommandResult(whole, (whole.person.name, whole.branch, *_sessions(whole)))


def _sessions(whole: WholePerson) -> list[str]:
    return [
        say(
            "command.roster.session",
            day=f"{local_time(one.day_ms):%Y-%m-%d}",
            title=one.title,
            status=say(f"status.{'none' if one.status is None else one.status.value}"),
        )
        for one in reversed(whole.sessions)
    ]


def _add(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    others = [one.id for one in station.people.roster(with_stopped=True).people]
    entry = PersonEntry(**_said(options, _FIELDS))
    return _kept(station.people.add(entry, not_people=others if options.really_new else ()))


def _correct(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    person = _person(station, options.person)
    return _kept(station.people.correct(person, _said(options, _FIELDS)))


def _stop(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    return _kept(station.people.stop(_person(station, options.person), options.reason))


def _resume(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    return _kept(station.people.resume(_person(station, options.person)))


def _set_standing(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    today = local_date(station.tools.clock.now().wall_ms).isoformat()
    standing = Standing(
        StandingKind(options.kind),
        options.since or today,
        options.until,
        options.visit,
        None if options.contact is None else _person(station, options.contact),
    )
    person = _person(station, options.person)
    return _kept(station.people.set_standing(person, standing, options.reason))


def _end_standing(opened: OpenStation, options: argparse.Namespace) -> CommandResult:
    station = opened.station
    standing = Standing(StandingKind(options.kind))
    return _kept(station.people.end_standing(_person(station, options.person), standing))


def _kept(person: Person) -> CommandResult:
    return CommandResult(person, (say("command.roster.kept", name=person.name, id=person.id),))


def _person(station: Station, named: str) -> PersonId:
    """An id, or a name or letters that only one has."""
    everyone = {one.id: one for one in station.people.roster(with_stopped=True).people}
    if PersonId(named) in everyone:
        return PersonId(named)
    found = list(station.people.name_index().search(named))
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound("refusal.no_person")
    names = "、".join(f"{everyone[one].name}({one})" for one in found[:6] if one in everyone)
    raise NotFound("refusal.many_people", count=len(found), names=names)
