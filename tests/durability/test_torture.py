"""The long runs can be interrupted and go on, and a killed run leaves no mount and no loop device."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

from tests.durability import torture
from tests.durability.lab.checks import Verdict
from tests.durability.lab.kernel import why_no_disks
from tests.durability.lab.tally import Tally
from tests.durability.portions import Group, Portion
from tests.support.centre_process import ROOT

_WHY_NOT = why_no_disks()


def _portions(ran: list[int], *, broken: int = 0, lossy: int = 0) -> tuple[Portion, ...]:
    def run(seed: int) -> Tally:
        if seed == broken:
            raise KeyboardInterrupt
        ran.append(seed)
        tally = Tally("line")
        tally.take(Verdict(acked=10, lost=int(seed == lossy)), f"seed {seed}")
        return tally

    def portion(seed: int) -> Portion:
        return Portion("line", 5, seed, lambda _tools, _folder: run(seed))

    return tuple(portion(seed) for seed in (1, 2, 3))


def _with(monkeypatch: pytest.MonkeyPatch, folder: Path, portions: tuple[Portion, ...]) -> None:
    group = Group("group", "Title", portions, lambda: None, lambda: nullcontext(None))
    monkeypatch.setattr(torture, "GROUPS", {"group": group})
    monkeypatch.setattr(torture, "FOLDER", folder / "torture")


def test_an_interrupted_run_goes_on_where_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[int] = []
    _with(monkeypatch, tmp_path, _portions(ran, broken=2))
    with pytest.raises(KeyboardInterrupt):
        torture.main([])
    _with(monkeypatch, tmp_path, _portions(ran))
    assert torture.main(["--resume"]) == 0
    assert ran == [1, 2, 3]
    assert "| line | 3 | 30 | 0 |" in capsys.readouterr().out
    assert torture.main([]) == 0
    assert ran == [1, 2, 3, 1, 2, 3], "without --resume it begins anew"


def test_a_loss_in_any_portion_is_told_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _with(monkeypatch, tmp_path, _portions([], lossy=2))
    assert torture.main([]) == 1
    assert "1 in 1 times" in capsys.readouterr().out


def _our_loop_devices(folder: Path) -> list[str]:
    """Loop devices whose file lies in ``folder``."""
    files = Path("/sys/block").glob("loop*/loop/backing_file")
    found = []
    for file in files:
        with suppress(OSError):
            if str(folder) in (told := file.read_text(encoding="utf-8")):
                found.append(told)
    return found


@pytest.mark.skipif(_WHY_NOT is not None, reason=f"power cuts: {_WHY_NOT}")
def test_a_recording_that_is_killed_leaves_no_mount_and_no_loop_device(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.durability.cuts.recorder", "sign-ins", str(tmp_path)]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    child = subprocess.Popen([*command, "--acts", "100000"], cwd=ROOT, env=environment)
    soon = threading.Event()
    try:
        while not (devices := _our_loop_devices(tmp_path)):
            assert child.poll() is None
            soon.wait(0.02)
        assert len(devices) == 1
    finally:
        child.kill()
        child.wait()
    end = time.monotonic() + 30
    while _our_loop_devices(tmp_path) and time.monotonic() < end:
        soon.wait(0.02)
    assert _our_loop_devices(tmp_path) == []
    assert str(tmp_path) not in Path("/proc/mounts").read_text(encoding="utf-8")
