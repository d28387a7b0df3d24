"""``classes``: its rows, who is in one, its five checks, how far everybody is, who is to come."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from app.areas.catalogue.values import CHECKS, ClassCheck, TrainingClass
from app.domain.errors import BadInput
from app.domain.time import local_date
from centre.catalogue.acts import book_of, find_row, turn_row
from centre.catalogue.classes import people_meant, too_small
from centre.catalogue.texts import day_of, word_of
from centre.commands.catalogue.rows import add_row_commands
from centre.commands.output import Commands, aligned, opened, write, write_json
from centre.interpretation.on_demand import interpret_waiting
from centre.ledgers.classes import members, missing_of, progress_of
from centre.service import Centre
from centre.settings import Settings
from centre.sites import find_site
from centre.words import say

KIND = "training_class"


def add_commands(commands: Commands) -> None:
    """Add ``classes``."""
    acts = add_row_commands(commands.add_parser("classes"), KIND)

    roster = acts.add_parser("roster", help="who is in a class; add or remove people")
    roster.add_argument("name", help="name or id")
    roster.add_argument("--person", nargs="*", action="extend", default=[], metavar="NAME")
    roster.add_argument("--branch", default="", help="all of a branch")
    roster.add_argument("--audience", default="", help="all of an audience")
    roster.add_argument("--site", default="", help="of this site only")
    roster.add_argument("--remove", action="store_true", help="take these people out")
    roster.add_argument("--by", default="", help="who had it done")
    roster.set_defaults(run=run_roster)

    check = acts.add_parser("check", help="tick one of the five checks")
    check.add_argument("name", help="name or id")
    check.add_argument("check", help=" ".join(CHECKS))
    check.add_argument("--by", required=True, help="who checked it")
    check.add_argument("--day", default="", metavar="YYYY-MM-DD", help="today without it")
    check.set_defaults(run=run_check)

    progress = acts.add_parser("progress", help="attended of planned, for each of a class")
    missing = acts.add_parser("missing", help="who has been through no batch of it")
    missing.add_argument("--site", default="", help="name or id")
    for act, run in ((progress, run_progress), (missing, run_missing)):
        act.add_argument("name", help="name or id")
        act.set_defaults(run=run)
    for act in (roster, check, progress, missing):
        act.add_argument("--json", action="store_true")
        act.add_argument("--restricted", action="store_true", help="you are entitled to see names")


def run_roster(settings: Settings, chosen: argparse.Namespace) -> int:
    """List who is in a class, or change it."""
    with opened(settings) as centre:
        chose = chosen.person or chosen.branch or chosen.audience or chosen.site
        with centre.store.reading() as tx:
            shown_class(tx, chosen)
        if chose:
            turn_row(
                centre,
                KIND,
                chosen.name,
                lambda tx, one: _with(centre, tx, one, chosen),
                by=chosen.by,
            )
        with centre.store.reading() as tx:
            held_class = shown_class(tx, chosen)
            told = members(tx, held_class.people)
            small = too_small(tx, held_class)
    lines = [told[one] for one in held_class.people if one in told]
    if chosen.json:
        write_json(lines)
        return 0
    rows = [(one.person, one.name, one.site_name) for one in lines]
    heads = tuple(say(f"centre.head_{one}") for one in ("id", "name", "site"))
    write(say("centre.class_people", name=held_class.name, count=len(lines)))
    if rows:
        write(aligned([heads, *rows]))
    if small is not None:
        write(say("centre.class_large", venue=small[0], seats=small[1], count=small[2]))
    return 0


def run_check(settings: Settings, chosen: argparse.Namespace) -> int:
    """Tick one of the five checks; again, it is who and when of the last time."""
    check = word_of({one: f"centre.word_check_{one}" for one in CHECKS}, chosen.check)
    by = " ".join(chosen.by.split())
    if not by:
        raise BadInput("centre.class_check_by")
    with opened(settings) as centre:
        day = day_of(chosen.day) if chosen.day else local_date(centre.now_ms()).isoformat()
        ticked = ClassCheck(check, by, day)

        def turned(_tx: Connection, one: TrainingClass) -> TrainingClass:
            kept = {each.check: each for each in one.checks} | {check: ticked}
            return replace(one, checks=tuple(kept[each] for each in CHECKS if each in kept))

        done = turn_row(centre, KIND, chosen.name, turned, by=by)
    open_ones = [one for one in CHECKS if one not in {each.check for each in done.after.checks}]
    if chosen.json:
        write_json({"checks": done.after.checks, "open": open_ones})
        return 0
    write(say("centre.class_checked", name=done.name, check=say(f"centre.word_check_{check}")))
    if open_ones:
        left = "、".join(say(f"centre.word_check_{one}") for one in open_ones)
        write(say("centre.class_checks_open", checks=left))
    return 0


def run_progress(settings: Settings, chosen: argparse.Namespace) -> int:
    """How far everybody of a class is."""
    with opened(settings) as centre:
        interpret_waiting(centre, "")
        with centre.store.reading() as tx:
            held_class = shown_class(tx, chosen)
            lines = progress_of(tx, held_class)
            told = members(tx, held_class.people)
    if chosen.json:
        write_json(lines)
        return 0
    heads = tuple(say(f"centre.head_{one}") for one in ("name", "site", "attended", "state"))
    rows = [
        (
            told[one.person].name if one.person in told else one.person,
            told[one.person].site_name if one.person in told else "",
            f"{len(one.sessions)}/{one.planned}",
            say("centre.class_complete" if one.is_complete else "centre.class_not_yet"),
        )
        for one in lines
    ]
    done = sum(one.is_complete for one in lines)
    write(say("centre.class_progress", name=held_class.name, done=done, count=len(lines)))
    write(aligned([heads, *rows]))
    return 0


def run_missing(settings: Settings, chosen: argparse.Namespace) -> int:
    """Who has been through no batch of a class."""
    with opened(settings) as centre:
        interpret_waiting(centre, "")
        with centre.store.reading() as tx:
            site = find_site(tx, chosen.site).id if chosen.site else ""
            held_class = shown_class(tx, chosen)
            lines = missing_of(tx, held_class, site)
            told = members(tx, [one.person for one in lines])
    if chosen.json:
        write_json(lines)
        return 0
    write(say("centre.class_missing", name=held_class.name, count=len(lines)))
    heads = tuple(say(f"centre.head_{one}") for one in ("name", "site", "batch", "attended"))
    rows = [
        (
            told[one.person].name,
            told[one.person].site_name,
            "、".join(one.batches),
            str(len(one.sessions)),
        )
        for one in lines
    ]
    if rows:
        write(aligned([heads, *rows]))
    return 0


def shown_class(tx: Connection, chosen: argparse.Namespace) -> TrainingClass:
    """The class, if who asks may see who is in it.

    Raises:
        BadInput: it is for entitled people only, and the asker did not say to be one.
    """
    held_class: TrainingClass = find_row(tx, KIND, chosen.name).value
    if held_class.is_restricted and not chosen.restricted:
        raise BadInput("centre.class_restricted", name=held_class.name)
    return held_class


def _with(centre: Centre, tx: Connection, held_class: TrainingClass, chosen: Any) -> TrainingClass:
    """A class with those who were chosen, or without them."""
    site = find_site(tx, chosen.site).id if chosen.site else ""
    book = replace(book_of(centre, tx), site=site)
    who = [book.person_id(one) for one in chosen.person]
    if chosen.branch or chosen.audience or not chosen.person:
        audience = find_row(tx, "audience", chosen.audience).id if chosen.audience else ""
        who += people_meant(tx, audience=audience, branch=chosen.branch, site=site)
    if not who:
        raise BadInput("centre.class_nobody")
    if chosen.remove:
        gone = set(who)
        return replace(
            held_class, people=tuple(one for one in held_class.people if one not in gone)
        )
    return replace(held_class, people=tuple(dict.fromkeys((*held_class.people, *who))))
