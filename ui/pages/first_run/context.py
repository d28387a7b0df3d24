"""What the first setting up is handed: the machine's verbs, none of which knows the screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.usecases.operator_pin import LockView
from ui.jobs.protocols import Jobs
from ui.state.preferences import Preferences
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


@dataclass(frozen=True, slots=True)
class WizardContext:
    """``site_name`` is empty while not enrolled; what it says of lanes holds for the caller."""

    jobs: Jobs
    site_name: Callable[[], str]
    enrol: Callable[[str, str], str]
    """Net lane: address and code; the site's name. LinkTrouble, BadInput."""
    write_request: Callable[[Path], None]
    """Store lane. OSError."""
    take_answer: Callable[[Path, str], str]
    """Store lane: file and check letters; the site's name. LinkTrouble, BadInput, OSError."""
    sticks: Callable[[], tuple[StickSeen, ...]]
    """Store lane."""
    screens: Callable[[], tuple[ScreenSeen, ...]]
    own_screen: Callable[[], str]
    identify: Callable[[], None]
    swap: Callable[[], None]
    """This window goes to the other screen, so the room has this one."""
    read_choices: Callable[[], Preferences]
    choose: Callable[[Preferences], None]
    tone: SoundCheck
    lock: LockView
    set_pin: Callable[[str], LockView]
    """Store lane. BadInput, NotPossibleNow."""
    finished: Callable[[], None]
