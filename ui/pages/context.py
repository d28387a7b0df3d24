"""What the operator's window is handed: the evening, the player's controls, and the machine's verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.errors import SaidPlainly
from app.domain.ids import CourseId
from app.domain.views import Check, SyncView
from ui.playback.controller import PlaybackController
from ui.state.current_session import CurrentSession
from ui.state.preferences import Preferences
from ui.state.screens import ScreenSeen

if TYPE_CHECKING:
    from app.usecases.carry import Carry
    from ui.handouts.controller import HandoutController
    from ui.lock.controller import LockController

WriteHelp = Callable[[str, Callable[[str], None], Callable[[SaidPlainly], None], object], None]
"""Where to, who hears the sentence of what came of it, and whose life the answer depends on."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """Everything the pages need that is not their own."""

    room: CurrentSession
    playback: PlaybackController
    mono_ms: Callable[[], int]
    make_mirror: Callable[[], QWidget]
    screen_check: Callable[[], Check]
    identify: Callable[[], None]
    read_choices: Callable[[], tuple[Preferences, tuple[ScreenSeen, ...], str]]
    choose: Callable[[Preferences], None]
    sync_view: Callable[[SyncView], SyncView]
    send_now: Callable[[], bool]
    """False when the centre has asked for a pause."""
    questions_shown: Callable[[tuple[str, ...]], None]
    self_service: Callable[[], bool]
    toggle_self_service: Callable[[], None]
    toggle_screen: Callable[[], None]
    look_at: Callable[[CourseId], None]
    """Open a course on the play page."""
    swap_screens: Callable[[], None] | None = None
    """The room and the operator change places."""
    handouts: HandoutController | None = None
    """PDF pages for the room; None where there are none."""
    carry: Carry | None = None
    """Carrying on sticks."""
    guard: LockController | None = None
    """The PIN and the locks; None where there are none."""
    write_help: WriteHelp | None = None
    """Write the help file; see ``ui.shell.diagnostics_export``."""
    listen: Callable[[], None] = lambda: None
    """Sound the tone of a sign-in once."""
    set_up_again: Callable[[], None] | None = None
    """Go through the first setting up once more."""
