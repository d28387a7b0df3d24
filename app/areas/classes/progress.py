"""Progress of a filed class: attended of planned for each person of its roster.

A lesson that was entered late counts, and is told as far as it waits. Whoever attended the share
that the class asks for has completed it (domain a 1.8, 3.2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from app.areas.catalogue.values import TrainingClass
from app.areas.hours.session_lines import SessionLine
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """One person in a class."""

    person: str
    planned: int
    sessions: tuple[str, ...]
    minutes: int
    pending: int
    is_complete: bool


def class_progress(
    training_class: TrainingClass, lines: Iterable[SessionLine]
) -> tuple[ClassProgress, ...]:
    """The progress of everybody on the roster, in its order; lessons are the timetable's, or, of a
    class without one, the sessions that were held of it."""
    own = [one for one in lines if one.training_class == training_class.id and one.counts]
    planned = len(training_class.lessons) or len({one.session for one in own})
    by_person: dict[str, dict[str, SessionLine]] = defaultdict(dict)
    for one in own:
        by_person[one.person][one.session] = one
    return tuple(
        _progress(training_class, person, planned, by_person[person].values())
        for person in dict.fromkeys(training_class.people)
    )


def _progress(
    training_class: TrainingClass, person: str, planned: int, lines: Iterable[SessionLine]
) -> ClassProgress:
    told = sorted(lines, key=lambda one: (one.day, one.from_ms, one.session))
    is_complete = bool(planned) and len(told) * 100 >= planned * training_class.complete_percent
    return ClassProgress(
        person=person,
        planned=planned,
        sessions=tuple(one.session for one in told),
        minutes=sum(one.minutes for one in told),
        pending=sum(one.is_pending for one in told),
        is_complete=is_complete,
    )
