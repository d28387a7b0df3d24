"""Killed at any statement while rows are folded anew, a station loses nothing and goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap import open_station
from app.store.engine import SQLITE
from app.store.seal import put_seal
from tests.store.test_one_fold import rows_of, store_of
from tests.support.small_sessions import begin, facts_in, sign_in
from tests.support.stations import SetClock, station_at

ROOT = Path(__file__).parents[3]
CLOSED = 7
SHAPING = (("CREATE TABLE",), ("DROP TABLE",), ("INSERT INTO projections", "COMMIT"))
KEYING = (("INSERT OR IGNORE INTO fact_keys",), ("UPDATE projections", "COMMIT"))
FOLDING = (
    ("DELETE FROM marks",),
    ("INSERT INTO marks",),
    ("UPDATE projections SET", "COMMIT"),
    ("UPDATE projections SET", "UPDATE projections SET"),
    ("DELETE FROM visitors WHERE (",),
)
"""Each start is killed when it is about to run the last of such statements after one another."""


def made_stale(home: Path, *, version: bool) -> None:
    """As after an update whose projections are of another version, or only of another shape."""
    change = "version = 0, shape = 'x'" if version else "shape = 'x'"
    connection = SQLITE.connect(home / "station.db", isolation_level=None)
    connection.execute(f"UPDATE projections SET {change}")  # noqa: S608
    connection.close()
    put_seal(home / "station.db")


def killed_at(home: Path, *statements: str) -> bool:
    """Start, let it run, kill it before the last of these statements; False when it came to its end."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.store.trouble.folding_child", str(home)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    left = list(statements)
    with child:
        for line in child.stdout:
            if left and line.startswith(left[0]):
                left.pop(0)
                if not left:
                    child.kill()
                    break
            child.stdin.write("\n")
            child.stdin.flush()
    return child.returncode != 0


@pytest.mark.parametrize("version", [True, False], ids=["version", "shape"])
def test_killed_at_every_kind_of_step_it_goes_on_and_the_rows_are_right(
    tmp_path: Path, version: bool
) -> None:
    home = tmp_path / "home"
    with station_at(home) as opened:
        for _ in range(CLOSED):
            past = begin(opened)
            sign_in(opened, past, 1, 2, 3)
            opened.station.sessions.close(past)
        now = begin(opened)
        sign_in(opened, now, 1)
    before, facts = rows_of(home), facts_in(home / "station.db")
    made_stale(home, version=version)
    for statements in (*SHAPING, *(KEYING if version else ()), *FOLDING):
        assert killed_at(home, *statements), statements
    assert not killed_at(home)
    assert facts_in(home / "station.db") == facts
    opened = open_station(home, clock=SetClock())
    assert store_of(opened).fold_some().is_over
    sign_in(opened, now, 8)
    assert opened.station.sessions.show(now).turnout.arrived == 2
    assert store_of(opened).verify().broken_at is None
    opened.close()
    after = rows_of(home)
    for table in ("marks", "attendance", "fact_keys"):
        assert {*before[table]} < {*after[table]}
    opened = open_station(home, clock=SetClock())
    opened.station.tools.store.rebuild()
    opened.close()
    assert rows_of(home) == after
