"""One file is damaged at random: the station opens, and shows the truth or says what is missing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.store.engine import SQLITE
from app.store.seal import put_seal
from tests.durability.damages.damaging import DAMAGES, Homes, damage, prepare

TIMES = 60
"""Of each of five kinds: three hundred."""

pytestmark = [pytest.mark.logs_warnings, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    """A session to damage."""
    return prepare(tmp_path_factory.mktemp("homes"), seed=1)


@pytest.mark.parametrize("what", DAMAGES)
def test_no_damage_to_one_file_is_shown_as_truth(what: str, homes: Homes) -> None:
    tally = damage(homes, what, times=TIMES, seed=1)
    print(" | ".join(tally.cells()))
    assert tally.is_good, tally.first_failures
    assert tally.lost == 0, "the other copies were whole"
    if what.startswith(("store", "log")):
        assert tally.healed > TIMES // 4, "the damages were too small to prove anything"
    else:
        assert tally.healed == 0, "a copy alone is no reason to touch the store"


def test_the_lab_sees_a_row_that_was_changed_without_a_word(homes: Homes, tmp_path: Path) -> None:
    """Proof of the test: a name changed by somebody who also made the seal anew."""
    shutil.copytree(homes.folder, tmp_path / "homes")
    changed = replace(homes, folder=tmp_path / "homes")
    with SQLITE.connect(changed.folder / "tidy" / "home" / "station.db") as connection:
        connection.execute("UPDATE people SET name = name || 'x' WHERE id = 'p1'")
    put_seal(changed.folder / "tidy" / "home" / "station.db")
    tally = damage(changed, "backup", times=1, seed=1)
    assert tally.unexpected == 1
    assert "silently" in tally.first_failures
