"""Choosing one file in place: first sticks, desktop and documents, then what lies there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from app.words import say
from ui.parts.chooser.listing import FilePlace, Listing, list_folder, name_to_show, places
from ui.parts.layout import ScrollColumn, words
from ui.parts.lists.course_row import CourseRow, CourseShown
from ui.state.formatting import moment_in_full, size

T = TypeVar("T")

ICONS = {"stick": "usb", "desktop": "screen", "documents": "note"}


class Lookers(Protocol):
    """Runs a job where nobody waits for it and brings its value back."""

    def __call__(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        """See the class."""


class FileList(ScrollColumn):
    """``chosen(path)`` when a file is touched. ``look`` lists off the GUI thread, which may take
    as long as a slow stick does; ``sticks`` is asked there. Two callbacks of its owner's lanes."""

    chosen = Signal(object)

    def __init__(
        self,
        look: Lookers,
        sticks: Callable[[], tuple[Path, ...]],
        ending: str | tuple[str, ...],
    ) -> None:
        super().__init__()
        self._look, self._sticks, self._ending = look, sticks, ending
        self._asked = 0
        """What was asked before the last question is not shown any more."""

    def begin(self) -> None:
        """Show where there may be files."""
        standard = QStandardPaths.StandardLocation
        desktop, documents = (
            QStandardPaths.writableLocation(one)
            for one in (standard.DesktopLocation, standard.DocumentsLocation)
        )
        sticks = self._sticks
        self._ask(lambda: places(sticks(), desktop, documents), self._show_places)

    def show_folder(self, folder: Path) -> None:
        """Show what lies in a folder."""
        ending = self._ending
        self._ask(lambda: list_folder(folder, ending), partial(self._show_listing, folder))

    # --- inside -----------------------------------------------------------------------

    def _ask(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._asked += 1
        asked = self._asked
        self.show_parts((words(say("choose.looking")),))

        def answered(value: T) -> None:
            if shiboken6.isValid(self) and asked == self._asked:
                done(value)

        self._look(job, answered)

    def _show_places(self, there: tuple[FilePlace, ...]) -> None:
        lines: list[QWidget] = []
        if not any(one.kind == "stick" for one in there):
            lines.append(words(say("choose.no_stick")))
        for one in there:
            named = say(f"choose.{one.kind}", name=name_to_show(one.path.name or str(one.path)))
            lines.append(self._row(named, (), ICONS[one.kind], partial(self.show_folder, one.path)))
        self.show_parts(tuple(lines))

    def _show_listing(self, folder: Path, listing: Listing) -> None:
        lines: list[QWidget] = [
            self._row(say("choose.back"), (name_to_show(folder.name),), "arrow_left", self.begin)
        ]
        if not listing.readable:
            lines.append(words(say("choose.unreadable")))
        elif not listing.files and not listing.folders:
            lines.append(words(say("choose.nothing")))
        for file in listing.files:
            under = (moment_in_full(file.changed_ms), size(file.size_bytes))
            lines.append(self._row(file.name, under, "note", partial(self.chosen.emit, file.path)))
        for one in listing.folders:
            lines.append(self._row(one.name, (), "folder", partial(self.show_folder, one.path)))
        if listing.cut:
            lines.append(words(say("choose.cut")))
        self.show_parts(tuple(lines))

    @staticmethod
    def _row(title: str, under: tuple[str, ...], icon: str, go: Callable[[], object]) -> CourseRow:
        made = CourseRow(CourseShown(title, under, icon=icon))
        made.clicked.connect(lambda _on=False: go())
        return made
