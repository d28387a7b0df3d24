"""Who and what there is in a simulated county: PCs with their operators, the centre, the post, the ledger."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from centre.erasing.erasing import erase_person
from centre.stations.sites import find_site
from tests.model.acts.operators import Operator
from tests.model.acts.tempers import Temper, drawn_temper
from tests.model.county.centre_side import CentreSide
from tests.model.county.chance import CentreClock
from tests.model.county.ledger import Ledger
from tests.model.county.pc import Pc
from tests.model.county.post import Post
from tests.model.county.sticks import facts_on_sticks
from tests.model.county.template import SITES


class Scene:
    """``pcs`` are all there are, clones too; ``operators`` sit before them."""

    def __init__(self, seed: int, folder: Path, temper: Temper | None = None) -> None:
        self.seed = seed
        self.folder = folder
        self.chance = random.Random(seed)  # noqa: S311 - a model's chance
        self.temper = temper or drawn_temper(self.chance)
        self.ledger = Ledger()
        self.clock = CentreClock()
        self.side = CentreSide(folder / "centre", folder, self.clock)
        self.post = Post(self.side, self.chance)
        self.post.faults = self.temper.post_faults
        self.pcs: list[Pc] = []
        self.operators: dict[str, Operator] = {}
        self.erased: dict[str, None] = {}
        """Whose personal data was erased, in order."""
        self.sites = self._sites()
        for number in range(self.temper.stations):
            self.add(
                Pc(f"s{number}", folder / f"s{number}", self.post, self.chance.getrandbits(64))
            )

    def _sites(self) -> list[str]:
        with self.side.centre.store.reading() as tx:
            found = [find_site(tx, name).id for name in SITES]
        self.side.learn(found)
        return list(found)

    def add(self, pc: Pc) -> None:
        """A PC is there from now on."""
        pc.clock.wall_ms = self.clock.ms
        self.pcs.append(pc)
        self.operators[pc.label] = Operator(pc, self.chance)

    def remove(self, pc: Pc) -> None:
        """A PC and its disk are gone."""
        pc.pull_plug()
        shutil.rmtree(pc.home)
        self.pcs.remove(pc)
        del self.operators[pc.label]

    def ready(self, pc: Pc) -> Operator:
        """A PC that runs, and what its operator sees."""
        operator = self.operators[pc.label]
        if pc.opened is None:
            self.started(pc)
        return operator

    def started(self, pc: Pc) -> None:
        """Start a PC, and see what is in its journal now."""
        pc.start()
        pc.seen_seq = 0
        rows = pc.new_rows()
        self.ledger.expect(pc.label, rows)
        self.ledger.saw(pc.station, pc.label, rows)
        self.operators[pc.label].look()

    def erase(self, person: str) -> None:
        """Erase somebody at the centre; who is not known there is refused."""
        erase_person(self.side.centre, person, by="本人", reason="要求删除")
        self.erased[person] = None

    def close(self) -> None:
        """End all programs."""
        for pc in self.pcs:
            pc.stop()
        self.side.close()

    # --- what is left ---------------------------------------------------------------------------

    def survey(self) -> int:
        """After something was destroyed: how many confirmed facts are nowhere any more."""
        copies = self.side.hashes().union(*(pc.hashes() for pc in self.pcs))
        copies |= facts_on_sticks(self.folder)
        return self.ledger.survey(copies)
