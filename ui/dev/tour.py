"""The tour: walks the main job on a real window by keys and clicks, and leaves pictures of it.

    python -m ui.dev.tour --out tour/

A real centre runs beside it, the video is played by libvlc, the network is cut and comes back,
and at the end the centre's report is held against what was marked here, person by person.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.areas.playback.plays import PlayOutcome
from app.areas.sessions.session import Step
from app.names.readings import search_keys
from app.usecases.views import SyncView
from app.words import speak
from ui.audience.placement import QtScreens
from ui.dev.demo import SamplePlace, demo_folder, sample_place
from ui.pages.close.view import ClosePage
from ui.shell.application import Application
from ui.state.page_names import PageName
from ui.state.preferences import Preferences
from ui.state.screens import ScreenSeen

PACE_MS = 170
"""Between two keys: slower than any scanner, so that it counts as a person typing."""
STEP_LIMIT_S = 60.0

Wait = Callable[[], bool] | int
"""What a step waits for: a condition, or so many milliseconds."""


class TourScreens(QtScreens):
    """This machine's one screen, and a projector that is a plain window beside it."""

    def seen(self) -> tuple[ScreenSeen, ...]:
        """See ``Screens.seen``."""
        return (*super().seen(), ScreenSeen("projector", 1280, 720))

    def show_full(self, window: QWidget, name: str) -> None:
        """See ``Screens.show_full``."""
        if name != "projector":
            super().show_full(window, name)
            return
        window.resize(1280, 720)
        window.show()


