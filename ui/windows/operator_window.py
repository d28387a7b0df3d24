"""The operator's window: rail, header, step bar, the page in front, one sentence at the foot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import shiboken6
from PySide6.QtCore import QPoint, QRect, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from app.areas.sessions.session import Step
from app.domain.ids import CourseId
from app.usecases.views import SyncView
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.registry import Pages, reader_of
from ui.parts.layout import column, row
from ui.parts.session_frame import SessionFrame
from ui.playback.state import PlaybackState
from ui.state.current_session import StatusLine
from ui.state.page_names import STEPS, PageName, place_of
from ui.state.refresh import Subscriber, Topic
from ui.state.restart import Restart
from ui.theme import look
from ui.widgets.empty_note import EmptyNote
from ui.widgets.notice_banner import NoticeBanner
from ui.widgets.reading_order import read_in_order
from ui.windows.extend_sheet import ExtendSheet
from ui.windows.header import WindowHeader
from ui.windows.help_sheet import HelpSheet, print_help
from ui.windows.quit import QuitQuestion
from ui.windows.sidebar import Sidebar
from ui.windows.status_bar import StatusBar
from ui.windows.together import Together

if TYPE_CHECKING:
    from ui.pages.roll_call.drawer import LateDrawer

LINE_MS = 8_000
"""So long a sentence stands at the foot: then it is of the past."""
BUILD_PAUSE_MS = 60
"""Between two pages built ahead, so that keys and pictures always come first."""


class OperatorWindow(QMainWindow):
    """Shown at once with "opening…"; ``build`` brings the pages when the record is open."""

    left = Signal()
    """The window is being closed for good."""
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(say("op.program"))
        self.setMinimumSize(960, 600)
        self.place = PageName.TODAY
        self.pages: Pages
        self._context: PageContext | None = None
        self._readers: list[Subscriber] = []
        self._unfinished: dict[PageName, object] = {}
        """What was typed on pages that have to be made anew."""
        self._line = StatusLine()
        self._line_step: Step | None = None
        self._line_ends = QTimer(self, singleShot=True, interval=LINE_MS)
        self._line_ends.timeout.connect(lambda: self.show_line(StatusLine()))
        self._idle = ""
        self._banner_key = ""
        self._sync: SyncView | None = None
        self._leaving = False
        self._builder = QTimer(self, interval=BUILD_PAUSE_MS)
        self._builder.timeout.connect(self._build_one_more)
        self.show_waiting(say("op.opening"))

    def show_waiting(self, sentence: str) -> None:
        """Nothing but one sentence: before the record is open, or when it can't be."""
        self.setCentralWidget(EmptyNote(sentence, icon="book"))

    def build(self, context: PageContext) -> None:
        """Make the page in front anew: at the start, and when language or size change.

        Other pages are built when they are first wanted, or by ``build_the_rest``.
        """
        self.build_frame(context)
        self.come_back()

    def build_frame(self, context: PageContext) -> None:
        """Everything but the page, which ``come_back`` brings."""
        self.let_go()
        self._context = context
        self._build_parts()
        self.frame = SessionFrame(context.audience.make_mirror)
        self._stack = self.frame.stack
        self.pages = Pages(context, self._on_page_built)
        self._together = Together(context, self.frame, self.pages)
        self._together.chosen.connect(self.go)
        self.steps = self._together.steps
        own = context.session.refresh.register(
            frozenset({Topic.SESSION, Topic.SCREENS}), self._show_frame
        )
        self._readers.append(own)
        self._lay_out()
        context.session.refresh.show(own, visible=True)
        self.show_line(self._line)
        self.show_idle(self._idle)
        self.show_banner(self._banner_key)

    def build_the_rest(self) -> None:
        """Build the other pages, one at a time, when nothing else is to be done; not beside a film."""
        self._builder.start()

    def shed_page(self) -> bool:
        """Let go one page that nobody sees, to be built anew when it is wanted; False: none is left."""
        self._builder.stop()
        if self._context is None:
            return False
        for place, page in self.pages.standing():
            if page is not self._stack.currentWidget() and not self._together.keeps(place):
                self._forget(
                    reader_of(page), *([self.drawer.reader] if place is PageName.PLAY else [])
                )
                self._put_by(place, page)
                del self.pages[place]
                shiboken6.delete(page)
                return True
        return False

    def let_go(self) -> None:
        """Let the frame and its pages go, at once: what stands is restyled at great cost."""
        if self._context is not None:
            self._together.part()
            for place, page in self.pages.standing():
                self._put_by(place, page)
        self._forget(*self._readers)
        self._context = None
        if self.centralWidget() is not None:
            shiboken6.delete(self.takeCentralWidget())

    def _put_by(self, place: PageName, page: QWidget) -> None:
        unfinished = getattr(page, "unfinished", None)
        if callable(unfinished):
            self._unfinished[place] = unfinished()

    def _forget(self, *readers: Subscriber) -> None:
        if self._context is None:
            return
        for reader in readers:
            self._context.session.refresh.readers.remove(reader)
            self._readers.remove(reader)

    @property
    def has_all_pages(self) -> bool:
        """Whether no page is left to be built."""
        return len(self.pages.standing()) == len(self.pages)

    # --- what is in front ---------------------------------------------------------------

    def go(self, place: str) -> None:
        """Bring a page to the front; it reads anew if it is stale."""
        context = self._context
        if context is None:
            return
        target = PageName(place)
        if target in STEPS and context.session.view is None and target is not PageName.PLAY:
            target = PageName.TODAY
        self.place = target
        page = self.pages[target]
        self._together.arrange(target)
        self._stack.setCurrentWidget(page)
        page.setFocus()
        opened = getattr(page, "opened", None)
        if callable(opened):
            opened()
        self.rail.show_place(target)
        self.foot.show_place(target)
        self._show_frame()

    def come_back(self) -> None:
        """The operator is back: the page that was in front is again."""
        self.go(self.place)

    def open_course(self, course: CourseId) -> None:
        """Play a course of the session on the play page."""
        self.pages.play().presenter.choose(course)

    @property
    def drawer(self) -> LateDrawer:
        """The late drawer of the play page."""
        return self.pages.drawer()

    def act(self, act: Shortcut) -> bool:
        """A key: the page first, then the window."""
        context = self._context
        if context is None:
            return False
        veil = next(
            (one for one in (self.quit_question, self.extend_sheet) if one.isVisible()), None
        )
        if veil is not None:
            veil.setVisible(act is not Shortcut.ESCAPE)
            return act is not Shortcut.PRESS
        if self.help_sheet.isVisible() and act in (Shortcut.ESCAPE, Shortcut.HELP):
            self.help_sheet.hide()
            return True
        if act is Shortcut.HELP:
            self.help_sheet.show_page(self.place)
            return True
        if act is Shortcut.SECOND_SCREEN:
            context.app.toggle_screen()
            return True
        taken = getattr(self.pages[self.place], "act", None)
        if self._together.act(act) or (callable(taken) and taken(act)):
            return True
        if act is Shortcut.UNDO_MARK and context.session.is_running():
            context.session.undo()
            return True
        if act is Shortcut.SEARCH and context.session.is_running():
            self.go(PageName.ROLL_CALL)
            return True
        return False

    def show_line(self, line: StatusLine) -> None:
        """The sentence at the foot, until it is of the past."""
        self._line = line
        if self._context is not None:
            self._line_step = self._context.session.step()
            self.foot.show_line(line)
        if line.text and not line.stays:
            self._line_ends.start()
        else:
            self._line_ends.stop()

    def show_idle(self, text: str) -> None:
        """What the foot says while it has nothing to say; empty: that all is kept."""
        self._idle = text
        if self._context is not None:
            self.foot.show_idle(text)

    def show_banner(self, key: str) -> None:
        """A catalogue key on tape under the header; empty takes it away."""
        self._banner_key = key
        if self._context is not None:
            self.banner.show_notice(say(key) if key else "", icon="screens")

    def put_extend_sheet_away(self) -> None:
        """The room has a screen: nothing has to be pressed any more."""
        if self._context is not None:
            self.extend_sheet.hide()

    def show_sync(self, sync: SyncView) -> None:
        """Where the record stands, in one of the states."""
        self._sync = sync
        if self._context is not None:
            self.header.show_sync(sync)

    def on_playback(self, state: PlaybackState) -> None:
        """The playback has changed."""
        if self._context is None:
            return
        if self.place is PageName.PLAY and self.pages.has(PageName.PLAY):
            self.pages.play().presenter.on_playback(state)
        elif self.place is PageName.DISCUSS and self.pages.has(PageName.DISCUSS):
            self.pages.discuss().show_black(state.black)
        self._together.show_steps()

    # --- leaving ---------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask only while a session runs."""
        lock = self._context.lock if self._context else None
        if not self._leaving and lock is not None and not lock.may_close():
            event.ignore()
            return
        room = self._context.session if self._context else None
        if room is not None and room.view is not None and room.is_running() and not self._leaving:
            event.ignore()
            self.quit_question.ask(room.view.session.title)
            return
        self._leaving = True
        event.accept()
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is written grows with the window, and the session comes together on one page."""
        super().resizeEvent(event)
        if self._context is not None:
            self._together.arrange(self.place)
        self.resized.emit()

    def stop_asking(self) -> None:
        """The program is leaving: closing asks nothing any more."""
        self._leaving = True

    def leave_quietly(self) -> None:
        """Close without asking."""
        self.stop_asking()
        self.close()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks in reading order, whatever was made while the page was shown."""
        read_in_order(self)
        return super().focusNextPrevChild(forward)

    # --- inside -------------------------------------------------------------------------------

    def _build_parts(self) -> None:
        self.rail = Sidebar()
        self.rail.chosen.connect(self._on_rail_chosen)
        self.rail.size_wanted.connect(self._on_size_wanted)
        self.rail.help_wanted.connect(self._on_help_wanted)
        self.banner = NoticeBanner()

    def _lay_out(self) -> None:
        context = self._context
        if context is None:
            return
        clock = context.session.station.tools.clock
        self.header = WindowHeader(context.app, self.go, lambda: clock.now().wall_ms)
        self.foot = StatusBar(say("practice.line" if context.app.practises() else "op.line.none"))
        if self._sync is not None:
            self.header.show_sync(self._sync)
        side = column(self.header, self.banner, self.steps, self.frame, self.foot, gap=8)
        side.setStretch(3, 1)
        body = row(self.rail, side, gap=14)
        body.setStretch(1, 1)
        pad = look.scaled(12)
        body.setContentsMargins(pad, pad, look.scaled(16), look.scaled(6))
        central = QWidget()
        central.setProperty("role", "page")
        central.setLayout(body)
        self.setCentralWidget(central)
        self.quit_question = QuitQuestion(central)
        self.quit_question.leave.connect(self._on_leave_confirmed)
        self.help_sheet = HelpSheet(central, lambda place: print_help(self, context.session, place))
        self.help_sheet.practise.setVisible(not context.app.practises())
        self.help_sheet.practise.clicked.connect(lambda: context.app.begin_anew(Restart.PRACTICE))
        self.extend_sheet = ExtendSheet(central)

    def _on_help_wanted(self) -> None:
        self.help_sheet.show_page(self.place)

    def _show_frame(self) -> None:
        context = self._context
        if context is None:
            return
        if self._line.text and context.session.step() is not self._line_step:
            self.show_line(StatusLine())
        self.header.show_site(context.session.site_name)
        self.header.show_screen(
            context.audience.screen,
            lost=bool(self._banner_key),
            in_session=context.session.view is not None,
        )
        self._together.arrange(self.place)

    def _on_page_built(self, place: PageName, page: QWidget) -> None:
        self._stack.addWidget(page)
        self._readers.append(reader_of(page))
        if place is PageName.PLAY:
            self._readers.append(self.drawer.reader)
        elif place is PageName.ROLL_CALL:
            self.pages.roll_call().left_people.connect(lambda: self.pages[self.place].setFocus())
        if place in self._unfinished:
            cast("Any", page).go_on(self._unfinished.pop(place))

    def _build_one_more(self) -> None:
        if self._context is not None and self._context.playback.state.playing:
            return
        if self._leaving or not self.pages.build_next():
            self._builder.stop()

    def _on_rail_chosen(self, place: str) -> None:
        context = self._context
        target = PageName(place)
        if target is PageName.TODAY and context is not None and context.session.is_running():
            step_page = place_of(context.session.step())
            target = step_page if self.place not in STEPS else PageName.TODAY
        self.go(target)

    def name_place(self) -> QRect:
        """Where the site's name stands at its head, left of all that can be touched."""
        place = self.header.name_place()
        return place.translated(self.header.mapTo(self, QPoint(0, 0)))

    def _on_size_wanted(self) -> None:
        if self._context is not None:
            owner = self._context.preferences
            owner.choose(replace(owner.read(), size=look.following_size().value))

    def _on_leave_confirmed(self) -> None:
        self.leave_quietly()
