"""The order in which facts arrive changes no row, and a store in which it does is caught."""

from __future__ import annotations

import pytest

from tests.model.acts.tempers import temper_named
from tests.model.checks.orders import check_orders
from tests.model.county.ledger import Wrong
from tests.model.healing import heal
from tests.model.mutants.planting import MUTANTS
from tests.model.world import opened_world

pytestmark = pytest.mark.logs_warnings


def in_orders(seed: int, temper: str, times: int = 4) -> None:
    """One history; then what its first PC holds comes to new stores in other orders."""
    with opened_world(seed, temper_named(temper)) as world:
        world.run(250)
        heal(world)
        check_orders(world.pcs[0], world.chance, times)


@pytest.mark.parametrize("temper", ["cloned", "put back", "old programs", "everything"])
def test_one_journal_makes_the_same_rows_in_any_order(temper: str) -> None:
    in_orders(3, temper)


def test_a_store_that_takes_facts_as_they_arrive_is_caught() -> None:
    with MUTANTS["arrival_here"](), pytest.raises(Wrong, match="another order of facts"):
        in_orders(3, "cloned")
