"""Keeps the PC and its screens awake while a session runs, on Windows and on Linux desktops."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys

_log = logging.getLogger("machine.awake")

_ES_CONTINUOUS = 0x80000000
_ES_SYSTEM_REQUIRED = 0x00000001
_ES_DISPLAY_REQUIRED = 0x00000002


class Awake:
    """``keep(True)`` holds sleep and screen saver off; ``keep(False)`` or the program's end lets go.

    Both may be called again and again, always from the same thread. Where the system offers
    no way, nothing happens.
    """

    def __init__(self) -> None:
        self._kept = False
        self._inhibitor: subprocess.Popen[bytes] | None = None

    def keep(self, wanted: bool) -> None:
        """Hold off sleep, or let go."""
        if wanted == self._kept:
            return
        self._kept = wanted
        if sys.platform == "win32":
            _tell_windows(wanted)
        elif wanted:
            self._inhibit()
        else:
            self._let_go()

    def _inhibit(self) -> None:
        inhibit, wait = shutil.which("systemd-inhibit"), shutil.which("cat")
        if inhibit is None or wait is None:
            return
        # ``cat`` waits on a pipe of ours, so the hold ends with this program, however it ends.
        try:
            self._inhibitor = subprocess.Popen(
                [inhibit, "--what=idle:sleep", "--who=yuanjiao", "--why=session", wait],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            _log.info("sleep can't be held off here")

    def _let_go(self) -> None:
        inhibitor, self._inhibitor = self._inhibitor, None
        if inhibitor is not None and inhibitor.stdin is not None:
            inhibitor.stdin.close()
            try:
                inhibitor.wait(timeout=2)
            except subprocess.TimeoutExpired:
                inhibitor.kill()
                inhibitor.wait()


def _tell_windows(wanted: bool) -> None:
    if sys.platform != "win32":
        return
    import ctypes

    state = _ES_CONTINUOUS
    if wanted:
        state |= _ES_SYSTEM_REQUIRED | _ES_DISPLAY_REQUIRED
    ctypes.windll.kernel32.SetThreadExecutionState(state)
