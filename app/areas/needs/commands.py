"""``needs``: what a session's survey came to, and one more answer."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.areas.needs.verbs import NeedsVerbs
from app.cli.output import CommandResult
from app.domain.errors import BadInput
from app.domain.ids import SessionId
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``needs`` with its verbs."""
    top = commands.add_parser("needs", help=say("command.needs"))
    verbs = top.add_subparsers(required=True, metavar="VERB")
    show, answer = verbs.add_parser("show"), verbs.add_parser("answer")
    for verb in (show, answer):
        verb.add_argument("session")
        verb.add_argument("--json", action="store_true")
    answer.add_argument("answers", nargs=4, metavar="N,N", help="of each question, from 1")
    show.set_defaults(job=_show)
    answer.set_defaults(job=_answer)


def _show(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    groups = NeedsVerbs(opened.station.tools).groups(SessionId(chosen.session))
    lines = []
    for one in groups:
        lines.append(say("needs.line", kind=say(f"needs.kind.{one.kind}"), people=one.people))
        lines += [
            "  " + say("needs.option", option=say(f"needs.{option}"), count=count)
            for option, count in one.chosen
        ]
    return CommandResult(groups, tuple(lines) or (say("needs.none"),))


def _answer(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    try:
        told = [[int(one) - 1 for one in answer.split(",")] for answer in chosen.answers]
    except ValueError as wrong:
        raise BadInput("refusal.needs_answer") from wrong
    people = NeedsVerbs(opened.station.tools).answer(SessionId(chosen.session), told)
    key = "op.rating.given" if people else "op.rating.given_few"
    return CommandResult({"people": people}, (say(key, votes=people),))
