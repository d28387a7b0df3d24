"""One history again, with its last steps: ``python -m tests.model SEED [STEPS] [--temper NAME]``.

``--cover N`` counts what happens in N histories from this seed on.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time

from tests.model.acts.tempers import TEMPERS, temper_named
from tests.model.checks.coverage import table
from tests.model.checks.promises import heal_and_check
from tests.model.histories import STEPS_A_WORLD, run_histories, told
from tests.model.world import opened_world


def main() -> int:
    """0 when every promise was kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.model", description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("steps", type=int, nargs="?", default=STEPS_A_WORLD)
    parser.add_argument("--temper", choices=[one.name for one in TEMPERS])
    parser.add_argument(
        "--cover", type=int, metavar="N", help="N seeds from this on: what happened"
    )
    parser.add_argument("--all", action="store_true", help="show every step")
    parser.add_argument("--log", action="store_true", help="show the programs' own logs")
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO if chosen.log else logging.CRITICAL)
    temper = temper_named(chosen.temper) if chosen.temper else None
    if chosen.cover is not None:
        seeds = range(chosen.seed, chosen.seed + chosen.cover)
        print(table(run_histories(seeds, chosen.steps, temper).happened))
        return 0
    began = time.perf_counter()
    with opened_world(chosen.seed, temper) as world:
        if chosen.all:
            world.ledger.trace = world.ledger.trace.__class__()
        try:
            world.run(chosen.steps)
            count = heal_and_check(world)
        except BaseException as wrong:  # noqa: BLE001 - shown whole
            print(told(world, chosen.steps, wrong))
            if chosen.log or not isinstance(wrong, AssertionError):
                raise
            return 1
        if chosen.all:
            print("\n".join(world.ledger.trace))
    spent = time.perf_counter() - began
    print(f"{world.temper.name}: {count}; {spent / chosen.steps * 1e3:.2f} ms a step")
    return 0


if __name__ == "__main__":
    sys.exit(main())
