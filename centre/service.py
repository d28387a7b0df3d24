"""The opened centre: store, key, clock and who it is – what every feature is handed."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select

from app.domain.errors import BadInput
from app.domain.ids import id_from_random
from app.wire.signing import public_key_of
from centre.clock_sense import ClockSense
from centre.home import (
    Remembered,
    check_belongs,
    check_key,
    forget,
    key_mark,
    look,
    refuse_half_restored,
    remember,
    remembered,
    settled,
    shown_address,
)
from centre.settings import Settings, make_home, read_key
from centre.store.engine import Store, open_engine
from centre.store.insert import insert_new, put_row
from centre.store.projection_versions import are_mine
from centre.store.tables import centre_state
from centre.store.upgrade import HEAD, ensure_schema

Clock = Callable[[], int]


def wall_clock() -> int:
    """Milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


class Arrivals:
    """Tells the reader of this process that facts came in, and of which sites at once.

    Nothing is lost with it: what is unread is known from the facts themselves.
    """

    def __init__(self) -> None:
        self._rung = threading.Event()
        self._lock = threading.Lock()
        self._urgent: set[str] = set()

    def ring(self, site: str = "", *, is_urgent: bool = False) -> None:
        """Something came in; of a site that is not to rest when ``is_urgent``."""
        if is_urgent:
            with self._lock:
                self._urgent.add(site)
        self._rung.set()

    def wait(self, seconds: float) -> None:
        """Wait until something comes in, at most so long."""
        self._rung.wait(seconds)

    def take(self) -> set[str]:
        """The sites that are urgent now; what comes from here on rings anew."""
        self._rung.clear()
        with self._lock:
            taken, self._urgent = self._urgent, set()
        return taken


@dataclass(frozen=True, slots=True)
class Centre:
    """One opened centre. ``key`` is its private signing key."""

    store: Store
    key: bytes
    id: str
    media: Path
    now_ms: Clock
    settings: Settings
    arrivals: Arrivals = field(default_factory=Arrivals)
    """Rung when facts came in: whoever makes reports of them waits for it."""
    sense: ClockSense = field(default_factory=ClockSense)
    """Whether its clock can be believed."""

    @property
    def public_key(self) -> bytes:
        """The key stations verify answers with."""
        return public_key_of(self.key)

    def close(self) -> None:
        """Let the database go."""
        self.store.close()


def open_centre(
    settings: Settings,
    *,
    now_ms: Clock = wall_clock,
    may_begin: bool = False,
    is_restoring: bool = False,
) -> Centre:
    """Open the centre; a home that is quite new gets folder, key, tables and configuration.

    ``may_begin`` makes a store beside a key that has none yet, as ``init`` does; ``is_restoring``
    opens a home whose restore is not at its end yet.

    Raises:
        StoreTrouble: key, configuration or store are broken, missing or another centre's, or
            the store belongs to a newer program.
        BadInput: another database is named than the home remembers.
    """
    settings = settled(settings)
    if not is_restoring:
        refuse_half_restored(settings.home)
    if settings.key_file.exists():
        read_key(settings)
    found = look(settings.database_address)
    check_belongs(settings, found, may_begin=may_begin)
    make_home(settings)
    key = read_key(settings)
    check_key(settings, found, public_key_of(key))
    if found is None or found.revision != HEAD:
        ensure_schema(settings.database_address)
    store = Store(open_engine(settings.database_address))
    with store.reading() as tx:
        is_ready = are_mine(tx)
    if not is_ready:
        ensure_schema(settings.database_address)
    with store.writing() as tx:
        born = (
            {"name": "centre", "value": id_from_random("c-", secrets.token_bytes(10))},
            {"name": "generation", "value": _new_generation()},
            {"name": "key", "value": key_mark(public_key_of(key))},
        )
        insert_new(tx, centre_state, born, key=["name"])
        known = {row.name: row.value for row in tx.execute(select(centre_state))}
    if remembered(settings.home) is None:
        remember(settings.home, Remembered(str(known["centre"]), settings.database))
    centre = Centre(store, key, str(known["centre"]), settings.media, now_ms, settings)
    if "judged_by_right" not in known:  # a new store, or one an older program wrote
        from centre.stations.judged_again import judge_again

        judge_again(centre)
    return centre


def begin_new_store(settings: Settings) -> None:
    """Let a centre whose records are lost begin an empty store, under the same key.

    Stations then bring back what they hold; rosters, courses and plans are made anew.

    Raises:
        BadInput: the store is there.
    """
    settings = settled(settings)
    found = look(settings.database_address)
    if found is not None and found.centre:
        raise BadInput("centre.store_there", address=shown_address(settings.database_address))
    forget(settings.home)


def begin_new_key(settings: Settings) -> None:
    """Make a key for a centre that lost its own; every station must then be enrolled anew.

    Raises:
        BadInput: the key is there.
        StoreTrouble: there is no store that lost a key.
    """
    settings = settled(settings)
    refuse_half_restored(settings.home)
    if settings.key_file.exists():
        raise BadInput("centre.key_there", path=str(settings.key_file))
    found = look(settings.database_address)
    if found is not None and found.centre:
        make_home(settings)
        mark = key_mark(public_key_of(read_key(settings)))
        store = Store(open_engine(settings.database_address))
        with store.writing() as tx:
            put_row(tx, centre_state, {"name": "key", "value": mark}, key=["name"])
        store.close()


def generation_of(tx: Connection) -> str:
    """Which life of the store this is: another one after a restored backup."""
    query = select(centre_state.c.value).where(centre_state.c.name == "generation")
    return str(tx.scalar(query))


def begin_new_generation(centre: Centre) -> str:
    """Say that the store was put back to an earlier state; stations then offer everything anew."""
    generation = _new_generation()
    with centre.store.writing() as tx:
        put_row(tx, centre_state, {"name": "generation", "value": generation}, key=["name"])
    return generation


def _new_generation() -> str:
    return id_from_random("g-", secrets.token_bytes(10))
