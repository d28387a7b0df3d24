"""Taking a test at a real station: sealed until its key comes, resumed after a cut, erasable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.attendance.marks import Lane
from app.areas.tests_of_courses.facts import CourseTestTaken
from app.areas.tests_of_courses.question_pack import QuestionKind, marked, why_wrong
from app.areas.tests_of_courses.record import (
    TEST_RESULTS,
    CourseTestResult,
    fold_tests,
    read_result,
)
from app.bootstrap import OpenStation
from app.domain.errors import BadInput, NotFound, NotPossibleNow
from app.domain.ids import PersonId, SessionId
from app.domain.inputs import Inputs
from app.domain.personal import Personal
from app.store.erasing import forget_each
from app.wire.sealed_packs import open_pack
from tests.areas.sessions.facts_in_line import Line, S
from tests.areas.tests_of_courses.packs import KEY, PACK, QUESTIONS, RIGHT, sealed_pack, send
from tests.support.stations import station_at

P1, P2 = PersonId("p1"), PersonId("p2")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenStation]:
    with station_at(tmp_path / "home") as opened:
        yield opened


def begun(opened: OpenStation, *people: PersonId) -> SessionId:
    """A session in which these people are."""
    view = opened.station.sessions.prepare_extra("党章课", ())
    session = opened.station.sessions.open_sign_in(view.session.id).session.id
    for one in people:
        opened.station.attendance.sign_in(session, one, Lane.ROLL_CALL, "operator")
    return session


def test_marks_count_whole_questions_only() -> None:
    assert marked(QUESTIONS, RIGHT) == 4
    assert marked(QUESTIONS, ((0,), (0,), (1,), (0, 2, 1))) == 2
    assert marked(QUESTIONS, ((), (), (), ())) == 0
    assert [why_wrong(one) for one in QUESTIONS] == [""] * 4


def test_a_pack_is_sealed_until_its_key_comes_or_is_read_out(opened: OpenStation) -> None:
    send(opened.station.tools.store, with_key=False)
    session, tests = begun(opened, P1), opened.station.tests
    assert "宗旨" not in sealed_pack().sealed
    assert [one.is_open for one in tests.packs()] == [False]
    with pytest.raises(NotPossibleNow):
        tests.begin(session, PACK, P1)
    for wrong in ("AAAA-BBBB-CCCC-DDDD", "x", ""):
        with pytest.raises(BadInput):
            tests.open_by_code(PACK, wrong)
    tests.open_by_code(PACK, KEY.lower().replace("-", " "))
    assert [one.is_open for one in tests.packs()] == [True]
    assert tests.begin(session, PACK, P1).questions == QUESTIONS


def test_no_content_is_opened_as_anothers() -> None:
    with pytest.raises(BadInput):
        open_pack("t-two", KEY, sealed_pack().sealed)
    with pytest.raises(BadInput):
        open_pack(PACK, KEY, "A" + sealed_pack().sealed[1:])


def test_a_test_goes_on_after_a_power_cut_and_is_handed_in_once(tmp_path: Path) -> None:
    with station_at(tmp_path) as opened:
        send(opened.station.tools.store)
        session = begun(opened, P1, P2)
        opened.station.tests.note(session, PACK, P1, ((0,), (0,), (), ()), 1)
    with station_at(tmp_path) as opened:
        tests = opened.station.tests
        before = tests.begin(session, PACK, P1)
        assert (before.answers, before.at) == (((0,), (0,), (), ()), 1)
        assert tests.begin(session, PACK, P2).answers == ((), (), (), ())
        result = tests.hand_in(session, PACK, P1, RIGHT)
        assert result == CourseTestResult(PACK, P1, 4, 4, answers=RIGHT)
        assert [one.is_done for one in tests.candidates(session, PACK)] in (
            [True, False],
            [False, True],
        )
        with pytest.raises(NotPossibleNow):
            tests.hand_in(session, PACK, P1, RIGHT)
        with pytest.raises(NotPossibleNow):
            tests.begin(session, PACK, P1)


def test_paper_is_typed_in_also_after_the_close_and_the_last_holds(opened: OpenStation) -> None:
    session, tests = begun(opened, P1), opened.station.tests
    opened.station.sessions.close(session)
    tests.type_mark(session, "", P1, 80, 100)
    assert tests.type_mark(session, "", P1, 8, 10) == CourseTestResult("", P1, 8, 10, on_paper=True)
    for right, questions in ((11, 10), (-1, 10), (0, 0), (1, 201)):
        with pytest.raises(BadInput):
            tests.type_mark(session, "", P1, right, questions)
    with pytest.raises(NotFound):
        tests.type_mark(session, "", PersonId("nobody"), 1, 2)


def test_erasing_somebody_takes_answers_and_what_was_begun(opened: OpenStation) -> None:
    send(opened.station.tools.store)
    session, tests, store = begun(opened, P1, P2), opened.station.tests, opened.station.tools.store
    tests.hand_in(session, PACK, P1, RIGHT)
    tests.note(session, PACK, P2, RIGHT, 3)
    with store.rewriting() as work:
        forget_each(work, (P1, P2))
    ((_, result),) = tests.results(session)
    assert (result.person, result.right, result.answers) == (P1, 4, ())
    assert tests.begin(session, PACK, P2).answers == ((), (), (), ())
    with store.read() as reading:
        kept = reading.conn.exec_driver_sql("SELECT personal FROM facts").scalars()
        assert not any(one and b"0 1 2" in bytes(one) for one in kept)


SAID = st.lists(
    st.tuples(st.sampled_from(["p1", "p2"]), st.integers(-1, 9), st.integers(0, 9), st.booleans()),
    max_size=6,
)


@given(SAID)
def test_the_last_word_of_each_person_holds_and_no_mark_is_more_than_whole(
    said: list[tuple[str, int, int, bool]],
) -> None:
    line = Line()
    for person, right, questions, on_paper in (*said, *said):
        body = CourseTestTaken(S, PACK, PersonId(person), right, questions, on_paper)
        line.write(body, Personal(more=(("1", "0 2"),)))
    record = fold_tests(S, tuple(line.facts), Inputs())
    last = {one[0]: one for one in said}
    assert [one.person for one in record.results] == sorted(last)
    assert all(0 <= one.right <= one.questions for one in record.results)
    assert tuple(read_result(row) for row in TEST_RESULTS.rows(record)) == record.results


def test_a_kind_of_question_is_for_ever() -> None:
    assert [one.value for one in QuestionKind] == ["single", "multiple", "true_false", "order"]
