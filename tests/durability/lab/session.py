"""People who sign in, are taken back and come again: the writing that is cut and killed."""

from __future__ import annotations

import random

from app.areas.attendance.marks import PRESENCE, Lane
from app.areas.attendance.views import SignInDone
from app.areas.sessions.session import Step
from app.bootstrap import OpenStation
from app.domain.ids import FactHash, PersonId, SessionId
from tests.durability.lab.stage import Stage
from tests.support.stations import SetClock

_ACT_MINUTES = 0.05
"""Between two acts: the second copy is forced every few of them."""


class LabSession:
    """People who sign in, are taken back and come again, until the story is over."""

    def __init__(self, stage: Stage, opened: OpenStation, clock: SetClock) -> None:
        self._stage = stage
        self._station = opened.station
        self._clock = clock
        self._chance = random.Random(stage.seed)
        self._session = SessionId("")
        self._waiting: list[PersonId] = []
        self._marks: list[tuple[FactHash, PersonId]] = []

    def act(self) -> None:
        """One verb, then its confirmation."""
        self._clock.pass_minutes(_ACT_MINUTES)
        while not self._waiting:
            self._next_session()
        self._stage.confirm_too_early()
        turn = self._chance.random()
        if turn < 0.06 and self._marks:
            self._undo()
        elif turn < 0.1:
            self._tell(
                self._station.attendance.admit_visitor(self._session, f"来宾{turn}", "1234", "邻村")
            )
        else:
            lane = self._chance.choice(list(Lane))
            self._tell(
                self._station.attendance.sign_in(self._session, self._waiting.pop(), lane, "member")
            )

    def _next_session(self) -> None:
        if self._session:
            self._station.sessions.close(self._session)
            self._stage.confirm("closed", self._session)
        view = self._station.sessions.running() or self._station.sessions.prepare_extra("学习", ())
        self._session = view.session.id
        if view.session.step is Step.PREPARE:
            view = self._station.sessions.open_sign_in(self._session)
        self._waiting = [card.id for card in view.cards if card.status is None]
        self._marks = []
        self._chance.shuffle(self._waiting)

    def _tell(self, done: SignInDone) -> None:
        card = done.card
        if card.mark is None or card.status is None:
            raise AssertionError("a mark was confirmed without its fact")
        self._marks.append((card.mark, card.id))
        self._stage.confirm("mark", self._session, card.id, card.status.value, card.mark)

    def _undo(self) -> None:
        mark, person = self._marks.pop(self._chance.randrange(len(self._marks)))
        done = self._station.attendance.undo(self._session, mark)
        if done.was in PRESENCE and person.startswith("p"):
            self._waiting.append(person)
        self._stage.confirm("voided", mark)
