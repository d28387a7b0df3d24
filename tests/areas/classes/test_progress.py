"""Progress of a class: attended of planned, completion, who has not been through."""

from __future__ import annotations

from app.areas.catalogue.values import ClassLesson, TrainingClass
from app.areas.classes.progress import class_progress
from tests.areas.hours.session_line import line_on


def test_each_person_of_the_roster_has_what_they_attended_of_what_is_planned() -> None:
    days = [f"2026-0{month}-06" for month in range(1, 6)]
    lessons = tuple(ClassLesson(day, "19:30", 90) for day in days)
    one = TrainingClass("c", "提升班", lessons=lessons, people=("a", "b", "z"))
    lines = [line_on(day, "a", training_class="c") for day in days[:4]]
    lines += [line_on(days[0], "b", training_class="c", approval="pending")]
    lines += [line_on(days[0], "z"), line_on(days[1], "stranger", training_class="c")]
    told = class_progress(one, lines)
    assert [(each.person, len(each.sessions), each.planned) for each in told] == [
        ("a", 4, 5),
        ("b", 1, 5),
        ("z", 0, 5),
    ]
    assert [each.is_complete for each in told] == [True, False, False]
    assert told[1].pending == 1


def test_a_class_without_a_timetable_is_measured_by_what_was_held() -> None:
    one = TrainingClass("c", "班", people=("a",))
    assert [each.is_complete for each in class_progress(one, [])] == [False]
    (told,) = class_progress(one, [line_on("2026-01-06", "a", training_class="c")])
    assert told.is_complete
