"""The running program: windows, lanes, player and the centre, tied together and let go in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.domain.ids import CourseId
from app.usecases.views import TodayView
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.jobs.clocks import mono_ms
from ui.jobs.deferred_calls import DeferredCalls
from ui.lock.controller import LockController
from ui.pages.context import PageContext
from ui.pages.registry import load_modules
from ui.playback.controller import PlaybackController
from ui.playback.state import PlaybackState
from ui.shell.application_base import ApplicationBase
from ui.shell.audience_controller import AudienceController
from ui.shell.open_record import OpenedRecord, lent_by
from ui.shell.preferences_controller import Restyling
from ui.state.current_session import CurrentSession, StatusLine, StatusTone
from ui.state.page_names import PageName, place_of
from ui.state.refresh import Refresher, Topic
from ui.state.restart import Restart
from ui.state.sign_in_result import SignInResult
from ui.sync.folding import FoldingAnew
from ui.sync.scheduler import SyncScheduler
from ui.sync.stick_export import StickExport
from ui.video.film_pictures import FilmPictures
from ui.video.player_view import PlayerView

if TYPE_CHECKING:
    from app.usecases.sync_once import SyncOutcome
    from ui.pages.member_sign_in.view import MemberSignInView

TICK_MS = 250
CLOCK_READ_MS = 30_000
SMALL_ROSTER = 2_000
"""So many people are read ahead; a larger roster when a page needs it."""


class Application(ApplicationBase):
    """The frame, and what stands in it while the record is open."""

    def say_sorry(self) -> None:
        """Something nobody caught: one sentence."""
        if self.is_built:
            self.room.say("op.apology", StatusTone.CARE)

    def release(self) -> None:
        """The room's window first: it knows more of the program than the program's own."""
        if self.is_built:
            shiboken6.delete(self.audience)
        super().release()

    def _end_work(self) -> None:
        self.guard.let_go()
        self.one_screen.close()
        if self._hears:
            self._app.removeEventFilter(self._keys)
            self._app.removeEventFilter(self._scanner)
            self._app.removeEventFilter(self._composing)
        self._ticker.stop()
        self.room.refresh.readers.clear()
        self.playback.stop()
        self.handouts.close()
        self.cinema.close()
        self.pictures.close()

    def _close_room(self) -> None:
        self.audience.close_for_good()

    # --- opening --------------------------------------------------------------------

    def _begin_work(self, read: OpenedRecord) -> None:
        station = read.opened.station
        self.room = CurrentSession(
            station, self.runner, Refresher(later=DeferredCalls(self)), host=self
        )
        self._folding = FoldingAnew(self.room, self.window.show_idle)
        self._stick, self._sticks = StickExport(self.room, read.carry), read.carry
        self.cinema = PlayerView(self, audio=self._audio)
        self.playback = PlaybackController(
            station, self.runner, self.cinema.player, self, mono_ms=mono_ms
        )
        self.beat = SyncScheduler(station, self.runner, busy_playing=self._is_heard, parent=self)
        shelf, busy = station.tools.shelf, self._is_heard
        self.pictures = FilmPictures(self.home, shelf, self.runner, busy=busy, parent=self)
        self._build_audience()
        self.guard = LockController(
            self.room,
            self.window,
            self.audience,
            self.placement,
            playing=self._is_heard,
            mono_ms=mono_ms,
            view=read.lock,
            parent=self,
        )
        self.one_screen = self.room_side.share_screen(self.guard, self.act, self)
        self._watch_session()
        self._connect()
        self.is_built = True
        self.playback.set_volume(self.preferences.now.volume)
        self.playback.even_out(on=self.preferences.now.evened)
        self._build_operator()
        self.window.come_back()
        self.guard.built()
        if read.lock.locked_now:
            self._hear_input()
        self._begin_clocks()
        self.room.load(self._on_first_read)
        now = self.preferences.now
        self.placement.choose(now.audience_screen, one_screen=now.one_screen or self._windowed)
        self.guard.restore()
        self.beat.start()

    def _build_audience(self) -> None:
        side = self.room_side = AudienceController(
            self.room,
            self.runner,
            self.window,
            self._screens,
            self.cinema,
            self.playback,
            self.preferences,
        )
        self.audience, self.on_screen = side.audience, side.on_screen
        self.handouts, self.placement = side.handouts, side.placement

    def _connect(self) -> None:
        self.beat.changed.connect(self._on_sync)
        self.guard.unlocked.connect(self.window.come_back)
        self.audience.close_wanted.connect(self.guard.room_close_wanted)
        self.preferences.not_saved.connect(self.room.tell)
        self.preferences.volume_changed.connect(self.playback.set_volume)
        self.preferences.evened_changed.connect(lambda on: self.playback.even_out(on=on))
        self.preferences.screen_changed.connect(self.room_side.place)
        self.preferences.changed.connect(self.room_side.show)
        Restyling(self.window, self.preferences, self._dress_frame, self._dressed)

    @property
    def member(self) -> MemberSignInView:
        """The members' own screen, built when a session or the first quiet moment needs it."""
        return self.room_side.member

    def _build_operator(self) -> None:
        self.window.build_frame(
            PageContext(
                session=self.room,
                playback=self.playback,
                audience=self.room_side,
                preferences=self.preferences,
                sync=self.beat,
                app=self,
                handouts=self.handouts,
                sticks=self._sticks,
                lock=self.guard,
                pictures=self.pictures,
            )
        )

    def _hear_input(self) -> None:
        """All kinds of events are loaded for it: so once the first page is shown, and before only
        where a lock must let no key past."""
        if self._hears:
            return
        self._hears = True
        from ui.input.scanner import ScannerListener
        from ui.input.scanner_ime import ComposingWatch
        from ui.input.shortcut_filter import ShortcutFilter

        self._keys = ShortcutFilter(self, self)
        self._app.installEventFilter(self._keys)
        self.guard.listen()
        self._scanner = ScannerListener(self.room.scan, self)
        self._app.installEventFilter(self._scanner)
        self._composing = ComposingWatch(self._on_card_eaten, self)
        self._app.installEventFilter(self._composing)

    def _begin_clocks(self) -> None:
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self.playback.tick)
        self._ticker.timeout.connect(self.on_screen.tick)
        self._ticker.start()
        self._sync_reader = QTimer(self, interval=CLOCK_READ_MS)
        self._sync_reader.timeout.connect(self._read_sync)
        self._sync_reader.start()
        self._quiet.back_up_by(self._back_up)
        self._quiet.checkpoint_by(self.room.station.tools.store.checkpoint, self.runner)

    def _back_up(self) -> None:
        self._folding.begin()
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
            self.room.ask(self.room.station.today.overview, self._say_notices)
        # All that nobody sees yet waits for the first page's picture.
        self._quiet.begin(
            (
                self._hear_input,
                self._read_names,
                lambda: self.room.ask(load_modules, lambda _none: self.window.build_the_rest()),
                lambda: self.member,
                self._folding.begin,
            ),
            all_built=lambda: self.window.has_all_pages,
        )

    def _read_names(self) -> None:
        def known() -> None:
            if len(self.room.index) <= SMALL_ROSTER:
                self.room.want_people()

        self.room.want_index(known)

    def _say_notices(self, read: TodayView) -> None:
        """Notices stand on the first page, which is not in front in the middle of a session."""
        notices = " ".join(say(key, **dict(values)) for key, values in read.notices)
        if notices:
            self.show_line(StatusLine(notices, StatusTone.CARE, stays=True))

    # --- what happens ------------------------------------------------------------------

    @property
    def place(self) -> PageName:
        """See ``ShortcutTarget``."""
        return self.window.place

    def act(self, act: Shortcut) -> bool:
        """See ``ShortcutTarget``: the lock first, then the window."""
        if act is Shortcut.DRAWER and self.guard.single.covers:
            self.on_screen.toggle_drawer()
            return True
        if self.guard.takes(act, self.place, black=self.playback.state.black):
            return True
        return self.window.act(act)

    def takes_keys_of(self, window: QWidget) -> bool:
        """See ``ShortcutTarget``."""
        return window in (self.window, self.audience) and not self.guard.holds_keys(window)

    def _on_session(self) -> None:
        self.room_side.show_session()
        self.room_side.show()
        if self.room.view is not None:
            self.cinema.warm_up()
            self._chime.warm_up()
        self._stay_awake(self.room.is_running())
        self._stick.on_session()

    def _on_card_eaten(self) -> None:
        self.scanned(SignInResult.NOT_FOUND)
        self.room.say("op.scan.composing", StatusTone.CARE)

    def playback_changed(self, state: PlaybackState) -> None:
        """See ``PlaybackListener``."""
        self.cinema.follow(state)
        if self.is_built:
            if state.playing and self.on_screen.covers:
                self.handouts.close()
            self.window.on_playback(state)
            self.room_side.show()
            self.one_screen.playing(state)

    def unplayable(self, course: CourseId) -> None:
        """See ``PlaybackListener``: the next one is chosen."""
        following = self.room.neighbour(course, +1)
        if following is not None:
            self.room.chosen = following.id
        self.room.load()

    def _on_sync(self, outcome: SyncOutcome | None) -> None:
        self._quiet.recorded()
        self._read_sync()
        if outcome is not None and (outcome.rows or outcome.files):
            self.room.load()
            self._folding.begin()  # a rule or a decision may have come that bears on many sessions
        self.room.refresh.changed(Topic.SENDING)

    def _read_sync(self) -> None:
        read = self.room.station.today.sync_view
        self.room.ask(read, lambda view: self.window.show_sync(self.beat.view(view)))

    # --- the session's host -------------------------------------------------------------

    def show_line(self, line: StatusLine) -> None:
        """See ``SessionHost``."""
        self.window.show_line(line)

    def go(self, page: str) -> None:
        """See ``SessionHost``."""
        self.window.go(page)

    def fact_made(self) -> None:
        """See ``SessionHost``."""
        self._quiet.recorded()
        self.beat.fact_made()
        self._read_sync()

    def hear(self, result: SignInResult) -> None:
        """See ``SessionHost``."""
        self.tones.told(result)

    def scanned(self, result: SignInResult) -> None:
        """See ``SessionHost``: a card nobody knows is told at the members' screen too."""
        self.hear(result)
        if result is SignInResult.NOT_FOUND:
            self.room_side.card_unknown()

    def play_now(self) -> None:
        """See ``SessionHost``."""
        state = self.playback.state
        if not state.is_on and state.resume_ms is None:
            self.window.act(Shortcut.MAIN)

    def vouch(self, name: str, then: Callable[[], None]) -> None:
        """See ``SessionHost``."""
        self.guard.vouch(name, then)

    # --- what pages ask for -----------------------------------------------------------------

    def mono_ms(self) -> int:
        """See ``AppOwner``."""
        return mono_ms()

    def begin_anew(self, restart: Restart) -> None:
        """See ``AppOwner``."""
        if self.is_built and self.room.is_running() and not self.practises():
            self.room.say("first.again.not_now", StatusTone.CARE)
            return
        if self.is_built:
            self.lends = lent_by(self.home, self.room.courses)
        super().begin_anew(restart)

    def toggle_screen(self) -> None:
        """See ``AppOwner``."""
        self.guard.toggle_screen()

    def write_help(
        self,
        place: str,
        done: Callable[[str], None],
        failed: Callable[[UserError], None],
        owner: object,
    ) -> None:
        """See ``AppOwner``."""
        from ui.shell.diagnostics_export import write_help_file

        if self._opened is not None:
            write_help_file(self._opened, self.runner, place, done, failed, owner)

    def look_at(self, course: CourseId) -> None:
        """See ``CourseOpener``: outside a session it is only looked at."""
        found = self.room.course(course)
        if found is None:
            return
        self.room.chosen = course
        self.window.go(PageName.PLAY)
        if self.room.is_running():
            self.window.open_course(course)
        else:
            self.playback.open(None, found)

    def _is_heard(self) -> bool:
        return self.is_built and self.playback.state.playing

    def _dress_frame(self) -> None:
        """A new look: the members' screen brings its own words, the window's frame is made anew."""
        self.room_side.let_member_go()
        self.preferences.apply_look(self.window)
        self._build_operator()

    def _dressed(self) -> None:
        self.guard.built()
        self.window.build_the_rest()
        QTimer.singleShot(0, self, self._on_session)
