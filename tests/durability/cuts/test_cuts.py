"""The power is cut at block level: nothing confirmed is lost, and the lab can see when it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.durability.cuts.cutting import Cutters, open_cutters, record_and_cut
from tests.durability.cuts.recorder import record
from tests.durability.lab.kernel import why_no_disks
from tests.durability.lab.tally import Tally
from tests.durability.lab.tape import Entry, Replay, read_tape

_WHY_NOT = why_no_disks()

pytestmark = [
    pytest.mark.skipif(_WHY_NOT is not None, reason=f"power cuts: {_WHY_NOT}"),
    pytest.mark.timeout(900),
]

CutStory = Callable[[str, int, int], Tally]

TRUE_STORIES = {
    "sign-ins": (720, 250),
    "first-start": (50, 10),
    "migration": (70, 60),
    "backups": (100, 60),
    "recovery": (40, 40),
    "courses": (20, 60),
}
"""Story → cuts and acts; a thousand cuts together."""


@pytest.fixture(scope="module")
def cutters() -> Iterator[Cutters]:
    """Warm processes for the whole file."""
    with open_cutters(2) as started:
        yield started


@pytest.fixture
def cut(cutters: Cutters, tmp_path: Path) -> CutStory:
    """Records a story and cuts it: name, cuts, acts."""

    def run(story: str, cuts: int, acts: int) -> Tally:
        tally = record_and_cut(cutters, story, tmp_path, cuts=cuts, acts=acts, seed=1)
        print(" | ".join(tally.cells()))
        return tally

    return run


@pytest.mark.parametrize("story", TRUE_STORIES)
def test_a_cut_at_any_moment_loses_doubles_and_invents_nothing(story: str, cut: CutStory) -> None:
    tally = cut(story, *TRUE_STORIES[story])
    assert tally.is_good, tally.first_failures
    assert tally.cuts == TRUE_STORIES[story][0]
    assert tally.acked > 0 or story == "courses"
    if story == "recovery":
        assert tally.healed > 0, "no cut came before the rebuild was done"
    else:
        assert tally.healed == 0, "a cut must not damage the store"


def test_a_key_its_centre_may_know_is_still_there_after_a_cut(cut: CutStory) -> None:
    tally = cut("enrolment", 30, 20)
    assert tally.is_good, tally.first_failures


@pytest.mark.parametrize("bug", ["bug-normal", "bug-off", "bug-early"])
def test_a_planted_bug_is_seen(bug: str, cut: CutStory) -> None:
    """A commit that is not forced, or a confirmation before the commit, costs something."""
    tally = cut(bug, 20, 100)
    assert tally.lost > 0
    assert tally.lossy >= 3, "seen by chance only"


def test_the_disk_itself_behaves_as_disks_do(cut: CutStory) -> None:
    """Plain SQLite, so that a lab that loses nothing or everything is found out."""
    assert cut("count-wal-full", 60, 200).is_good
    off = cut("count-wal-off", 20, 200)
    assert off.lossy == off.cuts
    assert cut("count-delete-full", 60, 200).lossy >= 5


def test_the_same_seed_makes_the_same_image(tmp_path: Path) -> None:
    recording = record("count-wal-full", tmp_path, acts=20)
    tape = read_tape(recording.tape)
    place = (recording.start + recording.end) // 2
    images = []
    for seed in (1, 1, 2):
        image = bytearray(recording.size_bytes)
        replay = Replay(tape, recording.size_bytes, len(recording.told))
        replay.put_image(image, place, random.Random(seed))
        images.append(image)
    assert images[0] == images[1]
    assert 0 < replay.acked(place) < len(recording.told)


def test_what_was_flushed_is_there_and_of_the_rest_a_part() -> None:
    block = 4096
    written = [Entry(0, at * block, bytes([at + 1]) * block) for at in range(100)]
    tape = [*written[:50], Entry(0, 0, None), *written[50:]]
    found = bytearray(100 * block)
    Replay(tape, len(found), 0).put_image(found, 101, random.Random(1))
    blocks = [found[at * block : (at + 1) * block] for at in range(100)]
    whole = [one == bytes([at + 1]) * block for at, one in enumerate(blocks)]
    assert all(whole[:50])
    assert 15 < sum(whole[50:]) < 35
    earlier = bytearray(100 * block)
    Replay(tape, len(earlier), 0).put_image(earlier, 30, random.Random(1))
    assert not any(earlier[30 * block :]), "nothing from after the cut"
