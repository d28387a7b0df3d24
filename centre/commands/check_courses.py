"""``check-courses``: which course files are lost or damaged, and what no course needs any more."""

from __future__ import annotations

import argparse
import sys

import msgspec

from centre.courses.shelf import Shelf
from centre.courses.watching import Checked, State, all_courses, check_courses
from centre.opening import open_centre
from centre.service import Centre
from centre.settings import Settings
from centre.words import say

_MIB = 1 << 20


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``check-courses``."""
    check = commands.add_parser("check-courses")
    check.add_argument("--quick", action="store_true", help="only look whether they are there")
    check.add_argument("--free", action="store_true", help="delete files of no course any more")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=check_all)


def check_all(settings: Settings, chosen: argparse.Namespace) -> int:
    """Say how each course stands; 1 when one is lost or damaged."""
    centre = open_centre(settings)
    try:
        found = tuple(check_courses(centre, through=not chosen.quick))
        dead = dead_files(centre)
        freed = Shelf(centre.media).remove(dead) if chosen.free else 0
    finally:
        centre.close()
    bad = any(one.state is not State.SOUND for one in found)
    if chosen.json:
        told = {"courses": found, "dead_files": len(dead), "dead_bytes": sum(dead.values())}
        sys.stdout.write(msgspec.json.encode(told | {"freed_bytes": freed}).decode() + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(found, dead, freed, free=chosen.free))
    return 1 if bad else 0


def dead_files(centre: Centre) -> dict[str, int]:
    """Files of the shelf that no course names which was not withdrawn; name → bytes."""
    live = {
        file.sha256
        for course in all_courses(centre)
        if not course.withdrawn
        for file in course.files
    }
    return {name: size for name, size in Shelf(centre.media).files().items() if name not in live}


def _lines(
    found: tuple[Checked, ...], dead: dict[str, int], freed: int, *, free: bool
) -> list[str]:
    sentences = (one.sentence for one in found)
    lines = [say(key, **values) for key, values in sentences]
    if not found:
        lines.append(say("centre.no_courses"))
    if dead:
        size = round((freed if free else sum(dead.values())) / _MIB, 1)
        key = "centre.courses_freed" if free else "centre.courses_dead"
        lines.append(say(key, files=len(dead), megabytes=size))
    return lines
