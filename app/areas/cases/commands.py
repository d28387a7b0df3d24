"""``cases``: which kinds there are, what waits, open one, move one on."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.verbs import Cases, CaseView
from app.cli.output import CommandResult
from app.domain.errors import BadInput
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``cases`` with its verbs."""
    top = commands.add_parser("cases", help=say("cases.about"))
    verbs = top.add_subparsers(required=True, metavar="VERB")
    kinds = verbs.add_parser("kinds")
    kinds.set_defaults(job=_kinds)
    listed = verbs.add_parser("list")
    listed.add_argument("--kind", default="")
    listed.add_argument("--all", action="store_true", help="those that ended too")
    listed.set_defaults(job=_list)
    shown = verbs.add_parser("show")
    shown.add_argument("case")
    shown.set_defaults(job=_show)
    opened = verbs.add_parser("open")
    opened.add_argument("kind")
    opened.add_argument("fields", nargs="*", metavar="FIELD=TEXT")
    opened.set_defaults(job=_open)
    moved = verbs.add_parser("move")
    moved.add_argument("case")
    moved.add_argument("move")
    moved.add_argument("fields", nargs="*", metavar="FIELD=TEXT")
    moved.set_defaults(job=_move)
    for verb in (kinds, listed, shown, opened, moved):
        verb.add_argument("--json", action="store_true")


def _kinds(_opened: OpenStation, _chosen: argparse.Namespace) -> CommandResult:
    found = tuple(CASE_KINDS.values())
    return CommandResult(
        found, tuple(f"{one.name}  {say(f'cases.kind.{one.name}')}" for one in found)
    )


def _list(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    return _told(Cases(opened.station.tools).all(chosen.kind, with_ended=chosen.all))


def _show(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    return _told((Cases(opened.station.tools).show(chosen.case),))


def _open(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    return _told((Cases(opened.station.tools).open_case(chosen.kind, _pairs(chosen.fields)),))


def _move(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    cases = Cases(opened.station.tools)
    return _told((cases.move_case(chosen.case, chosen.move, _pairs(chosen.fields)),))


def _pairs(told: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in told:
        name, equals, value = one.partition("=")
        if not equals:
            raise BadInput("refusal.case_strange", field=one)
        found[name] = value
    return found


def _told(found: tuple[CaseView, ...]) -> CommandResult:
    return CommandResult(found, tuple(_line(one) for one in found) or (say("cases.none"),))


def _line(view: CaseView) -> str:
    record = view.record
    kind = CASE_KINDS[record.kind]
    text = next((record.value(name) for name in kind.needs if name not in kind.personal), "")
    state = say(f"cases.state.{record.kind}.{record.state}")
    if record.unconfirmed:
        state += f"（{say('cases.unconfirmed')}）"
    name = say(f"cases.kind.{record.kind}")
    return say("cases.line", id=record.case, kind=name, state=state, text=text)
