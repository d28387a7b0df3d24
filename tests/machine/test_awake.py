"""The PC stays awake from opening to close, and sleeps as it likes however the program ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.machine.awake import Awake

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows is told by a call")

INHIBIT = """#!/bin/sh
echo "$@" >> "{log}"
shift 3
exec "$@"
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the system's own program, which notes how it was called."""
    log = tmp_path / "told"
    tool = tmp_path / "systemd-inhibit"
    tool.write_text(INHIBIT.format(log=log), encoding="ascii")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return log


def test_it_is_held_once_and_let_go(told: Path) -> None:
    awake = Awake()
    awake.keep(True)
    awake.keep(True)
    holder = awake._inhibitor
    assert holder is not None
    assert holder.poll() is None
    awake.keep(False)
    awake.keep(False)
    assert holder.poll() is not None
    assert told.read_text(encoding="ascii").count("--what=idle:sleep") == 1


def test_a_killed_program_holds_nothing(told: Path) -> None:
    code = (
        "import os, sys; from app.machine.awake import Awake; a = Awake(); a.keep(True);"
        "print(a._inhibitor.pid, flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    holder = int(child.stdout.readline())
    child.kill()
    child.wait()
    child.stdout.close()
    if child.stdin is not None:
        child.stdin.close()
    ends = os.pidfd_open(holder) if _is_there(holder) else None
    if ends is not None:
        import select

        assert select.select([ends], [], [], 5)[0], "the hold outlives the program"
        os.close(ends)


def _is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_where_nothing_can_hold_it_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    awake = Awake()
    awake.keep(True)
    awake.keep(False)
    assert awake._inhibitor is None
