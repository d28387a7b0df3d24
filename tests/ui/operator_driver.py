"""A real operator window on a real station, with work done at once and a player on a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.areas.courses.course import Course, CourseFile
from app.bootstrap import OpenStation
from app.domain.errors import UserError
from app.domain.ids import CourseId
from app.ports.player import Clip, Observation, PlayerEvent
from app.usecases.views import Check, SyncView
from app.wire.codec import write_row
from app.wire.messages import FeedPage, FeedRow
from tests.ui.inline_jobs import InlineJobs
from ui.audience.mirror import StageMirror
from ui.audience.scene import KeypadPlace
from ui.audience.stage import AudienceStage
from ui.audience.state import QuizPicture
from ui.audience.view_state import AudienceInputs, audience_state
from ui.input.shortcut_filter import ShortcutFilter
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.playback.controller import PlaybackController
from ui.playback.state import PlaybackState
from ui.state.current_session import CurrentSession, StatusLine
from ui.state.page_names import PageName
from ui.state.preferences import Preferences
from ui.state.refresh import Refresher, Topic
from ui.state.restart import Restart
from ui.state.screens import ScreenSeen
from ui.state.sign_in_result import SignInResult
from ui.windows.operator_window import OperatorWindow

T = TypeVar("T")


class ScriptedPlayer:
    """A ``Player`` whose time the test moves; it observes only what it is told to."""

    def __init__(self) -> None:
        self.generation = 0
        self.clip: Clip | None = None
        self.at_ms = self.mono_ms = 0
        self.rate = 1.0
        self.volume = -1
        self.gains: list[float] = []
        self.subtitles, self.playing = True, False
        self._listener: Callable[[Observation], None] = lambda _seen: None

    def load(self, clip: Clip, *, start_ms: int = 0) -> int:
        self.generation += 1
        self.clip, self.at_ms, self.playing = clip, start_ms, True
        self.gains.append(clip.gain_db)
        return self.generation

    def play(self) -> None:
        self.playing = True
        self.observe(PlayerEvent.PLAYING)

    def pause(self) -> None:
        self.playing = False

    def seek(self, position_ms: int) -> None:
        self.at_ms = position_ms

    def set_rate(self, rate: float) -> None:
        self.rate = rate

    def set_volume(self, percent: int) -> None:
        self.volume = percent

    def set_gain(self, gain_db: float) -> None:
        self.gains.append(gain_db)

    def set_subtitles(self, shown: bool) -> None:
        self.subtitles = shown

    def position_ms(self) -> int:
        return self.at_ms

    def listen(self, listener: Callable[[Observation], None]) -> None:
        self._listener = listener

    def stop(self) -> None:
        self.clip, self.playing = None, False
        self.generation += 1

    def close(self) -> None:
        self.stop()

    def observe(self, event: PlayerEvent, generation: int | None = None) -> None:
        asked = self.generation if generation is None else generation
        self._listener(Observation(event, asked, self.at_ms, self.mono_ms))

    def run(self, milliseconds: int, step: int = 250) -> None:
        """Let the picture go on, observed every ``step`` ms."""
        for _ in range(milliseconds // step):
            self.mono_ms += step
            self.at_ms += round(step * self.rate)
            self.observe(PlayerEvent.POSITION)


@dataclass
class Stand:
    """An operator's window on a real station as a test sees it: the owner of all that its pages
    are built from, except the session and the playback."""

    opened: OpenStation
    player: ScriptedPlayer = field(default_factory=ScriptedPlayer)
    lines: list[StatusLine] = field(default_factory=list)
    went: list[str] = field(default_factory=list)
    facts: int = 0
    questions: tuple[str, ...] = ()
    plugged: tuple[ScreenSeen, ...] = (
        ScreenSeen("笔记本", 1366, 768),
        ScreenSeen("投影仪", 1920, 1080),
    )
    audience: str = "投影仪"
    choices: Preferences = field(default_factory=lambda: Preferences(size="standard"))
    toggled: int = 0
    self_service: bool = False
    sent: int = 0
    held_back: bool = False
    seen: list[PlaybackState] = field(default_factory=list)
    looked: list[CourseId] = field(default_factory=list)
    restarts: list[Restart] = field(default_factory=list)
    practice: bool = False
    sounds: int = 0
    window: OperatorWindow | None = None
    stage: AudienceStage | None = None

    def __post_init__(self) -> None:
        station, jobs = self.opened.station, InlineJobs()
        self.room = CurrentSession(station, jobs, Refresher(), host=self)
        self.playback = PlaybackController(station, jobs, self.player, self, self.mono_ms)

    @property
    def said(self) -> str:
        return self.lines[-1].text if self.lines else ""

    def desk(self) -> PageContext:
        return PageContext(
            session=self.room,
            playback=self.playback,
            audience=self,
            preferences=self,
            sync=self,
            app=self,
        )

    def open_window(self, *, width: int = 1366, height: int = 768) -> OperatorWindow:
        window = OperatorWindow()
        window.resize(width, height)
        self.window = window
        window.build(self.desk())
        self._keys = ShortcutFilter(self, window)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self._keys)
        window.show()
        self.room.load()
        window.show_sync(self.opened.station.today.sync_view())
        return window

    def close(self) -> None:
        """Let the window, the key filter and the room's stage go, in the order Qt wants."""
        app = QApplication.instance()
        if self.window is not None and app is not None:
            app.removeEventFilter(self._keys)
            self.window.leave_quietly()
            self.window.deleteLater()
            self.window = None
        if self.stage is not None:
            self.stage.deleteLater()
            self.stage = None
        self.room.refresh.readers.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # --- SessionHost ---------------------------------------------------------------

    def show_line(self, line: StatusLine) -> None:
        self.lines.append(line)
        if self.window is not None:
            self.window.show_line(line)

    def go(self, page: str) -> None:
        self.went.append(page)
        if self.window is not None:
            self.window.go(page)

    def fact_made(self) -> None:
        self.facts += 1

    def hear(self, result: SignInResult) -> None:
        """No loudspeaker."""

    def scanned(self, result: SignInResult) -> None:
        """No members' screen."""

    def play_now(self) -> None:
        """Nothing begins by itself."""

    def vouch(self, _name: str, then: Callable[[], None]) -> None:
        then()

    # --- PlaybackListener ----------------------------------------------------------

    def playback_changed(self, state: PlaybackState) -> None:
        self.seen.append(state)
        self.show_audience()
        if self.window is not None:
            self.window.on_playback(state)

    def unplayable(self, course: CourseId) -> None:
        """Nothing follows."""

    # --- ShortcutTarget ------------------------------------------------------------

    @property
    def place(self) -> PageName:
        return self.shown_window().place

    def act(self, act: Shortcut) -> bool:
        return self.shown_window().act(act)

    def takes_keys_of(self, window: QWidget) -> bool:
        return window is self.window

    def shown_window(self) -> OperatorWindow:
        assert self.window is not None
        return self.window

    # --- AudienceOwner -------------------------------------------------------------

    @property
    def screen(self) -> str:
        return self.audience

    def screens(self) -> tuple[ScreenSeen, ...]:
        return self.plugged

    def check(self) -> Check:
        return Check("check.screen", bool(self.audience), (("name", self.audience),))

    def identify(self) -> None:
        """No numbers."""

    def swap(self) -> None:
        """They stay where they are."""

    def ask(self, questions: tuple[str, ...]) -> None:
        self.questions = questions
        self.show_audience()

    def is_self_service(self) -> bool:
        return self.self_service

    def sign_in_here(self) -> None:
        """There is no lock here to bring the operator back."""

    def lend(self, part: QWidget, why: str) -> None:
        """As ``sign_in_here``."""

    def show_quiz(self, quiz: QuizPicture | None) -> None:
        """No room."""

    def toggle_self_service(self) -> None:
        self.self_service = not self.self_service

    def make_mirror(self) -> QWidget:
        if self.stage is None:
            self.stage = AudienceStage()
            self.stage.resize(1920, 1080)
            reader = self.room.refresh.register(frozenset({Topic.SESSION}), self.show_audience)
            self.room.refresh.show(reader, visible=True)
        return StageMirror(self.stage)

    def show_audience(self) -> None:
        """What the room would see."""
        if self.stage is None:
            return
        side = AudienceInputs(
            self.room.site_name,
            self.room.view,
            self.room.newest_names,
            self.questions,
            KeypadPlace.ROOM if self.self_service else KeypadPlace.NOWHERE,
        )
        self.stage.show_state(audience_state(side, self.playback.state))

    # --- PreferenceOwner and SyncOwner ---------------------------------------------

    def read(self) -> Preferences:
        return self.choices

    def choose(self, preferences: Preferences) -> None:
        self.choices = preferences

    def view(self, read: SyncView) -> SyncView:
        return read

    def by_hand(self) -> bool:
        self.sent += 1
        return not self.held_back

    # --- AppOwner ------------------------------------------------------------------

    def mono_ms(self) -> int:
        return self.player.mono_ms

    def toggle_screen(self) -> None:
        self.toggled += 1

    def test_sound(self, failed: Callable[[], None]) -> None:
        del failed
        self.sounds += 1

    def practises(self) -> bool:
        return self.practice

    def begin_anew(self, restart: Restart) -> None:
        self.restarts.append(restart)

    def write_help(
        self,
        place: str,
        done: Callable[[str], None],
        failed: Callable[[UserError], None],
        owner: object,
    ) -> None:
        """Nothing is written."""

    def look_at(self, course: CourseId) -> None:
        self.looked.append(course)


