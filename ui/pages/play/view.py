"""The playing page: transport and picture; courses, late-comers and the way on at the side."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.words import say
from ui.handouts.panel import HandoutPanel
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.play.presenter import PlayPresenter
from ui.pages.play.said import asked_now, end_word, main_word
from ui.pages.play.state import PlayState, QueueLine
from ui.pages.play.transport import Transport
from ui.pages.roll_call.drawer import LateDrawer
from ui.parts.forms.confirm import ConfirmQuestion
from ui.parts.layout import PageView, ScrollColumn, column, row, tight
from ui.parts.lists.course_row import CourseRow, CourseShown, shown_of
from ui.parts.mirror_box import MirrorBox
from ui.parts.session_frame import Foot, SessionFrame
from ui.theme import look
from ui.theme.tokens import InterfaceSize
from ui.widgets.fit.button import FitButton
from ui.widgets.notice_banner import NoticeBanner
from ui.widgets.panel import Card, label

TALL = 620
"""From this page height (design px) on, the picture stands above the transport."""


class PlayPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        playback, handouts = context.playback, context.handouts
        self._playback, self._preferences = playback, context.preferences
        self._was_open = False
        self._frame: SessionFrame | None = None
        self.transport = Transport()
        self.mirror = MirrorBox(context.audience.make_mirror())
        self.question = ConfirmQuestion()
        self.trouble = NoticeBanner()
        self.queue = ScrollColumn()
        self.drawer = LateDrawer(context.session, self)
        self.handouts = None if handouts is None else HandoutPanel(handouts, context.preferences)
        self.handout = FitButton(say("handout.open"), icon="book")
        self.late = FitButton(say("op.play.late"), icon="people")
        self.end = FitButton(say("op.play.end"), icon="stop")
        self._build()
        self.presenter = PlayPresenter(context.session, playback, self.render_state)
        self.reader = self.presenter.reader
        self._connect()

    def act(self, act: Shortcut) -> bool:
        """Keys of this page; a handout that is open has the page keys."""
        if self.drawer.sheet.takes(act):
            return True
        if self.handouts is not None and self.handouts.act(act):
            return True
        playback, presenter = self._playback, self.presenter
        acts = {
            Shortcut.MAIN: presenter.main,
            Shortcut.BACK_10: lambda: playback.seek_by(-10_000),
            Shortcut.ON_10: lambda: playback.seek_by(10_000),
            Shortcut.BACK_3: lambda: playback.seek_by(-3_000),
            Shortcut.ON_3: lambda: playback.seek_by(3_000),
            Shortcut.BACK_60: lambda: playback.seek_by(-60_000),
            Shortcut.ON_60: lambda: playback.seek_by(60_000),
            Shortcut.LOUDER: lambda: playback.step_volume(+1),
            Shortcut.SOFTER: lambda: playback.step_volume(-1),
            Shortcut.PAGE_ON: lambda: presenter.page_key(+1),
            Shortcut.PAGE_BACK: lambda: presenter.page_key(-1),
            Shortcut.ESCAPE: presenter.escape,
            Shortcut.BLACK: playback.toggle_black,
            Shortcut.FREEZE: playback.toggle_freeze,
            Shortcut.MUTE: playback.toggle_mute,
            Shortcut.SUBTITLES: playback.toggle_subtitles,
            Shortcut.SLOWER: lambda: playback.step_rate(-1),
            Shortcut.FASTER: lambda: playback.step_rate(+1),
            Shortcut.NORMAL_RATE: lambda: playback.step_rate(0),
            Shortcut.UNDO_SEEK: playback.undo_seek,
            Shortcut.DRAWER: presenter.toggle_drawer,
            Shortcut.SEARCH: presenter.toggle_drawer,
        }
        wanted = acts.get(act)
        if wanted is None:
            return False
        wanted()
        return True

    def render_state(self, state: PlayState) -> None:
        """Show a state."""
        playback = state.playback
        self.transport.show_playback(playback, *main_word(state))
        self._show_letters()
        self.trouble.show_notice(playback.trouble)
        self._show_question(state)
        turnout = None if state.is_trial else state.turnout
        self.late.setVisible(turnout is not None)
        if turnout is not None:
            count = say("op.roll.count", arrived=turnout.arrived, expected=turnout.expected)
            self.late.say(f"{say('op.play.late')} · {count}")
        self.end.say(end_word(state))
        self._show_queue(state.queue)
        self.side.setCurrentIndex(1 if state.drawer else 0)
        self.end.setVisible(not state.drawer)
        self.handout.setVisible(self.handouts is not None and not state.drawer)
        if state.drawer and not self._was_open:
            self.drawer.opened()
        elif self._was_open and not state.drawer:
            self.setFocus()
        self._was_open = state.drawer

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the picture where there is room for it."""
        super().resizeEvent(event)
        self._place_mirror()

    def spread(self, frame: SessionFrame | None) -> None:
        """Lend the frame what leads on; the people, the courses and the picture are the frame's."""
        if frame is self._frame:
            return
        self._frame = frame
        if frame is None:
            self.transport.take_main()
            self.foot.stand_in(self._right.rows)
        else:
            self.foot.rows.addWidget(self.transport.main)
            self.foot.stand_apart(frame)
        self.transport.main.show()
        self.transport.title.setVisible(frame is None)  # the line of tonight says it
        self._right.setVisible(frame is None)
        self._place_mirror()

    # --- inside -----------------------------------------------------------------------

    def _place_mirror(self) -> None:
        tall = self.height() >= look.scaled(TALL)
        target = self.high if tall else self.low
        if self.mirror.parentWidget() is not target:
            target_rows = target.layout()
            if target_rows is not None:
                target_rows.addWidget(self.mirror)
        self.high.setVisible(tall and self._frame is None)
        self.low.setVisible(not tall)
        self.queue_title.setVisible(tall)

    def _build(self) -> None:
        self.high, self.low = QWidget(), QWidget()
        for place in (self.high, self.low):
            place.setLayout(column(label(say("op.mirror"), "caption"), gap=4))
        left = tight(Card())
        left.rows.setSpacing(look.scaled(8))
        left.rows.addWidget(self.high, 1)
        left.rows.addWidget(self.trouble)
        self.main_stack = QStackedWidget()
        self.main_stack.addWidget(self.transport)
        self.main_stack.addWidget(self.question)
        if self.handouts is not None:
            self.main_stack.addWidget(self.handouts)
        left.rows.addWidget(self.main_stack)
        listed = QWidget()
        self.queue_title = label(say("op.play.queue"), "section")
        rows = column(self.low, self.queue_title, self.queue)
        rows.setStretch(2, 1)
        listed.setLayout(rows)
        self.side = QStackedWidget()
        self.side.addWidget(listed)
        self.side.addWidget(self.drawer)
        right = tight(Card())
        right.rows.addWidget(self.side, 1)
        right.rows.addWidget(self.late)
        last = row(self.handout, self.end)
        last.setStretch(0, 1)
        last.setStretch(1, 1)
        self.foot = Foot(column(last), self.transport.main)
        right.rows.addWidget(self.foot)
        self._right = right
        self.handout.setVisible(self.handouts is not None)
        body = row(left, right, gap=16)
        body.setStretch(0, 5)
        body.setStretch(1, 3)
        self.rows.addLayout(body, 1)
        self._queue_shown: tuple[CourseShown, ...] = ()

    def _connect(self) -> None:
        playback, presenter, transport = self._playback, self.presenter, self.transport
        transport.main.clicked.connect(presenter.main)
        transport.back.clicked.connect(lambda: playback.seek_by(-10_000))
        transport.on.clicked.connect(lambda: playback.seek_by(10_000))
        transport.undo.clicked.connect(playback.undo_seek)
        transport.freeze.clicked.connect(playback.toggle_freeze)
        transport.black.clicked.connect(playback.toggle_black)
        transport.subtitles.clicked.connect(playback.toggle_subtitles)
        transport.letters.clicked.connect(self._on_letters)
        transport.mute.clicked.connect(playback.toggle_mute)
        transport.slower.clicked.connect(lambda: playback.step_rate(-1))
        transport.faster.clicked.connect(lambda: playback.step_rate(+1))
        transport.softer.clicked.connect(lambda: playback.step_volume(-1))
        transport.louder.clicked.connect(lambda: playback.step_volume(+1))
        transport.slider.sought.connect(
            lambda part: playback.seek(round(part * playback.state.duration_ms))
        )
        self.late.clicked.connect(presenter.toggle_drawer)
        self.end.clicked.connect(presenter.end_playing)
        self.question.yes.clicked.connect(presenter.answer_yes)
        self.question.no.clicked.connect(presenter.answer_no)
        if self.handouts is not None:
            self.handout.clicked.connect(self.handouts.choose)
            self.handouts.changed.connect(lambda: self._show_question(presenter.state))

    def _on_letters(self) -> None:
        now = self._preferences.read()
        sizes = tuple(InterfaceSize)
        at = sizes.index(InterfaceSize(now.subtitle_size)) + 1
        self._preferences.choose(replace(now, subtitle_size=sizes[at % len(sizes)].value))
        self._show_letters()

    def _show_letters(self) -> None:
        size = say(f"room.subtitles.{self._preferences.read().subtitle_size}")
        self.transport.letters.say(say("op.play.letters", size=size))

    def _show_question(self, state: PlayState) -> None:
        asked = asked_now(state)
        self.transport.main.setEnabled(asked is None)
        if asked is None:
            wants = self.handouts is not None and self.handouts.is_wanted
            self.main_stack.setCurrentIndex(2 if wants else 0)
            return
        self.question.ask(asked.words, asked.no, asked.yes)
        self.main_stack.setCurrentIndex(1)

    def _show_queue(self, queue: tuple[QueueLine, ...]) -> None:
        shown = tuple(_shown_of(one) for one in queue)
        if shown == self._queue_shown:
            return
        self._queue_shown = shown
        lines: list[CourseRow] = []
        for line, one in zip(shown, queue, strict=True):
            part = CourseRow(line)
            part.clicked.connect(
                lambda _on=False, course=one.view.course.id: self.presenter.choose(course)
            )
            lines.append(part)
        self.queue.show_parts(tuple(lines))


def _shown_of(line: QueueLine) -> CourseShown:
    badge = ""
    if line.on:
        badge = say("op.course.on")
    elif line.played:
        badge = say("op.course.played")
    return shown_of(line.view, badge=badge, chosen=line.chosen)
