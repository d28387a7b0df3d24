"""Short histories on purpose, and that a seed tells the same history each time."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.model.acts.tempers import TEMPERS, temper_named
from tests.model.checks.coverage import MUST_HAPPEN, table
from tests.model.histories import run_history
from tests.model.mutants.planting import MUTANTS
from tests.model.scenarios import SCENARIOS, play
from tests.model.world import opened_world

FIRST_OF_COVER = 1_000

pytestmark = pytest.mark.logs_warnings


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_short_history_ends_well(name: str) -> None:
    count = play(SCENARIOS[name])
    assert (count.lost, count.doubled, count.unexpected, count.destroyed) == (0, 0, 0, 0)
    assert count.acked > 5


def test_the_histories_hold_all_that_can_happen() -> None:
    count: Counter[str] = Counter()
    for number, temper in enumerate(TEMPERS):
        count += run_history(FIRST_OF_COVER + number, 320, temper).happened
    assert not [name for name in MUST_HAPPEN if not count[name]], table(count)


def _trace(seed: int) -> list[str]:
    with opened_world(seed, temper_named("everything")) as world:
        world.ledger.trace = type(world.ledger.trace)()
        world.run(250)
        return [*world.ledger.trace, *sorted(one.hex() for one in world.ledger.acked)]


def test_a_seed_tells_the_same_history_each_time() -> None:
    assert _trace(11) == _trace(11)
    assert _trace(11) != _trace(12)


def test_a_broken_promise_names_its_seed_and_the_last_steps() -> None:
    with MUTANTS["personal_dropped"](), pytest.raises(AssertionError) as told:
        run_history(3, 120, temper_named("calm"))
    assert "python -m tests.model 3 120" in str(told.value)
    assert "who waits in" in str(told.value), "the centre knows itself what it lacks"
    assert "round" in str(told.value)
