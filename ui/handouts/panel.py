"""The operator's side of handouts: choose one, turn its pages, put it away; one place in a page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.words import say
from ui.handouts.controller import HandoutController, HandoutState
from ui.handouts.page_picture import PagePicture
from ui.handouts.stick_search import PdfFound
from ui.input.shortcuts import Shortcut
from ui.parts.chooser.file_list import FileList
from ui.parts.forms.fields import field
from ui.parts.layout import ScrollColumn, column, row, words
from ui.state.formatting import size
from ui.state.preferences import MOST_SENTENCE, Preferences
from ui.theme import tokens
from ui.widgets.fit.button import FitButton

MESSAGES = ("wait", "quiet", "over")
"""Sentences an operator may show instead, by their keys."""
LONG_NAME = 24
"""A file's name of more signs than this takes three lines in a narrow window."""
LOW_SIGNS = 10
"""So much of a file's name stands where there is little height."""
RESTS_MIN = (5, 10, 15)
"""Breaks, in minutes."""


class SentenceOwner(Protocol):
    """Keeps what the operator wrote."""

    def read(self) -> Preferences:
        """The preferences in force."""

    def choose(self, preferences: Preferences) -> None:
        """Put these in force and save them."""


class HandoutPanel(QStackedWidget):
    """``is_wanted``: it should be in front; ``changed`` when that or what it shows has changed."""

    changed = Signal()

    def __init__(
        self, control: HandoutController, sentences: SentenceOwner, *, low: bool = False
    ) -> None:
        """``low`` where there is little height."""
        super().__init__()
        self._control, self._sentences, self._low = control, sentences, low
        self._choosing = False
        self._build_chooser()
        self._build_pager()
        self._show(control.state)

        def heard(state: HandoutState) -> None:
            if shiboken6.isValid(self):
                self._show(state)
            else:
                control.listeners.remove(heard)

        control.listeners.append(heard)

    @property
    def is_wanted(self) -> bool:
        """Whether a handout is chosen or shown."""
        return self._choosing or self._control.state.is_on

    @property
    def is_choosing(self) -> bool:
        """Whether it asks which one."""
        return self._choosing

    def choose(self) -> None:
        """Ask which one; what is on the sticks is looked for at once."""
        self._choosing = True
        self._look()
        self._show(self._control.state)

    def act(self, act: Shortcut) -> bool:
        """Page keys turn pages while a handout is open or opening, and do nothing else then."""
        if act is Shortcut.ESCAPE and self._choosing:
            self._stop_choosing()
            return True
        state = self._control.state
        if not (state.is_open or state.opening) or act not in (
            Shortcut.PAGE_ON,
            Shortcut.PAGE_BACK,
        ):
            return False
        self._control.turn(+1 if act is Shortcut.PAGE_ON else -1)
        return True

    # --- inside -----------------------------------------------------------------------

    def _build_chooser(self) -> None:
        self.found = ScrollColumn()
        self.browse = FileList(self._control.look, self._control.sticks, ".pdf")
        self.browse.chosen.connect(self._open)
        self.browse.hide()
        self.again = FitButton(say("handout.again"), icon="usb")
        self.folder = FitButton(say("handout.folder"), icon="folder")
        self.cancel = FitButton(say("handout.cancel"))
        chooser = QWidget()
        title = words(say("handout.title"), "body" if self._low else "section")
        rows = column(title, self.found, self.browse, row(self.again, self.folder, self.cancel))
        rows.setStretch(1, 1)
        rows.setStretch(2, 1)
        chooser.setLayout(rows)
        self.addWidget(chooser)
        self.again.clicked.connect(self._look)
        self.folder.clicked.connect(self._browse)
        self.cancel.clicked.connect(self._stop_choosing)

    def _build_pager(self) -> None:
        self.name = words("", "body")
        self.where = words("", "body" if self._low else "section")
        self.where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back = FitButton(say("handout.back"), icon="arrow_left")
        # Where it is low, it stands on a page with a primary action of its own.
        self.on = FitButton(say("handout.on"), icon="arrow_right", main=not self._low)
        self.away = FitButton(say("handout.away"), icon="cross")
        self.zoom = FitButton("", icon="search")
        self.picture = PagePicture()
        turn = row(self.back, self.on)
        turn.setStretch(0, 3 if self._low else 2)
        turn.setStretch(1, 4 if self._low else 5)
        pager = QWidget()
        if self._low:
            beside = row(
                self.picture, column(self.name, self.where, turn, row(self.zoom, self.away))
            )
            beside.setStretch(1, 1)
            pager.setLayout(beside)
        else:
            rows = column(self.name, self.picture, self.where, turn, row(self.zoom, self.away))
            rows.setStretch(1, 1)
            pager.setLayout(rows)
        self.addWidget(pager)
        self.back.clicked.connect(lambda: self._control.turn(-1))
        self.on.clicked.connect(lambda: self._control.turn(+1))
        self.away.clicked.connect(self._control.close)
        self.zoom.clicked.connect(self._control.enlarge)

    def _look(self) -> None:
        self.browse.hide()
        self.found.show()
        self.found.show_parts((words(say("handout.looking"), "body"),))
        self._control.find(self._on_found)

    def _on_found(self, found: tuple[PdfFound, ...]) -> None:
        if not shiboken6.isValid(self):
            return
        lines: list[QWidget] = []
        if not found:
            lines.append(words(say("handout.none"), "body"))
        for one in found:
            part = FitButton(say("handout.line", name=one.name, size=size(one.size_bytes)))
            if len(one.name) > LONG_NAME:
                part.set_height(tokens.CONTROL + 28)
            part.clicked.connect(lambda _on=False, path=one.path: self._open(path))
            lines.append(part)
        lines.append(words(say("room.message.title"), "body"))
        lines.append(self._rests())
        for key in MESSAGES:
            part = FitButton(say(f"room.message.{key}"), icon="tell")
            part.clicked.connect(lambda _on=False, key=key: self._tell(say(f"room.message.{key}")))
            lines.append(part)
        lines.append(words(say("room.message.own"), "body"))
        lines.extend(self._own(place) for place in (0, 1))
        self.found.show_parts(tuple(lines))

    def _rests(self) -> QWidget:
        """Breaks, counted down on the room's screen."""
        parts: list[QWidget] = []
        for minutes in RESTS_MIN:
            part = FitButton(say("room.rest", minutes=minutes), icon="clock")
            part.clicked.connect(lambda _on=False, minutes=minutes: self._rest(minutes))
            parts.append(part)
        holder = QWidget()
        holder.setLayout(column(*parts) if self._low else row(*parts))
        return holder

    def _own(self, place: int) -> QWidget:
        """A sentence to write and to show; it is kept for the next time."""
        written = field(say("room.message.own"), say("room.message.own_hint"))
        written.setMaxLength(MOST_SENTENCE)
        written.setText(self._sentences.read().sentences[place])
        show = FitButton(say("room.message.show"), icon="tell")

        def tell() -> None:
            text = written.text().strip()
            now = self._sentences.read()
            first, second = now.sentences
            kept = (first, text) if place else (text, second)
            self._sentences.choose(replace(now, sentences=kept))
            if text:
                self._tell(text)

        show.clicked.connect(tell)
        written.returnPressed.connect(tell)
        holder = QWidget()
        inner = column(written, show) if self._low else row(written, show)
        inner.setStretch(0, 3)
        inner.setStretch(1, 1)
        holder.setLayout(inner)
        return holder

    def _browse(self) -> None:
        """Not on top of a stick: it is looked for where files usually lie."""
        self.found.hide()
        self.browse.show()
        self.browse.begin()

    def _open(self, path: Path) -> None:
        self._choosing = False
        self._control.open(path)

    def _tell(self, sentence: str) -> None:
        self._choosing = False
        self._control.tell(sentence)

    def _rest(self, minutes: int) -> None:
        self._choosing = False
        self._control.tell(say("room.rest", minutes=minutes), minutes * 60_000)

    def _stop_choosing(self) -> None:
        self._choosing = False
        self._show(self._control.state)

    def _show(self, state: HandoutState) -> None:
        self._choosing = self._choosing and not state.opening and not state.message
        for part in (self.back, self.on, self.zoom, self.picture):
            part.setVisible(not state.message)
        self.zoom.say(say("handout.zoom", times=f"{state.zoom:g}"), icon="search")
        self.picture.show_page(state.picture, state.seen)
        self.setCurrentIndex(0 if self._choosing else 1)
        name = state.message or state.name
        cut = self._low and len(name) > LOW_SIGNS and not state.message
        self.name.setText(f"{name[:LOW_SIGNS]}…" if cut else name)
        self.where.setText(_where(state))
        self.changed.emit()


def _where(state: HandoutState) -> str:
    if state.message:
        return say("room.message.shown")
    if state.opening:
        return say("handout.opening")
    page = say("handout.page_of", page=state.page, pages=state.pages)
    if state.parts < 2:
        return page
    return say("handout.part_of", page=page, part=max(state.part, 0) + 1, parts=state.parts)
