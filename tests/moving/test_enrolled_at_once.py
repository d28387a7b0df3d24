"""Two programs enrol one new home at the same moment: one key, one enrolment that fits it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.machine.enrolment import enrolled_key, load_enrolment, load_or_make_key, read_key
from app.machine.entropy import SystemEntropy
from app.machine.lock import only_one_enrols
from app.wire.signing import public_key_of
from tests.moving.two_villages import FIRST, Pc, code_for
from tests.rules.looking import ROOT
from tests.support.centre_process import RunningCentre

_LOCKS = Path("/proc/locks")


def enrolling(home: Path, *words: str) -> subprocess.Popen[str]:
    """The station's command, begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "app", "--home", str(home), "enrol", *words],
        cwd=ROOT,
        env=os.environ | {"YJ_LANGUAGE": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def fits(home: Path) -> bool:
    """Whether the enrolment is of the key that lies beside it."""
    kept, key = load_enrolment(home), read_key(home)
    return kept is not None and key is not None and enrolled_key(kept) == public_key_of(key)


@pytest.mark.skipif(not _LOCKS.exists(), reason="nobody tells here who waits for a lock")
def test_the_second_waits_and_goes_on_with_the_first_ones_key(
    centre: RunningCentre, tmp_path: Path
) -> None:
    home = tmp_path / "pc"
    with only_one_enrols(home):
        second = enrolling(home, centre.address, code_for(centre, FIRST))
        while not any("->" in one and f" {second.pid} " in one for one in locks()):
            assert second.poll() is None, second.communicate()
            assert not (home / "keys" / "station.key").exists()
        mine = load_or_make_key(home, SystemEntropy())
    said = second.communicate(timeout=60)
    assert second.returncode == 0, said
    assert (read_key(home), fits(home)) == (mine, True)


def locks() -> list[str]:
    return _LOCKS.read_text().splitlines()


@pytest.mark.parametrize("codes", [1, 2], ids=["one code", "a code each"])
def test_both_at_once_leave_a_home_that_works(
    centre: RunningCentre, tmp_path: Path, codes: int
) -> None:
    home = tmp_path / "pc"
    words = [code_for(centre, FIRST) for _ in range(codes)] * 2
    both = [enrolling(home, centre.address, code) for code in words[:2]]
    said = [one.communicate(timeout=60) for one in both]
    ended = sorted(one.returncode for one in both)
    assert ended[0] == 0, said
    assert ended[1] == 0 or codes == 1, said
    assert not any("Traceback" in one for pair in said for one in pair), said
    assert fits(home)
    pc = Pc(home)
    pc.hold_session(1)
    pc.sync()
