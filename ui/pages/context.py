"""What the operator's pages are built from: nine owners, each of one subject."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.domain.values import dataclass
from app.usecases.views import Check
from ui.audience.state import QuizPicture
from ui.pages.owners import CourseOpener, PreferenceOwner, RoomScreen, SyncOwner
from ui.playback.controller import PlaybackController
from ui.state.current_session import CurrentSession
from ui.state.restart import Restart

if TYPE_CHECKING:
    from app.usecases.carry import Carry
    from ui.handouts.controller import HandoutController
    from ui.lock.controller import LockController
    from ui.video.film_pictures import FilmPictures


class AudienceOwner(RoomScreen, Protocol):
    """The room's side, as the pages use it."""

    def check(self) -> Check:
        """Whether the room has a screen."""

    def make_mirror(self) -> QWidget:
        """A small picture of what the room sees."""

    def identify(self) -> None:
        """Show each screen's number."""

    def swap(self) -> None:
        """The room and the operator change places."""

    def is_self_service(self) -> bool:
        """Whether people sign in themselves on the room's screen."""

    def sign_in_here(self) -> None:
        """Members sign in at this PC, and the room's screen shows the names."""

    def lend(self, part: QWidget, why: str) -> None:
        """Members use this at the operator's PC until the operator takes it back; ``why`` stands over it."""

    def show_quiz(self, quiz: QuizPicture | None) -> None:
        """The room sees a question of a quiz, or again what was there."""

    def toggle_self_service(self) -> None:
        """The other way round from now on."""


class AppOwner(CourseOpener, Protocol):
    """The program itself."""

    def mono_ms(self) -> int:
        """The monotonic clock."""

    def toggle_screen(self) -> None:
        """The room's picture on or off."""

    def test_sound(self, failed: Callable[[], None]) -> None:
        """Play a sound as loud as a course would be; ``failed`` when this PC plays none."""

    def practises(self) -> bool:
        """Whether this is a practice, of which nothing is kept."""

    def begin_anew(self, restart: Restart) -> None:
        """Leave, and begin anew with this; not in the middle of a real session, which it says."""

    def write_help(
        self,
        place: str,
        done: Callable[[str], None],
        failed: Callable[[UserError], None],
        owner: object,
    ) -> None:
        """Write the help file to the first ``stick`` or the ``desktop``; ``done`` gets a sentence."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything the pages need that is not their own; None where a machine or a test has none."""

    session: CurrentSession
    playback: PlaybackController
    audience: AudienceOwner
    preferences: PreferenceOwner
    sync: SyncOwner
    app: AppOwner
    handouts: HandoutController | None = None
    sticks: Carry | None = None
    lock: LockController | None = None
    pictures: FilmPictures | None = None
