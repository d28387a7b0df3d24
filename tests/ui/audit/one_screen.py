"""What lies over the picture of one screen, in every state: for the audit and the documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from app.areas.courses.course import Course, CourseFile
from app.areas.sessions.session import Step
from app.domain.ids import CourseId
from ui.audience.state import AudienceState, RoomShows
from ui.one_screen.bar import BAR_PX, TouchBar
from ui.one_screen.help_call import CALL_PX, HelpCall
from ui.one_screen.idle_tiles import IdleScreen
from ui.one_screen.state import BarState, bar_state
from ui.pages.play.state import PlayQuestion, PlayState
from ui.playback.state import PlaybackState

FILE = CourseFile("0" * 64, 1, ("0" * 64,), ".mp4")
COURSE = Course(
    CourseId("c1"), "大棚蔬菜病虫害绿色防控与安全用药", "农业", "", 46 * 60_000, 1280, 720, FILE,
    subtitle=FILE,
)  # fmt: skip


def bars() -> Iterator[tuple[str, BarState]]:
    """The bar in every state there is."""
    plays = AudienceState(RoomShows.PLAY)
    on = PlaybackState(course=COURSE, playing=True, position_ms=60_000)
    play = PlayState(playback=on, step=Step.PLAY, chosen=COURSE)
    shown = {
        "plays": (plays, play),
        "paused": (plays, replace(play, playback=replace(on, playing=False))),
        "late": (replace(plays, drawer=True), play),
        "asks": (plays, replace(play, asking=PlayQuestion.STOP)),
        "resume": (plays, replace(play, playback=PlaybackState(asked=COURSE, resume_ms=754_000))),
        "over": (plays, replace(play, playback=replace(on, playing=False, ended=True))),
        "before": (AudienceState(RoomShows.WELCOME), replace(play, playback=PlaybackState())),
        "questions": (
            AudienceState(RoomShows.QUESTIONS), PlayState(step=Step.DISCUSS),
        ),
        "handout": (AudienceState(RoomShows.HANDOUT), PlayState(step=Step.DISCUSS)),
        "thanks": (AudienceState(RoomShows.THANKS), PlayState(step=Step.CLOSED)),
    }  # fmt: skip
    for name, (state, playing) in shown.items():
        yield name, bar_state(state, playing)


@dataclass(slots=True)
class Overlays:
    """A screen of one size and all that comes over its picture."""

    screen: QWidget = field(default_factory=QWidget)

    def walk(self, wide: int, high: int) -> Iterator[tuple[str, QWidget]]:
        """Name and part, one after the other as it is shown."""
        screen = self.screen
        screen.resize(wide, high)
        bar, idle, call = TouchBar(screen), IdleScreen(screen), HelpCall(screen)
        screen.show()
        for name, state in bars():
            across = wide * 2 // 3 if name == "late" else wide
            bar.setGeometry(QRect(0, high - BAR_PX, across, BAR_PX))
            bar.show_state(state)
            bar.come()
            yield f"bar-{name}", bar
        idle.setGeometry(screen.rect())
        next_one = "12月7日 19:30\n冬季农业技术"
        idle.show_state(AudienceState(site_name="松岭村学习点", next_session=next_one))
        idle.show()
        yield "idle", idle
        call.call()
        call.lie_over(screen, QRect(0, 0, wide, CALL_PX))
        yield "call", call
