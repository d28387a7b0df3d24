"""Sends unsent facts of former sites, whose records are closed, from this PC.

Each is a home of its own, opened for one exchange under its own identity and closed again, so
its facts can never be sent as this site's. Opening one costs the store lane some tenths of a
second, so it waits while a session is on.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from msgspec import Struct

from app.areas.sessions.session import RUNNING
from app.domain.errors import UserError
from app.words.codes import for_log

if TYPE_CHECKING:
    from app.store.reading import StoreReading
    from app.store.station_store import StationStore
    from app.usecases.carry import Carry, CarryOutcome
    from app.usecases.sync_once import StoreLane, SyncOnce
    from app.usecases.tools import Notice, Tools

_log = logging.getLogger("sync")

T = TypeVar("T")

_MOVED = "moved_from"
_COUNTS = "former_counts"
_DAY_MS = 24 * 3_600_000
_AGAIN_AFTER_MS = 10 * 60_000
"""A former site's centre that is silent is asked again no sooner."""


class OpenFormer(Struct, frozen=True):
    """A former site's record while it is open; ``close`` lets it go."""

    sync: SyncOnce
    carry: Carry
    close: Callable[[], None]


class FormerSite(Struct, frozen=True):
    """A former site's record; ``open`` raises UserError when it can't be opened. StationStore lane."""

    folder: str
    site_name: str
    open: Callable[[], OpenFormer]


def exchange_former(tools: Tools, store_lane: StoreLane, cancelled: Callable[[], bool]) -> None:
    """Have each former site talk with its centre: once a start, once a day for whom is erased
    there, and while it has something to send.

    Their trouble is not this site's: it is logged, what waits is said on the first screen.
    """
    for one in tools.former:
        if cancelled() or not _on(store_lane, partial(_is_due, tools, one)):
            continue
        try:
            with _opened(tools, one, store_lane) as former:
                if former is not None:
                    former.sync.run(store_lane=store_lane, cancelled=cancelled, courses=False)
        except UserError as failed:
            _log.warning("a former site was not asked: %s", for_log(failed))


def export_former(tools: Tools, root: Path, store_lane: StoreLane) -> tuple[CarryOutcome, ...]:
    """Leave on a stick what former sites have not sent, and ask for whom is erased there."""
    return _carried(tools, store_lane, lambda carry: carry.export(root, store_lane=store_lane))


def take_former(tools: Tools, root: Path, store_lane: StoreLane) -> tuple[CarryOutcome, ...]:
    """Take the centre's answers to former sites from a stick."""
    return _carried(
        tools, store_lane, lambda carry: carry.take(root, store_lane=store_lane, courses=False)
    )


def note_moved(
    store: StationStore,
    site_name: str,
    counts: Mapping[str, tuple[int, int]],
    settings: Iterable[tuple[str, str]],
) -> None:
    """Remember in a fresh record where this PC was before, what its former sites hold and have
    confirmed (by folder), and the settings that belong to the PC."""
    with store.begin() as work:
        for name, value in settings:
            work.keep_setting(name, value)
        work.keep_setting(_COUNTS, json.dumps(dict(counts)))
        work.keep_setting(_MOVED, site_name)


def notices_of(tools: Tools, reading: StoreReading) -> list[Notice]:
    """That this PC moved, until it was read, and what a former site still has to send."""
    told: list[Notice] = []
    before = reading.setting(_MOVED)
    if before:
        told.append(("notice.moved", (("site", before),)))
    counts = _counts(reading)
    for one in tools.former:
        facts, confirmed = counts.get(one.folder, (0, 0))
        if facts > confirmed:
            values = (("site", one.site_name), ("facts", str(facts - confirmed)))
            told.append(("notice.former_waits", values))
    return told


def moved_was_read(tools: Tools) -> None:
    """Nobody need be told again that this PC moved."""
    with tools.store.read() as reading:
        is_told = reading.setting(_MOVED) is not None
    if is_told:
        with tools.store.begin() as work:
            work.forget_setting(_MOVED)


def _carried(
    tools: Tools, store_lane: StoreLane, job: Callable[[Carry], CarryOutcome]
) -> tuple[CarryOutcome, ...]:
    done = []
    for one in tools.former:
        if _on(store_lane, partial(_is_free, tools)):
            with _opened(tools, one, store_lane) as former:
                if former is not None:
                    done.append(job(former.carry))
    return tuple(done)


@contextmanager
def _opened(tools: Tools, one: FormerSite, store_lane: StoreLane) -> Iterator[OpenFormer | None]:
    """A former site's record, open; what it holds and what of it is confirmed is kept after."""
    tools.sync.former_tried_ms[one.folder] = tools.clock.now().mono_ms
    try:
        former = _on(store_lane, one.open)
    except UserError as shut:
        _log.warning("the record of a former site can't be opened: %s", for_log(shut))
        yield None
        return
    try:
        yield former
        counts = _on(store_lane, lambda: _held(former.sync.tools.store))
        with suppress(UserError):
            _on(store_lane, lambda: _keep_counts(tools, one.folder, counts))
    finally:
        _on(store_lane, former.close)


def _held(store: StationStore) -> tuple[int, int]:
    with store.read() as reading:
        return reading.fact_counts()


def _keep_counts(tools: Tools, folder: str, counts: tuple[int, int]) -> None:
    with tools.store.read() as reading:
        kept = _counts(reading)
    if kept.get(folder) != counts:
        with tools.store.begin() as work:
            work.keep_setting(_COUNTS, json.dumps(kept | {folder: counts}))


def _counts(reading: StoreReading) -> dict[str, tuple[int, int]]:
    """Folder → facts, and how many are confirmed."""
    try:
        kept = json.loads(reading.setting(_COUNTS) or "{}")
        return {str(one): (int(two[0]), int(two[1])) for one, two in kept.items()}
    except (ValueError, TypeError, IndexError, AttributeError):
        return {}


def _waits(tools: Tools, one: FormerSite) -> bool:
    """Whether something of it is unsent, as far as is known."""
    with tools.store.read() as reading:
        facts, confirmed = _counts(reading).get(one.folder, (1, 0))
    return facts > confirmed


def _is_free(tools: Tools) -> bool:
    """Whether no session is on."""
    with tools.store.read() as reading:
        running = reading.open_session()
    return running is None or running.step not in RUNNING


def _is_due(tools: Tools, one: FormerSite) -> bool:
    if not _is_free(tools):
        return False
    tried_ms = tools.sync.former_tried_ms.get(one.folder)
    if tried_ms is None:
        return True
    waited_ms = tools.clock.now().mono_ms - tried_ms
    return waited_ms > (_AGAIN_AFTER_MS if _waits(tools, one) else _DAY_MS)


def _on(store_lane: StoreLane, job: Callable[[], T]) -> T:
    return cast("T", store_lane(job))
