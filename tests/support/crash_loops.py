"""A program that starts, writes one fact and dies, again and again: a segment for each start."""

from __future__ import annotations

from app.bootstrap import OpenStation
from app.domain.facts import ClockAsserted
from app.machine.entropy import SystemEntropy
from app.store.journal import Journal, WriterIdentity
from app.store.station_store import StationStore

_PROGRAM = WriterIdentity("st-1", "1.0", "3.51", "Windows-10")


def crash_loop(opened: OpenStation, starts: int) -> None:
    """Two facts in each of so many segments, as by so many processes; open the station anew."""
    store = opened.station.tools.store
    assert isinstance(store, StationStore)
    with store.begin() as work:
        for start in range(starts):
            journal = Journal(opened.station.tools.clock, SystemEntropy(), _PROGRAM)
            said = ClockAsserted(f"boot-{start}", 1, 1, "2026-11-23")
            journal.append(work.conn, said, "operator", None)
