"""What the first setting up is handed: the machine's verbs, none of which knows the screens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.domain.values import dataclass
from app.usecases.operator_pin import LockView
from ui.jobs.protocols import Jobs
from ui.pages.owners import PreferenceOwner
from ui.state.screens import ScreenSeen

REQUEST_NAME = "YJ-request.bin"
ANSWER_NAME = "YJ-answer.bin"
"""Files of an enrolment by stick, beside each other in the stick's first folder."""


@dataclass(frozen=True, slots=True)
class StickSeen:
    """A removable drive, and whether the centre's answer lies on it."""

    path: Path
    has_answer: bool = False


class SoundCheck(Protocol):
    """Plays one sound as the room would hear a course."""

    def play(self, percent: int, failed: Callable[[], None], *, voice: bool = False) -> None:
        """Begin at this volume; ``failed`` is called when this PC plays no sound.

        ``voice``: what is said aloud to somebody who has signed in, instead of the tone.
        """


class StationSetup(Protocol):
    """What a new station is told; each verb says on which lane it runs."""

    def site_name(self) -> str:
        """GUI thread. Empty while not enrolled."""

    def enrol(self, address: str, code: str) -> str:
        """Net lane: the site's name. LinkTrouble, BadInput."""

    def write_request(self, file: Path) -> None:
        """Store lane. OSError."""

    def take_answer(self, file: Path, mark: str) -> str:
        """Store lane: file and check letters; the site's name. LinkTrouble, BadInput, OSError."""

    def sticks(self) -> tuple[StickSeen, ...]:
        """Store lane."""

    def set_pin(self, pin: str) -> LockView:
        """Store lane. BadInput, NotPossibleNow."""


class WizardScreens(Protocol):
    """The screens of this PC."""

    def screens(self) -> tuple[ScreenSeen, ...]:
        """All of them."""

    def own_screen(self) -> str:
        """Name of the one this window is on."""

    def identify(self) -> None:
        """Show each screen's number."""

    def swap(self) -> None:
        """This window goes to the other screen, so the room has this one."""


@dataclass(frozen=True, slots=True)
class WizardContext:
    """Everything the steps need."""

    jobs: Jobs
    station: StationSetup
    screens: WizardScreens
    preferences: PreferenceOwner
    sound: SoundCheck
    lock: LockView
