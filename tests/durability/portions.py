"""The long runs cut into portions that can each be repeated: a name, a size, a seed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import cast

from tests.durability.cuts.cutting import Cutters, open_cutters, record_and_cut
from tests.durability.damages.damaging import DAMAGES, damage, prepare
from tests.durability.disks.disks import fail_at_each, fill_up
from tests.durability.kills.centre_kills import kill_centre
from tests.durability.kills.scenes import kill_at
from tests.durability.lab.kernel import why_no_disks, why_no_fuse
from tests.durability.lab.tally import Tally
from tests.model.histories import STEPS_A_WORLD, run_history
from tests.support.postgres import postgres_programs, throw_away_cluster

_MOST_PORTIONS = 12
"""Of one line; lines take turns, so that an interrupted run has something of each."""


@dataclass(frozen=True, slots=True)
class Portion:
    """One piece of a run; ``line`` is the row of the table it belongs to."""

    line: str
    size: int
    seed: int
    run: Callable[[object, Path], Tally]
    must_hold: bool = True
    """False for controls and planted bugs, which have to be seen."""

    @property
    def key(self) -> str:
        """What it is called in the state file, and how it is found again."""
        return f"{self.line} ×{self.size} seed {self.seed}"


@dataclass(frozen=True, slots=True)
class Group:
    """One table; ``open`` gives what its portions share while they run."""

    name: str
    title: str
    portions: tuple[Portion, ...]
    why_not: Callable[[], str | None]
    open: Callable[[], AbstractContextManager[object]]


# --- cuts ----------------------------------------------------------------------------------

_CUTS = {
    "sign-ins": (12, 500, 400),
    "first-start": (2, 250, 10),
    "migration": (2, 500, 120),
    "backups": (3, 500, 200),
    "recovery": (2, 350, 120),
    "courses": (1, 300, 60),
}
"""Story → portions, cuts in each, acts of each recording; ten thousand cuts together."""

_CONTROLS = {
    "enrolment": (300, 40),
    "bug-normal": (200, 300),
    "bug-off": (200, 300),
    "bug-early": (200, 300),
    "count-wal-full": (500, 500),
    "count-wal-off": (200, 500),
    "count-delete-full": (500, 500),
}


def _cut(story: str, cuts: int, acts: int, seed: int, cutters: object, folder: Path) -> Tally:
    held = cast("Cutters", cutters)
    return record_and_cut(held, story, folder, cuts=cuts, acts=acts, seed=seed)


def _cut_portions() -> Iterator[Portion]:
    for seed in range(1, _MOST_PORTIONS + 1):
        for story, (portions, cuts, acts) in _CUTS.items():
            if seed <= portions:
                yield Portion(story, cuts, seed, partial(_cut, story, cuts, acts, seed))
    for story, (cuts, acts) in _CONTROLS.items():
        run = partial(_cut, story, cuts, acts, 1)
        yield Portion(story, cuts, 1, run, must_hold=not story.startswith(("bug", "count")))


# --- disks ---------------------------------------------------------------------------------

_FAILING = {"eio": 1, "eio-2": 1, "eio-3": 1, "eio-on": 1, "eio-killed": 1, "full-bare": 5}
_FULL_FROM, _FULL_STEP = 60, 2


def _fail(kind: str, first: int, step: int, _tools: object, _folder: Path) -> Tally:
    run = fail_at_each(kind, first=first, step=step)
    run.tally.unexpected += run.believed
    return run.tally


def _fill(sign_ins: int, _tools: object, _folder: Path) -> Tally:
    told = fill_up(sign_ins, 64)
    tally = Tally(f"{sign_ins:,} after the disk was full", cuts=1, acked=int(told["confirmed"]))
    tally.lost = int(told["lost"])
    tally.worst_start_ms = float(told["start_ms"])
    if tally.lost or told["confirmed"] < sign_ins or told["refused"] > 1 or told["why"]:
        tally.failures.append(str(told))
    return tally


def _disk_portions() -> Iterator[Portion]:
    for kind, step in _FAILING.items():
        first = _FULL_FROM if kind.startswith("full") else 1
        yield Portion(kind, step, 1, partial(_fail, kind, first, step))
    yield Portion("full", _FULL_STEP, 1, partial(_fail, "full", _FULL_FROM, _FULL_STEP))
    yield Portion("full at start", 4, 1, partial(_fail_at_start, 4))
    yield Portion("sign-ins on a full disk", 10_000, 1, partial(_fill, 10_000))


def _fail_at_start(step: int, _tools: object, _folder: Path) -> Tally:
    run = fail_at_each("full", last=_FULL_FROM, step=step)
    run.tally.corrupt += run.counts["unopened"]
    if run.counts["unopened"]:
        run.tally.failures.append(f"{run.counts['unopened']} starts were refused")
    return run.tally


# --- damage --------------------------------------------------------------------------------

_DAMAGE_PORTIONS, _DAMAGES_EACH = 6, 100
"""Six times a hundred of each of five kinds: three thousand."""


def _damage(what: str, seed: int, _tools: object, folder: Path) -> Tally:
    return damage(prepare(folder, seed), what, times=_DAMAGES_EACH, seed=seed)


def _damage_portions() -> Iterator[Portion]:
    for seed in range(1, _DAMAGE_PORTIONS + 1):
        for what in DAMAGES:
            yield Portion(f"damaged: {what}", _DAMAGES_EACH, seed, partial(_damage, what, seed))


# --- kills ---------------------------------------------------------------------------------

_KILLS_EACH, _CENTRE_KILLS_EACH = 50, 25
_KILL_PORTIONS = {
    "sign-in": 6,
    "push": 6,
    "pull": 4,
    "fetch": 4,
    "export": 5,
    "import": 5,
    "backup": 5,
    "migration": 3,
}
"""Deed → portions of fifty; with a hundred kills of the centre: two thousand."""

_CENTRE_PORTIONS = {"kill: centre on sqlite": 2, "kill: centre on postgresql": 2}


def _kill(deed: str, seed: int, _tools: object, folder: Path) -> Tally:
    return kill_at(deed, folder, kills=_KILLS_EACH, seed=seed)


def _kill_centre(line: str, seed: int, _tools: object, folder: Path) -> Tally:
    kill = partial(kill_centre, folder, kills=_CENTRE_KILLS_EACH, seed=seed, line=line)
    if line.endswith("sqlite"):
        return kill(database="")
    with throw_away_cluster() as cluster:
        return kill(database=cluster.new_database())


def _kill_portions() -> Iterator[Portion]:
    early = partial(_kill, "bug-early", 1)
    yield Portion("kill: bug-early", _KILLS_EACH, 1, early, must_hold=False)
    for seed in range(1, _MOST_PORTIONS + 1):
        for deed, portions in _KILL_PORTIONS.items():
            if seed <= portions:
                yield Portion(f"kill: {deed}", _KILLS_EACH, seed, partial(_kill, deed, seed))
        for line, portions in _CENTRE_PORTIONS.items():
            if seed <= portions:
                yield Portion(line, _CENTRE_KILLS_EACH, seed, partial(_kill_centre, line, seed))


def _why_no_kills() -> str | None:
    if sys.platform == "win32":
        return "needs a fork server"
    return None if postgres_programs() is not None else "needs PostgreSQL"


# --- model ---------------------------------------------------------------------------------

_MODEL_PORTIONS, _MODEL_WORLDS = 100, 25
"""A hundred times twenty-five histories of four hundred steps: a million steps."""


def _histories(first: int, _tools: object, _folder: Path) -> Tally:
    """Histories that no test knows; each that breaks a promise is told with its seed."""
    tally = Tally("histories of a county")
    for seed in range(first, first + _MODEL_WORLDS):
        tally.cuts += 1
        try:
            count = run_history(seed, STEPS_A_WORLD)
        except AssertionError as wrong:
            tally.failures.append("; ".join(str(wrong).splitlines()[-2:]))
            continue
        for name in ("acked", "lost", "recovered", "doubled", "unexpected"):
            setattr(tally, name, getattr(tally, name) + getattr(count, name))
    return tally


def _model_portions() -> Iterator[Portion]:
    """Other seeds each day; a run that is resumed the next day begins anew."""
    first = datetime.now(UTC).toordinal() * _MODEL_PORTIONS * _MODEL_WORLDS
    for seed in range(first, first + _MODEL_PORTIONS * _MODEL_WORLDS, _MODEL_WORLDS):
        run = partial(_histories, seed)
        yield Portion("histories of a county", _MODEL_WORLDS, seed, run)


@contextmanager
def _quietly() -> Iterator[None]:
    """What is damaged on purpose need not be logged."""
    logging.disable(logging.CRITICAL)
    try:
        yield None
    finally:
        logging.disable(logging.NOTSET)


@contextmanager
def _nothing() -> Iterator[None]:
    yield None


GROUPS: dict[str, Group] = {
    one.name: one
    for one in (
        Group("cuts", "Power cuts", tuple(_cut_portions()), why_no_disks, open_cutters),
        Group("disks", "Failing and full disks", tuple(_disk_portions()), why_no_fuse, _nothing),
        Group("damage", "Damaged files", tuple(_damage_portions()), lambda: None, _quietly),
        Group("model", "Random histories", tuple(_model_portions()), lambda: None, _quietly),
        Group("kills", "Kills", tuple(_kill_portions()), _why_no_kills, _quietly),
    )
}
"""Name → run."""
