"""Thousands of steps of real stations and a real centre: nothing confirmed is ever lost.

The seeds are fixed, so what is red is red again; ``python -m tests.model SEED STEPS`` shows one.
``YJ_MODEL_STEPS=4000`` makes a short run of it, ``./dev torture model`` a million steps with other
seeds. Many short histories, dense with bad luck, find more in the same time than few long ones.
One item's histories are long, because a few things take long to build up.
"""

from __future__ import annotations

import os

import pytest

from tests.model.histories import STEPS_A_WORLD, run_histories

STEPS_AN_ITEM = 4_000
LONG = 1_000
ITEMS = max(int(os.environ.get("YJ_MODEL_STEPS", "40000")) // STEPS_AN_ITEM, 1)

pytestmark = pytest.mark.logs_warnings


@pytest.mark.parametrize("item", range(ITEMS))
def test_whatever_befalls_every_confirmed_fact_is_at_the_centre_once(item: int) -> None:
    steps = LONG if item == ITEMS - 1 else STEPS_A_WORLD
    first, worlds = item * (STEPS_AN_ITEM // STEPS_A_WORLD), STEPS_AN_ITEM // steps
    count = run_histories(range(first, first + worlds), steps)
    assert count.steps == STEPS_AN_ITEM
    assert count.acked > count.steps // 3, "hardly anything happened"
