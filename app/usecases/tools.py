"""What every verb is given: store, clock, random bytes and media shelf."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from app.domain.ids import SiteId, id_from_random
from app.domain.values import dataclass
from app.ports.machine import Clock, Entropy
from app.ports.shelf import MediaShelf

if TYPE_CHECKING:
    from app.store.station_store import StationStore
    from app.usecases.former_sites import FormerSite

Notice = tuple[str, tuple[tuple[str, str], ...]]
"""A sentence for the operator: catalogue key and its values."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """The course file that is being fetched: bytes verified, of how many; ``looked_at`` is how
    far what lay here already has been looked through, 0 when that is not being done."""

    sha256: str
    title: str
    have: int
    size: int
    looked_at: int = 0


@dataclass(slots=True)
class SyncMemory:
    """How the last exchange went; kept while the program runs.

    ``newest_answer_ms`` is the centre's time of the newest answer, ``written_ms`` the moment
    (since start) at which what an answer says was last written down. ``feeds_proven``: since this
    program started, or the centre was seen to have been put back, all sums of feeds were compared.
    ``former_tried_ms``: folder → moment (since start) at which a former site last talked.
    ``course_pauses`` names files that are wrong at the centre: until when (since start, ms) or
    until which other revision of the catalogue they are left alone, and the sentence
    that says why.
    """

    busy: bool = False
    last_success_ms: int | None = None
    newest_answer_ms: int = 0
    written_ms: int | None = None
    feeds_proven: bool = False
    reason: str = ""
    no_space: bool = False
    former_tried_ms: dict[str, int] = field(default_factory=dict)
    fetching: Fetching | None = None
    course_pauses: dict[str, tuple[int, int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tools:
    """Handed to every verb; built once by ``app.bootstrap``."""

    store: StationStore
    clock: Clock
    entropy: Entropy
    shelf: MediaShelf
    site: SiteId | None
    scopes: tuple[str, ...]
    unable: str = ""
    """Why this station can't speak to its centre though it was enrolled: a key of the catalogue."""
    notices: list[Notice] = field(default_factory=list)
    sync: SyncMemory = field(default_factory=SyncMemory)
    former: tuple[FormerSite, ...] = ()
    """Records of sites this PC was at before."""
    machine: str = ""
    """A mark of this PC and of where the record lies on it; empty when there is none."""

    def new_id(self, prefix: str) -> str:
        """A fresh random id: 80 bits."""
        return id_from_random(prefix, self.entropy.draw(10))
