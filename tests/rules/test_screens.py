"""No class of the screens is wired by many callbacks, and none opens a window of Qt's own to choose."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.looking import ROOT

MOST_CALLBACKS = 2
"""More stand in a Protocol, or the class says in its docstring why they are callbacks."""


def wired(root: Path) -> list[str]:
    """Classes that take more callbacks than they explain."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in (root / "ui").rglob("*.py")}
    names = {"Callable", *(name for tree in trees.values() for name in _aliases(tree))}
    found = []
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef) or "callback" in (ast.get_docstring(node) or ""):
                continue
            taken = [note for note in _annotations(node) if names & set(re.findall(r"\w+", note))]
            if len(taken) > MOST_CALLBACKS:
                found.append(f"{path.relative_to(root)}:{node.lineno} {node.name}: {len(taken)}")
    return found


def _aliases(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("Callable["):
            yield from (ast.unparse(target) for target in node.targets)


def _annotations(node: ast.ClassDef) -> Iterator[str]:
    """Of fields and of what ``__init__`` takes; both may stand in one class."""
    for part in node.body:
        if isinstance(part, ast.AnnAssign):
            yield ast.unparse(part.annotation)
        elif isinstance(part, ast.FunctionDef) and part.name == "__init__":
            for one in (*part.args.posonlyargs, *part.args.args, *part.args.kwonlyargs):
                if one.annotation is not None:
                    yield ast.unparse(one.annotation)


def test_no_class_is_wired_by_many_callbacks() -> None:
    assert wired(ROOT) == []


def test_a_class_of_callbacks_is_caught_and_one_that_says_why_is_not(tmp_path: Path) -> None:
    (tmp_path / "ui").mkdir()
    text = (
        "Stop = Callable[[], None]\n"
        "class Page:\n"
        "    {doc}\n"
        "    shown: Callable[[], None]\n"
        "    def __init__(self, go: Stop, *, heard: Callable[[int], None]) -> None: ...\n"
    )
    file = tmp_path / "ui" / "page.py"
    file.write_text(text.format(doc='"""A page."""'), encoding="utf-8")
    assert wired(tmp_path) == ["ui/page.py:2 Page: 3"]
    file.write_text(text.format(doc='"""Its callbacks are a job\'s."""'), encoding="utf-8")
    assert wired(tmp_path) == []


SYSTEM_WINDOWS = {"QFileDialog", "QMessageBox", "QInputDialog", "QColorDialog", "QFontDialog"}
"""They speak their own language and begin in a folder nobody knows; ``ui.parts.chooser`` does not."""


def system_windows(root: Path) -> list[str]:
    """Where such a window is imported or named."""
    found = []
    for path in (root / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = getattr(node, "name", getattr(node, "id", getattr(node, "attr", "")))
            if named in SYSTEM_WINDOWS:
                found.append(f"{path.relative_to(root)}: {named}")
    return found


def test_nothing_is_asked_in_a_window_of_the_systems() -> None:
    assert system_windows(ROOT) == []


@pytest.mark.parametrize(
    "line",
    [
        "from PySide6.QtWidgets import QFileDialog",
        "from PySide6 import QtWidgets\nQtWidgets.QMessageBox.question(None, 'a', 'b')",
    ],
)
def test_such_a_window_is_caught(tmp_path: Path, line: str) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "page.py").write_text(line, encoding="utf-8")
    assert len(system_windows(tmp_path)) == 1
