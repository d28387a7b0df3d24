"""Shows the courses by topic and starts one, in the evening that runs or for a look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.domain.ids import CourseId
from app.domain.views import CourseView, SessionView
from ui.pages.courses.state import CoursesState
from ui.places import Place
from ui.refresh import Topic
from ui.room import Room


class CoursesPresenter:
    """Intents of the courses page; ``play`` opens a course on the play page."""

    def __init__(
        self,
        room: Room,
        render: Callable[[CoursesState], None],
        play: Callable[[CourseId], None],
    ) -> None:
        self._room = room
        self._render = render
        self._play = play
        self.state = CoursesState()
        self.reader = room.refresh.register(frozenset({Topic.COURSES, Topic.SESSION}), self.load)

    def load(self) -> None:
        """Read how whole every course is."""
        self._room.ask(self._room.station.courses, self._on_read)

    def choose(self, course: CourseId) -> None:
        """Look at one course."""
        chosen = next((one for one in self._room.courses if one.course.id == course), None)
        self.state = replace(self.state, chosen=chosen)
        self._render(self.state)

    def play(self) -> None:
        """The one primary action: play the chosen course."""
        if self.state.chosen is not None:
            self._play(self.state.chosen.course.id)

    def begin_evening(self) -> None:
        """Begin an evening nobody planned with the chosen course."""
        chosen = self.state.chosen
        if chosen is None:
            return

        def begun(view: SessionView) -> None:
            self._room.show(view)
            self._room.fact_made()
            self._room.go(Place.PREPARE)

        course = chosen.course
        self._room.ask(lambda: self._room.station.prepare_extra(course.title, (course.id,)), begun)

    def _on_read(self, courses: tuple[CourseView, ...]) -> None:
        self._room.courses = courses
        topics = dict.fromkeys(one.course.topic for one in courses)
        asked = self.state.chosen.course.id if self.state.chosen else None
        chosen = next((one for one in courses if one.course.id == asked), None)
        self.state = CoursesState(
            loaded=True,
            topics=tuple(
                (topic, tuple(one for one in courses if one.course.topic == topic))
                for topic in topics
            ),
            chosen=chosen or (courses[0] if courses else None),
            running=self._room.view is not None,
        )
        self._render(self.state)
