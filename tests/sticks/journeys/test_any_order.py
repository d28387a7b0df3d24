"""Sticks in any order, twice, half copied: whatever happens on the way, receipts stay true.

And one more honest journey brings everything that got lost.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.bootstrap import carry_of
from app.usecases import carry
from app.wire.sticks.layout import DOWN, TOP, UP
from tests.support.county import (
    County,
    bring_home,
    confirmed_in,
    export,
    hold_session,
    open_county,
    station_of,
)
from tests.support.small_sessions import facts_in

STATIONS = 3
STICKS = 4


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with open_county(tmp_path / "county") as opened:
        yield opened


@dataclass(slots=True)
class Mixed:
    """What one run of chance does with stations and sticks."""

    county: County
    folder: Path
    chance: random.Random
    homes: list[Path] = field(default_factory=list)
    sticks: list[Path] = field(default_factory=list)

    def begin(self) -> None:
        for number in range(STATIONS):
            self.homes.append(self.county.enrolled_home(f"{self.folder.name}-{number}"))
            with self.county.at(self.homes[-1]):
                pass
        for number in range(STICKS):
            self.sticks.append(self.folder / f"stick{number}")
            self.sticks[-1].mkdir(parents=True)

    def act(self) -> None:
        """One thing that happens somewhere."""
        deed = self.chance.choices(
            [self.session_and_export, self.bring_home, self.visit, self.mix, self.damage],
            [5, 3, 4, 3, 2],
        )[0]
        deed()

    def session_and_export(self) -> None:
        with self.county.at(self.chance.choice(self.homes)) as opened:
            hold_session(opened, self.chance.randrange(1, 6))
            for stick in self.chance.sample(self.sticks, self.chance.randrange(1, 3)):
                export(opened, stick)

    def bring_home(self) -> None:
        with self.county.at(self.chance.choice(self.homes)) as opened:
            bring_home(opened, self.chance.choice(self.sticks))

    def visit(self) -> None:
        """A stick comes to the centre, perhaps twice."""
        stick = self.chance.choice(self.sticks)
        for _ in range(self.chance.randrange(1, 3)):
            assert self.county.take(stick).trouble is None

    def mix(self) -> None:
        """Somebody copies files from one stick to another; some copies end in the middle."""
        old, new = self.chance.sample(self.sticks, 2)
        for path in sorted(old.glob(f"{TOP}/*/*/*")):
            if self.chance.random() < 0.5:
                copy = new / path.relative_to(old)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
                if self.chance.random() < 0.3:
                    os.truncate(copy, self.chance.randrange(copy.stat().st_size))

    def damage(self) -> None:
        """A file is lost, cut off or changed."""
        files = sorted(self.chance.choice(self.sticks).glob(f"{TOP}/*/*/*"))
        if not files:
            return
        path = self.chance.choice(files)
        content = bytearray(path.read_bytes())
        if self.chance.random() < 0.3:
            path.unlink()
        elif content:
            content[self.chance.randrange(len(content))] ^= 1
            path.write_bytes(content)

    def check_receipts_are_true(self) -> None:
        """The centre holds whatever a station believes confirmed."""
        for home in self.homes:
            held = {one.hex() for one in self.county.held(station_of(home))}
            assert confirmed_in(home / "station.db") <= held

    def heal(self) -> None:
        """Two honest journeys with a new stick: what is missing goes, and its receipt comes."""
        stick = self.folder / "honest"
        stick.mkdir()
        for _ in range(2):
            for home in self.homes:
                with self.county.at(home) as opened:
                    export(opened, stick)
            self.county.take(stick)
            for home in self.homes:
                with self.county.at(home) as opened:
                    bring_home(opened, stick)


@given(chance=st.randoms(use_true_random=False), deeds=st.integers(5, 20))
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_order_of_sticks_keeps_receipts_true_and_loses_nothing(
    county: County, tmp_path: Path, chance: random.Random, deeds: int
) -> None:
    folder = tmp_path / f"run{sum(1 for _ in tmp_path.iterdir())}"
    mixed = Mixed(county, folder, chance)
    mixed.begin()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(carry, "PART_BUDGET_BYTES", 1_500)  # so that an export has several parts
        for _ in range(deeds):
            mixed.act()
            mixed.check_receipts_are_true()
        mixed.heal()
    for home in mixed.homes:
        own = set(facts_in(home / "station.db"))
        assert confirmed_in(home / "station.db") == own
        assert {one.hex() for one in county.held(station_of(home))} == own


@pytest.mark.parametrize("seed", range(3))
def test_every_way_of_bringing_the_same_parts_ends_the_same(
    seed: int, county: County, tmp_path: Path
) -> None:
    """Parts one by one, shuffled and doubled, give what the whole stick gives."""
    chance = random.Random(seed)
    stick = tmp_path / "stick"
    stick.mkdir()
    homes = [county.enrolled_home(f"村{seed}-{number}") for number in range(STATIONS)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(carry, "PART_BUDGET_BYTES", 1_500)
        for home in homes:
            with county.at(home) as opened:
                hold_session(opened, 8)
                export(opened, stick)
    parts = sorted(stick.glob(f"{TOP}/{UP}/*/*"))
    assert len(parts) > 2 * STATIONS
    order = [*parts, *chance.sample(parts, len(parts) // 2)]
    chance.shuffle(order)
    answers = tmp_path / "answers"
    for number, part in enumerate(order):
        alone = tmp_path / f"alone{number}"
        target = alone / part.relative_to(stick)
        target.parent.mkdir(parents=True)
        shutil.copyfile(part, target)
        taken = county.take(alone)
        assert (len(taken.stations), taken.refused) == (1, {})
        for answer in alone.glob(f"{TOP}/{DOWN}/*/*"):
            copy = answers / answer.relative_to(alone)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(answer, copy)
    for home in homes:
        with county.at(home) as opened:
            done = carry_of(opened).take(answers, store_lane=lambda job: job())
            assert (done.trouble, done.confirmed) == (None, done.held)
