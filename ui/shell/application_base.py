"""The program around the record: the window first, then the record, the first setting up where
it is due, and leaving in order. What stands in between is ``ui.shell.application``'s.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.errors import UserError
from app.machine.awake import Awake
from app.player.chime import Chime
from app.words import say, say_error
from ui.audience.placement import Screens
from ui.audience.screen_saver import ScreenSaver
from ui.jobs.runner import JobRunner
from ui.shell.idle_tasks import IdleTasks
from ui.shell.open_record import OpenedRecord, Practice, open_record
from ui.shell.preferences_controller import WINDOWED, PreferencesController
from ui.sound.tones import Tones, sound_file
from ui.state.preferences import Preferences
from ui.state.restart import Restart
from ui.state.sign_in_result import SignInResult
from ui.widgets.pixmap_cache import forget_pictures
from ui.windows.operator_window import OperatorWindow

if TYPE_CHECKING:
    from app.bootstrap import OpenStation
    from app.store.seal import Checksum
    from ui.shell.setup_wizard import SetupWizard
    from ui.video.sound_check import SoundCheckPlayer

AGAIN_MS = 10_000
"""Between two looks whether a disk that was full, or could not be written, can be now."""
_PASSES = frozenset({"trouble.store_full", "trouble.store_read_only"})


class ApplicationBase(QObject):
    """Built on the GUI thread before anything is open; ``start`` shows the window at once.

    Without ``audio`` courses play unheard, where there is no sound to play on; with
    ``sets_up`` the first setting up, or a part of it, comes first, whatever was done before.
    With ``practice`` the folder ``home`` is new and is furnished for it.
    """

    def __init__(
        self,
        app: QApplication,
        home: Path,
        choices: Preferences,
        screens: Screens,
        *,
        windowed: bool,
        audio: bool = True,
        sets_up: Restart = Restart.NONE,
        practice: Practice | None = None,
    ) -> None:
        super().__init__()
        self._app, self.home, self._screens = app, home, screens
        self._windowed, self._audio = windowed, audio
        self._opened: OpenStation | None = None
        self._leaving = False
        self._awake, self._screen_saver = Awake(), ScreenSaver()
        self._quiet = IdleTasks(self)
        self.runner = JobRunner()
        self.window = OperatorWindow()
        self.window.left.connect(self.leave)
        self._sets_up = sets_up
        self._practice = practice
        self.was_cut = False
        """Whether the run before was ended by something else than its closing."""
        self.checksum: Checksum | None = None
        """The store's, where its reading was begun before."""
        self._chime = Chime(audio=audio)
        self.tones = Tones(self._chime, busy=self._is_heard)
        self.preferences = PreferencesController(
            app, home, choices, self.runner, self.tones, windowed=windowed
        )
        self.first: SetupWizard | None = None
        """The first setting up while it is in front."""
        self._sound_check: SoundCheckPlayer | None = None
        self.lends = Practice()
        """What a practice after this run may borrow."""
        self.comes_back = Restart.NONE
        """With what whoever runs the program should begin it anew, if at all."""
        self.is_built = False
        """Whether the record is open and the first page is built."""
        self._hears = False

    @property
    def is_ready(self) -> bool:
        """Whether the first page is shown and keys and cards are heard."""
        return self.is_built and self._hears

    def start(self) -> None:
        """Show the window, then open the record on the store lane."""
        self.preferences.apply_look(self.window)
        if self._windowed:
            self.window.resize(WINDOWED)
            self.window.show()
        else:
            self.window.showMaximized()
        self._open()

    def _open(self) -> None:
        if not self._leaving:
            self.runner.store(
                lambda: open_record(
                    self.home,
                    cut=self.was_cut,
                    checksum=self.checksum,
                    practice=self._practice,
                ),
                self._on_opened,
                self._on_not_opened,
            )

    def come_to_front(self) -> None:
        """A second start knocked."""
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

    def leave(self) -> None:
        """Stop player → refuse jobs → cancel net → drain store → checkpoint → close windows."""
        self._leaving = True
        self.window.stop_asking()
        self._quiet.stop()
        if self.first is not None:
            self.first.close()
        if self.is_built:
            self._end_work()
        self._chime.close()
        if self._sound_check is not None:
            self._sound_check.close()
        opened = self._opened
        self.runner.close(last=opened.close if opened else None)
        self._stay_awake(False)
        if self.is_built:
            self._close_room()
        self._app.quit()

    def release(self) -> None:
        """After the event loop: delete the windows while everything they know is still alive.

        Left to the interpreter's end, their order would be chance.
        """
        forget_pictures()
        shiboken6.delete(self.window)

    # --- opening --------------------------------------------------------------------

    def _on_opened(self, read: OpenedRecord) -> None:
        self._opened = read.opened
        if read.is_new or self._sets_up.sets_up:
            self._set_up(read)
        else:
            self._begin_work(read)

    @abstractmethod
    def _begin_work(self, read: OpenedRecord) -> None:
        """The record is open, and nothing has to be set up."""

    @abstractmethod
    def _end_work(self) -> None:
        """Stop what was begun, while the record is still open."""

    @abstractmethod
    def _close_room(self) -> None:
        """Put the room's window away; the record is closed."""

    def _on_not_opened(self, said: UserError) -> None:
        self.window.show_waiting(say_error(said))
        if said.key in _PASSES:  # whoever makes room need not know that it has to be opened again
            QTimer.singleShot(AGAIN_MS, self, self._open)

    def _set_up(self, read: OpenedRecord) -> None:
        """Before anything else is built: an enrolment changes what the station is."""
        from ui.shell.setup_wizard import SetupWizard

        if read.is_new:
            begun = read.opened.station.pin.first_run_begun
            self.runner.store(begun, lambda _none: None, lambda _said: None)

        def again() -> OpenedRecord:
            read.opened.station.pin.first_run_done()
            read.opened.close()
            return open_record(self.home, cut=False)

        def finished() -> None:
            self._sets_up = Restart.NONE
            wizard.close()
            self.first = None
            self.window.show_waiting(say("op.opening"))
            self.runner.store(again, self._on_opened, self._on_not_opened)

        wizard = self.first = SetupWizard(
            read,
            self.window,
            self._screens,
            self.runner,
            self.preferences,
            audio=self._audio,
            sets_up=self._sets_up,
            parent=self,
        )
        wizard.finished.connect(finished)
        wizard.restart_wanted.connect(self.begin_anew)

    def test_sound(self, failed: Callable[[], None]) -> None:
        """See ``AppOwner``."""
        if self._sound_check is None:
            from ui.video.sound_check import SoundCheckPlayer

            self._sound_check = SoundCheckPlayer(self, audio=self._audio)
        sound = sound_file(SignInResult.SUCCESS, voice=False)
        self._sound_check.play(sound, self.preferences.now.volume, failed)

    def practises(self) -> bool:
        """See ``AppOwner``."""
        return self._practice is not None

    def begin_anew(self, restart: Restart) -> None:
        """See ``AppOwner``."""
        self.comes_back = restart
        self.leave()

    def _stay_awake(self, wanted: bool) -> None:
        """Neither the PC nor its screens sleep while a session runs."""
        self._awake.keep(wanted)
        self._screen_saver.hold_off(wanted)

    def _is_heard(self) -> bool:
        """Whether a course plays: then no tone sounds."""
        return False
