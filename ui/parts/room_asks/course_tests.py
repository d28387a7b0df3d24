"""Leads people through a test, one after the other: who they are, their questions, handing in. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from app.areas.tests_of_courses.question_pack import PackQuestion, QuestionKind, QuestionPack
from app.areas.tests_of_courses.verbs import BegunTest, Candidate, OfferedPack
from app.domain.errors import UserError
from app.domain.ids import PersonId
from app.words import say
from ui.parts.asking.presenter import Asker, begun
from ui.parts.asking.state import Answers, AskedHow, AskedOption, AskedQuestion, AskingState
from ui.state.current_session import CurrentSession, StatusTone

_HOW = {
    QuestionKind.SINGLE: AskedHow.ONE,
    QuestionKind.TRUE_FALSE: AskedHow.ONE,
    QuestionKind.MULTIPLE: AskedHow.SEVERAL,
    QuestionKind.ORDER: AskedHow.ORDER,
}


class CandidateScreen(Protocol):
    """What shows the names and the questions."""

    def show_names(self, candidates: tuple[Candidate, ...]) -> None:
        """Who may take the test."""

    def show_test(self, state: AskingState, minutes: int) -> None:
        """Somebody's questions; ``minutes`` 0 is without limit."""


class CourseTestPresenter(Asker):
    """One pack in the session in hand; ``screen`` is set before ``load``."""

    screen: CandidateScreen

    def __init__(self, room: CurrentSession, pack: QuestionPack) -> None:
        self._room, self._pack = room, pack
        self._person: PersonId | None = None

    def load(self) -> None:
        """Show who has not handed in yet."""
        session, pack = self._room.session_id(), self._pack.id
        if session is None:
            return
        tests = self._room.station.tests

        def done(found: tuple[Candidate, ...]) -> None:
            self._person = None
            self.screen.show_names(tuple(one for one in found if not one.is_done))

        self._room.ask(lambda: tests.candidates(session, pack), done)

    def choose(self, person: PersonId, name: str) -> None:
        """It is me: go on where I was."""
        session, pack = self._room.session_id(), self._pack
        if session is None:
            return

        def done(test: BegunTest) -> None:
            self._person = person
            self.screen.show_test(asked_test(name, pack.name, test), test.minutes)

        self._room.ask(lambda: self._room.station.tests.begin(session, pack.id, person), done)

    def keep(self, answers: Answers, kept: Callable[[], None], failed: Callable[[], None]) -> None:
        """See ``Asker``: hand in."""
        session, person, pack = self._room.session_id(), self._person, self._pack.id
        if session is None or person is None:
            failed()
            return

        def done(_result: object) -> None:
            self._room.host.fact_made()
            kept()

        def refused(said: UserError) -> None:
            self._room.tell(said)
            failed()

        station = self._room.station
        self._room.jobs.store(
            lambda: station.tests.hand_in(session, pack, person, answers), done, refused
        )

    def noted(self, answers: Answers, at: int) -> None:
        """See ``Asker``."""
        session, person, pack = self._room.session_id(), self._person, self._pack.id
        if session is not None and person is not None:
            station = self._room.station
            self._room.ask(
                lambda: station.tests.note(session, pack, person, answers, at), lambda _none: None
            )

    def begins_again(self) -> bool:
        """See ``Asker``: the names come again."""
        self.load()
        return False


def offer_test(
    room: CurrentSession,
    begin: Callable[[QuestionPack], None],
    ask_code: Callable[[QuestionPack, Callable[[QuestionPack], None]], None],
) -> None:
    """Begin with the pack that opened last; else ask for the code of a sealed one; else say that
    there is none."""

    def done(found: tuple[OfferedPack, ...]) -> None:
        ready = [one.pack for one in found if one.is_open]
        if ready:
            begin(ready[-1])
        elif found:
            ask_code(found[0].pack, begin)
        else:
            room.say("op.tests.none", StatusTone.CARE)

    def job() -> tuple[OfferedPack, ...]:
        packs = room.station.tests.packs()
        return tuple(sorted(packs, key=lambda one: (one.pack.opens, one.pack.id)))

    room.ask(job, done)


def asked_test(name: str, title: str, test: BegunTest) -> AskingState:
    """Somebody's questions, as far as they came; each may be left out."""
    questions = tuple(map(_asked, test.questions))
    return replace(
        begun(say("tests.heading", name=name, test=title), questions),
        answers=test.answers,
        at=min(test.at, len(questions) - 1),
        thanks=say("tests.thanks"),
        thanks_note=say("tests.thanks_note"),
    )


def _asked(one: PackQuestion) -> AskedQuestion:
    options = tuple(map(AskedOption, one.options))
    return AskedQuestion(one.text, options, _HOW[one.kind], may_skip=True)
