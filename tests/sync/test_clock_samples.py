"""How the clocks of a PC stand to the centre's is kept in the record, when that is news."""

from __future__ import annotations

from pathlib import Path

from app.bootstrap import OpenStation
from app.domain.facts import ClockCompared
from app.wire.fact_bytes import read_fact
from tests.support.port_centre import CENTRE_MS, PortCentre, sync
from tests.support.small_sessions import begin, facts_in, sign_in
from tests.support.stations import SetClock, station_at

DAY_MS = 24 * 3_600_000


def samples(opened: OpenStation) -> list[ClockCompared]:
    """In the order they were recorded."""
    found = [read_fact(data).fact for data in facts_in(opened.home / "station.db").values()]
    kept = [fact for fact in found if isinstance(fact, ClockCompared)]
    return sorted(kept, key=lambda one: one.mono_ms)


def test_a_sample_is_kept_after_the_first_exchange_and_whenever_the_clock_was_changed(
    tmp_path: Path,
) -> None:
    clock, centre = SetClock(), PortCentre()
    with station_at(tmp_path, clock=clock) as opened:
        sign_in(opened, begin(opened), 0)
        sync(opened, centre)
        (first,) = samples(opened)
        said = (first.boot, first.wall_ms, first.mono_ms, first.centre_ms)
        assert said == (clock.boot, clock.wall_ms, clock.mono_ms, CENTRE_MS)
        sync(opened, centre)
        assert len(samples(opened)) == 1, "no news"
        clock.wall_ms -= 40 * DAY_MS
        clock.mono_ms += 5_000
        sync(opened, centre)
        assert [one.wall_ms for one in samples(opened)][1:] == [clock.wall_ms]
        clock.boot = "another-boot"
        clock.mono_ms = 10_000
        sync(opened, centre)
        assert [one.boot for one in samples(opened)][2:] == ["another-boot"]
        sync(opened, centre)
        at_centre = {hashed.hex() for facts in centre.held.values() for hashed, _ in facts}
        assert at_centre == set(facts_in(opened.home / "station.db")), "samples go up like all"


def test_a_program_that_recorded_nothing_adds_nothing_for_its_clock(tmp_path: Path) -> None:
    clock, centre = SetClock(), PortCentre()
    with station_at(tmp_path, clock=clock) as opened:
        sync(opened, centre)
        clock.wall_ms = 0
        sync(opened, centre)
        assert facts_in(opened.home / "station.db") == {}


def test_a_clock_that_stands_still_is_compared_once_and_again_when_it_is_set(
    tmp_path: Path,
) -> None:
    clock, centre = SetClock(), PortCentre()
    with station_at(tmp_path, clock=clock) as opened:
        sign_in(opened, begin(opened), 0)
        for _ in range(5):
            sync(opened, centre)
            centre.clock_ms += 60_000
            clock.mono_ms += 60_000
        assert len(samples(opened)) == 1, (
            "each would be a new fact, and bring about the next exchange"
        )
        clock.wall_ms += 3_600_000
        sync(opened, centre)
        assert [one.wall_ms for one in samples(opened)][1:] == [clock.wall_ms]
