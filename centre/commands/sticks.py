"""``stick FOLDER``: take in what stations put on a stick, put receipts and feeds on it."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.domain.errors import StoreTrouble
from app.wire.sticks.looking import DAMAGED, FOREIGN, UNSEEN
from app.wire.sticks.troubles import StickTrouble
from centre.commands.output import Commands, opened, write, write_json
from centre.settings import Settings
from centre.sticks.courses import CoursesCopied, copy_courses
from centre.sticks.taking import StickTaken, take_stick
from centre.words import say

_SENTENCES = {
    "stick.not_there": "centre.stick_not_there",
    "stick.full": "centre.stick_full",
    "stick.read_only": "centre.stick_read_only",
    "stick.strange_folder": "centre.stick_strange_folder",
    "stick.false_capacity": "centre.stick_false_capacity",
}
"""The centre's own words for what a stick can do; whatever else it does, it is gone."""


def add_commands(commands: Commands) -> None:
    """Add ``stick``."""
    stick = commands.add_parser("stick")
    stick.add_argument("folder", type=Path, help="where the stick is")
    stick.add_argument("--courses", action="store_true", help="put the course files on it too")
    stick.add_argument("--json", action="store_true")
    stick.set_defaults(run=serve_stick)


def serve_stick(settings: Settings, chosen: argparse.Namespace) -> int:
    """Serve one stick; 1 when answers or courses could not be written to it."""
    copied: CoursesCopied | None = None
    with opened(settings) as centre:
        try:
            taken = take_stick(centre, chosen.folder)
        except StickTrouble as failed:
            raise _in_our_words(failed) from failed
        trouble = taken.trouble
        if chosen.courses and trouble is None:
            try:
                copied = copy_courses(centre, chosen.folder)
            except StickTrouble as failed:
                trouble = failed
    if chosen.json:
        write_json({"stations": taken.stations, "refused": taken.refused, "courses": copied})
    else:
        write(*_lines(taken, copied))
    if trouble is not None:
        raise _in_our_words(trouble)
    return 0


def _lines(taken: StickTaken, copied: CoursesCopied | None) -> list[str]:
    lines = [
        say(
            "centre.stick_taken",
            stations=len(taken.stations),
            parts=sum(one.parts for one in taken.stations),
            facts=sum(one.facts for one in taken.stations),
            answers=sum(one.answers for one in taken.stations),
        )
    ]
    if taken.refused:
        foreign, damaged, unseen = (
            sum(taken.refused.get(one, 0) for one in group) for group in (FOREIGN, DAMAGED, UNSEEN)
        )
        lines.append(
            say("centre.stick_passed_over", foreign=foreign, damaged=damaged, unseen=unseen)
        )
    lines += [
        say("centre.stick_no_recipient", station=one.station)
        for one in taken.stations
        if not one.has_recipient
    ]
    if copied is not None:
        lines.append(say("centre.stick_courses", written=copied.written, there=copied.there))
        lines += [say("centre.stick_too_large", title=title) for title in copied.too_large]
        lines += [say("centre.stick_no_file", title=title) for title in copied.missing]
        lines += [say("centre.stick_damaged", title=title) for title in copied.damaged]
    return lines


def _in_our_words(failed: StickTrouble) -> StoreTrouble:
    return StoreTrouble(_SENTENCES.get(failed.key, "centre.stick_gone"), **failed.values)
