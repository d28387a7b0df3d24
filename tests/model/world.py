"""One simulated county and its history: a seed chooses what happens, step by step."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.domain.errors import BadInput, SaidPlainly
from centre.erasing.erasing import erase_person
from centre.sites import find_site
from tests.model.centre_side import CentreSide
from tests.model.chance import MINUTE_MS, CentreClock, chance_from, small_parts
from tests.model.evenings import Evening, a_newer_kind
from tests.model.gate import watched_databases
from tests.model.ledger import Ledger, Wrong
from tests.model.nemeses import Nemeses
from tests.model.pc import Pc
from tests.model.post import Post
from tests.model.receipts import check_receipts
from tests.model.tempers import Temper, drawn_temper
from tests.model.template import DAY, SITES, STATION_SITES, fast_folder, template

MOST_STATIONS = len(STATION_SITES)
_PASSES_OF_ACT = 28
_PASSES_OF_ROUND = 60
_DISK_WORDS = ("disk I/O error", "database or disk is full")


class World:
    """Use ``opened_world``. ``pcs`` are all there are, clones too; ``evenings`` their operators."""

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
        self.evenings: dict[str, Evening] = {}
        self.erased: dict[str, None] = {}
        """Whose personal data was erased, in order."""
        self.sites = self._sites()
        for number in range(self.temper.stations):
            self.add(
                Pc(f"s{number}", folder / f"s{number}", self.post, self.chance.getrandbits(64))
            )
        self.nemeses = Nemeses(self)

    def _sites(self) -> list[str]:
        with self.side.centre.store.reading() as tx:
            found = [find_site(tx, name).id for name in SITES]
        self.side.learn(found)
        return list(found)

    def add(self, pc: Pc) -> None:
        """A PC is there from now on."""
        pc.clock.wall_ms = self.clock.ms
        self.pcs.append(pc)
        self.evenings[pc.label] = Evening(pc, self.chance)

    def remove(self, pc: Pc) -> None:
        """A PC and its disk are gone."""
        pc.pull_plug()
        shutil.rmtree(pc.home)
        self.pcs.remove(pc)
        del self.evenings[pc.label]

    # --- steps -----------------------------------------------------------------------------

    def run(self, steps: int) -> None:
        """Let so many things happen."""
        for _ in range(steps):
            self.step()

    def step(self) -> None:
        """One thing happens somewhere."""
        self.ledger.step += 1
        self.clock.ms += self.chance.randrange(4) * 1_000
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
        except SaidPlainly as said:
            self.ledger.note(f"{pc.label}: refused, {said}")

    def act_of(self, pc: Pc) -> None:
        """Somebody does something at a PC."""
        evening = self.ready(pc)
        pc.clock.pass_ms(self.chance.randrange(1, 40) * MINUTE_MS // 10)
        name, act = evening.act()
        armed = self._arm(pc, _PASSES_OF_ACT)
        self.ledger.note(f"{pc.label}: {name}{armed}")
        done = self._survives(pc, act)
        if done:
            must = evening.must_record(name)
            self.ledger.confirm(pc.station, pc.label, pc.new_rows(), must=must, act=name)

    def do(self, pc: Pc, name: str) -> None:
        """One named act that nothing cuts; what it confirmed goes into the ledger."""
        evening = self.ready(pc)
        pc.clock.pass_ms(MINUTE_MS)
        self.clock.ms += MINUTE_MS
        self.ledger.step += 1
        self.ledger.note(f"{pc.label}: {name}")
        evening.do(name)
        must = evening.must_record(name)
        self.ledger.confirm(pc.station, pc.label, pc.new_rows(), must=must, act=name)

    def round_of(self, pc: Pc, *, must_do: bool = False) -> bool:
        """A PC talks with the centre; whether that went through."""
        evening = self.ready(pc)
        armed = "" if must_do else self._arm(pc, _PASSES_OF_ROUND)
        trouble: list[SaidPlainly | None] = []
        self.ledger.note(f"{pc.label}: round{armed}")
        done = self._survives(pc, lambda: trouble.append(pc.exchange().trouble))
        if self.post.told:
            self.ledger.note(f"    the post: {', '.join(self.post.told)}")
            self.post.told.clear()
        if not done:
            return False
        self.ledger.saw(pc.station, pc.label, pc.new_rows())
        evening.look_at_feeds()
        if trouble[0] is not None:
            self.ledger.note(f"    ended: {trouble[0]}")
            return False
        pc.met_centre = self.side.restored
        if self.side.restored:
            self.nemeses.look_at_standings()
        if self.chance.random() * 100 < self.temper.looks or must_do:
            self._look_at_receipts(pc)
        return True

    def _look_at_receipts(self, pc: Pc) -> None:
        """After a round in which both sides agreed, whatever is believed confirmed is there."""
        if pc.running.station.sync_view().agreed or not self.side.restored:
            check_receipts(self.side, pc)

    def ready(self, pc: Pc) -> Evening:
        """A PC that runs, and what its operator sees."""
        evening = self.evenings[pc.label]
        if pc.opened is None:
            self.started(pc)
        return evening

    def started(self, pc: Pc) -> None:
        """Start a PC, and see what is in its journal now."""
        pc.start()
        pc.seen_seq = 0
        rows = pc.new_rows()
        self.ledger.expect(pc.label, rows)
        self.ledger.saw(pc.station, pc.label, rows)
        self.evenings[pc.label].look()

    def _arm(self, pc: Pc, passes: int) -> str:
        draw = self.chance.random() * 100
        after = self.chance.random() < 0.35
        if draw < self.temper.kills:
            pc.dying_at(self.chance.randrange(passes), after=after)
            return ", to be killed"
        if draw < self.temper.kills + self.temper.disk_errors:
            words = self.chance.choice(_DISK_WORDS)
            # A flush may fail after all was written; that a disk is full is known before.
            after = after and words == _DISK_WORDS[0]
            pc.failing_at(self.chance.randrange(passes), words, after=after)
            return f", then {words}"
        return ""

    def _survives(self, pc: Pc, work: Callable[[], object]) -> bool:
        done = pc.survive(work)
        if not done:
            self.ledger.note(f"    {pc.label} was cut")
            if pc.opened is None:
                if self.chance.random() < 0.5:
                    pc.tear_second_copy(self.chance)
                self._start_again(pc)
            else:
                self.ledger.saw(pc.station, pc.label, pc.new_rows())
                self.evenings[pc.label].look()
        return done

    def _start_again(self, pc: Pc) -> None:
        """Start after a kill; perhaps that start is killed as well."""
        if self.chance.random() < 0.2:
            pc.dying_at(self.chance.randrange(_PASSES_OF_ROUND), after=False)
            if pc.survive(lambda: self.started(pc)):
                return
            self.ledger.note(f"    {pc.label} was cut while starting")
        self.started(pc)

    def _office(self, pc: Pc) -> None:
        draw = self.chance.random()
        try:
            if draw < 0.35:
                self.ledger.note("centre: interprets")
                self.side.interpret()
            elif draw < 0.7:
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
        copies |= self.nemeses.on_sticks()
        return self.ledger.survey(copies)


@contextmanager
def opened_world(
    seed: int, temper: Temper | None = None, *, like: Path | None = None
) -> Iterator[World]:
    """A county of its own in a folder that is removed at the end; ``like`` another one's folder."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(dir=fast_folder())))
        ends.enter_context(watched_databases())
        ends.enter_context(a_newer_kind())
        ends.enter_context(small_parts())
        shutil.copytree(like or template(), folder, dirs_exist_ok=True)
        ends.enter_context(chance_from(random.Random(seed + 1)))  # noqa: S311 - a model's chance
        world = World(seed, folder, temper)
        ends.callback(world.close)
        yield world
