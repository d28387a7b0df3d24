"""``python -m bench.county DIR``: make a county-year, or recount one with ``--check``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.county.checking import check_county
from bench.county.filling import fill_county
from bench.county.roster import CountyPlan

_MOST_SHOWN = 40


def main() -> int:
    """Make or check; 1 when a figure differs."""
    usual = CountyPlan()
    parser = argparse.ArgumentParser(prog="./dev county", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--check", action="store_true", help="recount every ledger")
    parser.add_argument("--stations", type=int, default=usual.stations)
    parser.add_argument("--members", type=int, default=usual.members, help="a station")
    parser.add_argument("--sessions", type=int, default=usual.sessions, help="a station")
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--homes", type=int, default=3, help="for so many stations a home as well")
    parser.add_argument("--database", default="", help="postgresql+psycopg://… instead of SQLite")
    chosen = parser.parse_args()
    if not chosen.check:
        plan = CountyPlan(chosen.stations, chosen.seed, chosen.members, chosen.sessions)
        count = fill_county(chosen.folder, plan, chosen.database, homes=chosen.homes)
        print(f"{plan.stations} stations, {count} facts in {chosen.folder}")
        return 0
    done = check_county(chosen.folder, chosen.database)
    for one in done.differ[:_MOST_SHOWN]:
        print(one)
    print(f"{done.figures} figures, {len(done.differ)} differ")
    return 1 if done.differ else 0


if __name__ == "__main__":
    sys.exit(main())