@dataclass
class Tour(QObject):
    """One walk: ``steps`` yields what to wait for; a step that never comes ends it with its name."""

    program: Application
    place: SamplePlace
    out: Path
    signed: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    failed: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._count = 0
        self._sync: SyncView | None = None
        self._since = time.monotonic()
        self._steps = self.steps()
        self._wait: Wait = 1
        self._timer = QTimer(self, interval=40)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin; the application runs until the walk is over."""
        self._timer.start()

    def _beat(self) -> None:
        waited_s = time.monotonic() - self._since
        over = self._wait() if callable(self._wait) else waited_s * 1000 >= self._wait
        if not over and waited_s < STEP_LIMIT_S:
            return
        if not over:
            self.failed = (
                f"waited too long after picture {self._count} ({self.program.playback.state})"
            )
        try:
            self._wait = 0 if self.failed else next(self._steps)
            self._since = time.monotonic()
        except StopIteration:
            self._end()
        except Exception as broken:  # noqa: BLE001 - whatever goes wrong ends the walk with its name
            self.failed = f"after picture {self._count}: {broken!r}"
        if self.failed:
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        if self.failed:
            self.picture("stopped-here")
        self.program.leave()

    # --- hands and eyes -------------------------------------------------------------

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """One key to whoever has the keys in the operator's window."""
        self.program.window.activateWindow()
        focused = cast("QWidget | None", self.program.window.focusWidget())
        target = self.program.window if focused is None else focused
        QTest.keyClick(target, key, modifier)

    def click(self, place: PageName, button: str) -> None:
        """Press a page's button."""
        part: QWidget = getattr(self.program.window.pages[place], button)
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)

    def typed(self, text: str) -> Iterator[Wait]:
        """Letters, at a person's pace."""
        for sign in text:
            self.key(Qt.Key(ord(sign.upper())))
            yield PACE_MS

    def picture(self, name: str, window: QWidget | None = None) -> None:
        """What a window shows now, as the next numbered picture."""
        self._count += 1
        shown = window or self.program.window
        shown.grab().save(str(self.out / f"{self._count:02}-{name}.png"))
        print(f"{self._count:02}-{name}", flush=True)

    def at(self, place: PageName) -> Callable[[], bool]:
        """Whether the operator's window shows a page."""
        return lambda: self.program.window.place == place

    def arrived(self) -> int:
        """How many people the record says are in the room."""
        view = self.program.room.view
        return 0 if view is None else view.turnout.in_room

    def reaches(self, people: int) -> Callable[[], bool]:
        """Whether so many are in the room."""
        return lambda: self.arrived() == people

    # --- the main job -----------------------------------------------------------------

    def steps(self) -> Iterator[Wait]:
        """The session, in the order it happens."""
        yield lambda: self.program.is_ready and bool(self.program.room.people)
        yield 1500
        self.picture("today")
        self.picture("room-backdrop", self.program.audience)
        self.key(Qt.Key.Key_F5)
        yield self.at(PageName.PREPARE)
        yield 800
        self.picture("prepare")
        self.key(Qt.Key.Key_F5)
        yield self.at(PageName.ROLL_CALL)
        yield 600
        yield from self._roll_call()
        yield from self._members()
        yield from self._play()
        yield from self._finish()

    def _roll_call(self) -> Iterator[Wait]:
        wanted = self._findable()
        for place, letters in enumerate(wanted):
            yield from self.typed(letters)
            if place == 0:
                self.picture("search-by-letters")
            before = self.arrived()
            self.key(Qt.Key.Key_Return)
            yield self.reaches(before + 1)
            yield 300
        self.picture("roll-call")
        before = self.arrived()
        self.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield lambda: self.arrived() == before - 1
        yield 300
        self.picture("undone-by-name")
        # A scanner types a card number in one burst, wherever the keys go.
        before = self.arrived()
        view = self.program.room.view
        waiting = [] if view is None else [one for one in view.cards if one.status is None]
        card = next(one.card_no for one in waiting if one.card_no and one.left_out is None)
        for sign in card:
            self.key(Qt.Key(ord(sign.upper())))
        self.key(Qt.Key.Key_Return)
        yield lambda: self.arrived() == before + 1
        yield 400
        self.picture("card-read")

    def _findable(self) -> list[str]:
        """Initials of three people whom these letters alone find."""
        view = self.program.room.view
        index = self.program.room.index
        found: list[str] = []
        for card in () if view is None else view.cards:
            initials = search_keys(card.name).split(" ")[0]
            alone = index.search(initials, 3) == (card.id,)
            if card.status is None and card.left_out is None and alone and len(initials) == 3:
                found.append(initials)
        return found[:3]

    def _members(self) -> Iterator[Wait]:
        self.program.room_side.toggle_self_service()
        self.program.audience.show()
        yield 500
        self.picture("member-keypad", self.program.audience)
        view = self.program.room.view
        waiting = [] if view is None else [card for card in view.cards if card.status is None]
        tail = next(card.phone_tail for card in waiting if card.phone_tail)
        member = self.program.member
        for place, digit in enumerate(tail):
            QTest.keyClick(member, Qt.Key(ord(digit)))
            yield PACE_MS * (1 + place % 2)  # a machine's keys come evenly
        yield 600
        self.picture("member-confirm", self.program.audience)
        before = self.arrived()
        QTest.keyClick(member, Qt.Key.Key_Return)
        yield lambda: self.arrived() > before
        yield 300
        self.picture("member-welcome", self.program.audience)
        self.program.room_side.toggle_self_service()
        yield 400
        self.picture("room-sign-in-wall", self.program.audience)

    def _play(self) -> Iterator[Wait]:
        program = self.program
        self.key(Qt.Key.Key_F5)
        yield self.at(PageName.PLAY)
        yield lambda: program.playback.state.playing and program.playback.state.position_ms > 3_000
        self.picture("play")
        self.picture("room-video", program.audience)
        self.key(Qt.Key.Key_B)
        yield 500
        self.picture("room-black", program.audience)
        self.key(Qt.Key.Key_B)
        yield lambda: not program.playback.state.black
        self.key(Qt.Key.Key_Space)
        yield lambda: not program.playback.state.playing
        yield PACE_MS
        self.key(Qt.Key.Key_Space)
        yield lambda: program.playback.state.playing
        course = program.playback.state.course
        self.place.process.stop()
        if course is not None:
            program.playback.seek(course.duration_ms - 7_000)
        yield lambda: program.playback.state.ended
        yield 600
        self.picture("play-ended")
        self.picture("room-after-video", program.audience)

    def _finish(self) -> Iterator[Wait]:
        program = self.program
        self.click(PageName.PLAY, "end")
        yield lambda: program.room.step() is Step.DISCUSS
        yield 500
        self.picture("discuss")
        self.picture("room-questions", program.audience)
        self.key(Qt.Key.Key_F5)
        yield self.at(PageName.CLOSE)
        yield 600
        self.picture("review")
        self.click(PageName.CLOSE, "plain")
        yield 200
        close = cast("ClosePage", program.window.pages[PageName.CLOSE])
        if close.question.isVisible():
            self.picture("really-close")
            QTest.mouseClick(close.question.end, Qt.MouseButton.LeftButton)
        yield lambda: program.room.step() is Step.CLOSED
        yield 800
        self.picture("closed")
        self.picture("room-thanks", program.audience)
        program.window.go(PageName.SENDING)
        yield 500
        self.picture("waiting-without-network")
        self.place.process.start()
        program.beat.now()
        yield lambda: self._all_sent()
        yield 600
        self.picture("all-sent")
        for place in (PageName.COURSES, PageName.RECORDS, PageName.ROSTER, PageName.SETTINGS):
            program.window.go(place)
            yield 500
            self.picture(place.value)
        yield from self._compare()

    def _all_sent(self) -> bool:
        room = self.program.room
        room.ask(room.station.today.sync_view, self._keep_sync)
        view = self._sync
        return view is not None and view.facts > 0 and view.facts == view.confirmed

    def _keep_sync(self, view: SyncView) -> None:
        self._sync = view

    def _compare(self) -> Iterator[Wait]:
        view = self.program.room.view
        report = json.loads(self.place.centre("report", "--json"))
        text = json.dumps(report, ensure_ascii=False)
        if view is None:
            return
        mine = {card.id: card.status.value for card in view.cards if card.status is not None}
        theirs = _statuses_in(report, view.session.id)
        self.said.append(
            f"people with a status: here {len(mine)}, at the centre {len(theirs)}, "
            f"{'equal' if mine == theirs else 'DIFFERENT'}"
        )
        full = [one for one in view.plays if one.outcome is PlayOutcome.FULL]
        self.said.append(f"plays: {len(view.plays)}, of which in full: {len(full)}")
        (self.out / "report.json").write_text(text, encoding="utf-8")
        if mine != theirs:
            self.failed = "the centre's report differs from what was marked"
        yield 1


