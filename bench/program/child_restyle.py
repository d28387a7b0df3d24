"""Size, theme and language changed while a course plays on a second screen.

``python -m bench.program.child_restyle HOME``: for each change it tells how long the visible page
took, the longest time the screen's thread stood still in the second and a half after it, and
how much of that it computed itself, which is not the machine's other work.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bench.program.lanes import Steps
from bench.program.rehearsal import Rehearsal
from bench.program.ticks import Finder, Ticks
from ui.input.shortcuts import Shortcut
from ui.state.page_names import PageName
from ui.state.preferences import Preferences

PLAIN = Preferences(size="standard", theme="light", language="zh")
CHANGES = {
    "size": (replace(PLAIN, size="large"), PLAIN),
    "theme": (replace(PLAIN, theme="dark"), PLAIN),
    "language": (replace(PLAIN, language="en"), PLAIN),
}
PLACES = (PageName.PLAY, PageName.SETTINGS, PageName.ROLL_CALL)
QUIET_S = 1.5


class Restyled(Rehearsal):
    """Each change there and back, on three pages."""

    def __init__(self, home: Path, find_ms: float | None) -> None:
        super().__init__(home)
        self._ticks = Ticks(self.program)
        self._find_ms = find_ms

    def whole_session(self) -> Steps:
        """See the class."""
        program, window = self.program, self.program.window
        yield from self.begun()
        window.act(Shortcut.MAIN)
        yield lambda: program.playback.state.playing
        window.pages.play().late.click()
        yield lambda: window.has_all_pages
        yield 3.0
        self._ticks.begin()
        yield 2.0
        self.told["plain_ms"] = max(self._ticks.end())
        finder = None if self._find_ms is None else Finder(self._ticks, self._find_ms)
        for name, there_and_back in CHANGES.items():
            visible: list[float] = []
            still: list[float] = []
            own: list[float] = []
            for place in PLACES:
                window.go(place)
                yield QUIET_S
                for wanted in there_and_back:
                    self._ticks.begin()
                    before, began = window.pages[place], time.perf_counter()
                    program.preferences.choose(wanted)
                    yield partial(self._is_new, place, before)
                    yield 0.0
                    visible.append((time.perf_counter() - began) * 1e3)
                    yield QUIET_S
                    still.append(max(self._ticks.end()))
                    own.append(max(self._ticks.own_ms))
            self.told[name] = {"visible_ms": visible, "still_ms": still, "own_ms": own}
        if finder is not None:
            finder.close()
            self.told["found"] = finder.found.most_common(40)
        self.told["pictures"] = program.cinema.pictures
        program.playback.stop()

    def _is_new(self, place: PageName, before: QWidget) -> bool:
        pages = self.program.window.pages
        return pages.has(place) and pages[place] is not before and pages[place].isVisible()


if __name__ == "__main__":
    wanted = sys.argv[sys.argv.index("--find") + 1] if "--find" in sys.argv else None
    sys.exit(Restyled(Path(sys.argv[1]), None if wanted is None else float(wanted)).run())
