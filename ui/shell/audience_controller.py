"""The room's side of the program: its window, what it shows, on which screen, and handouts."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from app.domain.views import Check
from app.machine.drives import removable_drives
from ui.audience.picture.canvas import SAFE
from ui.audience.placement import AudiencePlacement, Screens
from ui.audience.presenter import AudiencePresenter
from ui.audience.state import HandoutPage
from ui.audience.window import AudienceWindow
from ui.handouts.controller import HandoutController
from ui.jobs.clocks import wall_ms
from ui.jobs.runner import JobRunner
from ui.playback.controller import PlaybackController
from ui.state.current_session import CurrentSession, StatusTone
from ui.state.preferences import Preferences
from ui.state.refresh import Topic
from ui.video.player_view import PlayerView
from ui.windows.operator_window import OperatorWindow

PAGE_PX = (1728, 972)


class AudienceDeps(Struct, frozen=True):
    """What the room's side stands beside."""

    room: CurrentSession
    jobs: JobRunner
    window: OperatorWindow
    screens: Screens
    cinema: PlayerView
    playback: PlaybackController
    choices: Callable[[], Preferences]


class AudienceController:
    """Built once the record is open; GUI thread only."""

    def __init__(self, beside: AudienceDeps) -> None:
        self._beside = beside
        self._self_service: bool | None = None
        self._settle: Callable[[], None] | None = None
        self._is_single: Callable[[], bool] = lambda: False
        self.audience = AudienceWindow()
        self.audience.set_video_widget(beside.cinema.surface(smooth=True))
        self.audience.tapped.connect(self._on_tapped)
        self.on_screen = AudiencePresenter(
            beside.room,
            self.audience.show_state,
            playback=lambda: beside.playback.state,
            self_service=self.is_self_service,
            choices=beside.choices,
            wall_ms=wall_ms,
        )
        self.handouts = HandoutController(
            beside.room,
            beside.jobs,
            size=self._page_size,
            shown=self._show_sheet,
            drives=removable_drives,
            told=self._tell,
        )
        self.placement = AudiencePlacement(
            beside.screens,
            beside.window,
            self.audience,
            lost=self._on_lost,
            returned=self._on_returned,
            changed=self._on_screens,
        )

    def begin(self, *, settle: Callable[[], None], is_single: Callable[[], bool]) -> None:
        """Everything stands: ``settle`` is called after every change of what is shown;
        ``is_single`` tells whether the members' picture fills the one screen."""
        self._settle, self._is_single = settle, is_single

    def show(self) -> None:
        """What the room sees follows from what is."""
        self.on_screen.show()
        if self._settle is not None:
            self._settle()

    def is_self_service(self) -> bool:
        """Whether members sign in by themselves: without a second screen they do from the start."""
        if self._self_service is None:
            return not self.placement.current
        return self._self_service

    def toggle_self_service(self) -> None:
        """The other way round from now on."""
        self._self_service = not self.is_self_service()
        self.show()

    def identify(self) -> None:
        """Show each screen's number, or what to press where there is only one."""
        if self.placement.others():
            self.placement.identify()
        else:
            self._beside.window.extend_sheet.cover_now()

    def check(self) -> Check:
        """Whether the room has a screen, for the list before an evening."""
        current = self.placement.current
        return Check("check.screen", bool(current), (("name", current),))

    def make_mirror(self) -> QWidget:
        """A small picture of what the room sees."""
        from ui.audience.mirror import StageMirror  # with the first page that has one

        mirror = StageMirror(self.audience.stage)
        mirror.set_video_widget(self._beside.cinema.surface())
        return mirror

    def _on_screens(self) -> None:
        if self._settle is not None and self.placement.others():
            self._beside.window.extend_sheet.hide()
        self._beside.room.refresh.changed(Topic.SCREENS)

    def _on_lost(self) -> None:
        self._beside.playback.pause()
        self._beside.window.show_banner("op.screen.lost_banner")

    def _on_returned(self) -> None:
        self._beside.window.show_banner("")
        self._beside.room.say("op.screen.returned", StatusTone.DONE)

    def _on_tapped(self) -> None:
        if self._is_single():
            self.on_screen.toggle_drawer()

    def _show_sheet(self, sheet: HandoutPage | None) -> None:
        if sheet is not None:
            self._beside.playback.pause()
        self.on_screen.show_sheet(sheet)

    def _tell(self, message: str) -> None:
        if message:
            self._beside.playback.pause()
        self.on_screen.tell(message)

    def _page_size(self) -> tuple[int, int]:
        """Real px a page may fill on the room's screen, a large one's where there is none."""
        if not self.placement.current:
            return PAGE_PX
        stage = self.audience.stage
        part = (1 - 2 * SAFE) * stage.devicePixelRatio()
        return round(stage.width() * part), round(stage.height() * part)
