"""Shows what waits to be sent, asks for a try at once, and carries the record on a stick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.areas.sessions.views import SessionSummary
from app.domain.errors import UserError
from app.usecases.carry import Carry, CarryOutcome
from app.usecases.views import SyncView
from ui.pages.owners import SyncOwner
from ui.pages.sending.state import SendingState
from ui.state.current_session import CurrentSession, StatusLine, StatusTone
from ui.state.formatting import wait
from ui.state.refresh import Topic

MOST_ARRIVED = 12
"""So many sessions are shown that have wholly arrived; all that have not, however many."""


class SendingPresenter:
    """Intents of the sending page; ``sync`` sends now and tells whether it may."""

    def __init__(
        self,
        room: CurrentSession,
        render: Callable[[SendingState], None],
        sync: SyncOwner,
        carry: Carry | None,
    ) -> None:
        self._room = room
        self._render = render
        self._sync = sync
        self._carry = carry
        self.told: Callable[[int, int], None] = lambda _done, _all: None
        """Hears how far a stick is; from the net lane."""
        self._read: SyncView | None = None
        self.state = SendingState()
        self.reader = room.refresh.register(frozenset({Topic.SENDING, Topic.SESSION}), self.load)

    def load(self) -> None:
        """Read how far the centre has confirmed."""
        station = self._room.station

        def job() -> tuple[SyncView, tuple[SessionSummary, ...], int]:
            now_ms = station.tools.clock.now().wall_ms
            return station.today.sync_view(), station.today.records(), now_ms

        def done(read: tuple[SyncView, tuple[SessionSummary, ...], int]) -> None:
            self._read = read[0]
            arrived = [one for one in read[1] if not one.waiting][:MOST_ARRIVED]
            self._show(
                replace(
                    self.state,
                    sync=self._sync.view(read[0]),
                    rows=tuple(one for one in read[1] if one.waiting or one in arrived),
                    now_ms=read[2],
                )
            )

        self._room.ask(job, done)

    def sync_now(self) -> SyncView | None:
        """The last reading with the wait until the next try as it is this second."""
        return None if self._read is None else self._sync.view(self._read)

    def send(self) -> None:
        """The one primary action: send at once, unless the centre has asked for a pause."""
        if not self._sync.by_hand():
            left = self.sync_now()
            seconds = left.next_try_s if left is not None else None
            self._room.say("op.sending.held_back", wait=wait(seconds or 0))
        self.load()

    # --- the stick ------------------------------------------------------------------

    def find_sticks(self, found: Callable[[tuple[Path, ...]], None]) -> None:
        """Look for sticks that are in place, ours first; slow ones must not hold the window up."""
        carry = self._carry
        if carry is None:
            self._room.say("choose.no_stick", StatusTone.CARE)
            return

        def done(sticks: tuple[Path, ...]) -> None:
            self._show(replace(self.state, carrying=False))
            if sticks:
                self._room.host.show_line(StatusLine())
                found(sticks)
            else:
                self._room.say("choose.no_stick", StatusTone.CARE)

        def failed(said: UserError) -> None:
            self._show(replace(self.state, carrying=False))
            self._room.tell(said)

        self._show(replace(self.state, carrying=True))
        self._room.say_until("op.sending.looking")
        self._room.jobs.net(lambda: carry.drives() or carry.plugged(), done, failed)

    def carry_out(self, root: Path) -> None:
        """Put what the centre has not confirmed on a stick."""
        carry = self._carry
        if carry is not None:
            self._run(
                lambda: carry.export(root, store_lane=self._room.jobs.store_call, told=self.told),
                self._out,
            )

    def carry_in(self, root: Path) -> None:
        """Take what the centre left for us from a stick."""
        carry = self._carry
        if carry is None:
            return
        jobs = self._room.jobs
        self._run(
            lambda: carry.take(
                root, store_lane=jobs.store_call, cancelled=jobs.is_closing, told=self.told
            ),
            self._in,
        )

    def _run(self, job: Callable[[], CarryOutcome], done: Callable[[CarryOutcome], None]) -> None:
        def failed(said: UserError) -> None:
            self._show(replace(self.state, carrying=False))
            self._room.tell(said)

        def ended(carried: CarryOutcome) -> None:
            self._show(replace(self.state, carrying=False))
            if carried.trouble is not None:
                self._room.tell(carried.trouble)
            else:
                done(carried)
            self.load()

        self._show(replace(self.state, carrying=True))
        self._room.say_until("op.sending.carrying")
        self._room.jobs.net(job, ended, failed)

    def _out(self, carried: CarryOutcome) -> None:
        if not carried.parts:
            self._room.say("stick.nothing_new", StatusTone.DONE)
            return
        self._room.say("stick.exported", StatusTone.DONE, facts=carried.facts, parts=carried.parts)

    def _in(self, carried: CarryOutcome) -> None:
        self._room.say(
            "stick.imported",
            StatusTone.DONE,
            answers=carried.answers,
            rows=carried.rows,
            files=carried.files,
        )
        self._room.load()

    def _show(self, state: SendingState) -> None:
        self.state = state
        self._render(state)
