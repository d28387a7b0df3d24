"""Taking a test: who may, how far they are across a power cut, handing it in, marks from paper."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from app.areas.attendance.marks import PRESENCE
from app.areas.sessions.session import Step, check_running
from app.areas.tests_of_courses.facts import CourseTestTaken
from app.areas.tests_of_courses.question_pack import (
    MOST_QUESTIONS,
    PackContent,
    PackKey,
    PackQuestion,
    QuestionPack,
    marked,
)
from app.areas.tests_of_courses.record import TEST_RESULTS, CourseTestResult, read_result
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.ids import PersonId, SessionId
from app.domain.personal import Personal
from app.domain.values import dataclass
from app.usecases.tools import Tools

if TYPE_CHECKING:
    from app.store.reading import StoreReading
    from app.store.work import StoreWork

OPERATOR = "operator"
Answers = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class OfferedPack:
    """A pack as the operator sees it, and whether its key has come."""

    pack: QuestionPack
    is_open: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is in the room, and whether they handed in; the group tells equal names apart."""

    person: PersonId
    name: str
    is_done: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class BegunTest:
    """The questions, and how far somebody came before."""

    questions: tuple[PackQuestion, ...]
    answers: Answers
    at: int
    minutes: int


@dataclass(frozen=True, slots=True)
class CourseTestVerbs:
    """What can be done with tests."""

    tools: Tools

    def packs(self) -> tuple[OfferedPack, ...]:
        """The packs that came from the centre."""
        with self.tools.store.read() as reading:
            found = reading.listed(QuestionPack)
            return tuple(OfferedPack(one, bool(_key(reading, one.id))) for one in found)

    def questions(self, pack: str) -> tuple[PackQuestion, ...]:
        """All questions of a pack that is open, for a quiz.

        Raises:
            NotPossibleNow: it is sealed yet.
        """
        with self.tools.store.read() as reading:
            return _opened(reading, _pack(reading, pack))

    def open_by_code(self, pack: str, code: str) -> None:
        """The key was read out by the centre, where its row cannot come.

        Raises:
            NotFound: there is no such pack.
            BadInput: it is not its key.
        """
        with self.tools.store.begin() as work:
            _content(_pack(work, pack), code)
            work.keep_setting(_key_name(pack), code)

    def candidates(self, session: SessionId, pack: str) -> tuple[Candidate, ...]:
        """Who is in the room, by name."""
        with self.tools.store.read() as reading:
            done = {one.person for one in _results(reading, session) if one.pack == pack}
            return tuple(
                Candidate(card.id, card.name, card.id in done, card.group or card.branch)
                for card in reading.cards(session)
                if card.status in PRESENCE
            )

    def begin(self, session: SessionId, pack: str, person: PersonId) -> BegunTest:
        """The test of somebody, as far as they came.

        Raises:
            NotPossibleNow: the pack is sealed yet, or they handed in.
        """
        with self.tools.store.read() as reading:
            check_running(reading.session(session).step)
            offered = _pack(reading, pack)
            questions = _opened(reading, offered)
            _check_not_done(reading, session, pack, person)
            kept = reading.setting(_draft(session, pack, person))
        answers: Answers = ((),) * len(questions)
        at = 0
        if kept is not None:
            said = json.loads(kept)
            answers, at = tuple(tuple(one) for one in said["answers"]), int(said["at"])
        return BegunTest(questions, answers, at, offered.minutes)

    def note(
        self, session: SessionId, pack: str, person: PersonId, answers: Answers, at: int
    ) -> None:
        """So far somebody is: kept across a power cut, no fact yet."""
        with self.tools.store.begin() as work:
            check_running(work.session(session).step)
            told = json.dumps({"answers": answers, "at": at})
            work.keep_setting(_draft(session, pack, person), told)

    def hand_in(
        self, session: SessionId, pack: str, person: PersonId, answers: Answers
    ) -> CourseTestResult:
        """Somebody is done: marked, and durable.

        Raises:
            NotPossibleNow: they handed in already, or the session does not run.
        """
        with self.tools.store.begin() as work:
            check_running(work.session(session).step)
            questions = _opened(work, _pack(work, pack))
            _check_person(work, session, person)
            _check_not_done(work, session, pack, person)
            if len(answers) != len(questions):
                raise BadInput("refusal.test_answers")
            right = marked(questions, answers)
            said = tuple((str(at + 1), " ".join(map(str, one))) for at, one in enumerate(answers))
            fact = CourseTestTaken(session, pack, person, right, len(questions))
            work.record(fact, actor="member", personal=Personal(more=said))
            work.forget_setting(_draft(session, pack, person))
            return _of(work, session, pack, person)

    def type_mark(
        self, session: SessionId, pack: str, person: PersonId, right: int, questions: int
    ) -> CourseTestResult:
        """A paper was marked by hand; typed again, the last holds.

        Raises:
            BadInput: more right than there are questions.
        """
        if not 0 <= right <= questions <= MOST_QUESTIONS or not questions:
            raise BadInput("refusal.test_mark", most=MOST_QUESTIONS)
        with self.tools.store.begin() as work:
            step = work.session(session).step
            if step is not Step.CLOSED:
                check_running(step)
            _check_person(work, session, person)
            fact = CourseTestTaken(session, pack, person, right, questions, on_paper=True)
            work.record(fact, actor=OPERATOR)
            return _of(work, session, pack, person)

    def results(self, session: SessionId) -> tuple[tuple[str, CourseTestResult], ...]:
        """Name and result of everybody, by name: no order of merit.

        Raises:
            NotFound: there is no such session.
        """
        with self.tools.store.read() as reading:
            found = _results(reading, reading.session(session).id)
            told = [(reading.name_of(PersonId(one.person)), one) for one in found]
        return tuple(sorted(told, key=lambda one: (one[0], one[1].person, one[1].pack)))


