"""What ``pip install .`` brings: every module and file, the dependencies of the locks, the commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.machine.version import VERSION
from tests.rules.looking import ROOT

PACKAGES = ("app", "ui", "centre", "resources")
NOT_INSTALLED = (
    "resources/bundle/",
    "resources/lessons/",
    "resources/sample/",
    "app/wire/samples/",
)
"""For the frozen program, for making what ships, for the sample place and for tests."""


def project() -> dict[str, Any]:
    declared: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return declared


def declared() -> dict[str, Requirement]:
    found = [Requirement(line) for line in project()["project"]["dependencies"]]
    return {canonicalize_name(one.name): one for one in found}


def asked_for(name: str) -> set[str]:
    """The names in a ``.in`` file."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line.strip() and not line.startswith(("#", "-r"))]
    return {canonicalize_name(Requirement(line).name) for line in wanted}


def test_the_dependencies_are_those_of_the_locks() -> None:
    assert set(declared()) == asked_for("requirements.in") | asked_for("requirements-centre.in")


def test_every_locked_version_lies_in_its_range() -> None:
    text = (ROOT / "requirements-centre.txt").read_text(encoding="utf-8")
    locked = re.findall(r"^([A-Za-z0-9._-]+)(?:\[\w+\])?==([^ ;\\]+)", text, re.MULTILINE)
    ranges = declared()
    checked = set()
    for name, version in locked:
        if (wanted := ranges.get(canonicalize_name(name))) is not None:
            assert version in wanted.specifier, (name, version)
            checked.add(canonicalize_name(name))
    assert checked == set(ranges)


@pytest.mark.parametrize("name", ["yuanjiao", "yuanjiao-station", "yuanjiao-centre"])
def test_a_command_names_a_function(name: str) -> None:
    module, function = project()["project"]["scripts"][name].split(":")
    assert callable(getattr(import_module(module), function))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project built from a copy of what it is built of."""
    copy = tmp_path_factory.mktemp("project")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy2(ROOT / name, copy / name)
    build = ("wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(copy))
    done = subprocess.run(
        [sys.executable, "-m", "pip", *build, str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return next(copy.glob("*.whl"))


def test_the_wheel_holds_every_module_and_file_that_is_used(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        inside = set(opened.namelist())
        about = next(name for name in inside if name.endswith("/METADATA"))
        metadata = opened.read(about).decode()
    assert f"\nVersion: {VERSION}\n" in metadata
    listed = subprocess.run(
        ["git", "ls-files", "-z", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a checkout: nothing is tracked here")
    here = [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]
    missing = {name for name in here if not name.startswith(NOT_INSTALLED)} - inside
    assert missing == set()


def test_what_was_installed_starts(wheel: Path, tmp_path: Path) -> None:
    """Unpacked beside nothing else: no file of the checkout is reachable from there."""
    place = tmp_path / "site"
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(place)
    around = {**os.environ, "PYTHONPATH": str(place), "PYTHONSAFEPATH": "1", "YJ_LANGUAGE": "en"}
    around["QT_QPA_PLATFORM"] = "offscreen"
    for module, *words in (
        ("centre.__main__", "--home", str(tmp_path / "centre"), "init"),
        ("app.__main__", "--home", str(tmp_path / "station"), "status"),
        ("ui.__main__", "--help"),
    ):
        code = f"import sys, {module} as main; sys.exit(main.start())"
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=tmp_path,
            env=around,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (module, done.stderr)
        assert done.stdout
    assert (tmp_path / "centre" / "centre.sqlite").exists()
