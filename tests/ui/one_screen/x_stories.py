"""Run as a program on a real X server: a whole session by one kind of hand; prints what was seen.

python -m tests.ui.one_screen.x_stories touch|mouse|keys FOLDER
"""

from __future__ import annotations

import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QApplication, QWidget

from app.areas.sessions.session import Step
from app.words import speak
from tests.support.films import Film, make_film
from tests.support.stations import SetClock, add_course, course_of, station_at
from tests.ui.audience.x_server import XServer
from tests.ui.one_screen.hands import Hands, until
from ui.audience.placement import QtScreens
from ui.jobs.clocks import wall_ms
from ui.one_screen.bar import BarPart
from ui.one_screen.state import BarAct
from ui.pages.close.view import ClosePage
from ui.pages.discuss.view import DiscussPage
from ui.pages.play.view import PlayPage
from ui.pages.prepare.view import PreparePage
from ui.pages.roll_call.view import RollCallPage
from ui.pages.today.view import TodayPage
from ui.shell.application import Application
from ui.state.page_names import PageName
from ui.state.preferences import Preferences
from ui.theme.tokens import InterfaceSize

FILM_MS = 60_000
Seen = dict[str, object]


class Story:
    """The program, the hands, and what was seen on the way."""

    def __init__(self, program: Application, hands: Hands) -> None:
        self.program, self.hands = program, hands
        self.seen: Seen = {}
        self.scenes: list[str] = []
        program.room_side.shown.connect(self._note_scene)

    @property
    def shows(self) -> str:
        return self.program.audience.stage.state.shows.value

    def step(self) -> Step | None:
        return self.program.room.step()

    def page(self, name: PageName) -> QWidget:
        until(lambda: self.program.window.place is name, f"never came to {name.value}")
        return self.program.window.pages[name]

    def tail(self, digits: str) -> None:
        """A member signs in by four digits and "it is me"."""
        member = self.program.member
        for digit in digits:
            until(lambda: not member.is_resting)
            keys = {key.word: key for key in member.keypad_scene.keypad.digits}
            self.hands.touch(keys[digit])
        until(lambda: member.confirm.isVisible() and not member.is_resting, "nobody is asked")
        came = self.arrived()
        self.hands.touch(member.confirm.yes)
        until(lambda: self.arrived() == came + 1, "nobody was signed in")

    def key(self, act: BarAct) -> BarPart:
        bar = self.program.one_screen.bar
        parts = (*bar.parts, bar.operator)
        until(lambda: any(one.isVisible() and one.key.act is act for one in parts), act.value)
        return next(one for one in parts if one.isVisible() and one.key.act is act)

    def arrived(self) -> int:
        view = self.program.room.view
        return view.turnout.in_room if view else 0

    def plays(self) -> None:
        until(lambda: self.program.playback.state.playing, "nothing plays")

    def _note_scene(self) -> None:
        if not self.scenes or self.scenes[-1] != self.shows:
            self.scenes.append(self.shows)


def by_touch(story: Story) -> None:
    """One touch screen alone: sign-in, film, a late-comer, the questions, the end."""
    hands, program = story.hands, story.program
    hands.touch(cast("TodayPage", story.page(PageName.TODAY)).begin)
    hands.touch(cast("PreparePage", story.page(PageName.PREPARE)).open)
    roll = cast("RollCallPage", story.page(PageName.ROLL_CALL))
    hands.touch(program.window.header.screen_full)
    story.tail("0000")
    hands.touch(program.guard.single.in_strip)
    until(lambda: not program.audience.isVisible())
    hands.touch(roll.main)
    story.plays()
    until(lambda: story.shows == "play" and program.audience.isFullScreen())
    place = program.audience.geometry()
    story.seen["full"] = [place.x(), place.y(), place.width(), place.height()]
    picture = program.audience.stage.video.held
    assert picture is not None
    hands.touch(picture)
    hands.touch(story.key(BarAct.MAIN))
    until(lambda: not program.playback.state.playing)
    hands.touch(story.key(BarAct.MAIN))
    story.plays()
    hands.touch(story.key(BarAct.LATE))
    until(program.audience.stage.drawer.isVisible)
    story.tail("0007")
    hands.touch(program.audience.stage.drawer.close_key)
    until(lambda: not program.audience.stage.drawer.isVisible())
    hands.touch(picture)
    hands.touch(story.key(BarAct.END))
    hands.touch(story.key(BarAct.YES))
    until(lambda: story.shows == "questions")
    hands.touch(program.audience.stage.painted)
    hands.touch(story.key(BarAct.FINISH))
    _close(story)


