"""Thousands of steps of real stations and a real centre: nothing confirmed is ever lost.

The seeds are fixed, so what is red is red again; ``python -m tests.model SEED`` shows one.
``YJ_MODEL_STEPS=4000`` makes a short run of it.
"""

from __future__ import annotations

import os

import pytest

from tests.model.histories import STEPS_A_WORLD, run_histories

WORLDS_AN_ITEM = 4
ITEMS = max(int(os.environ.get("YJ_MODEL_STEPS", "100000")) // (WORLDS_AN_ITEM * STEPS_A_WORLD), 1)

pytestmark = pytest.mark.logs_warnings


@pytest.mark.parametrize("item", range(ITEMS))
def test_whatever_befalls_every_confirmed_fact_is_at_the_centre_once(item: int) -> None:
    first = item * WORLDS_AN_ITEM
    count = run_histories(range(first, first + WORLDS_AN_ITEM))
    assert count.steps == WORLDS_AN_ITEM * STEPS_A_WORLD
    assert count.acked > count.steps // 3, "hardly anything happened"
