"""Rules of the layout: how many modules stand loose in one folder, and that no imports go in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.rules.looking import sources

LAID_OUT = ("ui", "centre", "bench", "tests")
MOST_LOOSE_MODULES = 12
_NOT_LOOSE = ("__init__.py", "__main__.py", "conftest.py")


def crowded_folders(root: Path, folders: tuple[str, ...] = LAID_OUT) -> dict[str, int]:
    """Folders with more modules of their own than somebody reads through; folder → how many."""
    counts: dict[str, int] = {}
    for path in sources(root, folders):
        if path.name not in _NOT_LOOSE:
            folder = path.parent.relative_to(root).as_posix()
            counts[folder] = counts.get(folder, 0) + 1
    return {folder: count for folder, count in counts.items() if count > MOST_LOOSE_MODULES}


def import_circles(root: Path, folders: tuple[str, ...] = LAID_OUT) -> list[str]:
    """The circles among our modules, imports for types only and inside functions among them.

    A circle is told as ``a > b > a``: a imports b, b imports a. Once told, one of its arrows is
    left out and the next is looked for, so that each mended circle makes the list shorter.
    """
    graph = _imports(root, folders)
    found: list[str] = []
    while (circle := _circle_in(graph)) is not None:
        found.append(" > ".join(circle))
        graph[circle[0]].discard(circle[1])
    return sorted(found)


def _circle_in(graph: dict[str, set[str]]) -> list[str] | None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        against: list[str] = circle.args[1]
        return against[::-1]
    return None


def _imports(root: Path, folders: tuple[str, ...]) -> dict[str, set[str]]:
    modules = {_module(path.relative_to(root)): path for path in sources(root, folders)}
    return {
        name: {to for to in _imported(path, modules) if to != name}
        for name, path in modules.items()
    }


def _module(place: Path) -> str:
    parts = place.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path, modules: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for one in node.names:
                inside = f"{node.module}.{one.name}"
                if inside in modules:
                    yield inside
                elif node.module in modules:
                    yield node.module
