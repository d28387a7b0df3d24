"""The first setting up, tied to the machine: shown in the operator's window before the pages.

The station is open meanwhile (the PIN is kept in its store); whoever built this opens it anew
afterwards, because an enrolment changes what a station is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.machine.drives import removable_drives
from app.machine.enrolment import load_enrolment
from app.machine.moving import noted_move
from app.usecases.operator_pin import LockView
from app.words import say, speak
from ui.audience.placement import ScreenNumber, Screens
from ui.jobs.protocols import Jobs
from ui.pages.first_run.context import ANSWER_NAME, StickSeen, WizardContext
from ui.pages.first_run.view import SetupWizardView
from ui.shell.preferences_controller import PreferencesController
from ui.sound.tones import sound_file
from ui.state.preferences import Preferences
from ui.state.restart import Restart
from ui.state.screens import ScreenSeen
from ui.state.sign_in_result import SignInResult
from ui.video.sound_check import SoundCheckPlayer
from ui.windows.operator_window import OperatorWindow

if TYPE_CHECKING:
    from app.usecases.station import Station
    from ui.shell.open_record import OpenedRecord


class SetupWizard(QObject):
    """Shows the setting up until it is ``finished``, once."""

    finished = Signal()
    restart_wanted = Signal(Restart)

    def __init__(
        self,
        read: OpenedRecord,
        window: OperatorWindow,
        screens: Screens,
        jobs: Jobs,
        preferences: PreferencesController,
        *,
        audio: bool,
        sets_up: Restart,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._sets_up = sets_up
        self._window, self._screens, self._preferences = window, screens, preferences
        self.tone = SoundCheckPlayer(self, audio=audio)
        station = _OpenStationSetup(read.opened.home, read.opened.station)
        self._context = WizardContext(jobs, station, self, self, self, read.lock)
        self.view = self._show()

    def close(self) -> None:
        """Let the player go."""
        self.tone.close()

    # --- what the steps ask for -------------------------------------------------------

    def screens(self) -> tuple[ScreenSeen, ...]:
        """See ``WizardScreens``."""
        return self._screens.seen()

    def own_screen(self) -> str:
        """See ``WizardScreens``."""
        return self._screens.screen_of(self._window)

    def identify(self) -> None:
        """See ``WizardScreens``."""
        for number, one in enumerate(self._screens.seen(), start=1):
            self._screens.show_centred(ScreenNumber(number), one.name)

    def swap(self) -> None:
        """See ``WizardScreens``."""
        own = self.own_screen()
        other = next((one.name for one in self._screens.seen() if one.name != own), "")
        if other:
            self._screens.show_full(self._window, other)
            self._window.showMaximized()

    def play(self, percent: int, failed: Callable[[], None], *, voice: bool = False) -> None:
        """See ``SoundCheck``."""
        self.tone.play(sound_file(SignInResult.SUCCESS, voice=voice), percent, failed)

    def read(self) -> Preferences:
        """See ``PreferenceOwner``; a size nobody has chosen stays so."""
        return self._preferences.now

    def choose(self, preferences: Preferences) -> None:
        """See ``PreferenceOwner``."""
        self._preferences.choose(preferences)

    # --- inside -----------------------------------------------------------------------

    def _show(self, before: SetupWizardView | None = None) -> SetupWizardView:
        view = SetupWizardView(self._context, self._sets_up)
        view.language_wanted.connect(lambda: QTimer.singleShot(0, self._on_language_wanted))
        view.finished.connect(self.finished)
        view.practice_wanted.connect(lambda: self.restart_wanted.emit(Restart.PRACTICE))
        self._window.setWindowTitle(say("op.program"))
        self._window.setCentralWidget(view)  # which deletes the one before in its next turn
        if before is None:
            view.go("enrol")
        else:
            view.go_on_from(before)
        return view

    def _on_language_wanted(self) -> None:
        language = "en" if self.read().language == "zh" else "zh"
        self.choose(replace(self.read(), language=language))
        speak(language)
        self.view = self._show(self.view)


class _OpenStationSetup:
    """See ``StationSetup``; the HTTP client is loaded only to enrol."""

    def __init__(self, home: Path, station: Station) -> None:
        self._home, self._station = home, station

    def site_name(self) -> str:
        kept = noted_move(self._home) or load_enrolment(self._home)
        return "" if kept is None else kept.site_name

    def enrol(self, address: str, code: str) -> str:
        from app.bootstrap import enrol_station

        return enrol_station(self._home, address, code).site_name

    def write_request(self, file: Path) -> None:
        from app.bootstrap import write_enrol_request

        write_enrol_request(self._home, file)

    def take_answer(self, file: Path, mark: str) -> str:
        from app.bootstrap import take_enrol_answer

        return take_enrol_answer(self._home, file, mark).site_name

    def sticks(self) -> tuple[StickSeen, ...]:
        return tuple(StickSeen(one, (one / ANSWER_NAME).is_file()) for one in removable_drives())

    def set_pin(self, pin: str) -> LockView:
        return self._station.pin.set_pin(pin)
