"""Asks what people want to learn, and keeps each answer before thanks are said. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.areas.needs.survey import QUESTIONS
from app.domain.errors import UserError
from app.words import say
from ui.parts.asking.presenter import Asker, begun
from ui.parts.asking.state import Answers, AskedHow, AskedOption, AskedQuestion, AskingState
from ui.state.current_session import CurrentSession


class NeedsAsker(Asker):
    """Keeps the answers of each one as sums."""

    def __init__(self, room: CurrentSession) -> None:
        self._room = room

    def keep(self, answers: Answers, kept: Callable[[], None], failed: Callable[[], None]) -> None:
        """See ``Asker``."""
        room, session = self._room, self._room.session_id()
        if session is None:
            failed()
            return

        def refused(said: UserError) -> None:
            room.tell(said)
            failed()

        room.jobs.store(
            lambda: room.station.needs.answer(session, answers), lambda _people: kept(), refused
        )


def asked_needs() -> AskingState:
    """The four questions; where one answer is asked for, a touch leads on."""
    questions = tuple(
        AskedQuestion(
            say(f"needs.ask.{one.key}"),
            tuple(AskedOption(say(f"needs.{one.named(at)}")) for at in range(len(one.options))),
            AskedHow.SEVERAL if one.is_many else AskedHow.TOUCH,
        )
        for one in QUESTIONS
    )
    return replace(
        begun(say("needs.heading"), questions),
        thanks=say("needs.thanks"),
        thanks_note=say("needs.thanks_note"),
    )
