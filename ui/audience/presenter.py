"""Keeps the room's screen up to date: the session, the playback and what the operator puts there.

GUI thread only; it knows no widget but the one it shows states to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.domain.time import local_date
from ui.audience.distance import row_factor
from ui.audience.scene import KeypadPlace, LooksAt
from ui.audience.state import AudienceState, HandoutPage, QuizPicture
from ui.audience.view_state import (
    AudienceInputs,
    audience_state,
    next_of,
    seconds_to_start,
    start_of,
)
from ui.playback.state import PlaybackState
from ui.state.current_session import CurrentSession
from ui.state.preferences import Preferences


class AudienceSources(Protocol):
    """What the picture follows from besides the session."""

    @property
    def playing(self) -> PlaybackState:
        """The playing as it stands."""

    @property
    def preferences(self) -> Preferences:
        """The preferences in force."""

    def mono_ms(self) -> int:
        """The monotonic clock, for breaks."""

    def looks_at(self) -> LooksAt:
        """Which screen the room looks at."""

    def keypad(self) -> KeypadPlace:
        """Where members can sign in by themselves."""


class AudiencePresenter:
    """``show`` after every change; ``tick`` a few times a second, for what time alone changes."""

    def __init__(
        self,
        room: CurrentSession,
        sources: AudienceSources,
        shown: Callable[[AudienceState], None],
        wall_ms: Callable[[], int],
    ) -> None:
        self._room, self._sources = room, sources
        self._shown, self._wall_ms = shown, wall_ms
        self._questions: tuple[str, ...] = ()
        self._message = ""
        self._rest_until_ms: int | None = None
        self._sheet: HandoutPage | None = None
        self._quiz: QuizPicture | None = None
        self._drawer = False
        self._at = self._moment()

    @property
    def message(self) -> str:
        """The sentence the room sees, or empty."""
        return self._message

    @property
    def drawer(self) -> bool:
        """Whether sign-in is wanted beside the course."""
        return self._drawer

    @property
    def covers(self) -> bool:
        """Whether a page of a handout or a sentence stands where a course would play."""
        return self._sheet is not None or bool(self._message)

    def ask(self, questions: tuple[str, ...]) -> None:
        """The room talks about these."""
        self._questions = questions
        self.show()

    def tell(self, message: str, rest_ms: int = 0) -> None:
        """Show one sentence instead of anything else, or count a break of ``rest_ms`` down; an
        empty one takes either away."""
        self._message = message
        self._rest_until_ms = self._sources.mono_ms() + rest_ms if message and rest_ms else None
        self.show()

    def show_sheet(self, sheet: HandoutPage | None) -> None:
        """Show a page of a handout, or go back to what was there."""
        self._sheet = sheet
        self.show()

    def show_quiz(self, quiz: QuizPicture | None) -> None:
        """Show a question of a quiz, or go back to what was there."""
        self._quiz = quiz
        self.show()

    def toggle_drawer(self) -> None:
        """One screen for all: sign-in beside the course, or the course alone."""
        self._drawer = not self._drawer
        self.show()

    def tick(self) -> None:
        """Time has passed: a second of the last minute or of a break, the start, or a day."""
        if self._moment() != self._at:
            self.show()

    def show(self) -> None:
        """Work the picture out anew."""
        room, choices, now_ms = self._room, self._sources.preferences, self._wall_ms()
        view = room.view
        self._at = self._moment()
        side = AudienceInputs(
            site_name=room.site_name,
            view=view,
            newest=room.newest_names,
            questions=self._questions,
            keypad=self._sources.keypad(),
            scanner=room.has_scanner,
            looks_at=self._sources.looks_at(),
            course_titles=tuple(one.course.title for one in room.queue()) if view else (),
            now_ms=now_ms,
            next_session=next_of(room.plans, view.session if view else None, now_ms),
            message=self._message,
            rest_s=self._rest_s(),
            sheet=self._sheet,
            quiz=self._quiz,
            drawer=self._drawer,
            dark=choices.dark_room,
            row_factor=row_factor(choices.last_row_m, choices.picture_m),
        )
        self._shown(audience_state(side, self._sources.playing))

    def _moment(self) -> tuple[object, ...]:
        """All that changes by itself."""
        view, now_ms = self._room.view, self._wall_ms()
        session = view.session if view else None
        seconds = seconds_to_start(session, now_ms), self._rest_s()
        return *seconds, start_of(session, now_ms), local_date(now_ms)

    def _rest_s(self) -> int | None:
        """Whole seconds left of a break; 0 stays until the operator takes it away."""
        if self._rest_until_ms is None:
            return None
        return max(-((self._sources.mono_ms() - self._rest_until_ms) // 1000), 0)
