"""Which segments of a PC that was replaced were begun while it still spoke for its station."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from app.wire.fact_bytes import segment_root
from app.wire.messages import Run
from centre.stations.credentials import Credential, Standing
from centre.stations.rights.begun import began_when
from centre.stations.rights.rule import RightEnd, counts
from centre.store.site_lock import lock_site
from centre.store.tables import facts, station_keys
from centre.store.unread import read_again

_NEVER = 1 << 62


def judged(
    tx: Connection, sender: Credential, names: Iterable[str], runs: Iterable[Run], now_ms: int
) -> Credential:
    """The sender with the segments, among those named, whose facts count though it was replaced."""
    if sender.standing is not Standing.REPLACED or not sender.keys:
        return sender
    key = tx.execute(
        select(station_keys.c.until_ms, station_keys.c.shut_out_ms).where(
            station_keys.c.station == sender.station, station_keys.c.public_key == sender.keys[0]
        )
    ).one_or_none()
    if key is None or key.until_ms is None:
        return sender
    end = RightEnd.REPLACED if key.shut_out_ms is None else RightEnd.SHUT_OUT
    first = _first_facts(runs)
    began = {
        name: began_when(tx, sender.station, name, key.until_ms, now_ms, first.get(name))
        for name in names
    }
    return replace(
        sender, counted=frozenset(name for name, when in began.items() if counts(end, when))
    )


def _first_facts(runs: Iterable[Run]) -> dict[str, bytes]:
    return {
        run.segment: run.facts[0]
        for run in runs
        if run.facts and run.from_n == 1 and run.previous == segment_root(run.segment)
    }


def let_count(tx: Connection, sender: Credential, fork_ends: Mapping[str, int | None]) -> None:
    """What waited of these segments, because their first fact had not come yet, counts as well.

    ``fork_ends`` maps segments that grew to the number from which a fork is set apart, if any.
    """
    for segment in sorted(sender.counted.intersection(fork_ends)):
        fork_n = fork_ends[segment] or _NEVER
        waits = (
            facts.c.station == sender.station,
            facts.c.segment == segment,
            facts.c.n < fork_n,
            facts.c.quarantined,
        )
        if tx.execute(select(facts.c.arrival).where(*waits).limit(1)).first() is None:
            continue
        lock_site(tx, sender.site)
        read_again(tx, *waits, quarantined=False)