def stand_at(opened: OpenStation) -> Stand:
    """A stand at an open station; nothing is shown yet."""
    return Stand(opened)


def sample_course(
    opened: OpenStation,
    folder: Path,
    course: str = "c1",
    *,
    title: str = "乡村振兴促进法解读",
    topic: str = "政策法规",
    minutes: int = 46,
    whole: bool = True,
    subtitle: bool = False,
    summary: str = "",
) -> Course:
    """A course whose "video" is a small real file on the shelf (a scripted player plays it)."""
    import hashlib

    from tests.support.stations import add_course

    path = folder / f"{course}.mp4"
    path.write_bytes(course.encode() * 999)
    data = path.read_bytes()
    file = CourseFile(digest := hashlib.sha256(data).hexdigest(), len(data), (digest,), ".mp4")
    made = Course(
        CourseId(course), title, topic, summary, minutes * 60_000, 1280, 720, file,
        subtitle=file if subtitle else None,
    )  # fmt: skip
    if whole:
        add_course(opened, made, path)
    else:
        store = opened.station.tools.store
        rev = store.cursors(("catalogue",))["catalogue"] + 1
        row = FeedRow("course", made.id, rev, write_row(replace(made)))
        store.apply_page(FeedPage("catalogue", rev, (row,)))
    return made
