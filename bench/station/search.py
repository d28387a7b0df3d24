"""Finding a name at each key press, beside one substring search over the same letters."""

from __future__ import annotations

import random
import sys
import time
from functools import lru_cache

from app.domain.ids import PersonId
from app.names.index import Entry, NameIndex
from app.names.readings import search_keys
from bench.data.histories import names
from bench.figures import Figure, median, percentile
from bench.places import Places

GOALS_MS = {200: 2.0, 35_000: 2.0, 200_000: 8.0}
_PRESSES = 400

work_s = time.perf_counter if sys.platform == "win32" else time.thread_time
"""Nothing here waits, so the thread's own time is the time, whatever else the machine does."""

_keys = lru_cache(maxsize=None)(search_keys)


def measure(places: Places) -> list[Figure]:
    """p99 a key press, and the time to build the index, by size of the roster."""
    figures = []
    for count in (200, 35_000) if places.quick else (200, 35_000, 200_000):
        entries = [
            Entry(PersonId(f"p{place}"), name, _keys(name), f"{place * 7919 % 10_000:04d}")
            for place, name in enumerate(names(count))
        ]
        figures += _at_size(count, entries)
    return figures


def _at_size(count: int, entries: list[Entry]) -> list[Figure]:
    built = []
    for _ in range(3):
        started = work_s()
        index = NameIndex(entries)
        built.append((work_s() - started) * 1e3)
    blob = "\n".join(one.keys for one in entries)
    ours, floor = [], []
    for press in _key_presses(entries):
        started = work_s()
        index.search(press)
        ours.append((work_s() - started) * 1e3)
        started = work_s()
        blob.find(press + "\x02")
        floor.append((work_s() - started) * 1e3)
    goal = GOALS_MS[count]
    shown = percentile(ours, 99)
    return [
        Figure(
            f"search a key press, {count:,} people, p99 (p50–worst)",
            "ms",
            shown,
            percentile(floor, 99),
            f"≤ {goal:g} ms",
            shown.value <= goal,
        ),
        Figure(f"index built, {count:,} people", "ms", median(built), None, "", None),
    ]


def _key_presses(entries: list[Entry]) -> list[str]:
    """What people type, letter by letter: initials, spellings, signs, digits; some fit nobody."""
    chance = random.Random(11)
    presses: list[str] = []
    while len(presses) < _PRESSES:
        one = chance.choice(entries)
        keys = one.keys.split(" ")
        typed = chance.choice((keys[0], keys[-1], one.name, one.phone_tail, "qxzv"))
        presses += [typed[: at + 1] for at in range(min(len(typed), 6))]
    return presses
