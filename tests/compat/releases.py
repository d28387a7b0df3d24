"""The fixtures of released versions: homes to unpack, what was said, and the recorded exchanges."""

from __future__ import annotations

import base64
import json
import lzma
import os
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "released"
ROOT = FOLDER.parents[2]
RELEASES = tuple(sorted(path.name for path in FOLDER.iterdir()))


@dataclass(frozen=True, slots=True)
class Exchange:
    """One recorded request and the answer it got."""

    target: str
    headers: dict[str, str]
    body: bytes
    status: int
    answer_headers: dict[str, str]
    answer: bytes


@dataclass(frozen=True, slots=True)
class Release:
    """The fixtures of one version."""

    version: str

    def unpack(self, home: str, target: Path) -> Path:
        """A copy of the home ``station``, ``centre`` or ``centre-enrolled`` at ``target``."""
        with tarfile.open(FOLDER / self.version / f"{home}.tar.xz") as archive:
            archive.extractall(target, filter="data")
        return target

    def expected(self) -> dict[str, Any]:
        """What station and centre of that version said in the end."""
        text = (FOLDER / self.version / "expected.json").read_text(encoding="utf-8")
        told: dict[str, Any] = json.loads(text)
        return told

    def exchanges(self) -> list[Exchange]:
        """Every ``POST /v1/exchange``, in their order: two before the sessions, two after."""
        kept = json.loads(
            lzma.decompress((FOLDER / self.version / "exchanges.json.xz").read_bytes())
        )
        return [
            Exchange(
                target=one["target"],
                headers=one["headers"],
                body=base64.b64decode(one["body"]),
                status=one["status"],
                answer_headers=one["answer_headers"],
                answer=base64.b64decode(one["answer"]),
            )
            for one in kept
            if one["target"] == "/v1/exchange"
        ]


def run_centre(home: Path, *words: str) -> Any:
    """What today's centre says with ``--json``; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "centre", "--home", str(home), *words, "--json"],
        cwd=ROOT,
        env={**os.environ, "YJ_LANGUAGE": "zh", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (words, done.stderr)
    return json.loads(done.stdout)


def rows_of(store: Path, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """Rows of a closed SQLite store, in an order of their own."""
    with closing(sqlite3.connect(store)) as connection:
        found = connection.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()  # noqa: S608
    return sorted(found, key=repr)


def columns_of(store: Path, table: str) -> tuple[str, ...]:
    """The names of a table's columns."""
    with closing(sqlite3.connect(store)) as connection:
        return tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
