"""A throw-away PostgreSQL cluster for tests, reached through a socket in a temporary folder."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from sqlalchemy import make_url

_PROGRAMS = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster; every test takes a database of its own."""

    programs: Path
    socket_folder: Path

    def new_database(self, *, like: str | None = None) -> str:
        """Make a database, empty or a copy of another one nobody is connected to; its address."""
        name = "t" + secrets.token_hex(6)
        copied = "template1" if like is None else make_url(like).database or ""
        self._run("CREATE DATABASE {} TEMPLATE {}", name, copied)
        return f"postgresql+psycopg://postgres@/{name}?host={self.socket_folder}"

    def drop_database(self, address: str) -> None:
        """Remove a database again, whoever is still connected."""
        self._run("DROP DATABASE {} WITH (FORCE)", make_url(address).database or "")

    def _run(self, command: LiteralString, *names: str) -> None:
        where = f"host={self.socket_folder} user=postgres dbname=postgres"
        with psycopg.connect(where, autocommit=True, connect_timeout=60) as asked:
            asked.execute(sql.SQL(command).format(*map(sql.Identifier, names)))


def postgres_programs() -> Path | None:
    """The folder of the newest installed server's programs, if there is one."""
    found = sorted(_PROGRAMS.glob("*/bin/initdb"), key=lambda one: int(one.parent.parent.name))
    return found[-1].parent if found else None


@contextmanager
def throw_away_cluster() -> Iterator[Cluster]:
    """Start a cluster, and remove every trace of it at the end."""
    programs = postgres_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL's programs are not installed")
    folder = Path(tempfile.mkdtemp(prefix="yjpg"))
    store = folder / "d"
    account = _server_account(folder)
    try:
        _as(account, programs / "initdb", "-D", store, "-U", "postgres", "-A", "trust", "-N")
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off "
            "-c max_connections=60 -c shared_buffers=32MB"
        )
        start = ("-D", store, "-w", "-l", folder / "log", "-o", options, "start")
        _as(account, programs / "pg_ctl", *start)
        try:
            yield Cluster(programs, folder)
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
    words = [str(word) for word in command]
    subprocess.run(
        words,
        user=account,
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=60,
    )
