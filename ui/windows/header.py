"""The head of the operator's window: where this is, and two signs that lead to where more is said.

In a wide window the day and the time by this PC's clock stand between them: a wrong one is seen.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QWidget

from app.usecases.views import SyncState, SyncView
from app.words import say
from ui.pages.context import AppOwner
from ui.parts.layout import row
from ui.parts.sync_words import TONES, state_words
from ui.state.formatting import weekday_and_time
from ui.state.page_names import PageName
from ui.state.restart import Restart
from ui.theme import look, tokens
from ui.widgets.buttons import SecondaryButton
from ui.widgets.chip import ChipButton, ChipTone
from ui.widgets.panel import label

_TICK_MS = 2_000
MANY = 88
"""More sessions than ever wait, so that the chip never grows."""


class WindowHeader(QWidget):
    """``go`` brings a page to the front; ``now_ms`` tells the time."""

    def __init__(
        self, app: AppOwner, go: Callable[[PageName], None], now_ms: Callable[[], int]
    ) -> None:
        super().__init__()
        self._practises = app.practises()
        self.site = label("", "section")
        self.end_practice = SecondaryButton(say("practice.end"), icon="arrow_left")
        self.end_practice.clicked.connect(lambda: app.begin_anew(Restart.REAL))
        self.end_practice.setVisible(self._practises)
        self.screen_full = SecondaryButton(say("op.screen.full"), icon="screen")
        self.screen_full.clicked.connect(app.toggle_screen)
        self.screen_chip = ChipButton(say("op.nav.settings"), icon="screen")
        self.screen_chip.clicked.connect(lambda: go(PageName.SETTINGS))
        self.sync_chip = ChipButton(say("op.nav.sending"))
        self.sync_chip.clicked.connect(lambda: go(PageName.SENDING))
        self.sync_chip.reserve(*(say(f"sync.{one.value}", count=MANY) for one in SyncState))
        self._now_ms = now_ms
        self.now = label("", "section")
        self._ticker = QTimer(self, interval=_TICK_MS)
        self._ticker.timeout.connect(self.show_now)
        if look.is_wide():
            self.show_now()
            self._ticker.start()
        parts = row(
            self.site,
            None,
            self.now,
            None,
            self.end_practice,
            self.screen_full,
            self.screen_chip,
            self.sync_chip,
        )
        parts.setContentsMargins(0, 0, 0, look.scaled(4))
        self.setLayout(parts)

    def show_now(self) -> None:
        """Which day and what time it is."""
        self.now.setText(weekday_and_time(self._now_ms()))

    def name_place(self) -> QRect:
        """Where the site's name stands, as far as the first button."""
        acts = (self.end_practice, self.screen_full, self.screen_chip, self.sync_chip)
        right = min(one.x() for one in acts if one.isVisible())
        return QRect(0, 0, right - look.scaled(tokens.GAP), self.height())

    def show_site(self, name: str) -> None:
        """Where this is."""
        self.site.setText(name or say("op.program"))

    def show_screen(self, audience: str, *, lost: bool, in_session: bool) -> None:
        """Which screen the room has; with one screen only, a session can be shown on this one."""
        tone = ChipTone.WAITING if lost else ChipTone.GOOD if audience else ChipTone.PLAIN
        key = "op.screen.lost" if lost else "op.screen.two" if audience else "op.screen.one"
        self.screen_chip.show_status(say(key), tone)
        may_fill = not audience and in_session
        self.screen_full.setVisible(may_fill)
        self.screen_chip.setVisible(not may_fill)

    def show_sync(self, sync: SyncView) -> None:
        """Where the record stands; in a practice nothing is ever sent, nor has to be enrolled."""
        if self._practises:
            self.sync_chip.show_status(say("practice.chip"), ChipTone.PLAIN)
        else:
            self.sync_chip.show_status(state_words(sync), TONES[sync.state])
