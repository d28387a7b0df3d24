"""The step bar's words: where the session stands, worked out from its view."""

from __future__ import annotations

from msgspec import structs

from app.areas.courses.course import Course
from app.areas.sessions.kinds import Activity
from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.domain.ids import CourseId
from app.words import say
from ui.state.current_session import CurrentSession
from ui.state.formatting import clock_time, length
from ui.state.page_names import STEPS, PageName, place_of
from ui.widgets.step_bar import StepLook, StepMark

OF = "/"
"""In a mark's key, between the page and the course."""
_NEEDS = {PageName.PLAY: Activity.PLAY, PageName.DISCUSS: Activity.DISCUSS}
_WORDS = {
    PageName.PREPARE: "step.prepare",
    PageName.ROLL_CALL: "step.sign_in",
    PageName.PLAY: "step.play",
    PageName.DISCUSS: "step.discuss",
    PageName.CLOSE: "step.closed",
}


def step_marks(view: SessionView, front: PageName, playing: str) -> tuple[StepMark, ...]:
    """A mark for each step that a session of its kind has, five of most; the page in front is
    "now", what lies behind the session is done."""
    reached = STEPS.index(place_of(view.session.step))
    return tuple(
        StepMark(
            place.value,
            say(_WORDS[place]),
            _note(place, view, playing),
            _look(place, front, reached),
        )
        for place in STEPS
        if place not in _NEEDS or _NEEDS[place] in view.session.rule.activities
    )


def tonight_marks(
    room: CurrentSession, steps: tuple[StepMark, ...], on: CourseId | None
) -> tuple[StepMark, ...]:
    """The same steps as a line: when it was begun, and each course in place of the playing step."""
    view = room.view
    marks: list[StepMark] = []
    for mark in steps:
        courses = room.queue() if mark.key == PageName.PLAY else ()
        marks += [_course_mark(one.course, mark, room, on) for one in courses] or [mark]
    begun = clock_time(view.session.prepared_ms) if view else ""
    return (structs.replace(marks[0], note=begun), *marks[1:])


def _course_mark(
    course: Course, step: StepMark, room: CurrentSession, on: CourseId | None
) -> StepMark:
    played = course.id in room.played()
    note = say("op.course.played") if played else length(course.duration_ms)
    looks = StepLook.LATER if step.look is StepLook.LATER else StepLook.OPEN
    if step.look is StepLook.NOW and course.id == (on or room.chosen):
        looks = StepLook.NOW
    elif played:
        looks = StepLook.DONE
    if course.id == on:
        note = step.note or note
    title = say("op.tonight.course", title=course.title)
    return StepMark(f"{step.key}{OF}{course.id}", title, note, looks)


def _look(place: PageName, front: PageName, reached: int) -> StepLook:
    at = STEPS.index(place)
    if place is front:
        return StepLook.NOW
    if at < reached:
        return StepLook.DONE
    return StepLook.OPEN if at == reached else StepLook.LATER


def _note(place: PageName, view: SessionView, playing: str) -> str:
    turnout, step = view.turnout, view.session.step
    if place is PageName.ROLL_CALL and step is not Step.PREPARE:
        return say("op.roll.count", arrived=turnout.arrived, expected=turnout.expected)
    if place is PageName.PLAY:
        return playing
    if place is PageName.PREPARE and step is Step.PREPARE:
        return say("op.prepare.expected_short", count=turnout.expected) if turnout.expected else ""
    return ""
