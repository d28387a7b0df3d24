"""The running program: windows, lanes, player and the centre, tied together and let go in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.errors import SaidPlainly
from app.domain.ids import CourseId
from app.domain.sessions import Step
from app.domain.views import SyncView, TodayView
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
from ui.shell.audience_controller import AudienceController, AudienceDeps
from ui.shell.open_record import OpenedRecord
from ui.shell.preferences_controller import PreferenceTargets
from ui.state.current_session import CurrentSession, StatusLine, StatusTone
from ui.state.page_names import PageName, place_of
from ui.state.refresh import Refresher, Topic
from ui.state.sign_in_result import SignInResult
from ui.sync.scheduler import SyncScheduler
from ui.sync.stick_export import StickExport
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

    _member: MemberSignInView | None = None
    _hears = False

    def say_sorry(self) -> None:
        """Something nobody caught: one sentence."""
        if self.is_ready:
            self.room.say("op.apology", StatusTone.CARE)

    def release(self) -> None:
        """The room's window first: it knows more of the program than the program's own."""
        if self.is_ready:
            shiboken6.delete(self.audience)
        super().release()

    def _end_work(self) -> None:
        self.guard.let_go()
        if self._hears:
            self._app.removeEventFilter(self._keys)
            self._app.removeEventFilter(self._scanner)
            self._app.removeEventFilter(self._composing)
        self._ticker.stop()
        self.room.refresh.readers.clear()
        self.playback.stop()
        self.handouts.close()
        self.cinema.close()

    def _close_room(self) -> None:
        self.audience.close_for_good()

    # --- opening --------------------------------------------------------------------

    def _begin_work(self, read: OpenedRecord) -> None:
        station, self._carry = read.opened.station, read.carry
        self.room = CurrentSession(station, self.runner, Refresher(later=DeferredCalls(self)))
        self._stick = StickExport(self.room, self._carry)
        self.cinema = PlayerView(self, audio=self._audio)
        self.playback = PlaybackController(
            station,
            self.runner,
            self.cinema.player,
            mono_ms=mono_ms,
            shown=self._on_playback,
            unplayable=self._on_unplayable,
        )
        self.beat = SyncScheduler(
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
        self.room.scanned = self._on_scanned
        self._build_audience()
        self.guard = LockController(
            self.room,
            self.window,
            self.audience,
            self.placement,
            playing=lambda: self.playback.state.playing,
            mono_ms=mono_ms,
            view=read.lock,
            parent=self,
        )
        self.guard.unlocked.connect(self.window.come_back)
        self.window.may_close = self.guard.may_close
        self._watch_session()
        self.is_ready = True
        self.room_side.begin(
            settle=self.guard.single.settle, is_single=lambda: self.guard.single.covers
        )
        self.chosen.begin(
            PreferenceTargets(
                self.room,
                self.placement,
                self.playback.set_volume,
                self.room_side.show,
                self._rebuild,
            )
        )
        self._build_operator()
        if read.lock.locked_now:
            self._hear_input()
        self._begin_clocks()
        self.room.load(self._on_first_read)
        self.placement.choose(
            self.chosen.now.audience_screen,
            one_screen=self.chosen.now.one_screen or self._windowed,
        )
        self.guard.restore()
        self.beat.start()

    def _build_audience(self) -> None:
        side = self.room_side = AudienceController(
            AudienceDeps(
                self.room,
                self.runner,
                self.window,
                self._screens,
                self.cinema,
                self.playback,
                lambda: self.chosen.now,
            )
        )
        self.audience, self.on_screen = side.audience, side.on_screen
        self.handouts, self.placement = side.handouts, side.placement
        self.audience.close_wanted.connect(self._on_audience_close_wanted)

    @property
    def member(self) -> MemberSignInView:
        """The members' own screen, built when an evening or the first quiet moment needs it."""
        if self._member is None:
            from ui.pages.member_sign_in.view import MemberSignInView

            self._member = MemberSignInView(
                desk=self.room.station,
                jobs=self.runner,
                signed=self.room.signed_in,
                help_wanted=lambda: self.room.say("op.member.help", StatusTone.CARE),
                heard=self.tones.told,
                card_read=self.room.scan,
            )
            self.audience.set_sign_in_widget(self._member)
            self._member.show_session(self.room.view, self.room.site_name)
        return self._member

    def _build_operator(self) -> None:
        self.window.build(
            PageContext(
                room=self.room,
                playback=self.playback,
                mono_ms=mono_ms,
                make_mirror=self.room_side.make_mirror,
                screen_check=self.room_side.check,
                identify=self.room_side.identify,
                swap_screens=self._swap_screens,
                handouts=self.handouts,
                read_choices=self.chosen.read,
                choose=self.chosen.choose,
                sync_view=self.beat.view,
                send_now=self.beat.by_hand,
                questions_shown=self.on_screen.ask,
                self_service=self.room_side.is_self_service,
                toggle_self_service=self.room_side.toggle_self_service,
                toggle_screen=self.guard.toggle_screen,
                look_at=self._look_at,
                carry=self._carry,
                guard=self.guard,
                write_help=self._write_help,
                listen=lambda: self.tones.told(SignInResult.SUCCESS),
                set_up_again=self.set_up_again,
            )
        )
        self.guard.built()

    def _hear_input(self) -> None:
        """All events come by from here on, and all their kinds are loaded for that: so once the
        first page is shown, and before only where a lock must let no key past."""
        if self._hears:
            return
        self._hears = True
        from ui.input.scanner import ScannerListener
        from ui.input.scanner_ime import ComposingWatch
        from ui.input.shortcut_filter import ShortcutFilter

        self._keys = ShortcutFilter(lambda: self.window.place, self._act, self._is_ours, self)
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
        self._quiet.checkpoint_by(self._checkpoint)

    def _checkpoint(self) -> None:
        store = self.room.station.tools.store
        self.runner.store(store.checkpoint, lambda _none: None, lambda _said: None)

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
        # All that nobody sees yet waits for the first page's picture.
        self._quiet.begin(
            (
                self._hear_input,
                self._read_names,
                lambda: self.room.ask(load_modules, lambda _none: self.window.build_the_rest()),
                lambda: self.member,
            ),
            all_built=lambda: self.window.has_all_pages,
        )

    def _read_names(self) -> None:
        def known() -> None:
            if len(self.room.index) <= SMALL_ROSTER:
                self.room.want_people()

        self.room.want_index(known)

    def _say_notices(self, read: TodayView) -> None:
        """Notices stand on the first page, which is not in front in the middle of an evening."""
        notices = " ".join(say(key, **dict(values)) for key, values in read.notices)
        if notices:
            self.room.say_line(StatusLine(notices, StatusTone.CARE))

    # --- what happens ------------------------------------------------------------------

    def _act(self, act: Shortcut) -> bool:
        if act is Shortcut.DRAWER and self.guard.single.covers:
            self.on_screen.toggle_drawer()
            return True
        if self.guard.takes(act, self.window.place, black=self.playback.state.black):
            return True
        return self.window.act(act)

    def _is_ours(self, window: QWidget) -> bool:
        return window in (self.window, self.audience) and not self.guard.holds_keys(window)

    def _on_session(self) -> None:
        if self._member is not None or self.room.view is not None:
            self.member.show_session(self.room.view, self.room.site_name)
        if self.room.step() not in (None, Step.PLAY, Step.DISCUSS):
            self.handouts.close()
        if self.room.step() in (Step.CLOSED, Step.NOT_HELD):
            self.playback.uncover()
        self.room_side.show()
        if self.room.view is not None:
            self.cinema.warm_up()
            self._chime.warm_up()
        self._awake.keep(self.room.is_running())
        self._stick.on_session()

    def _on_scanned(self, kind: SignInResult) -> None:
        self.tones.told(kind)
        if kind is SignInResult.NOT_FOUND and self._member is not None and self._member.isVisible():
            self._member.presenter.card_unknown(heard=False)

    def _on_card_eaten(self) -> None:
        self.room.scanned(SignInResult.NOT_FOUND)
        self.room.say("op.scan.composing", StatusTone.CARE)

    def _on_playback(self, state: PlaybackState) -> None:
        self.cinema.follow(state)
        if self.is_ready:
            if state.playing and self.on_screen.covers:
                self.handouts.close()
            self.window.on_playback(state)
            self.room_side.show()

    def _on_unplayable(self, course: CourseId) -> None:
        following = self.room.neighbour(course, +1)
        if following is not None:
            self.room.chosen = following.id
        self.room.load()

    def _on_fact_made(self) -> None:
        self._quiet.recorded()
        self.beat.fact_made()
        self._read_sync()

    def _on_sync(self, outcome: SyncOutcome | None) -> None:
        self._quiet.recorded()
        self._read_sync()
        if outcome is not None and (outcome.rows or outcome.files):
            self.room.load()
        self.room.refresh.changed(Topic.SENDING)

    def _read_sync(self) -> None:
        def done(read: SyncView) -> None:
            self.window.show_sync(self.beat.view(read))

        self.room.ask(self.room.station.sync_view, done)

    def _on_audience_close_wanted(self) -> None:
        self.guard.room_close_wanted()

    # --- what pages ask for -----------------------------------------------------------------

    def _is_heard(self) -> bool:
        return self.is_ready and self.playback.state.playing

    def _write_help(
        self,
        place: str,
        done: Callable[[str], None],
        failed: Callable[[SaidPlainly], None],
        owner: object,
    ) -> None:
        from ui.shell.diagnostics_export import write_help_file

        if self._opened is not None:
            write_help_file(self._opened, self.runner, place, done, failed, owner)

    def _rebuild(self) -> None:
        self.chosen.apply_look(self.window)
        self._build_operator()
        self.window.build_the_rest()
        self.room_side.show()

    def _play_now(self) -> None:
        state = self.playback.state
        if not state.is_on and state.resume_ms is None:
            self.window.act(Shortcut.MAIN)

    def _swap_screens(self) -> None:
        name = self.placement.swap()
        if name:
            self.chosen.choose(replace(self.chosen.now, audience_screen=name, one_screen=False))
            self.room.refresh.changed(Topic.SCREENS)
            self.room.say("room.swapped", StatusTone.DONE, name=name)

    def _look_at(self, course: CourseId) -> None:
        found = self.room.course(course)
        if found is None:
            return
        self.room.chosen = course
        self.window.go(PageName.PLAY)
        running = self.room.step() in (Step.SIGN_IN, Step.PLAY, Step.DISCUSS)
        if running:
            self.window.open_course(course)
        else:
            self.playback.open(None, found)