def _statuses_in(report: object, session: str) -> dict[str, str]:
    """Person → status of one session anywhere inside the centre's report."""
    found: dict[str, str] = {}
    pile = [report]
    while pile:
        part = pile.pop()
        if isinstance(part, dict):
            if part.get("session") == session or part.get("id") == session:
                for one in [*part.get("people", []), *part.get("visitors", [])]:
                    if isinstance(one, dict) and one.get("status"):
                        found[str(one.get("person") or one.get("id"))] = str(one["status"])
            pile.extend(part.values())
        elif isinstance(part, list):
            pile.extend(part)
    return found


def walk(out: Path, language: str) -> Tour:
    """Walk the main job on a fresh station of the sample place; pictures go to ``out``."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    speak(language)
    folder = demo_folder() / "tour"
    shutil.rmtree(folder / "station", ignore_errors=True)
    with sample_place(folder, port=0) as place:
        choices = Preferences(language=language)
        program = Application(app, place.station_home, choices, TourScreens(app), windowed=False)
        tour = Tour(program, place, out)
        program.start()
        tour.start()
        app.exec()
    return tour


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="ui.dev.tour")
    parser.add_argument("--out", type=Path, default=Path("tour"))
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    options = parser.parse_args()
    tour = walk(options.out, options.language)
    lines = [*tour.said, f"pictures: {len(list(options.out.glob('*.png')))}"]
    lines.append(f"FAILED: {tour.failed}" if tour.failed else "the main job was done")
    (options.out / "summary.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 1 if tour.failed else 0


if __name__ == "__main__":
    sys.exit(main())
