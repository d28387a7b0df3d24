"""A stick left in its port gets a sealed copy of the record when a session ends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.areas.sessions.session import Step
from app.domain.ids import SessionId
from ui.state.current_session import CurrentSession, StatusTone

if TYPE_CHECKING:
    from app.usecases.carry import Carry, CarryOutcome


class StickExport:
    """Told of every change of the session; leaves each closed one on the stick once."""

    def __init__(self, room: CurrentSession, carry: Carry) -> None:
        self._room = room
        self._carry = carry
        self._left: SessionId | None = None

    def on_session(self) -> None:
        """The session has changed."""
        view = self._room.view
        if view is None or view.session.step is not Step.CLOSED or view.session.id == self._left:
            return
        self._left = view.session.id
        jobs = self._room.jobs
        job = partial(self._carry.export_if_present, store_lane=jobs.store_call)
        jobs.net(job, self._on_done, self._room.tell)

    def _on_done(self, carried: CarryOutcome | None) -> None:
        if carried is None:
            return
        if carried.trouble is not None:
            self._room.tell(carried.trouble)
        elif carried.parts:
            self._room.say(
                "stick.exported", StatusTone.DONE, facts=carried.facts, parts=carried.parts
            )
