"""Homes and the centre that several figures share in one run; all in one folder, then gone."""

from __future__ import annotations

import itertools
import os
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from app.bootstrap import enrol_station, open_station
from app.machine.clock import SystemClock
from bench.data.histories import Past, build_home
from bench.processes.children import environment
from tests.support.centre_process import RunningCentre, running_centre


@dataclass(slots=True)
class Places:
    """``root`` is this run's folder; ``quick`` asks for smaller pasts and fewer runs."""

    root: Path
    quick: bool
    ends: ExitStack
    _big: Path | None = None
    _centre: RunningCentre | None = None
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def big_past(self) -> Past:
        """The largest past of this run."""
        return Past(10_000, 5_000) if self.quick else Past(200_000, 35_000)

    @property
    def size_of_big(self) -> str:
        """The same in words."""
        past = self.big_past
        return f"{past.facts // 1000}k facts, {past.people // 1000}k people"

    def big(self) -> Path:
        """A home with the largest past, with today's backup, closed in order."""
        if self._big is None:
            self._big = self.home(self.big_past)
            opened = open_station(self._big, clock=SystemClock())
            opened.station.tools.store.backup_today()
            opened.close()
        return self._big

    def home(self, past: Past) -> Path:
        """A fresh home with this past."""
        home = self.root / f"home{next(self._numbers)}"
        build_home(home, past)
        return home

    def centre(self) -> RunningCentre:
        """The run's centre, in its own process."""
        if self._centre is None:
            os.environ.update(environment(self.root))
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            self._centre = self.ends.enter_context(running_centre(self.root / "centre"))
        return self._centre

    def enrolled(self, home: Path) -> Path:
        """The same home, known to the centre as a station of its own site."""
        centre = self.centre()
        code = centre.enrol_code(f"site {home.name}")
        enrol_station(home, centre.address, code, same_village=True)
        return home
