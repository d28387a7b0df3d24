"""Processes that are about to be killed: each does one side of a journey again and again.

They tell ``ready`` before every turn, so whoever kills them can do it inside of one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import alembic.command  # noqa: F401 - loaded once in the server that forks the children

from app.bootstrap import carry_of, open_station
from app.usecases.carry import TAKEN
from app.wire.sticks.folder import open_stick
from app.wire.sticks.layout import UP
from app.wire.sticks.writing import place_on, put
from centre.opening import open_centre
from centre.settings import Settings
from centre.sticks.taking import take_stick
from tests.sticks.parts import STATION


def export_until_killed(home: str, stick: str, told: Connection) -> None:
    """Record something in the session that runs, put it on the stick, again and again."""
    opened = open_station(Path(home))
    session = opened.station.sessions.running()
    assert session is not None
    number = 0
    while True:
        number += 1
        opened.station.attendance.admit_visitor(session.session.id, f"来宾{os.getpid()}-{number}")
        told.send("ready")
        done = carry_of(opened).export(Path(stick), store_lane=_here)
        assert done.trouble is None, done.trouble


def import_until_killed(home: str, stick: str, told: Connection) -> None:
    """Take all answers from the stick as if they had never been seen, again and again."""
    opened = open_station(Path(home))
    while True:
        with opened.station.tools.store.begin() as work:
            work.forget_setting(TAKEN)
        told.send("ready")
        done = carry_of(opened).take(Path(stick), store_lane=_here)
        assert done.trouble is None, done.trouble


def take_until_killed(home: str, stick: str, told: Connection) -> None:
    """The centre takes the stick in and answers, again and again."""
    centre = open_centre(Settings(Path(home)))
    while True:
        told.send("ready")
        taken = take_stick(centre, Path(stick))
        assert taken.trouble is None, taken.trouble


def put_until_killed(_home: str, stick: str, told: Connection) -> None:
    """Put large files on the stick, each in many pieces."""
    while True:
        pieces = [os.urandom(4096) for _ in range(300)]
        name = hashlib.sha256(b"".join(pieces)).hexdigest()
        told.send("ready")
        with open_stick(Path(stick)) as opened, place_on(opened, UP, STATION) as folder:
            put(folder, name, pieces)


def _here(job: Callable[[], object]) -> object:
    return job()
