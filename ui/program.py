"""The running program: windows, lanes, player and the centre, tied together and let go in order."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.bootstrap import OpenStation, carry_of, open_station
from app.domain.errors import SaidPlainly
from app.domain.ids import CourseId
from app.domain.sessions import Step
from app.domain.views import Check, SyncView, TodayView
from app.machine.awake import Awake
from app.usecases.sync_once import SyncOutcome
from app.words import say, say_error, speak
from ui.audience.mirror import StageMirror
from ui.audience_feed import RoomSide, audience_state
from ui.choices import Choices, keep_choices
from ui.cinema import Cinema
from ui.keys import Act
from ui.pages.member_sign_in.view import MemberSignInView
from ui.places import Place, place_of
from ui.playback import PlaybackController
from ui.playback_state import PlaybackState
from ui.refresh import Refresher, Topic
from ui.room import Line, Room, Tone
from ui.runner import JobRunner
from ui.scanner import ScannerListener
from ui.screens_setup import AudiencePlacement, Screens, ScreenSeen
from ui.stick_at_close import StickAtClose
from ui.sync_beat import SyncBeat
from ui.theme import look
from ui.theme.tokens import InterfaceSize, first_size
from ui.windows.audience_window import AudienceWindow
from ui.windows.desk import Desk
from ui.windows.key_desk import KeyDesk
from ui.windows.operator_window import OperatorWindow

TICK_MS = 250
CLOCK_READ_MS = 30_000
FIRST_BACKUP_MS = 20_000
BACKUP_LOOK_MS = 30 * 60_000
"""The day's backup is made when nobody waits for it: not at start, never in an evening."""


def mono_ms() -> int:
    """The monotonic clock."""
    return time.monotonic_ns() // 1_000_000


