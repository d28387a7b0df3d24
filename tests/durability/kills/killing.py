"""Kills a station's process at a random moment of one deed, again and again, and looks each time."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from tests.durability.kills.victims import DONE, READY, Orders, suffer
from tests.durability.lab.checks import Cut, Verdict, check_backups, check_station, read_verdict
from tests.durability.lab.stage import Told
from tests.durability.lab.tally import Tally

_LONGEST_S = 60.0
_BEYOND = 1.15
"""Kills fall up to this many times the deed's own length after its beginning."""


@dataclass(slots=True)
class Scene:
    """One deed's surroundings. ``arm`` readies a turn, ``look`` judges what the kill left."""

    deed: str
    folder: Path
    stick: Path
    told: list[Told] = field(default_factory=list)
    kills: int = 0
    """Kills since ``told`` began: each may leave one deed done and not told."""
    arm: Callable[[int], None] = field(default=lambda _turn: None)
    look: Callable[[Scene, bool], Verdict] = field(default=lambda scene, last: scene.judge(last))

    def judge(self, thorough: bool) -> Verdict:
        """The station starts and has all that was told, and at most one deed more a kill."""
        check = check_backups if self.deed == "backup" else check_station
        verdict = check(Cut(self.folder, self.told, None, thorough))
        if verdict.recovered > self.kills:
            extra = verdict.recovered - self.kills
            return read_verdict(verdict.plain() | {"unexpected": extra, "recovered": self.kills})
        return verdict


class Killer:
    """Kills at moments that are spread over the deed's own length, which it learns."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._span_s = 0.0
        self._seed = seed
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["__main__", "tests.durability.kills.victims"])
        self.in_time = 0
        """Kills that came before the deed was done."""

    def measure(self, scene: Scene) -> None:
        """One life that is only ended when the deed is done: so long it takes."""
        self._span_s = _LONGEST_S
        self._live(scene, 0, to_end=True)

    def kill(self, scene: Scene, turn: int) -> None:
        """One life: begun, killed, everything it told kept in ``scene``."""
        self.in_time += not self._live(scene, turn + 1)

    def _live(self, scene: Scene, turn: int, *, to_end: bool = False) -> bool:
        """Whether the deed was done before the kill."""
        mine, theirs = self._context.Pipe(duplex=False)
        orders = Orders(scene.folder, scene.stick, self._seed * 100_000 + turn)
        child = self._context.Process(target=suffer, args=(scene.deed, orders, theirs), daemon=True)
        child.start()
        theirs.close()
        try:
            ended = self._listen(mine, scene, to_end=to_end)
        finally:
            child.kill()
        ended = self._rest(mine, scene) or ended
        child.join()
        mine.close()
        scene.kills += 1
        return ended

    def _listen(self, mine: Connection, scene: Scene, *, to_end: bool) -> bool:
        """Take what is told until the moment has come; whether the deed was done before."""
        if not _until(mine, scene, READY, _LONGEST_S):
            raise AssertionError(f"{scene.deed}: the victim did not come to its deed")
        began = time.monotonic()
        wait_s = _LONGEST_S if to_end else self._chance.random() * self._span_s * _BEYOND
        done = _until(mine, scene, DONE, wait_s)
        if done:
            took = time.monotonic() - began
            self._span_s = took if to_end else max(0.002, 0.8 * self._span_s + 0.2 * took)
        elif to_end:
            raise AssertionError(f"{scene.deed}: the deed was not done")
        elif wait_s > 0.9 * self._span_s:
            self._span_s *= 1.2
        return done

    @staticmethod
    def _rest(mine: Connection, scene: Scene) -> bool:
        """What was told before the kill and not read yet; a torn last message is no message."""
        done = False
        try:
            while True:
                done = _take(mine, scene) == DONE or done
        except (EOFError, OSError):
            return done


def _until(mine: Connection, scene: Scene, word: Told, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        try:
            if mine.poll(left) and _take(mine, scene) == word:
                return True
        except EOFError:
            return False
    return False


def _take(mine: Connection, scene: Scene) -> Told:
    told: Told = mine.recv()
    if told not in (READY, DONE):
        scene.told.append(told)
    return told


def kill_again_and_again(scene: Scene, kills: int, seed: int) -> Tally:
    """So many kills of one deed; raises AssertionError when the victim fails by itself."""
    killer = Killer(seed)
    tally = Tally(f"kill: {scene.deed}")
    scene.arm(-1)
    killer.measure(scene)
    for turn in range(kills):
        scene.arm(turn)
        killer.kill(scene, turn)
        try:
            verdict = scene.look(scene, turn == kills - 1)
        except Exception as failed:  # noqa: BLE001 - whatever a start may raise is the finding
            verdict = Verdict(len(scene.told), corrupt=1, why=f"{type(failed).__name__}: {failed}")
        tally.take(verdict, f"{scene.deed} seed {seed} kill {turn}")
    if kills > 3 and killer.in_time == 0:
        tally.failures.append(f"{scene.deed}: no kill came before the deed was done")
    return tally
