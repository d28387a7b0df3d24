"""``hours``, ``absence``, ``turnout``, ``running``, ``yearly`` and ``hint``: the ledgers by command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.areas.hours.hours import HoursAccount
from app.areas.running.hints import HintKind
from app.areas.turnout.turnout import TurnoutSum
from app.cli.output import CommandResult, plain
from app.domain.errors import NotFound
from app.domain.ids import PersonId, SessionId
from app.usecases.ledgers import TurnoutKey
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation
    from app.usecases.station import Station


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the ledgers, each with its switches."""
    hours = _command(commands, "hours", _hours)
    hours.add_argument("person", nargs="?", default="")
    hours.add_argument("--year", type=int, default=0)
    absence = _command(commands, "absence", _absence)
    absence.add_argument("--today", default="")
    turnout = _command(commands, "turnout", _turnout)
    turnout.add_argument("--by", choices=[one.value for one in TurnoutKey], default="")
    running = _command(commands, "running", _running)
    for one in (turnout, running):
        one.add_argument("--from", dest="first", default="")
        one.add_argument("--to", dest="last", default="")
    yearly = _command(commands, "yearly", _yearly)
    yearly.add_argument("person")
    yearly.add_argument("--year", type=int, default=0)
    hint = _command(commands, "hint", _hint)
    hint.add_argument("session")
    hint.add_argument("hint", choices=[one.value for one in HintKind])
    hint.add_argument("note")


def _command(
    commands: _SubParsersAction[argparse.ArgumentParser], name: str, job: object
) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=say(f"command.ledger.{name}"))
    made.add_argument("--json", action="store_true")
    made.set_defaults(job=job)
    return made


def _hours(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    station = opened.station
    year = chosen.year or _this_year(station)
    names = _names(station)
    if not chosen.person:
        everybody = station.ledgers.hours_of_all(year)
        data = [hours_data(one) for one in everybody]
        return CommandResult(data, tuple(_hours_line(names, one) for one in everybody))
    told = station.ledgers.hours(_person(station, chosen.person), year)
    account = told.account
    lines = [_hours_line(names, account)]
    lines += [
        say(
            "ledger.hours_session",
            day=one.day,
            title=one.title,
            minutes=one.minutes,
            counted=one.counted,
            why=say(f"ledger.why.{one.why_not}") if one.why_not else "",
        )
        for one in account.sessions
    ]
    if told.ways:
        ways = "; ".join(f"{one.date} {one.start} {one.title}" for one in told.ways)
        lines.append(say("ledger.make_up", missing=_hours_of(account.missing), ways=ways))
    return CommandResult(hours_data(account) | {"ways": plain(told.ways)}, tuple(lines))


def hours_data(account: HoursAccount) -> dict[str, object]:
    """An account with its sums, as JSON tells it."""
    return {
        "person": account.person,
        "year": account.year,
        "target": account.target,
        "minutes": account.minutes,
        "pending": account.pending,
        "elsewhere": account.elsewhere,
        "missing": account.missing,
        "rule_set": account.rule_set,
        "sessions": plain(account.sessions),
    }


def turnout_data(told: TurnoutSum) -> dict[str, object]:
    """A sum with its rates, as JSON tells it."""
    data = plain(told)
    assert isinstance(data, dict)
    return data | {
        "attendances": told.attendances,
        "rate_percent": told.rate_percent,
        "participation_percent": told.participation_percent,
    }


def _absence(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    station = opened.station
    names = _names(station)
    told = station.ledgers.absence(chosen.today)
    lines = [
        say("ledger.absence_line", name=names.get(one.person, ""), since=one.since, days=one.days)
        if one.is_seen
        else say("ledger.absence_never", name=names.get(one.person, ""))
        for one in told
    ]
    data = [{**_dict(one), "alarm": one.alarm} for one in told]
    return CommandResult(data, tuple(lines))


def _turnout(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    ledgers = opened.station.ledgers
    first, last = _span(opened.station, chosen)
    if chosen.by:
        told = ledgers.turnout_by(first, last, TurnoutKey(chosen.by))
        lines = tuple(_turnout_line(name, one) for name, one in told.items())
        data: object = {name: turnout_data(one) for name, one in told.items()}
        return CommandResult(data, lines or (say("ledger.none"),))
    whole = ledgers.turnout(first, last)
    return CommandResult(turnout_data(whole), (_turnout_line(say("ledger.whole"), whole),))


def _running(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    days = opened.station.ledgers.running(*_span(opened.station, chosen))
    lines = [
        say(
            "ledger.running_line",
            day=one.day,
            on=len(one.on),
            sessions=len(one.sessions),
            faults=len(one.faults),
            hints=len(one.hints),
        )
        for one in days
    ]
    return CommandResult(days, tuple(lines) or (say("ledger.none"),))


def _yearly(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    station = opened.station
    person = _person(station, chosen.person)
    told = station.ledgers.yearly(person, chosen.year or _this_year(station))
    line = say(
        "ledger.yearly_line",
        name=_names(station).get(person, ""),
        year=told.year,
        attended=len(told.attended),
        on_leave=len(told.on_leave),
        absent=len(told.absent),
        lessons=len(told.lessons),
        practice=len(told.practice),
        hours=_hours_of(told.hours.minutes),
    )
    return CommandResult(_dict(told) | {"hours": hours_data(told.hours)}, (line,))


def _hint(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    ledgers, session = opened.station.ledgers, SessionId(chosen.session)
    ledgers.answer_hint(session, HintKind(chosen.hint), chosen.note)
    return CommandResult(plain(ledgers.hints(session)), (say("ledger.answered"),))


def _dict(value: object) -> dict[str, object]:
    data = plain(value)
    assert isinstance(data, dict)
    return data


def _hours_line(names: dict[str, str], account: HoursAccount) -> str:
    return say(
        "ledger.hours_line",
        name=names.get(account.person, ""),
        hours=_hours_of(account.minutes),
        pending=_hours_of(account.pending),
        target=_hours_of(account.target),
        missing=_hours_of(account.missing),
    )


def _turnout_line(name: str, told: TurnoutSum) -> str:
    rate = "—" if told.rate_percent is None else f"{told.rate_percent}%"
    return say(
        "ledger.turnout_line",
        name=name,
        expected=told.expected,
        arrived=told.arrived,
        rate=rate,
        attendances=told.attendances,
        people=told.people,
    )


def _hours_of(minutes: int) -> str:
    """Minutes as hours with one decimal, never rounded up."""
    whole, rest = divmod(minutes * 10 // 60, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def _names(station: Station) -> dict[str, str]:
    return {one.id: one.name for one in station.people.all()}


def _person(station: Station, said: str) -> PersonId:
    """Whom an id or a whole name means; NotFound for nobody or several."""
    people = station.people.all()
    found = [one.id for one in people if one.id == said] or [
        one.id for one in people if one.name == said
    ]
    if len(found) != 1:
        raise NotFound("refusal.no_person")
    return found[0]


def _this_year(station: Station) -> int:
    return int(station.ledgers.today()[:4])


def _span(station: Station, chosen: argparse.Namespace) -> tuple[str, str]:
    """The days that were chosen; else this year until today."""
    today = station.ledgers.today()
    return chosen.first or f"{today[:4]}-01-01", chosen.last or today
