"""Commands about courses and the sessions they are planned for."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

import msgspec

from centre.commands.output import Commands, opened, write, write_json
from centre.courses.publishing import CourseOffer, look_and_publish, withdraw_course
from centre.courses.shelf import Shelf
from centre.courses.watching import Checked, State, all_courses, check_courses
from centre.service import Centre
from centre.settings import Settings
from centre.words import say

_MIB = 1 << 20


def add_commands(commands: Commands) -> None:
    """``publish-course``, ``withdraw-course`` and ``check-courses``."""
    course = commands.add_parser("publish-course")
    course.add_argument("file", type=Path)
    course.add_argument("--subtitle", type=Path)
    for word in ("title", "topic", "summary", "licence", "id"):
        course.add_argument(f"--{word}", default="")
    course.add_argument("--json", action="store_true")
    course.set_defaults(run=publish)

    withdrawn = commands.add_parser("withdraw-course")
    withdrawn.add_argument("id")
    withdrawn.set_defaults(run=withdraw)

    check = commands.add_parser("check-courses")
    check.add_argument("--quick", action="store_true", help="only look whether they are there")
    check.add_argument("--free", action="store_true", help="delete files of no course any more")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=check_all)


def publish(settings: Settings, chosen: argparse.Namespace) -> int:
    """Put an MP4 into the catalogue."""
    offer = CourseOffer(
        video=chosen.file,
        subtitle=chosen.subtitle,
        title=chosen.title,
        topic=chosen.topic,
        summary=chosen.summary,
        licence=chosen.licence,
        id=chosen.id,
    )
    with opened(settings) as centre:
        published = look_and_publish(centre, offer)
    course, film, subtitle = published.course, published.film, published.subtitle
    remarks = [say(key, **values) for key, values in published.remarks]
    if chosen.json:
        told = msgspec.to_builtins(course)
        told["video"] |= {
            one.name: getattr(film, one.name)
            for one in dataclasses.fields(film)
            if one.name not in ("width", "height", "duration_ms")
        }
        if subtitle is not None:
            read = {"encoding": subtitle.encoding, "kind": subtitle.kind, "cues": subtitle.cues}
            told["subtitle"] |= {**read, "converted": subtitle.changed}
        write_json({**told, "warnings": remarks})
        return 0
    values = {"minutes": round(course.duration_ms / 60_000, 1), "codec": film.codec}
    megabytes = round(course.video.size_bytes / (1 << 20), 1)
    size = {"width": course.width, "height": course.height, "megabytes": megabytes}
    write(say("centre.published", title=course.title, id=course.id, **values, **size))
    if subtitle is not None:
        key = "centre.subtitle_converted" if subtitle.changed else "centre.subtitle_kept"
        read = {"encoding": subtitle.encoding, "kind": subtitle.kind, "cues": subtitle.cues}
        write(say(key, **read))
    if remarks:
        write(*remarks)
    return 0


def withdraw(settings: Settings, chosen: argparse.Namespace) -> int:
    """Withdraw a course."""
    with opened(settings) as centre:
        course = withdraw_course(centre, chosen.id)
    write(say("centre.withdrawn", title=course.title, id=course.id))
    return 0


def check_all(settings: Settings, chosen: argparse.Namespace) -> int:
    """Say how each course stands; 1 when one is lost or damaged."""
    with opened(settings) as centre:
        found = tuple(check_courses(centre, through=not chosen.quick))
        dead = dead_files(centre)
        freed = Shelf(centre.media).remove(dead) if chosen.free else 0
    bad = any(one.state is not State.SOUND for one in found)
    if chosen.json:
        told = {"courses": found, "dead_files": len(dead), "dead_bytes": sum(dead.values())}
        write_json(told | {"freed_bytes": freed})
    else:
        write(*_lines(found, dead, freed, free=chosen.free))
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
