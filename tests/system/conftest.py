"""What the sessions start from: a centre filled once, and a copy of it for each of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.system.places import fill_centre


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a filled centre on SQLite; nobody runs it."""
    home = tmp_path_factory.mktemp("filled") / "centre"
    fill_centre(home)
    return home


@pytest.fixture
def centre_home(filled_home: Path, tmp_path: Path) -> Path:
    """A copy of its own."""
    return shutil.copytree(filled_home, tmp_path / "centre")
