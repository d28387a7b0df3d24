"""The first setting up, tied to the machine: shown in the operator's window before the pages.

The station is open meanwhile (the PIN is kept in its store); whoever built this opens it anew
afterwards, because an enrolment changes what a station is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.domain.errors import MediaTrouble
from app.machine.drives import removable_drives
from app.machine.enrolment import load_enrolment
from app.machine.moving import noted_move
from app.ports.player import Clip, Observation, PlayerEvent
from app.usecases.operator_pin import LockView
from app.words import say, speak
from ui.audience.placement import ScreenNumber, Screens
from ui.jobs.protocols import Jobs
from ui.pages.first_run.context import ANSWER_NAME, StickSeen, WizardContext
from ui.pages.first_run.view import SetupWizardView
from ui.sound.tones import sound_file
from ui.state.preferences import Preferences, save_preferences
from ui.state.sign_in_result import SignInResult
from ui.video.player_view import PlayerView
from ui.windows.operator_window import OperatorWindow

if TYPE_CHECKING:
    from app.bootstrap import OpenStation


SOUND_MS = 2_000
"""Longer than any of the sounds."""


class SoundCheckPlayer(QObject):
    """A soft sound or the voice through the same player as courses, loaded when first wanted."""

    def __init__(self, parent: QObject, *, audio: bool) -> None:
        super().__init__(parent)
        self._audio = audio
        self._cinema: PlayerView | None = None
        self._failed: Callable[[], None] = lambda: None

    def play(self, percent: int, failed: Callable[[], None], *, voice: bool = False) -> None:
        """See ``SoundCheck``."""
        self._failed = failed
        sound = sound_file(SignInResult.SUCCESS, voice=voice)
        if self._cinema is None:
            self._cinema = PlayerView(self, audio=self._audio)
            self._cinema.player.listen(self._on_seen)
        player = self._cinema.player
        try:
            player.load(Clip(sound, SOUND_MS, 16, 16))
            player.set_volume(percent)
        except MediaTrouble:
            failed()

    def close(self) -> None:
        """Stop and let the player go."""
        if self._cinema is not None:
            self._cinema.close()
            self._cinema = None

    def _on_seen(self, seen: Observation) -> None:
        if seen.event in (PlayerEvent.FAILED, PlayerEvent.UNAVAILABLE):
            self._failed()


@dataclass(frozen=True, slots=True)
class WizardDeps:
    """Where the setting up takes place; ``chosen`` hears of every choice."""

    window: OperatorWindow
    screens: Screens
    jobs: Jobs
    choices: Preferences
    chosen: Callable[[Preferences], None]
    audio: bool = True


class SetupWizard(QObject):
    """Shows the setting up until it calls ``finished``, once."""

    def __init__(
        self,
        opened: OpenStation,
        lock: LockView,
        around: WizardDeps,
        *,
        finished: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._opened, self._lock, self._window = opened, lock, around.window
        self._screens, self._jobs, self._choices = around.screens, around.jobs, around.choices
        self._chosen, self._finished = around.chosen, finished
        self.tone = SoundCheckPlayer(self, audio=around.audio)
        self.view = self._show()

    def close(self) -> None:
        """Let the player go."""
        self.tone.close()

    def _show(self, before: SetupWizardView | None = None) -> SetupWizardView:
        view = SetupWizardView(self._desk())
        view.language_wanted.connect(lambda: QTimer.singleShot(0, self._on_language_wanted))
        self._window.setWindowTitle(say("op.program"))
        self._window.setCentralWidget(view)  # which deletes the one before in its next turn
        if before is None:
            view.go("enrol")
        else:
            view.go_on_from(before)
        return view

    def _desk(self) -> WizardContext:
        home, station = self._opened.home, self._opened.station
        return WizardContext(
            jobs=self._jobs,
            site_name=lambda: _site_name(home),
            enrol=lambda address, code: _enrol(home, address, code),
            write_request=lambda file: _write_request(home, file),
            take_answer=lambda file, mark: _take_answer(home, file, mark),
            sticks=_sticks,
            screens=self._screens.seen,
            own_screen=lambda: self._screens.screen_of(self._window),
            identify=self._identify,
            swap=self._swap,
            read_choices=lambda: self._choices,
            choose=self._choose,
            tone=self.tone,
            lock=self._lock,
            set_pin=lambda pin: station.set_pin(pin),
            finished=self._finished,
        )

    def _choose(self, choices: Preferences) -> None:
        self._choices = choices
        self._chosen(choices)
        home = self._opened.home
        self._jobs.store(
            lambda: save_preferences(home, choices), lambda _none: None, lambda _said: None
        )

    def _on_language_wanted(self) -> None:
        language = "en" if self._choices.language == "zh" else "zh"
        self._choose(replace(self._choices, language=language))
        speak(language)
        self.view = self._show(self.view)

    def _identify(self) -> None:
        for number, one in enumerate(self._screens.seen(), start=1):
            self._screens.show_centred(ScreenNumber(number), one.name)

    def _swap(self) -> None:
        own = self._screens.screen_of(self._window)
        other = next((one.name for one in self._screens.seen() if one.name != own), "")
        if other:
            self._screens.show_full(self._window, other)
            self._window.showMaximized()


def _site_name(home: Path) -> str:
    kept = noted_move(home) or load_enrolment(home)
    return "" if kept is None else kept.site_name


def _enrol(home: Path, address: str, code: str) -> str:
    from app.bootstrap import enrol_station  # the HTTP client is loaded only to enrol

    return enrol_station(home, address, code).site_name


def _write_request(home: Path, file: Path) -> None:
    from app.bootstrap import write_enrol_request

    write_enrol_request(home, file)


def _take_answer(home: Path, file: Path, mark: str) -> str:
    from app.bootstrap import take_enrol_answer

    return take_enrol_answer(home, file, mark).site_name


def _sticks() -> tuple[StickSeen, ...]:
    return tuple(StickSeen(one, (one / ANSWER_NAME).is_file()) for one in removable_drives())
