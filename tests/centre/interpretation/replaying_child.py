"""Folds all projections of a centre anew, and stands still in the middle of one to be killed there.

``python -m tests.centre.interpretation.replaying_child HOME DATABASE FOLDS [begin]``: at the fold of
that number it says so and waits until its standard input ends.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.domain.decoded_fact import DecodedFact
from app.domain.inputs import Inputs
from centre.interpretation.projections import replay
from centre.opening import open_centre
from centre.settings import Settings
from tests.centre.interpretation.toy_projection import Attending, attending, declared, fold


def main(home: str, database: str, folds: str, *begin: str) -> None:
    """Go on where it was left, two keys a transaction."""
    left = iter(range(int(folds) - 1, -1, -1))

    def telling(person: str, facts: tuple[DecodedFact, ...], inputs: Inputs) -> Attending:
        if next(left, None) == 0:
            sys.stdout.write("fold\n")
            sys.stdout.flush()
            sys.stdin.read()
        return fold(person, facts, inputs)

    with declared(attending(folded=telling)):
        centre = open_centre(Settings(Path(home), database))
        if begin:
            replay.begin_replay(centre)
        while replay.replay_some(centre, at_once=2) is not None:
            pass
        centre.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
