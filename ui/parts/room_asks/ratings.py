"""Asks for votes on the session in hand and keeps what was counted on paper. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.areas.ratings.tally import LEVELS, RatingSheet
from app.domain.errors import UserError
from app.words import say
from ui.parts.asking.presenter import Asker, begun
from ui.parts.asking.state import Answers, AskedHow, AskedOption, AskedQuestion, AskingState
from ui.state.current_session import CurrentSession, StatusTone


class RatingsPresenter(Asker):
    """Each vote is kept before thanks are said; how many voted is told from five on."""

    def __init__(self, room: CurrentSession, told: Callable[[int], None]) -> None:
        self._room, self._told = room, told

    def load(self) -> None:
        """Read how many voted so far."""
        session = self._room.session_id()
        if session is not None:
            self._room.ask(lambda: self._room.station.ratings.given(session), self._told)

    def keep(self, answers: Answers, kept: Callable[[], None], failed: Callable[[], None]) -> None:
        """See ``Asker``: somebody touched a face."""
        session = self._room.session_id()
        if session is None:
            failed()
            return

        def done(votes: int) -> None:
            self._told(votes)
            kept()

        def refused(said: UserError) -> None:
            self._room.tell(said)
            failed()

        level = answers[0][0]
        self._room.jobs.store(
            lambda: self._room.station.ratings.vote(session, level), done, refused
        )

    def type_paper(
        self, sheet: RatingSheet, counts: Sequence[int], then: Callable[[], None]
    ) -> None:
        """Sheets of paper were counted."""
        session = self._room.session_id()
        if session is None:
            return
        station, told = self._room.station, tuple(counts)

        def done(votes: int) -> None:
            self._told(votes)
            self._room.say("op.rating.kept", StatusTone.DONE)
            self._room.ask(lambda: station.sessions.show(session), self._room.show)
            self._room.host.fact_made()
            then()

        self._room.ask(lambda: station.ratings.type_paper(session, sheet, told), done)


def asked_faces(title: str) -> AskingState:
    """The one question with its four faces."""
    options = tuple(
        AskedOption(say(f"rating.level.{RatingSheet.SATISFACTION}.{one}"), f"face_{one}")
        for one in range(1, LEVELS + 1)
    )
    question = AskedQuestion(
        say("rating.ask"), options, AskedHow.TOUCH, note=say("rating.ask_note")
    )
    return replace(
        begun(title, (question,)),
        thanks=say("rating.thanks"),
        thanks_note=say("rating.thanks_note"),
    )
