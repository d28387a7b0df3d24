"""``wishes``: say one, move one on, list all."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.areas.wishes.verbs import WishView, list_wishes, move_wish, open_wish

from app.cli.output import CommandResult
from app.domain.ids import PersonId
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``wishes`` with its verbs."""
    top = commands.add_parser("wishes", help=say("wishes.about"))
    verbs = top.add_subparsers(required=True, metavar="VERB")
    for name, job, words in (
        ("add", _add, ("person", "text")),
        ("move", _move, ("wish", "state")),
        ("list", _list, ()),
    ):
        verb = verbs.add_parser(name)
        for word in words:
            verb.add_argument(word)
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(job=job)


def _add(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    return _told((open_wish(opened.station.tools, PersonId(chosen.person), chosen.text),))


def _move(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    move_wish(opened.station.tools, chosen.wish, chosen.state)
    return _list(opened, chosen)


def _list(opened: OpenStation, _chosen: argparse.Namespace) -> CommandResult:
    return _told(list_wishes(opened.station.tools))


def _told(wishes: tuple[WishView, ...]) -> CommandResult:
    lines = tuple(
        say("wishes.line", name=one.name, text=one.text, state=one.state) for one in wishes
    )
    return CommandResult(wishes, lines or (say("wishes.none"),))
