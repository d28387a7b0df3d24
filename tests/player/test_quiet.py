"""A PC without a sound card: the sound library's complaints stay off the terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.rules.looking import ROOT

_SOUND = """
import ctypes, sys
from app.player.lane import PlayerLane
lane = PlayerLane()
lane.ask(lambda: None)
lane.finish(lambda: None, 5)
alsa = ctypes.CDLL("libasound.so.2")
opened = ctypes.c_void_p()
sys.exit(0 if alsa.snd_pcm_open(ctypes.byref(opened), b"no-such-card", 0, 0) < 0 else 1)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ALSA is Linux's")
def test_a_card_that_is_not_there_writes_nothing_to_the_terminal() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SOUND], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
