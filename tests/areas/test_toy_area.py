"""A new subject is eleven new files and three lines: added to a copy of the program, it works.

What is added stands in ``tests/areas/wishes``; CONTRIBUTING.md explains it step by step.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.looking import ROOT

TOY = Path(__file__).parent / "wishes"
MOST_FILES = 14
LINES = {
    "app/areas/__init__.py": (
        '    "clock",',
        '    "clock",\n    "wishes",',
    ),
    "ui/state/page_names.py": (
        '    SETTINGS = "settings"',
        '    WISHES = "wishes"\n    SETTINGS = "settings"',
    ),
    "ui/pages/registry.py": (
        '    PageSpec(PageName.SETTINGS, "SettingsPage", "settings"),',
        '    PageSpec(PageName.WISHES, "WishesPage", "book"),\n'
        '    PageSpec(PageName.SETTINGS, "SettingsPage", "settings"),',
    ),
}
"""The edits of shared files: a line of each before and after."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with the toy in it."""
    made = tmp_path_factory.mktemp("tree")
    for name in ("app", "ui", "centre", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", "wishes")
        shutil.copytree(ROOT / name, made / name, ignore=ignored)
    for name in ("resources", "media", "docs", "bench"):
        (made / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "pyproject.toml", made)
    shutil.copytree(TOY, made, dirs_exist_ok=True)
    for name, (before, after) in LINES.items():
        path = made / name
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, name
        path.write_text(text.replace(before, after), encoding="utf-8")
    return made


def run(tree: Path, *words: str) -> subprocess.CompletedProcess[str]:
    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(tree)}
    return subprocess.run(
        [sys.executable, *words],
        cwd=tree,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_subject_costs_at_most_fourteen_files_three_of_them_a_line() -> None:
    new = [one for one in TOY.rglob("*.py") if "__pycache__" not in one.parts]
    assert len(LINES) == 3
    assert len(new) + len(LINES) <= MOST_FILES
    for before, after in LINES.values():
        added = len(after.splitlines()) - len(before.splitlines())
        assert added <= 1


def test_with_exactly_that_it_works_at_station_window_and_centre(
    tree: Path, tmp_path: Path
) -> None:
    done = run(tree, "-m", "tests.areas.wishes_child", str(tmp_path))
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.splitlines()[-1])
    (wish,) = seen["station"]
    assert (wish["text"], wish["state"]) == ("果树修剪", "planned")
    (again,) = seen["again"]
    assert (again["wish"], again["text"], again["state"]) == (wish["wish"], "果树修剪", "planned")
    assert any("果树修剪" in text for text in seen["page"])
    (told,) = seen["centre"]
    assert (told["wish"], told["text"], told["state"]) == (wish["wish"], "果树修剪", "planned")


def test_it_keeps_the_layers_of_the_program(tree: Path) -> None:
    kept = run(tree, "-c", "from importlinter.cli import lint_imports_command as run; run()")
    assert kept.returncode == 0, kept.stdout[-3000:]
