"""The rules themselves: functions from a folder to the lines that break them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("app", "ui", "centre", "bench", "resources", "tests")
LONGEST_FILE = 400
BANNED_WORDS = frozenset("util utils helper helpers manager managers misc common".split())
_HAN = re.compile(r"[\u3400-\u9fff]")
_SPEAKING = (
    "app/words/",
    "app/names/",
    "app/domain/written_forms.py",
    "app/areas/classes/timetable.py",
    "centre/words",
    "app/rosters/",
    "resources/",
    "tests/",
    "bench/",
)
"""Where Chinese may stand: catalogues, data of the language, names of columns, test data."""
_OF_AN_AREA = re.compile(r"app/areas/\w+/words\.py")


def sources(root: Path, folders: tuple[str, ...] = OURS) -> Iterator[Path]:
    """Python files of ours."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            if "versions" not in path.parts:
                yield path


def long_files(root: Path) -> list[str]:
    """A file one can't hold in the head is two files."""
    return [
        f"{path.relative_to(root)}: {count} lines"
        for path in sources(root)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]


def files_without_docstring(root: Path) -> list[str]:
    """A module says in its first lines what it is for."""
    return [
        str(path.relative_to(root))
        for path in sources(root)
        if ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]


def chinese_outside_catalogues(root: Path) -> list[str]:
    """Sentences for people live in one catalogue; code and comments are English."""
    found = []
    for path in sources(root, ("app", "ui", "centre", "bench")):
        place = path.relative_to(root).as_posix()
        if place.startswith(_SPEAKING) or _OF_AN_AREA.fullmatch(place):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if _HAN.search(line):
                found.append(f"{place}:{number}: {line.strip()[:60]}")
    return found


def banned_names(root: Path) -> list[str]:
    """A name says what a thing is; these words say nothing."""
    found = []
    for path in sources(root):
        if BANNED_WORDS & set(re.split(r"[_\W]+", path.stem.lower())):
            found.append(str(path.relative_to(root)))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                words = set(re.findall(r"[A-Z]?[a-z]+", node.name))
                if BANNED_WORDS & {word.lower() for word in words}:
                    found.append(f"{path.relative_to(root)}:{node.lineno} {node.name}")
    return found


def sleeps(root: Path) -> list[str]:
    """Waiting for a moment instead of a state makes a test that fails on a slow machine."""
    found = []
    for path in sources(root, ("app", "ui", "centre", "tests")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and (
                    (node.func.attr == "sleep" and getattr(node.func.value, "id", "") == "time")
                    or (node.func.attr == "wait" and getattr(node.func.value, "id", "") == "qtbot")
                )
            ):
                found.append(f"{path.relative_to(root)}:{node.lineno}")
    return found


def foreign_hosts(texts: dict[str, str]) -> list[str]:
    """Nothing that is committed names a package registry."""
    hosts = ["py" + "pi.org", "python" + "hosted", "registry." + "npmjs", "deb." + "debian"]
    return [name for name, text in texts.items() if any(host in text for host in hosts)]
