"""What the fields of a case can name, and what that is called: courses, lecturers, classes, sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.areas.cases.case_kind import FieldKind
from app.areas.cases.declared import CASE_KINDS
from app.areas.cases.machine import CaseRecord
from app.areas.catalogue.values import Lecturer, LecturerState, TrainingClass
from app.domain.errors import NotFound
from app.domain.ids import PersonId, SessionId
from app.domain.time import local_time

if TYPE_CHECKING:
    from app.store.reading import StoreReading

Options = tuple[tuple[str, str], ...]
"""Id and what it is called."""
MOST_SESSIONS = 60


def options_of(reading: StoreReading, field: FieldKind, today: str) -> Options:
    """What a field may name: reviewed courses, lecturers who may be asked, classes, sessions here."""
    match field:
        case FieldKind.COURSE:
            known = reading.courses()
            return tuple((one.id, one.title) for one in known if not one.withdrawn)
        case FieldKind.LECTURER:
            bank = reading.listed(Lecturer)
            asked = (one for one in bank if one.state_on(today) is LecturerState.IN)
            return tuple((one.id, one.name) for one in asked)
        case FieldKind.TRAINING_CLASS:
            return tuple((one.id, one.name) for one in reading.listed(TrainingClass))
        case FieldKind.SESSION:
            held = reading.sessions_page(MOST_SESSIONS)
            return tuple((one.id, f"{local_time(one.held_ms):%m-%d} {one.title}") for one in held)
        case _:
            return ()


def names_of(reading: StoreReading, records: Iterable[CaseRecord]) -> dict[str, str]:
    """What the ids are called that the fields of some cases hold."""
    wanted: dict[FieldKind, set[str]] = defaultdict(set)
    for record in records:
        kinds = {one.name: one.kind for one in CASE_KINDS[record.kind].fields}
        for taken in record.history:
            for name, value in (*taken.step.fields, *taken.step.personal):
                wanted[kinds[name]].add(value)
    found: dict[str, str] = {}
    if courses := wanted[FieldKind.COURSE]:
        found |= {one.id: one.title for one in reading.courses() if one.id in courses}
    for one in wanted[FieldKind.LECTURER]:
        lecturer = reading.listed_one(Lecturer, one)
        found |= {} if lecturer is None else {one: lecturer.name}
    for one in wanted[FieldKind.TRAINING_CLASS]:
        of_class = reading.listed_one(TrainingClass, one)
        found |= {} if of_class is None else {one: of_class.name}
    for one in wanted[FieldKind.SESSION]:
        found |= {one: _session_title(reading, one)}
    for one in wanted[FieldKind.PERSON]:
        person = reading.person(PersonId(one))
        found |= {} if person is None else {one: person.name}
    return {one: name for one, name in found.items() if name}


def _session_title(reading: StoreReading, session: str) -> str:
    try:
        return reading.session(SessionId(session)).title
    except NotFound:
        return ""
