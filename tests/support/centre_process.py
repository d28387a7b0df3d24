"""A real centre in its own process, for tests of whoever talks to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class RunningCentre:
    """A centre that answers at ``address``; commands run against the same home and database."""

    address: str
    home: Path
    database: str
    process: subprocess.Popen[str]

    def command(self, *arguments: str) -> str:
        """Run one command of the centre and return its stdout; it must succeed."""
        return centre_command(self.home, *arguments, database=self.database)

    def enrol_code(self, site: str) -> str:
        """A one-time code for ``site``, which is made if it does not exist."""
        told = self.command("enrol-code", "--site", site, "--create", "--json")
        return str(json.loads(told)["code"])

    def report(self, *arguments: str) -> Any:
        """What ``report --json`` says."""
        return json.loads(self.command("report", "--json", *arguments))

    def kill(self) -> None:
        """End the process as a power cut would."""
        self.process.kill()
        self.process.wait()


def centre_command(home: Path, *arguments: str, database: str = "") -> str:
    """Run one command of the centre and return its stdout; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "centre", *_where(home, database), *arguments],
        cwd=ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    if done.returncode != 0:
        raise AssertionError(f"centre {arguments}: {done.returncode} {done.stderr}")
    return done.stdout


@contextmanager
def running_centre(
    home: Path,
    *,
    database: str = "",
    port: int = 0,
    environment: Mapping[str, str] | None = None,
    options: tuple[str, ...] = (),
) -> Iterator[RunningCentre]:
    """Start ``python -m centre serve`` and wait until it answers; ended at the exit."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "centre", *_where(home, database)),
            *("serve", "--port", str(port), *options),
        ],
        cwd=ROOT,
        env=_environment() | dict(environment or {}),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, "the centre ended before it was ready"
        yield RunningCentre(json.loads(line)["address"], home, database, process)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _where(home: Path, database: str) -> list[str]:
    return ["--home", str(home), *(["--database", database] if database else [])]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1"}
