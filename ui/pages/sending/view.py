"""Sending: each session and how far it has come, when it was last sent, the button, the stick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.usecases.views import SyncState, SyncView
from app.words import say
from ui.input.shortcuts import Shortcut
from ui.pages.context import PageContext
from ui.pages.sending.presenter import SendingPresenter
from ui.pages.sending.session_rows import session_rows, stage_lines
from ui.pages.sending.state import SendingState
from ui.pages.sending.status_tile import StatusTile
from ui.parts.chooser.stick_question import StickQuestion
from ui.parts.enrol_card import EnrolCard
from ui.parts.layout import PageView, ScrollColumn, column, row, tight, words
from ui.parts.lists.ruled_sheet import RuledLine, RuledSheet
from ui.parts.sync_words import TONES, state_words
from ui.parts.work_progress import WorkProgress
from ui.state.formatting import moment_ago, wait
from ui.theme import look
from ui.widgets.buttons import PrimaryButton
from ui.widgets.chip import ChipTone, StatusChip
from ui.widgets.fit.button import FitButton
from ui.widgets.panel import Card, label

_TICK_MS = 1_000
TALL = 640
"""From this page height (design px) on, a wide page says what the steps mean."""


class SendingPage(PageView):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.progress, self._carrying = WorkProgress(context.app.mono_ms), False
        self._practises = context.app.practises()
        self.enrol = EnrolCard(context.app.begin_anew)
        self.rows.addWidget(self.enrol)
        self.side = self._build_side()
        body = row(self._build_sessions(), self.side, gap=16)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        self.rows.addLayout(body, 1)
        self.presenter = SendingPresenter(
            context.session, self.render_state, context.sync, context.sticks
        )
        self.presenter.told = self.progress.told
        self.reader = self.presenter.reader
        self.now.clicked.connect(self.presenter.send)
        self.carry_out.clicked.connect(lambda: self._with_stick(self.presenter.carry_out))
        self.carry_in.clicked.connect(lambda: self._with_stick(self.presenter.carry_in))
        self.question = StickQuestion(self)
        self._ticker = QTimer(self, interval=_TICK_MS)
        self._ticker.timeout.connect(self.tick)

    def act(self, act: Shortcut) -> bool:
        """F5 sends."""
        if act is Shortcut.ESCAPE and self.question.isVisible():
            self.question.hide()
            return True
        if act is not Shortcut.MAIN:
            return False
        if self.now.isEnabled():
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What the steps mean is said where there is room for it."""
        super().resizeEvent(event)
        self.means.setVisible(look.is_wide() and self.height() >= look.scaled(TALL))

    def render_state(self, state: SendingState) -> None:
        """Show a state."""
        sync = state.sync
        if sync is None:
            return
        enrolled = sync.state is not SyncState.NOT_ENROLLED
        self.enrol.setVisible(not enrolled and not self._practises)
        self.side.setVisible(enrolled)
        if self._practises:
            self.chip.show_status(say("practice.chip"), ChipTone.PLAIN)
        else:
            self.chip.show_status(state_words(sync), TONES[sync.state])
        last = sync.last_success_ms
        self.last.show_value(
            say("op.sending.never") if last is None else moment_ago(last, state.now_ms)
        )
        self._show_next(sync)
        self.stands.show_lines(_stands(sync))
        reason = say("practice.not_sent") if self._practises else _why(sync)
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.safe.setVisible(enrolled and not reason)
        sending = sync.state is SyncState.SENDING
        self.now.say(say("op.sending.busy" if sending else "op.sending.now"))
        self.now.setEnabled(not sending)
        for button in (self.carry_out, self.carry_in):
            button.setEnabled(not state.carrying)
        if state.carrying != self._carrying:
            self._carrying = state.carrying
            self.progress.follow() if state.carrying else self.progress.end()
        self.queue.show_parts(session_rows(state))

    def tick(self) -> None:
        """A second has passed."""
        sync = self.presenter.sync_now()
        if sync is not None:
            self._show_next(sync)

    # --- inside -------------------------------------------------------------------

    def _build_sessions(self) -> QWidget:
        self.chip = StatusChip("", ChipTone.PLAIN)
        self.queue = ScrollColumn()
        self.reason = words("", "body")
        self.safe = words(say("op.sending.safe"), "caption")
        card = tight(Card(), 20)
        card.rows.addLayout(row(label(say("op.sending.title"), "title"), None, self.chip))
        card.rows.addWidget(self.queue, 1)
        for part in (self.reason, self.safe):
            card.rows.addWidget(part)
        return card

    def _build_side(self) -> QWidget:
        self.last = StatusTile(say("op.sending.last_head"))
        self.next = StatusTile(say("op.sending.next_head"))
        self.now = PrimaryButton(say("op.sending.now"), icon="send")
        times = tight(Card())
        times.rows.addWidget(self.last, 1)
        times.rows.addWidget(self.next, 1)
        self.means = QWidget()
        self.stands, meaning = RuledSheet(), RuledSheet()
        meaning.show_lines(stage_lines())
        means = column(self.stands, label(say("op.sending.means"), "section"), meaning, None, gap=8)
        means.setStretch(0, 2)
        means.setStretch(2, 9)
        self.means.setLayout(means)
        times.rows.addWidget(self.means, 4)
        self.means.hide()
        times.rows.addStretch()
        times.rows.addWidget(self.now)
        self.carry_out = FitButton(say("op.sending.carry_out"), icon="usb")
        self.carry_in = FitButton(say("op.sending.carry_in"), icon="usb")
        for card in (times, stick := tight(Card())):
            card.rows.setSpacing(look.scaled(8))
        stick.rows.addWidget(words(say("op.sending.stick"), "section"))
        stick.rows.addWidget(words(say("op.sending.stick_how"), "caption"))
        stick.rows.addLayout(row(self.carry_out, self.carry_in))
        stick.rows.addWidget(self.progress)
        side = QWidget()
        both = column(times, stick, gap=16)
        both.setStretch(0, 1)
        side.setLayout(both)
        return side

    def _show_next(self, sync: SyncView) -> None:
        if sync.state is SyncState.SENDING:
            self.next.show_value(say("op.sending.is_on"))
        elif sync.next_try_s is not None:
            self.next.show_value(say("op.sending.in_wait", wait=wait(sync.next_try_s)))
        else:
            self.next.show_value("–")

    def _with_stick(self, go: Callable[[Path], None]) -> None:
        def found(sticks: tuple[Path, ...]) -> None:
            if len(sticks) == 1:
                go(sticks[0])
            elif sticks:
                self.question.ask(sticks, go)

        self.presenter.find_sticks(found)


def _stands(sync: SyncView) -> tuple[RuledLine, ...]:
    """How many sessions wait, and whether both sides hold the same."""
    word = {True: "agreed", False: "differs", None: "unsaid"}[sync.agreed]
    waiting = say("op.sending.sessions", count=sync.waiting_sessions)
    return (
        RuledLine(say("op.sending.waiting_head"), waiting),
        RuledLine(say("op.sending.compared_head"), say(f"op.sending.compared.{word}")),
    )


def _why(sync: SyncView) -> str:
    """Why it does not stand as it should, in one sentence; empty when all goes its way."""
    if sync.state is SyncState.NO_SPACE:
        return say("media.disk_full")
    if sync.apart:
        return say("notice.waiting", count=sync.apart, station=sync.station)
    if sync.quarantined:
        return say("op.sending.quarantined")
    if sync.reason:
        return say(sync.reason)
    return say("notice.to_check", count=sync.to_check) if sync.to_check else ""
