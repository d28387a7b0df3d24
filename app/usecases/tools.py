"""What every verb needs at hand: the store, the clock, chance, and the media shelf."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.ids import SiteId, id_from_random
from app.ports.machine import Clock, Entropy
from app.ports.shelf import MediaShelf
from app.ports.store import Store

Notice = tuple[str, tuple[tuple[str, str], ...]]
"""A sentence for the operator: catalogue key and its values."""


@dataclass(slots=True)
class SyncMemory:
    """How the last exchange went; kept while the program runs.

    ``newest_answer_ms`` is the centre's time of the newest answer, ``written_ms`` the moment
    (since start) at which what an answer says was last written down. ``feeds_proven``: since this
    program started, or the centre was seen to have been put back, all sums of feeds were compared.
    """

    busy: bool = False
    last_success_ms: int | None = None
    newest_answer_ms: int = 0
    written_ms: int | None = None
    feeds_proven: bool = False
    reason: str = ""
    no_space: bool = False


@dataclass(frozen=True, slots=True)
class Tools:
    """Handed to every verb; built once by ``app.bootstrap``."""

    store: Store
    clock: Clock
    entropy: Entropy
    shelf: MediaShelf
    site: SiteId | None
    scopes: tuple[str, ...]
    unable: str = ""
    """Why this station can't speak to its centre though it was enrolled: a key of the catalogue."""
    notices: list[Notice] = field(default_factory=list)
    sync: SyncMemory = field(default_factory=SyncMemory)

    def new_id(self, prefix: str) -> str:
        """A fresh random id: 80 bits."""
        return id_from_random(prefix, self.entropy.draw(10))
