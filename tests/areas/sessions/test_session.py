"""The session's steps: which moves are allowed, and when people may sign in."""

from __future__ import annotations

from itertools import product

import pytest

from app.areas.sessions.session import RUNNING, Step, check_move, check_running
from app.domain.errors import NotPossibleNow

MOVES = {
    (Step.PREPARE, Step.SIGN_IN),
    (Step.PREPARE, Step.NOT_HELD),
    (Step.SIGN_IN, Step.PLAY),
    (Step.SIGN_IN, Step.DISCUSS),
    (Step.SIGN_IN, Step.CLOSED),
    (Step.SIGN_IN, Step.NOT_HELD),
    (Step.PLAY, Step.SIGN_IN),
    (Step.PLAY, Step.DISCUSS),
    (Step.PLAY, Step.CLOSED),
    (Step.PLAY, Step.NOT_HELD),
    (Step.DISCUSS, Step.SIGN_IN),
    (Step.DISCUSS, Step.PLAY),
    (Step.DISCUSS, Step.CLOSED),
    (Step.DISCUSS, Step.NOT_HELD),
}


@pytest.mark.parametrize(("current", "target"), list(product(Step, Step)))
def test_exactly_the_moves_of_the_flow_are_allowed(current: Step, target: Step) -> None:
    if (current, target) in MOVES:
        check_move(current, target)
        return
    with pytest.raises(NotPossibleNow) as refused:
        check_move(current, target)
    assert refused.value.key == f"refusal.move.{current.value}"


@pytest.mark.parametrize("step", list(Step))
def test_people_may_sign_in_while_the_session_runs_also_during_the_film(step: Step) -> None:
    if step in {Step.SIGN_IN, Step.PLAY, Step.DISCUSS}:
        check_running(step)
        assert step in RUNNING
        return
    with pytest.raises(NotPossibleNow) as refused:
        check_running(step)
    assert refused.value.key == f"refusal.not_running.{step.value}"


def test_an_ended_session_can_be_left_for_nothing() -> None:
    for ended, target in product((Step.CLOSED, Step.NOT_HELD), Step):
        with pytest.raises(NotPossibleNow):
            check_move(ended, target)
