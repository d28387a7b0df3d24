"""Sending: one of five states in words, three truths kept apart, the button, and the stick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog

from app.domain.views import SessionSummary, SyncState, SyncView
from app.usecases.carry import Carry
from app.words import say
from ui.keys import Act
from ui.pages.parts.course_row import CourseRow, CourseShown
from ui.pages.parts.layout import PageView, ScrollColumn, row, tight, words
from ui.pages.parts.sync_words import TONES, last_sent, state_words
from ui.pages.sending.presenter import SendingPresenter
from ui.pages.sending.state import SendingState
from ui.pages.sending.three_steps import ThreeSteps, agreement_words
from ui.room import Room
from ui.says import day_of
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.chip import ChipTone, StatusChip
from ui.widgets.panel import Card, label

_TICK_MS = 1_000


class SendingView(PageView):
    """See the module."""

    def __init__(
        self,
        room: Room,
        sync: Callable[[SyncView], SyncView],
        send_now: Callable[[], None],
        carry: Carry | None = None,
    ) -> None:
        super().__init__()
        self.chip = StatusChip("", ChipTone.PLAIN)
        self.steps = ThreeSteps()
        self.agreed = words("", "section")
        self.last = words("", "body")
        self.reason = words("", "body")
        self.safe = words(say("op.sending.safe"), "body")
        self.now = PrimaryButton(say("op.sending.now"), icon="send")
        self.carry_out = SecondaryButton(say("op.sending.carry_out"), icon="usb")
        self.carry_in = SecondaryButton(say("op.sending.carry_in"), icon="usb")
        left = tight(Card(), 24)
        left.rows.addLayout(row(label(say("op.sending.title"), "title"), None, self.chip))
        left.rows.addStretch(1)
        left.rows.addWidget(self.steps)
        left.rows.addStretch(1)
        for part in (self.agreed, self.last, self.reason, self.safe):
            left.rows.addWidget(part)
        left.rows.addStretch(1)
        left.rows.addWidget(self.now)
        sticks = row(self.carry_out, self.carry_in)
        sticks.setStretch(0, 1)
        sticks.setStretch(1, 1)
        left.rows.addLayout(sticks)
        self.queue = ScrollColumn()
        right = tight(Card())
        right.rows.addWidget(label(say("op.sending.queue"), "section"))
        right.rows.addWidget(self.queue, 1)
        body = row(left, right, gap=16)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        self.rows.addLayout(body, 1)
        self.presenter = SendingPresenter(
            room, self.render_state, sync=sync, send_now=send_now, carry=carry
        )
        self.reader = self.presenter.reader
        self.now.clicked.connect(self.presenter.send)
        self.carry_out.clicked.connect(lambda: self._with_stick(self.presenter.carry_out))
        self.carry_in.clicked.connect(lambda: self._with_stick(self.presenter.carry_in))
        self._ticker = QTimer(self, interval=_TICK_MS)
        self._ticker.timeout.connect(self.presenter.tick)

    def act(self, act: Act) -> bool:
        """F5 sends."""
        if act is not Act.MAIN:
            return False
        self.presenter.send()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """The wait until the next try is counted down while somebody looks."""
        super().showEvent(event)
        self._ticker.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._ticker.stop()

    def render_state(self, state: SendingState) -> None:
        """Show a state."""
        sync = state.sync
        if sync is None:
            return
        self.chip.show_status(state_words(sync), TONES[sync.state])
        self.steps.show_sync(sync)
        self.agreed.setText(agreement_words(sync))
        self.last.setText(last_sent(sync))
        self.show_reason(sync)
        sending = sync.state is SyncState.SENDING
        self.now.say(say("op.sending.busy" if sending else "op.sending.now"))
        self.now.setEnabled(not sending)
        for button in (self.carry_out, self.carry_in):
            button.setEnabled(not state.carrying)
        self.queue.show_parts(
            tuple(_row_of(one) for one in state.rows)
            if state.rows
            else (words(say("op.sending.all_done"), "body"),)
        )

    def show_reason(self, sync: SyncView) -> None:
        """Why the last try brought nothing, and when the next one is."""
        reason = say(sync.reason) if sync.reason else ""
        if sync.quarantined:
            reason = say("op.sending.quarantined")
        if sync.next_try_s is not None:
            reason += say("op.sending.next_try", wait=_wait(sync.next_try_s))
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))

    def _with_stick(self, go: Callable[[Path], None]) -> None:
        found = self.presenter.sticks()
        if len(found) == 1:
            go(found[0])
            return
        start = str(found[0]) if found else ""
        chosen = QFileDialog.getExistingDirectory(self, say("op.sending.which_stick"), start)
        if chosen:
            go(Path(chosen))


def _row_of(one: SessionSummary) -> CourseRow:
    shown = CourseShown(
        title=one.session.title,
        under=(day_of(one.session.prepared_ms),),
        badge=say("op.records.waiting"),
        icon="clock",
    )
    return CourseRow(shown, inert=True)


def _wait(seconds: int) -> str:
    if seconds < 120:
        return say("op.sending.seconds", count=seconds)
    return say("op.minutes", count=seconds // 60)
