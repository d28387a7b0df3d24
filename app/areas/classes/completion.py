"""Who has been through a class: attended of planned for each person, and who is still to come.

Attendance is what sessions of the class say; nobody is ranked, everybody stands by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.areas.catalogue.values import TrainingClass


@dataclass(frozen=True, slots=True)
class ClassAttendance:
    """One lesson that was held: its session, its day, and who was there."""

    session: str
    day: str
    people: frozenset[str]
    minutes: int = 0
    start: str = ""


@dataclass(frozen=True, slots=True)
class CompletionLine:
    """One person of a class; ``sessions`` are the ids behind ``attended``."""

    person: str
    planned: int
    attended: int
    sessions: tuple[str, ...]
    is_completed: bool


def completion(
    held_class: TrainingClass, lessons: Iterable[ClassAttendance]
) -> tuple[CompletionLine, ...]:
    """Each person of the class in its order, then guests who came, by id.

    Planned are the lessons of the timetable, or those that were held when there are more of them.
    A lesson that was recorded as several sessions of one day and time counts once.
    """
    held: dict[tuple[str, str], list[ClassAttendance]] = {}
    for one in lessons:
        held.setdefault((one.day, one.start or one.session), []).append(one)
    planned = max(len(held_class.lessons), len(held))
    came: dict[str, list[str]] = {}
    for place in sorted(held):
        seen: set[str] = set()
        for one in sorted(held[place], key=lambda lesson: lesson.session):
            for person in one.people - seen:
                came.setdefault(person, []).append(one.session)
            seen |= one.people
    guests = sorted(set(came) - set(held_class.people))
    return tuple(
        _line(held_class, one, planned, tuple(came.get(one, ())))
        for one in (*dict.fromkeys(held_class.people), *guests)
    )


def _line(
    held_class: TrainingClass, person: str, planned: int, sessions: tuple[str, ...]
) -> CompletionLine:
    attended = len(sessions)
    enough = planned > 0 and attended * 100 >= planned * held_class.complete_percent
    return CompletionLine(person, planned, attended, sessions, enough and attended > 0)


@dataclass(frozen=True, slots=True)
class NotThrough:
    """Somebody who is meant and has completed no batch; ``batches`` are those they are in."""

    person: str
    batches: tuple[str, ...]
    attended: int


def not_through(
    meant: Iterable[str], batches: Mapping[str, tuple[CompletionLine, ...]]
) -> tuple[NotThrough, ...]:
    """Who of those for whom a class is meant has not been through any of its batches."""
    done = {one.person for lines in batches.values() for one in lines if one.is_completed}
    found = []
    for person in dict.fromkeys(meant):
        if person in done:
            continue
        mine = {
            batch: one for batch, lines in batches.items() for one in lines if one.person == person
        }
        attended = sum(one.attended for one in mine.values())
        found.append(NotThrough(person, tuple(mine), attended))
    return tuple(found)
