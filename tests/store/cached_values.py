"""What a store keeps in the process beside what stands in its file at this moment."""

from __future__ import annotations

from collections.abc import Mapping

from app.store.cache import StoreCache
from app.store.station_store import StationStore


def kept_and_stored(store: StationStore) -> tuple[dict[str, object], dict[str, object]]:
    """All that is kept now, and the same asked anew, by names."""
    with store.read() as reading:
        kept, conn = reading.cache, reading.conn
        held = _held(kept)
        fresh = StoreCache()
        for boot in kept._samples:  # noqa: SLF001
            fresh.samples(conn, boot)
        for session in kept._sessions:  # noqa: SLF001
            found = fresh.session(conn, session)
            if found is not None:
                fresh.tally(conn, found)
        fresh.policies(conn)
        fresh.branches(conn)
        fresh.is_stale(conn)
        stored = _held(fresh)
    return held, {name: stored.get(name) for name in held}


def _held(kept: StoreCache) -> dict[str, object]:
    """Leaves out what was not asked for, and in a tally whom nobody stands with."""
    plain: Mapping[str, object] = {
        "policies": kept._policies,  # noqa: SLF001
        "branches": kept._branches,  # noqa: SLF001
        "is_stale": kept._is_stale,  # noqa: SLF001
        **{f"samples {boot}": some for boot, some in kept._samples.items()},  # noqa: SLF001
    }
    held = {name: value for name, value in plain.items() if value is not None}
    for name, one in kept._sessions.items():  # noqa: SLF001
        held[f"session {name}"] = (one.session, one.opened, one.starts)
        if one.tally is not None:
            held[f"tally {name}"] = {place: many for place, many in one.tally.items() if many}
    return held