def _pack(reading: StoreReading, pack: str) -> QuestionPack:
    found = reading.listed_one(QuestionPack, pack)
    if found is None or found.stopped:
        raise NotFound("refusal.no_test")
    return found


def _key(reading: StoreReading, pack: str) -> str:
    row = reading.listed_one(PackKey, pack)
    return reading.setting(_key_name(pack)) or "" if row is None else row.key


def _opened(reading: StoreReading, pack: QuestionPack) -> tuple[PackQuestion, ...]:
    key = _key(reading, pack.id)
    if not key:
        raise NotPossibleNow("refusal.test_sealed", at=pack.opens)
    return _content(pack, key).questions


def _content(pack: QuestionPack, key: str) -> PackContent:
    from app.wire.codec import read_row  # with its libraries, which no explanation needs
    from app.wire.sealed_packs import open_pack

    return read_row(open_pack(pack.id, key, pack.sealed), PackContent)


def _results(reading: StoreReading, session: SessionId) -> tuple[CourseTestResult, ...]:
    return tuple(map(read_result, reading.rows(TEST_RESULTS, session=session)))


def _of(reading: StoreReading, session: SessionId, pack: str, person: PersonId) -> CourseTestResult:
    rows = reading.rows(TEST_RESULTS, session=session, pack=pack, person=person)
    return read_result(rows[0])


def _check_not_done(reading: StoreReading, session: SessionId, pack: str, person: PersonId) -> None:
    if reading.rows(TEST_RESULTS, session=session, pack=pack, person=person):
        raise NotPossibleNow("refusal.test_done")


def _check_person(work: StoreWork, session: SessionId, person: PersonId) -> None:
    if work.person(person) is None and work.standpoint(session, person) is None:
        raise NotFound("refusal.no_person")


def _key_name(pack: str) -> str:
    return f"test.key.{pack}"


def _draft(session: SessionId, pack: str, person: PersonId) -> str:
    return f"test.draft.{session}.{pack}.{person}"
