"""Sending: one of five states in words, three figures, and the button."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.views import SyncState, SyncView
from app.words import say
from ui.keys import Act
from ui.pages.parts.course_row import CourseRow, CourseShown
from ui.pages.parts.layout import PageView, ScrollColumn, row, tight, words
from ui.pages.parts.numbers import BigNumber
from ui.pages.parts.sync_words import TONES, agreed, last_sent, state_words
from ui.pages.sending.presenter import SendingPresenter
from ui.pages.sending.state import SendingState
from ui.room import Room
from ui.says import day_of
from ui.widgets.buttons import PrimaryButton
from ui.widgets.chip import ChipTone, StatusChip
from ui.widgets.panel import Card, label


class SendingView(PageView):
    """See the module."""

    def __init__(
        self, room: Room, sync: Callable[[SyncView], SyncView], send_now: Callable[[], None]
    ) -> None:
        super().__init__()
        self.chip = StatusChip("", ChipTone.PLAIN)
        self.agreed = words("", "section")
        self.last = words("", "body")
        self.reason = words("", "body")
        self.safe = words(say("op.sending.safe"), "body")
        self.here = BigNumber(say("op.sending.here"), 72)
        self.confirmed = BigNumber(say("op.sending.confirmed"), 72)
        self.waiting = BigNumber(say("op.sending.waiting"), 72)
        self.now = PrimaryButton(say("op.sending.now"), icon="send")
        left = tight(Card(), 24)
        left.rows.addLayout(row(label(say("op.sending.title"), "title"), None, self.chip))
        left.rows.addLayout(row(self.here, None, self.confirmed, None, self.waiting, None))
        for part in (self.agreed, self.last, self.reason):
            left.rows.addWidget(part)
        left.rows.addStretch(1)
        left.rows.addWidget(self.safe)
        left.rows.addWidget(self.now)
        self.queue = ScrollColumn()
        right = tight(Card())
        right.rows.addWidget(label(say("op.sending.queue"), "section"))
        right.rows.addWidget(self.queue, 1)
        body = row(left, right, gap=16)
        body.setStretch(0, 3)
        body.setStretch(1, 2)
        self.rows.addLayout(body, 1)
        self.presenter = SendingPresenter(room, self.render_state, sync=sync, send_now=send_now)
        self.reader = self.presenter.reader
        self.now.clicked.connect(self.presenter.send)

    def act(self, act: Act) -> bool:
        """F5 sends."""
        if act is not Act.MAIN:
            return False
        self.presenter.send()
        return True

    def render_state(self, state: SendingState) -> None:
        """Show a state."""
        sync = state.sync
        if sync is None:
            return
        self.chip.show_status(state_words(sync), TONES[sync.state])
        self.here.show_number(str(sync.facts))
        self.confirmed.show_number(str(sync.confirmed))
        self.waiting.show_number(str(sync.waiting))
        self.agreed.setText(agreed(sync))
        self.last.setText(last_sent(sync))
        reason = say(sync.reason) if sync.reason else ""
        if reason and sync.next_try_s is not None:
            reason += f"（{say('op.sending.next_try', wait=_wait(sync.next_try_s))}）"
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        sending = sync.state is SyncState.SENDING
        self.now.say(say("op.sending.busy" if sending else "op.sending.now"))
        self.now.setEnabled(not sending)
        if state.rows:
            self.queue.show_parts(
                tuple(
                    CourseRow(
                        CourseShown(
                            title=one.session.title,
                            under=(day_of(one.session.prepared_ms),),
                            badge=say("op.records.waiting"),
                            icon="clock",
                        ),
                        inert=True,
                    )
                    for one in state.rows
                )
            )
        else:
            self.queue.show_parts((words(say("op.sending.all_done"), "body"),))


def _wait(seconds: int) -> str:
    if seconds < 120:
        return say("op.sending.seconds", count=seconds)
    return say("op.minutes", count=seconds // 60)
