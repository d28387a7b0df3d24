"""One real centre with two villages for everything that moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.moving.two_villages import furnish
from tests.support.centre_process import RunningCentre, running_centre


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentre]:
    """A real centre with two villages."""
    folder = tmp_path_factory.mktemp("centre")
    with running_centre(folder / "home") as started:
        furnish(started, folder)
        yield started
