"""Shows what waits to be sent, asks for a try at once, and carries the record on a stick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.domain.errors import SaidPlainly
from app.domain.views import SessionSummary, SyncView
from app.usecases.carry import Carried, Carry
from ui.pages.sending.state import SendingState
from ui.refresh import Topic
from ui.room import Room, Tone


class SendingPresenter:
    """Intents of the sending page; ``send_now`` wakes the sending beat."""

    def __init__(
        self,
        room: Room,
        render: Callable[[SendingState], None],
        *,
        sync: Callable[[SyncView], SyncView],
        send_now: Callable[[], None],
        carry: Carry | None,
    ) -> None:
        self._room = room
        self._render = render
        self._sync = sync
        self._send_now = send_now
        self._carry = carry
        self.state = SendingState()
        self.reader = room.refresh.register(frozenset({Topic.SENDING, Topic.SESSION}), self.load)

    def load(self) -> None:
        """Read how far the centre has confirmed."""
        station = self._room.station

        def job() -> tuple[SyncView, tuple[SessionSummary, ...]]:
            return station.sync_view(), station.records()

        def done(read: tuple[SyncView, tuple[SessionSummary, ...]]) -> None:
            waiting = tuple(one for one in read[1] if one.waiting)
            self._show(replace(self.state, sync=self._sync(read[0]), rows=waiting))

        self._room.ask(job, done)

    def tick(self) -> None:
        """Count the wait until the next try down."""
        if self.state.sync is not None and self.state.sync.next_try_s is not None:
            self._show(replace(self.state, sync=self._sync(self.state.sync)))

    def send(self) -> None:
        """The one primary action: send at once."""
        self._send_now()
        self.load()

    # --- the stick ------------------------------------------------------------------

    def sticks(self) -> tuple[Path, ...]:
        """Sticks of ours that are in place now."""
        return () if self._carry is None else self._carry.drives()

    def carry_out(self, root: Path) -> None:
        """Put what the centre has not confirmed on a stick."""
        carry = self._carry
        if carry is not None:
            self._run(lambda: carry.export(root, store_lane=self._room.jobs.store_call), self._out)

    def carry_in(self, root: Path) -> None:
        """Take what the centre left for us from a stick."""
        carry = self._carry
        if carry is None:
            return
        jobs = self._room.jobs
        self._run(
            lambda: carry.take(root, store_lane=jobs.store_call, cancelled=jobs.is_closing),
            self._in,
        )

    def _run(self, job: Callable[[], Carried], done: Callable[[Carried], None]) -> None:
        def failed(said: SaidPlainly) -> None:
            self._show(replace(self.state, carrying=False))
            self._room.tell(said)

        def ended(carried: Carried) -> None:
            self._show(replace(self.state, carrying=False))
            if carried.trouble is not None:
                self._room.tell(carried.trouble)
            else:
                done(carried)
            self.load()

        self._show(replace(self.state, carrying=True))
        self._room.say("op.sending.carrying")
        self._room.jobs.net(job, ended, failed)

    def _out(self, carried: Carried) -> None:
        if not carried.parts:
            self._room.say("stick.nothing_new", Tone.DONE)
            return
        self._room.say("stick.exported", Tone.DONE, facts=carried.facts, parts=carried.parts)

    def _in(self, carried: Carried) -> None:
        self._room.say(
            "stick.imported",
            Tone.DONE,
            answers=carried.answers,
            rows=carried.rows,
            files=carried.files,
        )
        self._room.load()

    def _show(self, state: SendingState) -> None:
        self.state = state
        self._render(state)
