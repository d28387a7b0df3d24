"""The rules of a quiz between teams: first at the key, wrong once, right counts once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.areas.tests_of_courses.team_quiz import (
    begun_quiz,
    buzzed,
    judged,
    next_question,
    told_answer,
)
from tests.areas.tests_of_courses.packs import QUESTIONS

ACTS = st.lists(
    st.sampled_from(["0", "1", "2", "7", "right", "wrong", "tell", "next"]), max_size=40
)


def test_the_first_at_the_key_answers_and_after_a_wrong_one_another_may() -> None:
    quiz = buzzed(begun_quiz(QUESTIONS, 3), 1)
    assert buzzed(quiz, 2).turn == 1
    quiz = judged(quiz, is_right=False)
    assert buzzed(quiz, 1).turn is None
    quiz = judged(buzzed(quiz, 2), is_right=True)
    assert (quiz.right, quiz.is_told) == ((0, 0, 1), True)
    assert buzzed(quiz, 0).turn is None, "the answer is on the screen"
    assert next_question(quiz).at == 1


def test_when_all_were_wrong_the_answer_is_shown() -> None:
    quiz = begun_quiz(QUESTIONS, 2)
    for team in (0, 1):
        quiz = judged(buzzed(quiz, team), is_right=False)
    assert quiz.is_told
    assert quiz.right == (0, 0)


@given(ACTS, st.integers(0, 9))
def test_no_question_counts_twice_and_it_never_leaves_its_questions(
    acts: list[str], teams: int
) -> None:
    quiz = begun_quiz(QUESTIONS, teams)
    assert len(quiz.right) in (2, 3, 4)
    for act in acts:
        if act.isdecimal():
            quiz = buzzed(quiz, int(act))
        elif act in ("right", "wrong"):
            quiz = judged(quiz, is_right=act == "right")
        else:
            quiz = told_answer(quiz) if act == "tell" else next_question(quiz)
        assert sum(quiz.right) <= quiz.at + 1
        assert quiz.turn is None or quiz.turn in range(len(quiz.right))
        assert quiz.at in range(len(QUESTIONS))
