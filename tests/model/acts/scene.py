"""Who and what there is in a simulated county: PCs with their operators, the centre, the post, the ledger."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from app.areas.attendance.marks import Lane
from app.domain.errors import UserError
from app.domain.ids import PersonId
from app.wire.signing import public_key_of
from centre.erasing.erasing import erase_person
from centre.sites import find_site
from centre.store.tables import station_keys, stations
from tests.model.acts.operators import Operator
from tests.model.acts.tempers import Temper, drawn_temper
from tests.model.checks.receipts import check_receipts
from tests.model.county.centre_side import CentreSide
from tests.model.county.chance import MINUTE_MS, CentreClock
from tests.model.county.ledger import Ledger
from tests.model.county.pc import Pc
from tests.model.county.post import Post
from tests.model.county.sticks import facts_on_sticks
from tests.model.county.template import SITES

_PASSES_OF_ROUND = 60
_DISK_WORDS = ("disk I/O error", "database or disk is full")


class Scene:
    """``pcs`` are all there are, clones too; ``operators`` sit before them."""

    def __init__(self, seed: int, folder: Path, temper: Temper | None = None) -> None:
        self.seed = seed
        self.folder = folder
        self.chance = random.Random(seed)  # noqa: S311 - a model's chance
        self.temper = temper or drawn_temper(self.chance)
        self.ledger = Ledger()
        self.clock = CentreClock()
        self._passed_ms = self.clock.ms
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

    def pass_time(self, ms: int = 0) -> None:
        """As much time goes by at every PC as at the centre, which takes some for each answer."""
        self.clock.ms += ms
        passed_ms = self.clock.ms - self._passed_ms
        for pc in self.pcs:
            pc.clock.pass_ms(passed_ms)
        self._passed_ms = self.clock.ms

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

    # --- what is done at PCs ----------------------------------------------------------

    def do(self, pc: Pc, name: str) -> None:
        """One named act that nothing cuts; what it confirmed goes into the ledger."""
        operator = self.ready(pc)
        self.pass_time(MINUTE_MS)
        self.ledger.step += 1
        self.ledger.note(f"{pc.label}: {name}")
        operator.do(name)
        must = operator.must_record(name)
        self.ledger.confirm(pc.station, pc.label, pc.new_rows(), must=must, act=name)

    def mark(self, pc: Pc, person: PersonId) -> None:
        """One person is marked at a PC, in the session that runs there."""
        session = self.ready(pc).session
        if session is None:
            raise AssertionError("no session")
        self.pass_time(MINUTE_MS)
        pc.running.station.attendance.sign_in(session, person, Lane.ROLL_CALL, "operator")
        self.ledger.confirm(pc.station, pc.label, pc.new_rows(), must=True, act="mark")

    def round_of(self, pc: Pc, *, must_do: bool = False) -> bool:
        """A PC talks with the centre; whether that went through."""
        operator = self.ready(pc)
        armed = "" if must_do else self.arm(pc, _PASSES_OF_ROUND)
        trouble: list[UserError | None] = []
        self.ledger.note(f"{pc.label}: round{armed}")
        done = self.survives(pc, lambda: trouble.append(pc.exchange().trouble))
        if self.post.told:
            self.ledger.note(f"    the post: {', '.join(self.post.told)}")
            self.post.told.clear()
        if not done:
            return False
        self.ledger.saw(pc.station, pc.label, pc.new_rows())
        operator.look_at_feeds()
        if trouble[0] is not None:
            self.ledger.note(f"    ended: {trouble[0]}")
            return False
        pc.met_centre = self.side.restored
        if self.side.restored:
            self.look_at_standings()
        if self.chance.random() * 100 < self.temper.looks or must_do:
            self._look_at_receipts(pc)
        return True

    def _look_at_receipts(self, pc: Pc) -> None:
        """After a round in which both sides agreed, whatever is believed confirmed is there."""
        if pc.running.station.today.sync_view().agreed or not self.side.restored:
            check_receipts(self.side, pc)

    def arm(self, pc: Pc, passes: int) -> str:
        """Perhaps arm the gate; what is to come, in words."""
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

    def survives(self, pc: Pc, work: Callable[[], object]) -> bool:
        """Do something that may be cut; whether it came to its end. Who was cut starts again."""
        done = pc.survive(work)
        if not done:
            self.ledger.note(f"    {pc.label} was cut")
            if pc.opened is None:
                if self.chance.random() < 0.5:
                    pc.tear_second_copy(self.chance)
                self._start_again(pc)
            else:
                self.ledger.saw(pc.station, pc.label, pc.new_rows())
                self.operators[pc.label].look()
        return done

    def _start_again(self, pc: Pc) -> None:
        """Start after a kill; perhaps that start is killed as well."""
        if self.chance.random() < 0.2:
            pc.dying_at(self.chance.randrange(_PASSES_OF_ROUND), after=False)
            if pc.survive(lambda: self.started(pc)):
                return
            self.ledger.note(f"    {pc.label} was cut while starting")
        self.started(pc)

    # --- what the centre does ---------------------------------------------------------

    def look_at_standings(self) -> None:
        """A centre that was put back may hold another PC for the station's than before."""
        for one in self.pcs:
            one.shut_out = standing_of(self.side, one) != "active"

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


def standing_of(side: CentreSide, pc: Pc) -> str:
    """Whether the centre lets a PC speak for its station: ``active``, ``apart`` or ``unknown``."""
    with side.centre.store.reading() as tx:
        row = tx.execute(select(stations).where(stations.c.id == pc.station)).one()
        query = select(station_keys.c.public_key).where(station_keys.c.station == pc.station)
        keys = {bytes(one) for one in tx.scalars(query)}
    mine = public_key_of(pc.key)
    if mine == bytes(row.public_key):
        return "active" if row.revoked_ms is None else "apart"
    return "apart" if mine in keys else "unknown"
