"""What presenters ask of the owners of preferences, sending and the room's screen; no Qt."""

from __future__ import annotations

from typing import Protocol

from app.domain.ids import CourseId
from app.usecases.views import SyncView
from ui.state.preferences import Preferences
from ui.state.screens import ScreenSeen


class PreferenceOwner(Protocol):
    """Keeps the operator's preferences and puts them in force."""

    def read(self) -> Preferences:
        """The preferences in force."""

    def choose(self, preferences: Preferences) -> None:
        """Put these in force and save them."""


class SyncOwner(Protocol):
    """Talks to the centre."""

    def view(self, read: SyncView) -> SyncView:
        """A reading, with what only the one who sends knows."""

    def by_hand(self) -> bool:
        """Send now; False when the centre has asked for a pause."""


class RoomScreen(Protocol):
    """The room's screen."""

    @property
    def screen(self) -> str:
        """Name of the screen the room sees now; empty in one-screen mode."""

    def screens(self) -> tuple[ScreenSeen, ...]:
        """All screens of this PC."""

    def ask(self, questions: tuple[str, ...]) -> None:
        """The room talks about these."""


class CourseOpener(Protocol):
    """Opens courses outside their page."""

    def look_at(self, course: CourseId) -> None:
        """Open a course on the play page."""