def by_mouse(story: Story) -> None:
    """Two screens: faces in the roll-call, the film on the projector, the end."""
    hands, program = story.hands, story.program
    hands.touch(cast("TodayPage", story.page(PageName.TODAY)).begin)
    hands.touch(cast("PreparePage", story.page(PageName.PREPARE)).open)
    roll = cast("RollCallPage", story.page(PageName.ROLL_CALL))
    for number, tile in enumerate(roll.grid.tiles()[:2], start=1):
        hands.touch(tile)
        until(partial(_are_here, story, number), tile.shown.name)
    place = program.audience.geometry()
    story.seen["room"] = [place.x(), place.y(), place.width(), place.height()]
    hands.touch(roll.main)
    story.plays()
    play = cast("PlayPage", story.page(PageName.PLAY))
    hands.touch(play.transport.main)
    until(lambda: not program.playback.state.playing)
    hands.touch(play.transport.main)
    story.plays()
    hands.touch(play.end)
    hands.touch(play.question.yes)
    discuss = cast("DiscussPage", story.page(PageName.DISCUSS))
    until(lambda: story.shows == "questions")
    hands.touch(discuss.finish)
    _close(story)


def by_keys(story: Story) -> None:
    """One screen: function keys and letters, no pointer."""
    hands, program = story.hands, story.program
    story.page(PageName.TODAY)
    hands.press("F5")
    story.page(PageName.PREPARE)
    hands.press("F5")
    story.page(PageName.ROLL_CALL)
    for letter in "wfs":
        hands.press(letter)
    hands.press("Return")
    until(lambda: story.arrived() == 1, "nobody was signed in")
    hands.press("F5")
    story.plays()
    until(lambda: story.shows == "play" and program.audience.isActiveWindow())
    hands.press(" ")
    until(lambda: not program.playback.state.playing)
    hands.press(" ")
    story.plays()
    hands.press("F2")
    until(program.audience.stage.drawer.isVisible)
    hands.press("F2")
    until(lambda: not program.audience.stage.drawer.isVisible())
    hands.press("Escape")
    until(lambda: not program.audience.isVisible() and program.window.isActiveWindow())
    play = cast("PlayPage", story.page(PageName.PLAY))
    _tab_to(story, play.end)
    _tab_to(story, play.question.yes)
    story.page(PageName.DISCUSS)
    hands.press("F5")
    close = cast("ClosePage", story.page(PageName.CLOSE))
    _tab_to(story, close.plain)
    until(lambda: story.step() is Step.CLOSED or close.question.end.isVisible())
    if story.step() is not Step.CLOSED:
        _tab_to(story, close.question.end)
    until(lambda: story.step() is Step.CLOSED)


def _are_here(story: Story, many: int) -> bool:
    return story.arrived() == many


STORIES = {"touch": by_touch, "mouse": by_mouse, "keys": by_keys}
SCREENS = {"touch": 1, "mouse": 2, "keys": 1}


def _close(story: Story) -> None:
    close = cast("ClosePage", story.page(PageName.CLOSE))
    story.hands.touch(close.plain)
    until(lambda: story.step() is Step.CLOSED or close.question.end.isVisible())
    if story.step() is not Step.CLOSED:
        story.hands.touch(close.question.end)  # so few came that it is asked
    until(lambda: story.step() is Step.CLOSED, "the session is not closed")


def _tab_to(story: Story, button: QWidget) -> None:
    until(button.isVisible)
    for _ in range(80):
        if QApplication.focusWidget() is button:
            story.hands.press("Return")
            return
        story.hands.press("Tab")
    raise TimeoutError(f"Tab never came to {button.accessibleName()}")


def tell(kind: str, folder: Path, server: XServer) -> Seen:
    """One whole story."""
    film = make_film(folder / "课.mp4", Film(at_ms=tuple(range(0, FILM_MS, 500)), last_ms=500))
    with station_at(folder / "home", clock=SetClock(wall_ms=wall_ms())) as opened:
        add_course(opened, course_of(film, duration_ms=FILM_MS, title="柑橘冬季修剪"), film)
    app = QApplication([])
    speak("zh")
    choices = Preferences(size=InterfaceSize.LARGE.value)
    program = Application(
        app, folder / "home", choices, QtScreens(app), windowed=False, audio=False
    )
    with Hands(server.display) as hands:
        program.start()
        until(lambda: program.is_ready and program.room.view is None and program.room.courses)
        until(lambda: program.window.has_all_pages and QApplication.activeWindow() is not None)
        story = Story(program, hands)
        STORIES[kind](story)
        view = program.room.view
        assert view is not None
        story.seen |= {
            "scenes": story.scenes,
            "came": sorted(one.name for one in view.cards if one.status == "present"),
            "arrived": view.turnout.in_room,
            "played": len(view.plays),
            "touches": hands.touches,
            "strokes": hands.strokes,
        }
        program.leave()
        program.release()
    return story.seen


def main() -> None:
    """Command line."""
    kind, folder = sys.argv[1], Path(sys.argv[2])
    with XServer() as server:
        server.plug("laptop", 0, 0, 1366, 768)
        if SCREENS[kind] == 2:
            server.plug("beamer", 1366, 0, 1024, 768)
        os.environ["DISPLAY"], os.environ["QT_QPA_PLATFORM"] = server.display, "xcb"
        print(json.dumps(tell(kind, folder, server), ensure_ascii=False), flush=True)
    os._exit(0)  # what Qt's own end would do has no more to say


if __name__ == "__main__":
    main()
