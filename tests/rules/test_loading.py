"""A command loads what its verb needs: the slow libraries only where they do something."""

from __future__ import annotations

import argparse
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from centre.commands import main as centre_main
from tests.support.centre_process import ROOT
from tests.support.stations import station_at

_STORE = ("sqlalchemy", "alembic", "cryptography", "sqlite3", "pysqlite3", "zstandard", "psycopg")
_NET = ("http", "uvicorn", "starlette", "httpx2")
_SHOWN = ("PySide6", "vlc", "pypinyin", "python_calamine", "xlrd", "xlsxwriter")
_TELL = """
import atexit, runpy, sys
atexit.register(lambda: print("\\nloaded:", *sys.modules))
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__")
"""


def loaded(*command: str) -> set[str]:
    """The top names of all modules that a command loaded; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-c", _TELL, *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    return {name.partition(".")[0] for name in done.stdout.rpartition("loaded:")[2].split()}


@pytest.fixture(scope="module")
def station_home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The home of a station that is closed."""
    home = tmp_path_factory.mktemp("station") / "home"
    with station_at(home):
        pass
    return str(home)


@pytest.mark.parametrize("command", [("app", "--help"), ("centre", "--help")])
def test_an_explanation_loads_no_store_and_no_line(command: tuple[str, ...]) -> None:
    assert not loaded(*command) & {*_STORE, *_NET, *_SHOWN}


def test_the_state_of_a_station_loads_no_line(station_home: str) -> None:
    found = loaded("app", "--home", station_home, "status")
    assert "sqlalchemy" in found, "it reads the store"
    assert not found & {"alembic", *_NET, *_SHOWN}


def test_a_report_loads_neither_rosters_nor_films_nor_a_server(tmp_path: Path) -> None:
    loaded("centre", "--home", str(tmp_path), "init")
    found = loaded("centre", "--home", str(tmp_path), "report", "--json")
    assert "sqlalchemy" in found, "it reads the store"
    assert not found & {*_NET, *_SHOWN}


@pytest.mark.parametrize("module", centre_main._COMMANDS)
def test_each_module_adds_the_commands_that_are_explained(module: str) -> None:
    told = centre_main._COMMANDS[module]
    parser = centre_main._parser(list(told))
    added = [one for one in parser._actions if isinstance(one, centre_main._Explained)]
    choices = added[0].choices
    assert [name for name in told if _can_run(choices[name])] == list(told)


def _can_run(parser: argparse.ArgumentParser) -> bool:
    """Whether a command, or each of its verbs, says what runs it."""
    verbs = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    if verbs and parser.get_default("run") is None:
        return all(_can_run(verb) for one in verbs for verb in one.choices.values())
    return inspect.isfunction(parser.get_default("run"))
