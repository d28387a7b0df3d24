"""Where the session stands, in sight: the step bar, or in a wide window all of it on one page.

The window says which page is in front and how wide it is. While a session signs in, plays or
discusses, a wide window has its people at the left and the line of tonight at the right of
whatever step is in front; the pages lend those parts (``SessionPage.spread``).
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.areas.sessions.session import Step
from app.domain.ids import CourseId
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.registry import TOGETHER, Pages, SessionPage, reader_of
from ui.parts.session_frame import SessionFrame, has_room
from ui.state.page_names import STEPS, PageName, place_of
from ui.theme import look
from ui.widgets.step_bar import StepBar
from ui.windows.steps import OF, step_marks, tonight_marks

STEP_HEIGHT, LINE_HEIGHT, DENSE_HEIGHT = 64, 72, 60


class Together(QObject):
    """``chosen`` is a step that was touched; a course of it is played if its page was in front."""

    chosen = Signal(str)

    def __init__(self, context: PageContext, frame: SessionFrame, pages: Pages) -> None:
        super().__init__(frame)
        self._context, self._frame, self._pages = context, frame, pages
        self._place = PageName.TODAY
        self.steps = StepBar()
        self.steps.chosen.connect(self.chosen)
        frame.line.chosen.connect(self._on_line_chosen)

    def arrange(self, place: PageName) -> None:
        """This page is in front: bring parts together where there is room, or give them back."""
        self._place, frame = place, self._frame
        wide = place in TOGETHER and self._context.session.is_running() and has_room(frame.window())
        if wide:
            self._pages.roll_call()
        if wide != frame.is_spread and place is PageName.PLAY:
            self._carry_search(wide=wide)
        focus = QApplication.focusWidget()
        for page in self._pages.together() if wide or frame.is_spread else ():
            page.spread(frame if wide else None)
        frame.spread(on=wide)
        if wide:
            frame.show_foot(cast("SessionPage", self._pages[place]).foot)
        if focus is not None and not focus.hasFocus() and focus.isVisibleTo(frame):
            focus.setFocus()
        self._show_readers()
        self.steps.setVisible(self._has_steps() and not wide)
        self.show_steps()

    def part(self) -> None:
        """Give every page its parts back, before the frame is let go."""
        for page in self._pages.together():
            page.spread(None)

    def keeps(self, place: PageName) -> bool:
        """Whether parts of this page may be in sight, though another is in front."""
        return self._frame.is_spread and place in TOGETHER

    def act(self, act: Shortcut) -> bool:
        """A key that is for the people beside the page in front."""
        beside = self._frame.is_spread and self._place is not PageName.ROLL_CALL
        return beside and self._pages.roll_call().act_beside(act)

    def show_steps(self) -> None:
        """Show where the session stands."""
        room, playing = self._context.session, self._context.playback.state
        if room.view is None or not self._has_steps():
            return
        note = ""
        if playing.is_on:
            note = say("op.play.playing" if playing.playing else "op.play.paused")
        front = self._place if self._place in STEPS else place_of(room.view.session.step)
        bar, height, marks = self.steps, STEP_HEIGHT, step_marks(room.view, front, note)
        if self._frame.is_spread:
            on = playing.course.id if playing.is_on and playing.course else None
            marks = tonight_marks(room, marks, on)
            bar, height = self._frame.line, DENSE_HEIGHT if self._frame.is_dense else LINE_HEIGHT
        if marks != bar.marks:
            bar.show_steps(marks)
        for part in bar.parts:
            part.setFixedHeight(look.scaled(height))

    def _has_steps(self) -> bool:
        """Whether the page in front belongs to the session in hand; a trial after it does not."""
        room = self._context.session
        if room.view is None:
            return False
        over = room.step() in (Step.CLOSED, Step.NOT_HELD)
        return room.is_running() or (
            self._place in STEPS and not (over and self._place is PageName.PLAY)
        )

    def _carry_search(self, *, wide: bool) -> None:
        """Whoever was just looked for beside a film is looked for where the people stand now."""
        play, people = self._pages.play(), self._pages.roll_call()
        drawer, presenter = play.drawer, play.presenter
        if wide and presenter.state.drawer:
            people.search.setText(drawer.search.text())
            presenter.toggle_drawer()
            people.search.setFocus()
        elif not wide and people.search.text():
            presenter.toggle_drawer()
            drawer.search.setText(people.search.text())
            people.search.clear()

    def _show_readers(self) -> None:
        """Who is seen reads at once: the page in front, and the people beside it."""
        refresh, spread = self._context.session.refresh, self._frame.is_spread
        for place, page in self._pages.standing():
            beside = spread and place is PageName.ROLL_CALL
            refresh.show(reader_of(page), visible=place is self._place or beside)
        if self._pages.has(PageName.PLAY):
            drawer = self._place is PageName.PLAY and not spread
            refresh.show(self._pages.drawer().reader, visible=drawer)

    def _on_line_chosen(self, key: str) -> None:
        place, _, course = key.partition(OF)
        was = self._place
        self.chosen.emit(place)
        if course and was is PageName.PLAY:
            self._pages.play().presenter.choose(CourseId(course))
