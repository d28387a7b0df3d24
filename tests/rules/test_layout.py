"""A folder holds at most twelve loose modules, and no imports go in a circle."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.conftest import SLOW
from tests.rules.layout import MOST_LOOSE_MODULES, crowded_folders, import_circles
from tests.rules.looking import ROOT


def test_no_folder_holds_more_than_twelve_loose_modules() -> None:
    assert crowded_folders(ROOT) == {}


def test_no_imports_go_in_a_circle() -> None:
    assert import_circles(ROOT) == []


def test_the_list_of_slow_tests_names_what_is_there() -> None:
    assert [place for place in SLOW if not (ROOT / place).exists()] == []


def test_a_crowded_folder_is_found(tmp_path: Path) -> None:
    for number in range(MOST_LOOSE_MODULES):
        plant(tmp_path, f"centre/a{number}.py", "")
    for name in ("__init__", "__main__", "conftest", "deeper/b"):
        plant(tmp_path, f"centre/{name}.py", "")
    assert crowded_folders(tmp_path) == {}
    plant(tmp_path, "centre/one_more.py", "")
    assert crowded_folders(tmp_path) == {"centre": MOST_LOOSE_MODULES + 1}


def test_a_circle_is_found_of_types_only_and_through_a_package(tmp_path: Path) -> None:
    plant(tmp_path, "bench/__init__.py", "")
    plant(tmp_path, "bench/a.py", "if TYPE_CHECKING:\n    from bench import b\n")
    plant(tmp_path, "bench/b.py", "def late():\n    from bench.c import x\n")
    plant(tmp_path, "bench/c.py", "import bench\n")
    assert import_circles(tmp_path) == []
    plant(tmp_path, "bench/c.py", "import bench.a\n")
    (circle,) = import_circles(tmp_path)
    assert sorted(set(circle.split(" > "))) == ["bench.a", "bench.b", "bench.c"]


def plant(root: Path, place: str, text: str) -> None:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_module_of_an_area_stands_in_a_contract() -> None:
    """Otherwise it would be bound by none of the layers inside an area."""
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = said["tool"]["importlinter"]["contracts"]
    named = {
        one.removeprefix("app.areas.*.")
        for contract in contracts
        for one in (*contract.get("source_modules", ()), *contract.get("forbidden_modules", ()))
    }
    areas = (path for path in (ROOT / "app/areas").glob("*/*.py") if path.stem != "__init__")
    assert [path for path in areas if path.stem not in named] == []
