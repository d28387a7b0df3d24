"""One simulated county and its history: a seed chooses what happens, step by step."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.domain.errors import BadInput, UserError
from tests.model.acts.cases import decide_one
from tests.model.acts.nemeses import Nemeses
from tests.model.acts.other_programs import other_programs
from tests.model.acts.scene import Scene
from tests.model.acts.tempers import Temper
from tests.model.county.chance import MINUTE_MS, chance_from, quick_signatures, small_parts
from tests.model.county.gate import watched_databases
from tests.model.county.ledger import Wrong
from tests.model.county.pc import Pc
from tests.model.county.template import DAY, RULE_DAYS, STATION_SITES, fast_folder, template

MOST_STATIONS = len(STATION_SITES)
_PASSES_OF_ACT = 28


class World(Scene):
    """Use ``opened_world``."""

    def __init__(self, seed: int, folder: Path, temper: Temper | None = None) -> None:
        super().__init__(seed, folder, temper)
        self.nemeses = Nemeses(self)

    # --- steps -----------------------------------------------------------------------------

    def run(self, steps: int) -> None:
        """Let so many things happen."""
        for _ in range(steps):
            self.step()

    def step(self) -> None:
        """One thing happens somewhere."""
        self.ledger.step += 1
        self.pass_time(self.chance.randrange(4) * 1_000)
        draw = self.chance.random() * 100
        pc = self.chance.choice(self.pcs)
        try:
            if draw < self.temper.rounds:
                self.round_of(pc)
            elif draw < self.temper.rounds + self.temper.nemeses:
                self.nemeses.strike(pc)
            elif draw < self.temper.rounds + self.temper.nemeses + self.temper.office:
                self._office(pc)
            else:
                self.act_of(pc)
        except Wrong:
            raise
        except UserError as said:
            self.ledger.note(f"{pc.label}: refused, {said}")
            if pc.opened is not None:
                self.operators[pc.label].look()

    def act_of(self, pc: Pc) -> None:
        """Somebody does something at a PC."""
        operator = self.ready(pc)
        self.pass_time(self.chance.randrange(1, 40) * MINUTE_MS // 10)
        name, act = operator.act()
        armed = self.arm(pc, _PASSES_OF_ACT)
        self.ledger.note(f"{pc.label}: {name}{armed}")
        done = self.survives(pc, act)
        if done:
            must = operator.must_record(name)
            self.ledger.confirm(pc.station, pc.label, pc.new_rows(), must=must, act=name)

    def _office(self, pc: Pc) -> None:
        draw = self.chance.random()
        try:
            if draw < 0.2:
                self.ledger.note("centre: interprets")
                self.side.interpret()
            elif draw < 0.4:
                self.ledger.note(f"centre: says that {self.side.say_who_it_is(self.chance)}")
            elif draw < 0.45:
                done = self.side.change_rules(self.chance, pc.site, self.chance.choice(RULE_DAYS))
                self.ledger.note(f"centre: {done}")
            elif draw < 0.55:
                done = decide_one(self.side.centre, self.chance)
                self.ledger.note(f"centre: {done}")
            elif draw < 0.72:
                self.ledger.note(f"centre: plans of {pc.site}")
                self.side.change_plans(self.chance, pc.site, DAY)
            elif draw < 0.93:
                self.ledger.note(f"centre: people of {pc.site}")
                self.side.change_people(self.chance, pc.site)
            else:
                self.erase_somebody()
        except BadInput as doubtful:
            self.ledger.note(f"    refused: {doubtful.key}")

    def erase_somebody(self) -> None:
        """A visitor asks for what is personal about them to be erased."""
        deeds = self.ledger.acked.values()
        visitors = [deed.person for deed in deeds if deed.what == "visitor.admitted"]
        if visitors:
            person = self.chance.choice(visitors)
            self.ledger.note(f"centre: erases {person}")
            self.erase(person)


@contextmanager
def opened_world(
    seed: int, temper: Temper | None = None, *, like: Path | None = None
) -> Iterator[World]:
    """A county of its own in a folder that is removed at the end; ``like`` another one's folder."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(dir=fast_folder())))
        ends.enter_context(watched_databases())
        ends.enter_context(other_programs())
        ends.enter_context(small_parts())
        ends.enter_context(quick_signatures())
        shutil.copytree(like or template(), folder, dirs_exist_ok=True)
        ends.enter_context(chance_from(random.Random(seed + 1)))  # noqa: S311 - a model's chance
        world = World(seed, folder, temper)
        ends.callback(world.close)
        yield world
