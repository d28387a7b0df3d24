"""Who took which test in a session, folded from its facts, and the rows made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.areas.tests_of_courses.facts import CourseTestTaken
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import Fact
from app.domain.inputs import Inputs
from app.domain.projections import Projection, Row, TableShape, number, text
from app.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class CourseTestResult:
    """One person's test; ``answers`` is empty on paper and once the person was erased."""

    pack: str
    person: str
    right: int
    questions: int
    on_paper: bool = False
    answers: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SessionTests:
    """All of a session, by pack and person."""

    session: str
    results: tuple[CourseTestResult, ...]


def fold_tests(session: str, facts: tuple[DecodedFact, ...], _inputs: Inputs) -> SessionTests:
    """Of each person and pack the last in line order holds."""
    found: dict[tuple[str, str], CourseTestResult] = {}
    for one in facts:
        if isinstance(one.fact, CourseTestTaken):
            person = one.person_is or one.fact.person
            result = _result(one.fact, person, () if one.personal is None else one.personal.more)
            found[result.pack, result.person] = result
    return SessionTests(session, tuple(found[key] for key in sorted(found)))


def _result(
    fact: CourseTestTaken, person: str, said: tuple[tuple[str, str], ...]
) -> CourseTestResult:
    questions = max(fact.questions, 0)
    return CourseTestResult(
        pack=fact.pack,
        person=person,
        right=min(max(fact.right, 0), questions),
        questions=questions,
        on_paper=fact.on_paper,
        answers=tuple(_places(chosen) for _at, chosen in said),
    )


def _places(chosen: str) -> tuple[int, ...]:
    return tuple(int(one) for one in chosen.split() if one.isdecimal())


def _keys(fact: Fact) -> tuple[str, ...]:
    return (fact.session,) if isinstance(fact, CourseTestTaken) else ()


def _rows(record: SessionTests) -> Iterator[Row]:
    for one in record.results:
        yield {
            "session": record.session,
            "pack": one.pack,
            "person": one.person,
            "right_ones": one.right,
            "questions": one.questions,
            "on_paper": int(one.on_paper),
            "answers": json.dumps(one.answers),
        }


def read_result(row: Row) -> CourseTestResult:
    """The result a row was made of."""
    return CourseTestResult(
        pack=str(row["pack"]),
        person=str(row["person"]),
        right=int(str(row["right_ones"])),
        questions=int(str(row["questions"])),
        on_paper=bool(row["on_paper"]),
        answers=tuple(tuple(one) for one in json.loads(str(row["answers"]))),
    )


TEST_RESULTS: TableShape[SessionTests] = TableShape(
    name="test_results",
    owner="session",
    columns=(
        text("session"),
        text("pack"),
        text("person"),
        number("right_ones"),
        number("questions"),
        number("on_paper"),
        text("answers"),
    ),
    primary=("session", "pack", "person"),
    rows=_rows,
)
PROJECTIONS = (
    Projection("tests_of_courses", 1, (CourseTestTaken,), _keys, fold_tests, (TEST_RESULTS,)),
)
