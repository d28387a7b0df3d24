"""Shows the courses by topic and starts one, in the session that runs or for a look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.courses.course import Course
from app.areas.courses.verbs import FreedSpace
from app.areas.courses.views import CourseView
from app.areas.sessions.session import Step
from app.areas.sessions.views import SessionView
from app.domain.ids import CourseId
from app.domain.values import dataclass
from app.usecases.tools import Fetching
from ui.pages.courses.state import CourseQuestion, CoursesState
from ui.pages.owners import CourseOpener, SyncOwner
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.formatting import size
from ui.state.page_names import PageName
from ui.state.refresh import Topic


@dataclass(frozen=True, slots=True)
class _CoursesReading:
    courses: tuple[CourseView, ...]
    free_bytes: int
    fetching: Fetching | None


class CoursesPresenter:
    """Intents of the courses page; ``opener`` opens a course on the play page, ``sync`` has what
    was asked for come at once."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[CoursesState], None],
        opener: CourseOpener,
        sync: SyncOwner,
    ) -> None:
        self._opener, self._sync = opener, sync
        self._room = room
        self._render = render
        self.state = CoursesState()
        self.reader = room.refresh.register(frozenset({Topic.COURSES, Topic.SESSION}), self.load)

    def load(self) -> None:
        """Read how whole every course is."""
        station = self._room.station

        def job() -> _CoursesReading:
            tools = station.tools
            return _CoursesReading(
                station.today.last_shown(station.courses.all()),
                tools.shelf.free_bytes(),
                tools.sync.fetching,
            )

        self._room.ask(job, self._on_read)

    def is_fetching(self) -> bool:
        """Whether what is shown is changing by itself."""
        return self._room.station.tools.sync.fetching is not None or self.state.fetching is not None

    def choose(self, course: CourseId) -> None:
        """Look at one course."""
        chosen = next((one for one in self._room.courses if one.course.id == course), None)
        self.state = replace(self.state, chosen=chosen, asking=CourseQuestion.NOTHING)
        self._render(self.state)

    def opened(self) -> None:
        """The page came to the front, perhaps because a course was touched elsewhere."""
        wanted, self._room.looked_at = self._room.looked_at, None
        if wanted is not None:
            self.choose(wanted)

    def play(self) -> None:
        """The one primary action: play the chosen course."""
        if self.state.chosen is not None:
            self._opener.look_at(self.state.chosen.course.id)

    def begin_session(self) -> None:
        """Begin a session nobody planned with the chosen course."""
        chosen = self.state.chosen
        if chosen is None:
            return

        def begun(view: SessionView) -> None:
            self._room.show(view)
            self._room.host.fact_made()
            self._room.host.go(PageName.PREPARE)

        course = chosen.course
        self._room.ask(
            lambda: self._room.station.sessions.prepare_extra(course.title, (course.id,)), begun
        )

    # --- what lies here -------------------------------------------------------------

    def ask_delete(self, asking: CourseQuestion) -> None:
        """Ask before files are deleted."""
        self.state = replace(self.state, asking=asking)
        self._render(self.state)

    def keep(self) -> None:
        """Delete nothing."""
        self.ask_delete(CourseQuestion.NOTHING)

    def delete(self) -> None:
        """The question was answered with yes."""
        asking, chosen = self.state.asking, self.state.chosen
        station = self._room.station
        self.keep()
        if asking is CourseQuestion.PLAYED:
            self._room.ask(station.courses.free, self._on_freed)
        elif asking is CourseQuestion.ONE and chosen is not None:
            course = chosen.course.id
            self._room.ask(lambda: station.courses.delete(course), self._on_freed)

    def fetch(self) -> None:
        """Have the chosen course fetched."""
        chosen = self.state.chosen
        if chosen is None:
            return

        def asked(course: Course) -> None:
            self._room.say("op.courses.comes", StatusTone.DONE, title=course.title)
            self._sync.by_hand()
            self._room.load()

        course = chosen.course.id
        self._room.ask(lambda: self._room.station.courses.ask_for(course), asked)

    def _on_freed(self, freed: FreedSpace) -> None:
        self._room.say("op.courses.deleted", StatusTone.DONE, size=size(freed.bytes))
        self._room.load()

    def _on_read(self, read: _CoursesReading) -> None:
        courses = read.courses
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
            running=self._room.is_running(),
            in_hand=self._room.is_running() or self._room.step() is Step.PREPARE,
            free_bytes=read.free_bytes,
            fetching=read.fetching,
            asking=self.state.asking,
        )
        self._render(self.state)
