"""Files that others made: their names in sentences, and the process of its own that opens one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def printable(name: str) -> str:
    """A file's name for sentences; bytes that are no UTF-8 are read as GB18030 if they can be."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def ask_child(
    module: str, argument: str, *, seconds: int, content: bytes | None = None
) -> dict[str, Any] | None:
    """What a module, run as a process, says in JSON of a file; None when it ended without a word.

    Raises:
        subprocess.TimeoutExpired: it took longer than ``seconds`` and was killed.
    """
    done = subprocess.run(
        [sys.executable, "--child" if hasattr(sys, "frozen") else "-m", module, argument],
        cwd=Path(__file__).resolve().parents[2],
        input=content,
        capture_output=True,
        timeout=seconds,
        check=False,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    told: dict[str, Any] | None = json.loads(done.stdout) if done.returncode == 0 else None
    return told


def cap_self(memory_bytes: int, seconds: int) -> None:
    """Cap memory and time where the system can; elsewhere the parent's time limit holds."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
