"""Running histories one after the other, and telling of the one that broke a promise."""

from __future__ import annotations

from tests.model.acts.tempers import Temper
from tests.model.checks.promises import heal_and_check
from tests.model.county.ledger import Count
from tests.model.world import World, opened_world

STEPS_A_WORLD = 400


def run_histories(seeds: range, steps: int = STEPS_A_WORLD, temper: Temper | None = None) -> Count:
    """Run one history for each seed.

    Raises:
        AssertionError: a promise was broken; it names the seed and shows the last steps.
    """
    total = Count()
    for seed in seeds:
        total = total.plus(run_history(seed, steps, temper))
    return total


def run_history(seed: int, steps: int, temper: Temper | None = None) -> Count:
    """One history, healed and checked."""
    with opened_world(seed, temper) as world:
        try:
            world.run(steps)
            return heal_and_check(world)
        except Exception as wrong:
            raise AssertionError(told(world, steps, wrong)) from wrong


def told(world: World, steps: int, wrong: BaseException) -> str:
    """What broke, how to see it again, and the last steps before."""
    trace = "\n".join(world.ledger.trace)
    again = f"python -m tests.model {world.seed} {steps}"
    return (
        f"{trace}\n{type(wrong).__name__}: {wrong}\n"
        f"temper {world.temper.name!r}; to see it again: {again}"
    )
