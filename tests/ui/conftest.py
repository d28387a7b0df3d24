"""Fixtures of the operator's tests: a station, a desk on it, a clean look for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.bootstrap import OpenStation
from app.words import speak
from tests.support.stations import SetClock, station_at
from tests.ui.operator_driver import Stand, stand_at
from tests.ui.standard_look import wear_standard_look


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def opened(tmp_path: Path, clock: SetClock) -> Iterator[OpenStation]:
    with station_at(tmp_path / "home", clock=clock) as station:
        yield station


@pytest.fixture
def stand(opened: OpenStation, qapp: QApplication) -> Iterator[Stand]:
    speak("zh")
    wear_standard_look(qapp)
    made = stand_at(opened)
    yield made
    made.close()
    speak("zh")
