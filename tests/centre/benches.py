"""One centre in this process, and the clock it is given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

from litestar import Litestar
from litestar.datastructures import State
from litestar.testing import TestClient

from centre.reports.reading import Report, read_report
from centre.service import Centre
from centre.settings import Settings
from centre.sites import find_or_create_site
from centre.stations import codes
from centre.stations.codes import new_code
from centre.web.application import create_app
from centre.web.fast_path import FastPath
from tests.support.talking_station import START_MS, TalkingStation


@dataclass(slots=True)
class SetClock:
    """A clock that stands where it was put."""

    ms: int = START_MS

    def __call__(self) -> int:
        return self.ms


@dataclass(slots=True)
class Bench:
    """One centre in this process, with stations that talk to it over its real ASGI door."""

    settings: Settings
    clock: SetClock
    open_apps: list[tuple[FastPath, TestClient[Litestar]]] = field(default_factory=list)
    kept: TalkingStation | None = None

    def start(self) -> TestClient[Litestar]:
        """Start the centre, or start it again after ``stop``."""
        served = create_app(self.settings, now_ms=self.clock)
        client = cast("TestClient[Litestar]", TestClient(served))
        client.__enter__()
        self.open_apps.append((served, client))
        return client

    def stop(self) -> None:
        """Stop the centre."""
        while self.open_apps:
            self.open_apps.pop()[1].__exit__(None, None, None)

    @property
    def client(self) -> TestClient[Litestar]:
        """The door of the running centre."""
        return self.open_apps[-1][1]

    @property
    def state(self) -> State:
        """What the running application holds."""
        return self.open_apps[-1][0].framework.state

    @property
    def centre(self) -> Centre:
        """The opened centre itself."""
        centre: Centre = self.state.centre
        return centre

    def code(self, site: str = "石门村") -> str:
        """A one-time code for a site, which is made if needed."""
        return new_code(self.centre, find_or_create_site(self.centre, site).id).code

    def station(self, site: str = "石门村") -> TalkingStation:
        """A station that was let in."""
        return TalkingStation(self.client).enrol(self.code(site))

    def report(self, **chosen: str) -> Report:
        """What the centre reports."""
        return read_report(self.centre, **chosen)


@contextmanager
def quick_codes() -> Iterator[None]:
    """Inside, a code is hashed at once: slow ones are for guessers, of whom there are none here.

    A centre in a process of its own knows nothing of it: its codes work there only.
    """
    slow = codes._hash
    codes._hash = lambda secret, salt: hashlib.sha256(salt + secret.encode()).digest()
    try:
        yield
    finally:
        codes._hash = slow
