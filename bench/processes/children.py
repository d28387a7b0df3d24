"""Fresh processes: started as a user's would be, with compiled modules, timed to their first line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Told:
    """What a child said in its first line (JSON), and how long after its start (ms)."""

    ms: float
    said: dict[str, Any]


def environment(place: Path) -> dict[str, str]:
    """The environment of measured children: an installed program has its modules compiled."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    runtime = place / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return kept | {
        "PYTHONPYCACHEPREFIX": str(place / "compiled"),
        "PYTHONUTF8": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(runtime),
    }


def ask(place: Path, module: str, *arguments: str, before: Sequence[str] = ()) -> Told:
    """Run ``python -m module`` to its end; raises RuntimeError with what it said if it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [*before, sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    if process.stdout is None:  # pragma: no cover - it was asked for
        raise AssertionError("no pipe")
    line = process.stdout.readline()
    ms = (time.perf_counter() - started) * 1e3
    try:
        _rest, trouble = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        process.kill()
        _rest, trouble = process.communicate()
    if process.returncode != 0 or not line.startswith("{"):
        raise RuntimeError(f"{module}: {process.returncode} {line[:200]} {trouble[-400:]}")
    return Told(ms, json.loads(line))


def memory_mib() -> float:
    """Resident memory of this process now; 0 where the system does not say it simply."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    for line in status.read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
