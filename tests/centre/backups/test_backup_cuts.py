"""A backup or restore that is killed anywhere leaves the old or the new and can be gone on with."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.domain.errors import StoreTrouble
from centre.backups.acts import back_up, check
from centre.backups.folder import prove
from centre.backups.restoring import restore
from centre.home import CONFIG, UNFINISHED
from centre.opening import open_centre
from centre.service import Centre, generation_of
from centre.settings import Settings
from centre.sites import find_or_create_site

_STEPS = ("os.rename", "os.remove", "os.mkdir")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no fork there")


def killed_at(number: int, act: Callable[[], object]) -> bool:
    """Run ``act`` in a process that is gone at its step ``number``; False when it had fewer."""
    child = os.fork()
    if child == 0:
        left = [number]

        def look(event: str, _arguments: object) -> None:
            if event in _STEPS:
                left[0] -= 1
                if left[0] < 0:
                    os._exit(9)

        sys.addaudithook(look)
        try:
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def centre_with(home: Path, site: str) -> str:
    """A centre that knows one site; its id."""
    centre = open_centre(Settings(home))
    find_or_create_site(centre, site)
    centre.close()
    return centre.id


def save(home: Path, folder: Path) -> None:
    """As the command does."""
    centre = open_centre(Settings(home))
    try:
        back_up(centre, folder)
    finally:
        centre.close()


def generation(centre: Centre) -> str:
    with centre.store.reading() as tx:
        return generation_of(tx)


def test_a_backup_cut_at_any_step_leaves_one_that_is_whole(tmp_path: Path) -> None:
    home, folder = tmp_path / "c", tmp_path / "bk"
    centre_with(home, "石门村")
    save(home, folder)
    before, sites = prove(folder)[0], 1
    for number in range(200):
        sites += 1
        centre_with(home, f"第{sites}村")
        was_killed = killed_at(number, lambda: save(home, folder))
        manifest = prove(folder)[0]
        assert manifest == before or manifest.rows["sites"] == sites
        before = manifest
        if not was_killed:
            break
    assert number > 5
    assert before.rows["sites"] == sites
    restore(Settings(tmp_path / "again"), folder, set_aside=False)


@pytest.mark.parametrize("is_used", [True, False], ids=["over another", "into a new home"])
def test_a_restore_cut_at_any_step_is_finished_by_the_same_command(
    tmp_path: Path, is_used: bool
) -> None:
    home, folder, old, old_key = tmp_path / "c", tmp_path / "bk", "", b""
    wanted = centre_with(tmp_path / "saved", "石门村")
    saved = open_centre(Settings(tmp_path / "saved"))
    back_up(saved, folder)
    was = generation(saved)
    saved.close()
    if is_used:
        old = centre_with(tmp_path / "old", "松岭村")
        old_key = (tmp_path / "old" / "centre.key").read_bytes()
    for number in range(200):
        shutil.rmtree(home, ignore_errors=True)
        if is_used:
            shutil.copytree(tmp_path / "old", home)
        act = partial(restore, Settings(home), folder, set_aside=is_used)
        was_killed = killed_at(number, act)
        if was_killed:
            if os.path.lexists(home / UNFINISHED):
                with pytest.raises(StoreTrouble, match="restore_unfinished"):
                    open_centre(Settings(home))
            elif is_used:
                opened = open_centre(Settings(home))
                opened.close()
                assert opened.id == old, "nothing was begun yet"
            else:
                assert not (home / "centre.key").exists(), "nothing was begun yet"
            act()
        centre = open_centre(Settings(home))
        assert centre.id == wanted
        assert generation(centre) != was, "stations must offer everything anew"
        assert check(centre).faults == ()
        centre.close()
        kept = {path.read_bytes() for path in home.glob("before-restore-*/centre.key")}
        assert kept >= ({old_key} if is_used else set()), "nothing is thrown away"
        extra = ("before-restore-", f"{CONFIG}.")  # a cut leaves a draft of its own name
        left = {path.name for path in home.iterdir() if not path.name.startswith(extra)}
        assert left == {"centre.sqlite", "centre.key", CONFIG, "media", "serve.lock"}
        if not was_killed:
            break
    assert number > 5


def test_a_restore_into_a_database_that_was_cut_off_is_finished(
    tmp_path: Path, new_postgres: Callable[[], str]
) -> None:
    folder, address = tmp_path / "bk", new_postgres()
    wanted = centre_with(tmp_path / "saved", "石门村")
    save(tmp_path / "saved", folder)
    home = tmp_path / "c"
    act = partial(restore, Settings(home, address), folder, set_aside=False)
    number = 0
    while killed_at(number, act):
        number += 1
        if number > 100:
            break
    assert 3 < number < 100
    centre = open_centre(Settings(home))
    assert (centre.id, centre.settings.database) == (wanted, address)
    assert check(centre).faults == ()
    centre.close()
