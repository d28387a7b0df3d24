"""The discussion page: questions and picture on the left, time and notes on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QStackedWidget, QWidget

from app.domain import bounds
from app.words import say
from ui.handouts.panel import HandoutPanel
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.discuss.presenter import QUESTIONS, DiscussPresenter
from ui.pages.discuss.state import DiscussState
from ui.parts.activities.presenter import button_words, is_main, said_of
from ui.parts.activities.sheet import ActivitiesSheet
from ui.parts.forms.bounded import BoundedText
from ui.parts.forms.fields import field
from ui.parts.layout import PageView, ScrollColumn, column, row, tight, words
from ui.parts.mirror_box import MirrorBox
from ui.parts.session_frame import Foot, SessionFrame
from ui.state.formatting import running_time
from ui.theme import look
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, Well, label

TALL, LOW, ROOMY = 560, 480, 620
"""Page heights (design px): from the first on the picture has a row of its own; below the second
there is none beside a handout; from the third on there is room for what is rarely said, too."""


class DiscussPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._playback, handouts = context.playback, context.handouts
        self.handouts = (
            None if handouts is None else HandoutPanel(handouts, context.preferences, low=True)
        )
        self._notes_shown: tuple[str, ...] = ()
        self._frame: SessionFrame | None = None
        self.time = label("0:00", "digits")
        self.kept = ScrollColumn()
        self.kept.setMinimumHeight(1)
        self._body = body = row(
            self._build_questions(context.audience.make_mirror()), self._build_notes(), gap=16
        )
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        self.rows.addLayout(body, 1)
        self._room = context.session
        self.doings = ActivitiesSheet(self, context.session)
        self.presenter = DiscussPresenter(
            context.session, self.render_state, context.audience, context.app.mono_ms
        )
        self.reader = self.presenter.reader
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self.presenter.tick)
        self._clock.start()
        self._connect()

    def act(self, act: Shortcut) -> bool:
        """F5 goes on to the review; a handout that is open has the page keys; B is black."""
        if self.doings.takes(act):
            return True
        if self.handouts is not None and self.handouts.act(act):
            return True
        if act is Shortcut.BLACK:
            self._playback.toggle_black()
            return True
        if act is Shortcut.ESCAPE and self._playback.state.black:
            self._playback.uncover()
            return True
        if act is not Shortcut.MAIN:
            return False
        self._on_finished()
        return True

    def unfinished(self) -> str:
        """The note that is not kept yet, for the page that is made anew in another look."""
        return self.note.toPlainText()

    def go_on(self, note: str) -> None:
        """Take up what another page left."""
        self.note.setPlainText(note)

    def spread(self, frame: SessionFrame | None) -> None:
        """Lend the frame what leads on; the picture is the frame's."""
        if frame is self._frame:
            return
        self._frame = frame
        self._show_handout()
        way = QBoxLayout.Direction
        self.foot.rows.setDirection(way.TopToBottom if frame else way.LeftToRight)
        if frame is None:
            self.foot.stand_in(self._notes.rows)
            self._seen.addWidget(self.black)
            self._place_picture()
        else:
            self.foot.stand_apart(frame)
            self._head.addWidget(self.black, 1)
        self._body.setStretch(0, 1 if frame is None else 5)
        self._body.setStretch(1, 1 if frame is None else 3)
        for part in (self._asked_title, self._time_words):
            part.setVisible(frame is None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the picture where there is room for it, and what is rarely said only there, too."""
        super().resizeEvent(event)
        self._place_picture()
        self._show_handout()
        self._show_doing()

    def show_black(self, black: bool) -> None:
        """Whether the room sees black now."""
        self.black.setChecked(black)

    def render_state(self, state: DiscussState) -> None:
        """Show a state."""
        self.show_black(self._playback.state.black)
        self._show_doing()
        self.time.setText(running_time(state.elapsed_ms))
        for box, question in zip(self.questions, state.questions, strict=False):
            if not box.hasFocus() and box.text() != question:
                box.setText(question)
                box.setCursorPosition(0)
        self.toggle.say(say("op.discuss.hide" if state.on_screen else "op.discuss.show"))
        if state.notes != self._notes_shown:
            self._notes_shown = state.notes
            self.kept.show_parts(tuple(_note(one) for one in reversed(state.notes)))
            self.kept.setMinimumHeight(look.scaled(40) if state.notes else 1)

    def _build_questions(self, mirror: QWidget) -> Card:
        self.toggle = FitButton(say("op.discuss.show"), icon="screen")
        self.questions = [
            field(say("op.discuss.question", number=number + 1)) for number in range(QUESTIONS)
        ]
        for box in self.questions:
            box.setMaxLength(54)
        card = tight(Card())
        self._asked_title = label(say("op.discuss.questions"), "section")
        self._head = row(self._asked_title, self.toggle)
        self._head.setStretch(1, 1)
        card.rows.addLayout(self._head)
        lines = column()
        for number, box in enumerate(self.questions, start=1):
            number_label = label(f"{number}", "section")
            line = row(number_label, box)
            line.setStretch(1, 1)
            lines.addLayout(line)
        asked = QWidget()
        asked.setLayout(lines)
        self.stack = QStackedWidget()
        self.stack.addWidget(asked)
        if self.handouts is not None:
            self.stack.addWidget(self.handouts)
        card.rows.addWidget(self.stack)
        self._asked = card.rows
        self.mirror = MirrorBox(mirror)
        self.black = FitButton(say("op.play.black_key"), icon="black", checkable=True)
        self._seen = row(self.mirror, self.black)
        card.rows.addLayout(self._seen, 1)
        return card

    def _build_notes(self) -> Card:
        self.note = QPlainTextEdit()
        self.note_room = BoundedText(self.note, bounds.DISCUSSION_NOTE)
        self.note.setAccessibleName(say("op.discuss.notes"))
        self.note.setPlaceholderText(say("op.discuss.notes_hint"))
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(look.scaled(64))
        self.keep = FitButton(say("op.discuss.keep"), icon="note")
        self.handout = FitButton(say("handout.open"), icon="book")
        if self.handouts is None:
            self.handout.hide()  # never shown before it has its place: that opens a window
        self.again = FitButton(say("op.discuss.again"), icon="play")
        self.finish = FitButton(say("op.discuss.finish"), icon="check", main=True)
        card = tight(Card())
        self._time_words = label(say("op.discuss.time"), "caption")
        title = label(say("op.discuss.notes"), "section")
        card.rows.addLayout(row(title, None, self._time_words, self.time))
        card.rows.addWidget(self.note, 2)
        card.rows.addWidget(self.note_room.told)
        self.doing = FitButton("", icon="list")
        self.doing.clicked.connect(lambda: self.doings.open())
        card.rows.addLayout(row(self.handout, self.keep))
        card.rows.addWidget(self.doing)
        card.rows.addWidget(self.kept, 1)
        self.foot = Foot(row(self.again, self.finish), self.finish)
        self.foot.rows.setStretch(0, 2)
        self.foot.rows.setStretch(1, 3)
        card.rows.addWidget(self.foot)
        self._notes = card
        return card

    def _connect(self) -> None:
        presenter = self.presenter
        self.toggle.clicked.connect(presenter.toggle_screen)
        if self.handouts is not None:
            self.handout.clicked.connect(self.handouts.choose)
            self.handouts.changed.connect(self._show_handout)
            self._show_handout()
        for box in self.questions:
            box.textEdited.connect(self._on_question_edited)
        self.black.clicked.connect(self._playback.toggle_black)
        self.keep.clicked.connect(self._on_kept)
        self.again.clicked.connect(presenter.play_again)
        self.finish.clicked.connect(self._on_finished)

    def _show_handout(self) -> None:
        wants = self.handouts is not None and self.handouts.is_wanted
        self.stack.setCurrentIndex(1 if wants else 0)
        choosing = self.handouts is not None and self.handouts.is_choosing
        # On a low page the handout alone shows what the room sees.
        paged = wants and self.height() < look.scaled(LOW)
        self.mirror.setVisible(self._frame is None and not (choosing or paged))
        self._asked.setStretchFactor(self.stack, int(paged))
        self._notes.setVisible(self._frame is None or not choosing)

    def _place_picture(self) -> None:
        """In a large window it has the whole width."""
        below = look.is_wide() and self.height() >= look.scaled(TALL)
        way = QBoxLayout.Direction
        self._seen.setDirection(way.TopToBottom if below else way.LeftToRight)
        self._seen.setStretch(0, 5)
        self._seen.setStretch(1, 0 if below else 3)

    def _show_doing(self) -> None:
        view = self._room.view
        tall = self._frame is not None or self.height() >= look.scaled(ROOMY)
        self.doing.setVisible(
            view is not None and (is_main(view.session) or (tall and bool(said_of(view.session))))
        )
        if view is not None:
            self.doing.say(button_words(view.session))
        if self.doings.isVisible():
            self.doings.render_view()

    def _on_question_edited(self, _text: str) -> None:
        self.presenter.ask(tuple(box.text() for box in self.questions))

    def _on_kept(self) -> None:
        text = self.note.toPlainText()
        self.presenter.keep_note(text, lambda: self._clear(text))

    def _on_finished(self) -> None:
        text = self.note.toPlainText()
        self.presenter.finish(text, lambda: self._clear(text))

    def _clear(self, kept: str) -> None:
        """Only what was kept goes; what could not be stays, and what was written since."""
        now = self.note.toPlainText()
        if now.startswith(kept):
            self.note.setPlainText(now[len(kept) :].lstrip())


def _note(text: str) -> QWidget:
    well = Well()
    shown = words(text, "body")
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    well.rows.addWidget(shown)
    holder = QWidget()
    holder.setLayout(column(well))
    return holder