class Program(QObject):
    """Built on the GUI thread before anything is open; ``start`` shows the window at once.

    Without ``audio`` courses play unheard, where there is no sound to play on.
    """

    def __init__(
        self,
        app: QApplication,
        home: Path,
        choices: Choices,
        screens: Screens,
        *,
        windowed: bool,
        audio: bool = True,
    ) -> None:
        super().__init__()
        self._app, self._home, self._choices, self._screens = app, home, choices, screens
        self._windowed, self._audio = windowed, audio
        self._opened: OpenStation | None = None
        self._awake = Awake()
        self._questions: tuple[str, ...] = ()
        self._self_service: bool | None = None
        self.runner = JobRunner()
        self.window = OperatorWindow()
        self.window.left.connect(self.leave)
        self.is_ready = False
        """Whether the record is open and the pages are built."""

    def start(self) -> None:
        """Show the window, then open the record on the store lane."""
        size = self._choices.size or first_size(_pitch_mm(self.window))
        look.apply_look(self._app, InterfaceSize(size))
        if self._windowed:
            self.window.resize(1366, 768)
            self.window.show()
        else:
            self.window.showMaximized()
        self.runner.store(lambda: open_station(self._home), self._on_opened, self._on_not_opened)

    def say_sorry(self) -> None:
        """Something nobody caught: one sentence."""
        if self.is_ready:
            self.room.say("op.apology", Tone.CARE)

    def come_to_front(self) -> None:
        """A second start knocked."""
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

    def leave(self) -> None:
        """Stop player → refuse jobs → cancel net → drain store → checkpoint → close windows."""
        self.window.stop_asking()
        if self.is_ready:
            self._app.removeEventFilter(self._keys)
            self._app.removeEventFilter(self._scanner)
            self._ticker.stop()
            self.playback.stop()
            self.cinema.close()
        opened = self._opened
        self.runner.close(last=opened.close if opened else None)
        self._awake.keep(False)
        if self.is_ready:
            self.audience.close_for_good()
        self._app.quit()

    def release(self) -> None:
        """After the event loop: delete the windows while everything they know is still alive.

        Left to the interpreter's end, their order would be chance.
        """
        if self.is_ready:
            shiboken6.delete(self.audience)
        shiboken6.delete(self.window)

    # --- opening --------------------------------------------------------------------

    def _on_not_opened(self, said: SaidPlainly) -> None:
        self.window.show_waiting(say_error(said))

    def _on_opened(self, opened: OpenStation) -> None:
        self._opened = opened
        station = opened.station
        self._carry = carry_of(opened)
        self.room = Room(station, self.runner, Refresher())
        self._stick = StickAtClose(self.room, self._carry)
        self.cinema = Cinema(self, audio=self._audio)
        self.playback = PlaybackController(
            station,
            self.runner,
            self.cinema.player,
            mono_ms=mono_ms,
            shown=self._on_playback,
            unplayable=self._on_unplayable,
        )
        self.beat = SyncBeat(
            station,
            self.runner,
            changed=self._on_sync,
            busy_playing=lambda: self.playback.state.playing,
            parent=self,
        )
        self.room.say_line = self.window.show_line
        self.room.go = self.window.go
        self.room.fact_made = self._on_fact_made
        self.room.play_now = self._play_now
        self._build_audience()
        self._watch_session()
        self.is_ready = True
        self.playback.set_volume(self._choices.volume)
        self._build_operator()
        self._listen()
        self.room.load(self._on_first_read)
        self.placement.choose(
            self._choices.audience_screen, one_screen=self._choices.one_screen or self._windowed
        )
        QTimer.singleShot(0, self.cinema.warm_up)
        self.beat.start()

    def _build_audience(self) -> None:
        self.audience = AudienceWindow()
        self.audience.set_video_widget(self.cinema.surface(smooth=True))
        self.audience.close_wanted.connect(self._on_audience_close_wanted)
        self.member = MemberSignInView(
            desk=self.room.station,
            jobs=self.runner,
            signed=self.room.signed_in,
            help_wanted=lambda: self.room.say("op.member.help", Tone.CARE),
        )
        self.audience.set_sign_in_widget(self.member)
        self.placement = AudiencePlacement(
            self._screens,
            self.window,
            self.audience,
            lost=self._on_screen_lost,
            returned=self._on_screen_returned,
            changed=lambda: self.room.refresh.changed(Topic.SCREENS),
        )

    def _build_operator(self) -> None:
        self.window.build(
            Desk(
                room=self.room,
                playback=self.playback,
                mono_ms=mono_ms,
                make_mirror=self._make_mirror,
                screen_check=self._screen_check,
                identify=self.placement.identify,
                read_choices=self._read_choices,
                choose=self._choose,
                sync_view=self.beat.view,
                send_now=self.beat.now,
                questions_shown=self._on_questions,
                self_service=self._is_self_service,
                toggle_self_service=self._toggle_self_service,
                toggle_screen=self._toggle_screen,
                look_at=self._look_at,
                carry=self._carry,
            )
        )

    def _listen(self) -> None:
        self._keys = KeyDesk(lambda: self.window.place, self._act, self._is_ours, self)
        self._app.installEventFilter(self._keys)
        self._scanner = ScannerListener(self.room.scan, self)
        self._app.installEventFilter(self._scanner)
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self.playback.tick)
        self._ticker.start()
        self._sync_reader = QTimer(self, interval=CLOCK_READ_MS)
        self._sync_reader.timeout.connect(self._read_sync)
        self._sync_reader.start()
        self._backup = QTimer(self, interval=BACKUP_LOOK_MS)
        self._backup.timeout.connect(self._back_up)
        self._backup.start()
        QTimer.singleShot(FIRST_BACKUP_MS, self._back_up)

    def _back_up(self) -> None:
        self.room.ask(self.room.station.daily_backup, lambda _made: None)

    def _watch_session(self) -> None:
        reader = self.room.refresh.register(
            frozenset({Topic.SESSION, Topic.SCREENS}), self._on_session
        )
        self.room.refresh.show(reader, visible=True)

    def _on_first_read(self) -> None:
        self._read_sync()
        if self.room.view is not None:
            self.window.go(place_of(self.room.step()))
            self.room.ask(self.room.station.today, self._say_notices)

    def _say_notices(self, read: TodayView) -> None:
        """Notices stand on the first page, which is not in front in the middle of an evening."""
        notices = " ".join(say(key, **dict(values)) for key, values in read.notices)
        if notices:
            self.room.say_line(Line(notices, Tone.CARE))

    # --- what happens ------------------------------------------------------------------

    def _act(self, act: Act) -> bool:
        covers = self.audience.isVisible() and not self.placement.current
        if act is Act.ESCAPE and covers and not self.playback.state.black:
            self.audience.hide()
            return True
        return self.window.act(act)

    def _is_ours(self, window: QWidget) -> bool:
        return window is self.window or window is self.audience

    def _on_session(self) -> None:
        self.member.show_session(self.room.view, self.room.site_name)
        self._show_audience()
        self._awake.keep(self.room.is_running())
        self._stick.on_session()

    def _on_playback(self, state: PlaybackState) -> None:
        self.cinema.follow(state)
        if self.is_ready:
            self.window.on_playback(state)
            self._show_audience()

    def _on_unplayable(self, course: CourseId) -> None:
        following = self.room.neighbour(course, +1)
        if following is not None:
            self.room.chosen = following.id
        self.room.load()

    def _on_fact_made(self) -> None:
        self.beat.fact_made()
        self._read_sync()

    def _on_sync(self, outcome: SyncOutcome | None) -> None:
        self._read_sync()
        if outcome is not None and (outcome.rows or outcome.files):
            self.room.load()
        self.room.refresh.changed(Topic.SENDING)

    def _read_sync(self) -> None:
        def done(read: SyncView) -> None:
            self.window.show_sync(self.beat.view(read))

        self.room.ask(self.room.station.sync_view, done)

    def _on_screen_lost(self) -> None:
        self.playback.pause()
        self.window.show_banner("op.screen.lost_banner")

    def _on_screen_returned(self) -> None:
        self.window.show_banner("")
        self.room.say("op.screen.returned", Tone.DONE)

    def _on_audience_close_wanted(self) -> None:
        if not self.placement.current:
            self.audience.hide()

    def _on_questions(self, questions: tuple[str, ...]) -> None:
        self._questions = questions
        if self.is_ready:
            self._show_audience()

    def _show_audience(self) -> None:
        side = RoomSide(
            site_name=self.room.site_name,
            view=self.room.view,
            newest=self.room.newest,
            questions=self._questions,
            self_service=self._is_self_service(),
        )
        self.audience.show_state(audience_state(side, self.playback.state))

    # --- what pages ask for -----------------------------------------------------------------

    def _make_mirror(self) -> QWidget:
        mirror = StageMirror(self.audience.stage)
        mirror.set_video_widget(self.cinema.surface())
        return mirror

    def _screen_check(self) -> Check:
        current = self.placement.current
        return Check("check.screen", bool(current), (("name", current),))

    def _read_choices(self) -> tuple[Choices, tuple[ScreenSeen, ...], str]:
        choices = replace(self._choices, size=look.interface_size().value)
        return choices, self.placement.seen(), self.placement.current

    def _choose(self, choices: Choices) -> None:
        was, self._choices = replace(self._choices, size=look.interface_size().value), choices
        home = self._home
        self.room.ask(lambda: keep_choices(home, choices), lambda _none: None)
        if choices.volume != was.volume:
            self.playback.set_volume(choices.volume)
        if (choices.audience_screen, choices.one_screen) != (was.audience_screen, was.one_screen):
            self.placement.choose(choices.audience_screen, one_screen=choices.one_screen)
        if (choices.language, choices.size) != (was.language, was.size):
            QTimer.singleShot(0, self._rebuild)

    def _rebuild(self) -> None:
        speak(self._choices.language)
        look.apply_look(self._app, InterfaceSize(self._choices.size))
        self._build_operator()
        self._show_audience()

    def _is_self_service(self) -> bool:
        if self._self_service is None:
            return not self.placement.current
        return self._self_service

    def _toggle_self_service(self) -> None:
        self._self_service = not self._is_self_service()
        self._show_audience()

    def _play_now(self) -> None:
        state = self.playback.state
        if not state.is_on and state.resume_ms is None:
            self.window.act(Act.MAIN)

    def _toggle_screen(self) -> None:
        self.placement.toggle()

    def _look_at(self, course: CourseId) -> None:
        found = self.room.course(course)
        if found is None:
            return
        self.room.chosen = course
        self.window.go(Place.PLAY)
        running = self.room.step() in (Step.SIGN_IN, Step.PLAY, Step.DISCUSS)
        if running:
            self.window.open_course(course)
        else:
            self.playback.open(None, found)


def _pitch_mm(window: QWidget) -> float:
    screen = window.screen()
    width = screen.geometry().width()
    return screen.physicalSize().width() / width if width else 0.0
