"""``ratings``: what a session's votes come to, and typing in those on paper."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.areas.ratings.lines import rating_lines
from app.areas.ratings.tally import LEVELS, RatingSheet
from app.areas.ratings.verbs import RatingVerbs
from app.cli.output import CommandResult
from app.domain.ids import SessionId
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``ratings`` with its verbs."""
    top = commands.add_parser("ratings", help=say("command.ratings"))
    verbs = top.add_subparsers(required=True, metavar="VERB")
    show, vote, paper = (verbs.add_parser(one) for one in ("show", "vote", "paper"))
    for verb in (show, vote, paper):
        verb.add_argument("session")
        verb.add_argument("--json", action="store_true")
    vote.add_argument("level", type=int, choices=range(1, LEVELS + 1), help="1 is the best")
    paper.add_argument("counts", type=int, nargs=LEVELS, metavar="COUNT", help="best level first")
    paper.add_argument("--sheet", choices=[*RatingSheet], default=RatingSheet.SATISFACTION)
    show.set_defaults(job=_show)
    vote.set_defaults(job=_vote)
    paper.set_defaults(job=_paper)


def _show(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    found = RatingVerbs(opened.station.tools).tallies(SessionId(chosen.session))
    told = [
        {"sheet": one.sheet, "counts": one.counts, "good": one.good, "votes": one.votes}
        for one in found
    ]
    return CommandResult(told, rating_lines(say, found) or (say("rating.none"),))


def _vote(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    return _given(
        RatingVerbs(opened.station.tools).vote(SessionId(chosen.session), chosen.level - 1)
    )


def _paper(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    does, session = RatingVerbs(opened.station.tools), SessionId(chosen.session)
    return _given(does.type_paper(session, RatingSheet(chosen.sheet), tuple(chosen.counts)))


def _given(votes: int) -> CommandResult:
    key = "op.rating.given" if votes else "op.rating.given_few"
    return CommandResult({"votes": votes}, (say(key, votes=votes),))
