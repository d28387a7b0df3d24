"""A PostgreSQL cluster for benches: a throw-away one, but as durable as a real centre's.

Every commit is on the disk before it is confirmed; no figure is bought by less.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.postgres import Cluster, postgres_programs

SETTINGS = {
    "listen_addresses": "''",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "max_connections": "100",
}


@dataclass(frozen=True, slots=True)
class DurableCluster:
    """A running cluster and the process all its others descend from."""

    cluster: Cluster
    pid: int


@contextmanager
def durable_cluster() -> Iterator[DurableCluster]:
    """Start a cluster that keeps what it confirms; removed at the end.

    Raises:
        RuntimeError: PostgreSQL's programs are not installed.
    """
    programs = postgres_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL's programs are not installed")
    folder = Path(tempfile.mkdtemp(prefix="yjpg"))
    store = folder / "d"
    account = _server_account(folder)
    try:
        _as(account, programs / "initdb", "-D", store, "-U", "postgres", "-A", "trust", "-N")
        settings = SETTINGS | {"unix_socket_directories": str(folder)}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        start = ("-D", store, "-w", "-l", folder / "log", "-o", options, "start")
        _as(account, programs / "pg_ctl", *start)
        try:
            pid = int((store / "postmaster.pid").read_text(encoding="ascii").split()[0])
            yield DurableCluster(Cluster(programs, folder), pid)
        finally:
            _as(account, programs / "pg_ctl", "-D", store, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _server_account(folder: Path) -> str | None:
    """The account the server must run as: it refuses to be root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    shutil.chown(folder, "postgres")
    return "postgres"


def _as(account: str | None, *command: str | Path) -> None:
    subprocess.run(
        [str(word) for word in command],
        user=account,
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=60,
    )
