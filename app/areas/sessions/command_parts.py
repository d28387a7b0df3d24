"""What the commands about sessions share: which session and who is meant, and how one is told."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.areas.attendance.trace import otherwise_lines
from app.areas.sessions.activity_lines import activity_lines, kind_word
from app.cli.output import CommandResult
from app.domain.errors import BadInput, NotFound
from app.domain.ids import PersonId, SessionId
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.areas.attendance.views import PersonCard
    from app.areas.sessions.views import SessionView
    from app.usecases.station import Station


def add_verb(
    verbs: _SubParsersAction[argparse.ArgumentParser], name: str, job: object
) -> argparse.ArgumentParser:
    """A command under ``session`` with its help and ``--json``."""
    verb = verbs.add_parser(name, help=say(f"command.session.{name}"))
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(job=job)
    return verb


def refuse_together(wrong: list[str]) -> None:
    """Refuse options that do not go with the rest."""
    if wrong:
        raise BadInput("command.not_together", options=" ".join(wrong))


def only_one(found: list[PersonId], station: Station) -> PersonId:
    """The one person who was found; none or several are refused."""
    if not found:
        raise NotFound("refusal.no_person")
    if len(found) > 1:
        known = {person.id: person for person in station.people.all()}
        names = "、".join(f"{known[i].name}({i})" for i in found[:6] if i in known)
        raise NotFound("refusal.many_people", count=len(found), names=names)
    return found[0]


def person_named(station: Station, said: str) -> PersonId:
    """Who is meant by an id, a name or letters of one."""
    known = {person.id for person in station.people.all()}
    if said in known:
        return PersonId(said)
    return only_one(list(station.people.name_index().search(said)), station)


def session_named(station: Station, given: str, *, newest: bool = False) -> SessionId:
    """The session that was named, else the one that runs, else (if asked) the newest."""
    if given:
        return SessionId(given)
    running = station.sessions.running()
    if running is not None:
        return running.session.id
    records = station.today.records(limit=1) if newest else ()
    if records:
        return records[0].session.id
    raise NotFound("refusal.no_running_session")


def told_session(view: SessionView) -> CommandResult:
    """A session, its turnout and everybody in it."""
    turnout = view.turnout
    lines = [
        f"{view.session.title}  {say(f'step.{view.session.step.value}')}  {view.session.id}",
        say(
            "command.turnout",
            arrived=turnout.arrived,
            expected=turnout.expected,
            leave=turnout.on_leave,
            visitors=turnout.visitors,
        ),
    ]
    lines[1:1] = [kind_word(view.session.kind), *activity_lines(view)]
    if view.to_check:
        lines.append(say("op.records.to_check_why", count=view.to_check))
    lines += [card_line(card) for card in view.cards if card.status is not None]
    lines += otherwise_lines(view.cards)
    return CommandResult(view, tuple(lines))


def card_line(card: PersonCard) -> str:
    """One person of a session."""
    status = "none" if card.status is None else card.status.value
    lane = "" if card.lane is None else say(f"lane.{card.lane.value}")
    return f"{card.name}  {card.group}  {say(f'status.{status}')}  {lane}".rstrip()
