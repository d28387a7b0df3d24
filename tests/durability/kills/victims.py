"""What a process does when it is killed: the same verbs as on any session, each told when done.

``READY`` is told when the deed itself begins, ``DONE`` when it ended before anybody killed it.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import alembic.command  # noqa: F401 - loaded once in the server that forks the children
import httpx2  # noqa: F401 - the same

from app.areas.sessions.session import Step
from app.bootstrap import OpenStation, open_station
from app.store.upgrade import HEAD
from tests.durability.lab.session import LabSession
from tests.durability.lab.stage import Stage, Told
from tests.durability.lab.tape import Counters
from tests.support.county import bring_home, export
from tests.support.stations import SetClock

READY: Told = ("ready",)
DONE: Told = ("done",)
_ACTS = 4


class _NoCounters(Counters):
    """Nobody records a disk here."""

    def __init__(self) -> None:
        """Nothing is shared."""

    acked = 0
    entries = 0


@dataclass(slots=True)
class _Telling(Stage):
    """A stage whose confirmations go to whoever is about to kill."""

    tell: Callable[[Told], None] = field(default=lambda _told: None)

    def confirm(self, *told: str) -> None:
        """Told at once."""
        self.tell(told)


@dataclass(frozen=True, slots=True)
class Orders:
    """What a victim is given: its folder (with ``home`` in it), a stick, a seed."""

    folder: Path
    stick: Path
    seed: int

    @property
    def home(self) -> Path:
        """The station's home."""
        return self.folder / "home"


def act(opened: OpenStation, orders: Orders, tell: Callable[[Told], None], acts: int) -> None:
    """So many acts of the session, each told."""
    stage = _Telling(orders.folder, _NoCounters(), orders.seed, acts, tell=tell)
    clock = opened.station.tools.clock
    acted = LabSession(stage, opened, clock if isinstance(clock, SetClock) else SetClock())
    for _ in range(acts):
        acted.act()


Deed = Callable[[Orders, Callable[[Told], None]], None]


def _sign_in(orders: Orders, tell: Callable[[Told], None]) -> None:
    opened = open_station(orders.home, clock=SetClock())
    tell(READY)
    act(opened, orders, tell, 20)


def _tell_too_early(orders: Orders, tell: Callable[[Told], None]) -> None:
    """A planted bug: that marks were taken back is told before they are."""
    opened = open_station(orders.home, clock=SetClock())
    station = opened.station
    session = (station.sessions.running() or station.sessions.prepare_extra("学习", ())).session.id
    if station.sessions.show(session).session.step is Step.PREPARE:
        station.sessions.open_sign_in(session)
    marks = []
    for number in range(10):
        card = station.attendance.admit_visitor(session, f"来宾{os.getpid()}-{number}").card
        if card.mark is not None and card.status is not None:
            tell(("mark", session, card.id, card.status.value, card.mark))
            marks.append(card.mark)
    tell(READY)
    for mark in marks:
        tell(("voided", mark))
    for mark in marks:
        station.attendance.undo(session, mark)


def _push(orders: Orders, tell: Callable[[Told], None]) -> None:
    opened = open_station(orders.home)
    act(opened, orders, tell, _ACTS)
    tell(READY)
    opened.station.sync.run(store_lane=lambda job: job(), courses=False)


def _pull(orders: Orders, tell: Callable[[Told], None]) -> None:
    opened = open_station(orders.home)
    tell(READY)
    opened.station.sync.run(store_lane=lambda job: job(), courses=False)


def _fetch(orders: Orders, tell: Callable[[Told], None]) -> None:
    opened = open_station(orders.home)
    tell(READY)
    opened.station.sync.run(store_lane=lambda job: job(), courses=True)


def _export(orders: Orders, tell: Callable[[Told], None]) -> None:
    opened = open_station(orders.home, clock=SetClock())
    act(opened, orders, tell, _ACTS)
    tell(READY)
    export(opened, orders.stick)


def _import(orders: Orders, tell: Callable[[Told], None]) -> None:
    opened = open_station(orders.home, clock=SetClock())
    tell(READY)
    bring_home(opened, orders.stick)


def _backup(orders: Orders, tell: Callable[[Told], None]) -> None:
    clock = SetClock()
    clock.pass_minutes(orders.seed % 40 * 24 * 60)
    opened = open_station(orders.home, clock=clock)
    act(opened, orders, tell, _ACTS)
    tell(READY)
    made = opened.station.tools.store.backup_today(again=True)
    if made is not None:
        tell(("backup", made.name))


def _migration(orders: Orders, tell: Callable[[Told], None]) -> None:
    tell(READY)
    open_station(orders.home, clock=SetClock())
    tell(("revision", HEAD))


DEEDS: dict[str, Deed] = {
    "sign-in": _sign_in,
    "bug-early": _tell_too_early,
    "push": _push,
    "pull": _pull,
    "fetch": _fetch,
    "export": _export,
    "import": _import,
    "backup": _backup,
    "migration": _migration,
}
"""Name → deed of a station."""


def suffer(name: str, orders: Orders, pipe: Connection) -> None:
    """The child's whole life."""
    logging.disable(logging.CRITICAL)
    DEEDS[name](orders, pipe.send)
    pipe.send(DONE)
    threading.Event().wait()
