"""What can befall a county beside lost answers and kills: one method each, chosen by the temper."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.areas.sessions.session import Step
from app.bootstrap import carry_of
from app.domain.errors import UserError
from app.usecases.carry import CarryOutcome
from app.wire.sticks.layout import TOP
from centre.stations.credentials import shut_out
from centre.sticks.taking import take_stick
from tests.model.acts.scene import Scene
from tests.model.county.chance import DAY_MS, DrawnEntropy
from tests.model.county.pc import Pc
from tests.model.county.sticks import STICKS, stick_of
from tests.model.county.template import let_in

MOST_PCS = 3
"""Of one station."""
_PLAIN = ("second_pc", "twin")
_WRONG_CLOCKS_MS = (0, 4_070_908_800_000)
"""1970 and 2099."""


class Nemeses:
    """Bound to a scene. What happened to a station is remembered for who judges its flags."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._count = 0
        self.tampered: dict[str, set[str]] = {}
        """Station → what befell its files: ``back``, ``clone``, ``twin``, ``gone``, ``pc``."""
        self.by_stick: set[str] = set()
        """Stations of which something was carried."""

    def strike(self, pc: Pc) -> None:
        """One of them comes."""
        weights = self._scene.temper.weights
        name = self.chance.choices(list(weights), list(weights.values()))[0]
        self._scene.ledger.note(f"{pc.label}: {name}")
        deed: Callable[[Pc], None] = getattr(self, name if name in _PLAIN else f"_{name}")
        deed(pc)

    @property
    def chance(self) -> random.Random:
        """The scene's."""
        return self._scene.chance

    def befell(self, pc: Pc, what: str) -> None:
        """Remember it of the station, and what was destroyed by it."""
        self.tampered.setdefault(pc.station, set()).add(what)
        if what in ("back", "gone"):
            self._scene.ledger.at.pop(pc.label, None)
        self._look_for_copies()

    def _look_for_copies(self) -> None:
        gone = self._scene.survey()
        if gone:
            self._scene.ledger.note(f"    {gone} facts are nowhere any more")

    # --- programs and machines ------------------------------------------------------------

    def _restart(self, pc: Pc) -> None:
        pc.stop()
        if self.chance.random() < 0.3:
            pc.clock.boot = f"boot-{self.chance.getrandbits(40)}"
            pc.clock.mono_ms = 1_000
        self._scene.started(pc)

    def _plug(self, pc: Pc) -> None:
        self._scene.ready(pc)
        pc.pull_plug()
        pc.tear_second_copy(self.chance)
        pc.clock.boot, pc.clock.mono_ms = f"boot-{self.chance.getrandbits(40)}", 1_000
        self._scene.started(pc)

    def _clock(self, pc: Pc) -> None:
        if self.chance.random() < 0.4:
            pc.clock.wall_ms = self._scene.clock.ms
            return
        shift = self.chance.choice((-DAY_MS, DAY_MS, -3_600_000, 40 * DAY_MS))
        pc.clock.wall_ms = self.chance.choice((*_WRONG_CLOCKS_MS, pc.clock.wall_ms + shift))

    def _backup(self, pc: Pc) -> None:
        self._scene.ready(pc)
        pc.store.backup_today(again=True)

    def _idle(self, pc: Pc) -> None:
        """Nobody does anything there for a moment."""
        self._scene.ready(pc)
        pc.fold_some()

    def _old_program(self, pc: Pc) -> None:
        pc.stop()
        pc.speaks_1_0 = not pc.speaks_1_0

    def _late_request(self, _pc: Pc) -> None:
        station = self._scene.post.deliver_late()
        self._scene.ledger.note(f"    of {station}")

    # --- a station's files -----------------------------------------------------------------

    def _keep(self, pc: Pc) -> None:
        if self.chance.random() < 0.5:
            pc.stop()
        pc.keep_copy()

    def _put_back(self, pc: Pc) -> None:
        if pc.copies:
            pc.put_back(self.chance.choice(pc.copies))
            self.befell(pc, "back")
            pc.met_centre = -1

    def _again(self, pc: Pc) -> None:
        """The disk is as it was before an act, and somebody does the same once more."""
        operator = self._scene.ready(pc)
        if operator.session is None:
            self._do(pc, "extra")
        is_open = operator.step is not Step.PREPARE
        name = self.chance.choice(("close", "close", "play", "sign_in")) if is_open else "open"
        copy = pc.keep_copy(f"again-{pc.label}")
        with suppress(UserError):
            self._do(pc, name)
        if self.chance.random() < 0.7:
            self._scene.round_of(pc)
        pc.put_back(copy)
        shutil.rmtree(copy)
        self.befell(pc, "back")
        pc.met_centre = -1
        if self._scene.ready(pc).session is not None:  # another copy of the disk may have closed it
            self._do(pc, name)

    def _do(self, pc: Pc, name: str) -> None:
        """An act that is part of a misfortune, not a step of its own."""
        self._scene.ledger.step -= 1
        self._scene.do(pc, name)

    def _store_back(self, pc: Pc) -> None:
        if pc.copies:
            pc.put_back(self.chance.choice(pc.copies), only_store=True)
            self.befell(pc, "back")
            pc.met_centre = -1

    def _delete(self, pc: Pc) -> None:
        pc.delete_store(copies_too=False)
        self.befell(pc, "gone")

    def _delete_all(self, pc: Pc) -> None:
        pc.delete_store(copies_too=True)
        self.befell(pc, "gone")

    def _clone(self, pc: Pc) -> None:
        if self._may_have_more(pc):
            self._scene.ready(pc)
            self._scene.add(pc.clone(self._label(pc), self.chance.getrandbits(64)))
            self.befell(pc, "clone")

    def twin(self, pc: Pc) -> None:
        """Another machine goes on from this one's disk and memory."""
        if self._may_have_more(pc):
            self._scene.ready(pc)
            twin = pc.twin(self._label(pc))
            self._scene.add(twin)
            twin.seen_seq = pc.seen_seq
            self._scene.operators[twin.label].look()
            self.befell(pc, "twin")

    def _replace(self, pc: Pc) -> None:
        self.second_pc(pc)
        if pc.shut_out:
            self._scene.remove(pc)
            self.befell(pc, "pc")

    def second_pc(self, pc: Pc, most: int = MOST_PCS) -> None:
        """Another PC takes the place of a station's; the old one goes on as if nothing were."""
        if len(self._pcs_of(pc)) >= most:
            return
        label = self._label(pc)
        home = self._scene.folder / f"{label}-0"
        self.let_in(pc, home)
        for one in self._pcs_of(pc):
            one.shut_out = True
        self._scene.add(Pc(label, home, self._scene.post, self.chance.getrandbits(64)))
        self.befell(pc, "pc")

    def let_in(self, pc: Pc, home: Path) -> None:
        """Give a home a code for a PC's station."""
        entropy = DrawnEntropy(self.chance)
        let_in(self._scene.side.centre, home, entropy, site=pc.site, station=pc.station)

    def _shut_out(self, pc: Pc) -> None:
        shut_out(self._scene.side.centre, pc.station)
        for one in self._pcs_of(pc):
            one.shut_out = True

    def _let_back(self, pc: Pc) -> None:
        """A person lets a station that was shut out back in, with a new PC in its place."""
        if pc.shut_out and all(one.shut_out for one in self._pcs_of(pc)):
            self.second_pc(pc)

    def _pcs_of(self, pc: Pc) -> list[Pc]:
        return [one for one in self._scene.pcs if one.station == pc.station]

    def _may_have_more(self, pc: Pc) -> bool:
        return len(self._pcs_of(pc)) < MOST_PCS

    def _label(self, pc: Pc) -> str:
        self._count += 1
        return f"{pc.label.split('.')[0]}.{self._count}"

    # --- the centre -----------------------------------------------------------------------------

    def _centre_keep(self, _pc: Pc) -> None:
        self._scene.side.keep_copy()

    def _centre_back(self, _pc: Pc) -> None:
        side = self._scene.side
        if side.copies:
            tell = self.chance.random() < 0.5
            self._scene.ledger.note(f"    {'told' if tell else 'not told'}")
            side.put_back(self.chance.choice(side.copies), tell=tell)
            self._scene.look_at_standings()
            gone = self._scene.survey()
            self._scene.ledger.note(f"    {gone} facts are nowhere any more")

    # --- sticks -----------------------------------------------------------------------------------

    def stick(self, number: int) -> Path:
        """The folder of a stick."""
        return stick_of(self._scene.folder, number)

    def _any_stick(self) -> Path:
        return self.stick(self.chance.randrange(STICKS))

    def export(self, pc: Pc, stick: Path) -> CarryOutcome:
        """A PC leaves on a stick what the centre has not confirmed."""
        self._scene.ready(pc)
        self.by_stick.add(pc.station)
        return carry_of(pc.running).export(stick, store_lane=lambda job: job())

    def _export(self, pc: Pc) -> None:
        done = self.export(pc, self._any_stick())
        self._scene.ledger.note(f"    {done.parts} parts, {done.facts} facts")

    def _bring(self, pc: Pc) -> None:
        self.bring(pc, self._any_stick())

    def bring(self, pc: Pc, stick: Path) -> CarryOutcome:
        """A PC takes the centre's answers from a stick."""
        operator = self._scene.ready(pc)
        done = carry_of(pc.running).take(stick, store_lane=lambda job: job(), courses=False)
        self._scene.ledger.saw(pc.station, pc.label, pc.new_rows())
        operator.look_at_feeds()
        if self._scene.side.restored:
            pc.met_centre = -1
        self._scene.ledger.note(f"    {done.answers} answers, {done.trouble or 'well'}")
        return done

    def _visit(self, _pc: Pc) -> None:
        for _ in range(self.chance.randrange(1, 3)):
            self.visit(self._any_stick())

    def visit(self, stick: Path) -> None:
        """A stick comes to the centre."""
        taken = take_stick(self._scene.side.centre, stick)
        for one in taken.stations:
            self._scene.ledger.note(f"    {one.parts} parts, {one.facts} facts of {one.station}")

    def _mix(self, _pc: Pc) -> None:
        """Somebody copies files from one stick to another; some copies end in the middle."""
        numbers = self.chance.sample(range(STICKS), 2)
        old, new = (self.stick(number) for number in numbers)
        for path in sorted(old.glob(f"{TOP}/*/*/*")):
            if self.chance.random() < 0.5:
                copy = new / path.relative_to(old)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
                if self.chance.random() < 0.3:
                    os.truncate(copy, self.chance.randrange(copy.stat().st_size + 1))
        self._look_for_copies()

    def _spoil(self, _pc: Pc) -> None:
        """A file of a stick is lost or changed."""
        files = sorted(self._any_stick().glob(f"{TOP}/*/*/*"))
        if not files:
            return
        path = self.chance.choice(files)
        content = bytearray(path.read_bytes())
        if self.chance.random() < 0.3 or not content:
            path.unlink()
        else:
            content[self.chance.randrange(len(content))] ^= 1
            path.write_bytes(content)
        self._look_for_copies()
