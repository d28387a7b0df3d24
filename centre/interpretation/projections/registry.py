"""Every projection of this program: sessions with their plays, and whatever is declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from sqlalchemy import Connection

from app.domain.decoded_fact import DecodedFact
from centre.interpretation.projections.declared import DeclaredFold
from centre.interpretation.projections.sessions import SessionFold
from centre.store.projection_tables import DISPOSABLE, SESSIONS


class Fold(Protocol):
    """One projection as the centre runs it, a key of one site at a time, under the site's lock."""

    @property
    def name(self) -> str:
        """What it is called in the tables and in commands."""
        ...

    def keys_of(self, one: DecodedFact) -> Iterable[str]:
        """Under which keys a fact is folded, as far as it says itself."""
        ...

    def refold(self, tx: Connection, site: str, key: str, now_ms: int) -> None:
        """Replace the rows of a key, and what waits in it, in the caller's transaction."""
        ...

    def newest(self, tx: Connection, site: str, key: str) -> int | None:
        """The arrival of the newest fact of a key."""
        ...

    def keys_after(self, tx: Connection, site: str, key: str, limit: int) -> list[tuple[str, str]]:
        """The next (site, key) pairs after one, in order."""
        ...

    def count_keys(self, tx: Connection) -> int:
        """How many keys there are."""
        ...


FOLDS: dict[str, Fold] = {SESSIONS: SessionFold()}
"""Projections by name."""


def run(name: str) -> None:
    """Run a projection whose tables are declared."""
    one = DISPOSABLE[name]
    if one.declared is not None:
        FOLDS[name] = DeclaredFold(one.declared, one.tables)


for _name in DISPOSABLE:
    run(_name)


def declared() -> Iterator[DeclaredFold]:
    """Those that were declared: ``fact_keys`` is theirs."""
    for one in FOLDS.values():
        if isinstance(one, DeclaredFold):
            yield one
