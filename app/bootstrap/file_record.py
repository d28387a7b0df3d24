"""Moves a station's record aside when its PC is enrolled at another site, and begins a new record."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from app.machine.enrolment import KeptEnrolment, load_enrolment
from app.machine.marks import machine_mark
from app.machine.moving import former_homes
from app.machine.version import VERSION
from app.ports.machine import Clock, Entropy
from app.store.engine import SQLITE
from app.store.journal import WriterIdentity
from app.store.opening import open_store
from app.store.setting_aside import (
    counts_of,
    session_is_open,
    set_aside_whole,
    settings_of,
    sites_of,
)
from app.usecases.former_sites import note_moved
from app.usecases.operator_pin import OF_THE_PC


class FileRecord:
    """Implements ``app.machine.moving.Record``."""

    def __init__(self, clock: Clock, entropy: Entropy) -> None:
        self._clock, self._entropy = clock, entropy

    session_is_open = staticmethod(session_is_open)
    set_aside = staticmethod(set_aside_whole)
    sites_of = staticmethod(sites_of)

    def begin(self, home: Path, former: Path, site_name: str) -> None:
        kept = load_enrolment(home)
        store = open_store(home, self._clock, self._entropy, writer_identity(kept, home))
        try:
            counts = {one.name: counts_of(one) for one in (*former_homes(home), former)}
            note_moved(store, site_name, counts, settings_of(former, OF_THE_PC))
        finally:
            store.close()


def writer_identity(
    kept: KeptEnrolment | None, home: Path, machine: str | None = None
) -> WriterIdentity:
    """What the first fact of a segment says of this program; ``machine`` is another mark of it."""
    station = "" if kept is None else kept.station
    return WriterIdentity(
        machine=machine_mark(station, home) if machine is None else machine,
        station=station,
        app_version=VERSION,
        sqlite_version=str(SQLITE.sqlite_version),
        platform=f"{sys.platform}-{platform.machine()}",
    )
