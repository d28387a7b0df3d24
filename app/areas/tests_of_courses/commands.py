"""``tests``: which packs there are, opening one by its code, marks from paper, results."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.areas.tests_of_courses.record import CourseTestResult
from app.areas.tests_of_courses.verbs import CourseTestVerbs
from app.cli.output import CommandResult
from app.domain.ids import PersonId, SessionId
from app.words import say

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from app.bootstrap import OpenStation


def add_commands(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``tests`` with its verbs."""
    top = commands.add_parser("tests", help=say("command.tests"))
    verbs = top.add_subparsers(required=True, metavar="VERB")
    packs, opened, results = (verbs.add_parser(one) for one in ("packs", "open", "results"))
    mark = verbs.add_parser("mark")
    opened.add_argument("pack")
    opened.add_argument("code")
    for verb in (results, mark):
        verb.add_argument("session")
    for word in ("pack", "person"):
        mark.add_argument(word)
    for word in ("right", "questions"):
        mark.add_argument(word, type=int)
    for verb, job in ((packs, _packs), (opened, _open), (results, _results), (mark, _mark)):
        verb.add_argument("--json", action="store_true")
        verb.set_defaults(job=job)


def _packs(opened: OpenStation, _chosen: argparse.Namespace) -> CommandResult:
    found = CourseTestVerbs(opened.station.tools).packs()
    told, lines = [], []
    for one in found:
        pack = one.pack
        state = say("tests.open") if one.is_open else say("tests.sealed", at=pack.opens)
        about = {"pack": pack.id, "name": pack.name, "count": pack.count}
        told.append({**about, "opens": pack.opens, "is_open": one.is_open})
        lines.append(say("tests.pack", **about, state=state))
    return CommandResult(told, tuple(lines) or (say("tests.no_packs"),))


def _open(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    CourseTestVerbs(opened.station.tools).open_by_code(chosen.pack, chosen.code)
    return CommandResult({"pack": chosen.pack, "is_open": True}, (say("tests.noted"),))


def _mark(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    CourseTestVerbs(opened.station.tools).type_mark(
        SessionId(chosen.session),
        chosen.pack,
        PersonId(chosen.person),
        chosen.right,
        chosen.questions,
    )
    return _results(opened, chosen)


def _results(opened: OpenStation, chosen: argparse.Namespace) -> CommandResult:
    found = CourseTestVerbs(opened.station.tools).results(SessionId(chosen.session))
    told = [
        {
            "name": name,
            "person": one.person,
            "pack": one.pack,
            "right": one.right,
            "questions": one.questions,
            "on_paper": one.on_paper,
        }
        for name, one in found
    ]
    lines = tuple(result_line(name, one) for name, one in found)
    return CommandResult(told, lines or (say("tests.none"),))


def result_line(name: str, one: CourseTestResult) -> str:
    """One person's result in words."""
    paper = say("tests.on_paper") if one.on_paper else ""
    return say("tests.line", name=name, right=one.right, questions=one.questions, paper=paper)
