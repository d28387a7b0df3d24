"""Shows what waits to be sent and asks for a try at once."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.views import SessionSummary, SyncView
from ui.pages.sending.state import SendingState
from ui.refresh import Topic
from ui.room import Room


class SendingPresenter:
    """Intents of the sending page; ``send_now`` wakes the sending beat."""

    def __init__(
        self,
        room: Room,
        render: Callable[[SendingState], None],
        *,
        sync: Callable[[SyncView], SyncView],
        send_now: Callable[[], None],
    ) -> None:
        self._room = room
        self._render = render
        self._sync = sync
        self._send_now = send_now
        self.state = SendingState()
        self.reader = room.refresh.register(frozenset({Topic.SENDING, Topic.SESSION}), self.load)

    def load(self) -> None:
        """Read how far the centre has confirmed."""
        station = self._room.station

        def job() -> tuple[SyncView, tuple[SessionSummary, ...]]:
            return station.sync_view(), station.records()

        def done(read: tuple[SyncView, tuple[SessionSummary, ...]]) -> None:
            waiting = tuple(one for one in read[1] if one.waiting)
            self.state = SendingState(self._sync(read[0]), waiting)
            self._render(self.state)

        self._room.ask(job, done)

    def send(self) -> None:
        """The one primary action: send at once."""
        self._send_now()
        self.load()
