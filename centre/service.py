"""The opened centre: store, key, clock and who it is – what every feature is handed."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import field
from pathlib import Path

from sqlalchemy import Connection, select

from app.domain.ids import id_from_random
from app.domain.values import dataclass
from app.wire.signing import public_key_of
from centre.clock_sense import ClockSense
from centre.settings import Settings
from centre.store.engine import Store
from centre.store.insert import put_row
from centre.store.tables import centre_state

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


def generation_of(tx: Connection) -> str:
    """Which life of the store this is: another one after a restored backup."""
    query = select(centre_state.c.value).where(centre_state.c.name == "generation")
    return str(tx.scalar(query))


def begin_new_generation(centre: Centre) -> str:
    """Say that the store was put back to an earlier state; stations then offer everything anew."""
    generation = new_generation()
    with centre.store.writing() as tx:
        put_row(tx, centre_state, {"name": "generation", "value": generation}, key=["name"])
    return generation


def new_generation() -> str:
    """A name for a new life of the store."""
    return id_from_random("g-", secrets.token_bytes(10))
