"""The room's side of the program: its window, what it shows, on which screen, and handouts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.areas.sessions.session import RUNNING, Step
from app.machine.drives import removable_drives
from app.usecases.views import Check
from ui.audience.distance import subtitle_px
from ui.audience.picture.canvas import SAFE
from ui.audience.placement import AudiencePlacement, Screens
from ui.audience.presenter import AudiencePresenter
from ui.audience.scene import KeypadPlace, LooksAt
from ui.audience.state import AudienceState, HandoutPage, QuizPicture, RoomShows
from ui.audience.window import AudienceWindow
from ui.handouts.controller import HandoutController
from ui.input.shortcuts import Shortcut
from ui.jobs.clocks import mono_ms, wall_ms
from ui.jobs.runner import JobRunner
from ui.lock.controller import LockController
from ui.lock.desk_keypad import DeskKeypad
from ui.one_screen.controller import OneScreen, OneScreenParts
from ui.playback.controller import PlaybackController
from ui.playback.state import PlaybackState
from ui.shell.preferences_controller import PreferencesController
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.preferences import Preferences
from ui.state.refresh import Topic
from ui.state.screens import ScreenSeen
from ui.theme.tokens import InterfaceSize
from ui.video.player_view import PlayerView
from ui.windows.operator_window import OperatorWindow

if TYPE_CHECKING:
    from ui.pages.member_sign_in.view import MemberSignInView

PAGE_PX = (1728, 972)


class AudienceController(QObject):
    """Built once the record is open; GUI thread only. ``shown`` after every change of what the
    room sees."""

    shown = Signal()

    def __init__(
        self,
        room: CurrentSession,
        jobs: JobRunner,
        window: OperatorWindow,
        screens: Screens,
        cinema: PlayerView,
        playback: PlaybackController,
        preferences: PreferencesController,
    ) -> None:
        super().__init__()
        self._room, self._window, self._jobs = room, window, jobs
        self._cinema, self._playback, self._preferences = cinema, playback, preferences
        self._self_service: bool | None = None
        self._step: Step | None = None
        self._desk: DeskKeypad
        self._shared: OneScreen
        self._member: MemberSignInView | None = None
        self.audience = AudienceWindow()
        self.audience.set_video_widget(cinema.surface(smooth=True))
        self.on_screen = AudiencePresenter(room, self, self._show_state, wall_ms)
        self.handouts = HandoutController(room, jobs, self, removable_drives)
        self.placement = AudiencePlacement(screens, window, self.audience)
        self.placement.lost.connect(self._on_lost)
        self.placement.returned.connect(self._on_returned)
        self.placement.changed.connect(self._on_screens)
        self.shown.connect(self._echo_digits)

    # --- what the picture follows from ------------------------------------------------

    @property
    def playing(self) -> PlaybackState:
        """See ``AudienceSources``."""
        return self._playback.state

    @property
    def preferences(self) -> Preferences:
        """See ``AudienceSources``."""
        return self._preferences.now

    def show(self) -> None:
        """What the room sees follows from what is."""
        step = self._room.step()
        if step is not self._step:
            self._step = step
            self._begin_step(step)
        now = self._preferences.now
        size = InterfaceSize(now.subtitle_size)
        self._cinema.write_large(subtitle_px(size, now.last_row_m, now.picture_m))
        self.on_screen.show()
        self.shown.emit()

    def _show_state(self, state: AudienceState) -> None:
        """The picture; members' sign-in is made now if the picture wants it and has none yet."""
        wanted = state.drawer or state.shows is RoomShows.SIGN_IN
        if wanted and self._member is None and self._room.view is not None:
            self._make_member()
        self.audience.show_state(state)

    def _echo_digits(self) -> None:
        """Tell the members' keypad after each change whether others see its digits."""
        if self._member is not None:
            self._member.echo_digits(self.audience.stage.state.digits_seen)

    def place(self, screen: str, one_screen: bool) -> None:
        """The room has this screen from now on; empty: any but the operator's."""
        self.placement.choose(screen, one_screen=one_screen)

    def share_screen(
        self,
        guard: LockController,
        act: Callable[[Shortcut], bool],
        parent: QObject,
    ) -> OneScreen:
        """What members and the operator do at one screen."""
        self._desk = guard.desk
        guard.desk.switched.connect(self.show)
        parts = OneScreenParts(
            room=self._room,
            window=self._window,
            audience=self.audience,
            on_screen=self.on_screen,
            playback=self._playback,
            guard=guard,
            act=act,
        )
        shared = self._shared = OneScreen(parts, parent)
        for follow in (guard.single.settle, shared.follow):
            self.shown.connect(follow)
        return shared

    # --- the members' own screen ----------------------------------------------------------

    @property
    def member(self) -> MemberSignInView:
        """Built when it is first wanted; wherever it stands, it is this one."""
        return self._make_member() if self._member is None else self._member

    def _make_member(self) -> MemberSignInView:
        from ui.pages.member_sign_in.view import MemberSignInView

        self._member = MemberSignInView(self._room.station.attendance, self._jobs, self._shared)
        self.audience.set_sign_in_widget(self._member)
        self._member.show_session(self._room.view, self._room.site_name)
        return self._member

    def let_member_go(self) -> None:
        """Another look: it is made anew, with its own words."""
        if self._member is not None:
            self.audience.let_sign_in_go()
            self._member = None
            if self._desk.signs_in:
                self._desk.open(self.member)

    def show_session(self) -> None:
        """The members' screen follows the session, from the first one on."""
        if self._member is not None or self._room.view is not None:
            self.member.show_session(self._room.view, self._room.site_name)

    def card_unknown(self) -> None:
        """A card nobody knows is told where somebody may stand who held it to the reader."""
        if self._member is not None and self._member.isVisible():
            self._member.presenter.card_unknown(heard=False)

    # --- what the pages ask for ---------------------------------------------------------

    @property
    def screen(self) -> str:
        """Name of the screen the room sees now; empty in one-screen mode."""
        return self.placement.current

    def screens(self) -> tuple[ScreenSeen, ...]:
        """All screens of this PC."""
        return self.placement.seen()

    def ask(self, questions: tuple[str, ...]) -> None:
        """The room talks about these."""
        self.on_screen.ask(questions)

    def is_self_service(self) -> bool:
        """Whether members sign in by themselves: without a second screen they do from the start."""
        return not self.screen if self._self_service is None else self._self_service

    def mono_ms(self) -> int:
        """See ``AudienceSources``."""
        return mono_ms()

    def looks_at(self) -> LooksAt:
        """See ``AudienceSources``."""
        if self.screen:
            return LooksAt.OWN_SCREEN
        return LooksAt.ONE_SCREEN if len(self.screens()) < 2 else LooksAt.SAME_PICTURE

    def keypad(self) -> KeypadPlace:
        """See ``AudienceSources``."""
        if self._desk.signs_in:
            return KeypadPlace.DESK
        return KeypadPlace.ROOM if self.is_self_service() else KeypadPlace.NOWHERE

    def sign_in_here(self) -> None:
        """Members sign in at this PC, and the room's screen shows the names."""
        self._self_service = False
        self._desk.open(self.member)

    def lend(self, part: QWidget, why: str) -> None:
        """Members use something else than the keypad at this PC."""
        self._desk.lend(part, why)

    def show_quiz(self, quiz: QuizPicture | None) -> None:
        """See ``AudienceOwner``; a course waits meanwhile."""
        if quiz is not None:
            self._playback.pause()
        self.on_screen.show_quiz(quiz)

    def toggle_self_service(self) -> None:
        """The other way round from now on."""
        self._self_service = not self.is_self_service()
        self.show()

    def identify(self) -> None:
        """Show each screen's number, or what to press where there is only one."""
        if self.placement.others():
            self.placement.identify()
        else:
            self._window.extend_sheet.cover_now()

    def swap(self) -> None:
        """The room and the operator change places."""
        name = self.placement.swap()
        if name:
            now = self._preferences.now
            self._preferences.choose(replace(now, audience_screen=name, one_screen=False))
            self._room.refresh.changed(Topic.SCREENS)
            self._room.say("room.swapped", StatusTone.DONE, name=name)

    def check(self) -> Check:
        """Whether the room has a screen, for the list before a session."""
        return Check("check.screen", bool(self.screen), (("name", self.screen),))

    def make_mirror(self) -> QWidget:
        """A small picture of what the room sees."""
        from ui.audience.mirror import StageMirror  # with the first page that has one

        mirror = StageMirror(self.audience.stage)
        mirror.set_video_widget(self._cinema.surface())
        return mirror

    # --- what handouts ask for ------------------------------------------------------------

    def show_sheet(self, sheet: HandoutPage | None) -> None:
        """See ``HandoutScreen``; a course waits meanwhile."""
        if sheet is not None:
            self._playback.pause()
        self.on_screen.show_sheet(sheet)

    def tell(self, message: str, rest_ms: int = 0) -> None:
        """See ``HandoutScreen``."""
        if message:
            self._playback.pause()
        self.on_screen.tell(message, rest_ms)

    def page_size(self) -> tuple[int, int]:
        """See ``HandoutScreen``: a large screen's where the room has none."""
        if not self.screen:
            return PAGE_PX
        stage = self.audience.stage
        part = (1 - 2 * SAFE) * stage.devicePixelRatio()
        return round(stage.width() * part), round(stage.height() * part)

    def _begin_step(self, step: Step | None) -> None:
        """What the operator put before the room for another step goes."""
        if step not in (None, Step.PLAY, Step.DISCUSS):
            self.handouts.close()
        if step in (Step.CLOSED, Step.NOT_HELD):
            self._playback.uncover()
        playing = self._playback.state
        if step in RUNNING and playing.session is None and (playing.course or playing.asked):
            self._playback.stop()  # a trial; from here on what the room sees is counted

    # --- screens come and go --------------------------------------------------------------

    def _on_screens(self) -> None:
        if self.placement.others():
            self._window.put_extend_sheet_away()
        self._room.refresh.changed(Topic.SCREENS)

    def _on_lost(self) -> None:
        self._playback.pause()
        self._window.show_banner("op.screen.lost_banner")

    def _on_returned(self) -> None:
        self._window.show_banner("")
        self._room.say("op.screen.returned", StatusTone.DONE)
