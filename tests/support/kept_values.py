"""What a store keeps in the process beside what stands in its file at this moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.store.line_clocks import samples_of
from app.store.reading import StoreReading
from app.store.station_store import StationStore

ASKED: dict[str, Callable[[StoreReading, Any], object]] = {
    "policies": lambda reading, _: reading.policies(),
    "branches": lambda reading, _: reading.branch_names(),
    "is_stale": lambda reading, _: reading.is_stale(),
    "samples": lambda reading, boot: samples_of(reading.conn, boot),
    "session": lambda reading, session: reading.kept_session(session),
    "tally": lambda reading, session: reading.counts(session),
    "slot": lambda reading, place: reading.slot(*place),
}
"""Question → how it is asked; each one that is kept must stand here."""

Answers = dict[tuple[str, object], object]


def kept_and_stored(store: StationStore) -> tuple[Answers, Answers]:
    """All that is kept now, and the same asked of the file."""
    kept: Answers = {}
    stored: Answers = {}
    with store.read() as reading:
        fresh = StoreReading(reading.conn)
        for what in reading.kept.questions():
            for of, answer in reading.kept.all_of(what).items():
                kept[what, of] = _plain(answer)
                stored[what, of] = _plain(ASKED[what](fresh, of))
    return kept, stored


def _plain(answer: object) -> object:
    """A tally without those places where nobody stands."""
    if isinstance(answer, dict):
        return {place: many for place, many in answer.items() if many}
    return answer
