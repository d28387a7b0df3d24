"""Folds all projections of a centre anew and tells each step, to be killed at any of them.

``python -m tests.centre.interpretation.replaying_child HOME DATABASE [begin]``
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


def telling(person: str, facts: tuple[DecodedFact, ...], inputs: Inputs) -> Attending:
    """Fold, and say so in the middle of the transaction."""
    sys.stdout.write("fold\n")
    sys.stdout.flush()
    return fold(person, facts, inputs)


def main(home: str, database: str, *begin: str) -> None:
    """Go on where it was left, two keys a transaction."""
    with declared(attending(folded=telling)):
        centre = open_centre(Settings(Path(home), database))
        if begin:
            replay.begin_replay(centre)
        while replay.replay_some(centre, at_once=2) is not None:
            pass
        centre.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
