"""A station's own row as an exchange needs it, together with the generation: one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from app.wire.messages import Held
from centre.store.prepared import Prepared
from centre.store.tables import centre_state, stations


@dataclass(frozen=True, slots=True)
class StationRow:
    """What is kept of a station in all; times are ms UTC.

    ``held`` leaves quarantined forks out; ``agreed_facts`` is how many it was when the station
    last held just the same, None when it did not.
    """

    generation: str
    held: Held
    agreed_facts: int | None
    copied_ms: int | None
    put_back_ms: int | None
    seen_ms: int | None
    enrolled_ms: int
    expires_ms: int | None


_GENERATION = (
    select(centre_state.c.value).where(centre_state.c.name == "generation").scalar_subquery()
)
_ROW = select(
    _GENERATION.label("generation"),
    stations.c.held_facts,
    stations.c.held_sum,
    stations.c.agreed_facts,
    stations.c.copied_ms,
    stations.c.put_back_ms,
    stations.c.seen_ms,
    stations.c.enrolled_ms,
    stations.c.expires_ms,
    stations.c.site,
    stations.c.public_key,
    stations.c.revoked_ms,
    stations.c.recipient,
).where(stations.c.id == bindparam("id"))
_SEEN = Prepared(_ROW)
_LOCKED = Prepared(_ROW.with_for_update(key_share=True, of=stations))
_KEEP = Prepared(
    update(stations)
    .where(stations.c.id == bindparam("of"))
    .values(
        held_facts=bindparam("held_facts"),
        held_sum=bindparam("held_sum"),
        agreed_facts=bindparam("agreed_facts"),
        copied_ms=bindparam("copied_ms"),
        put_back_ms=bindparam("put_back_ms"),
        seen_ms=bindparam("seen_ms"),
        expires_ms=bindparam("expires_ms"),
    )
)


@dataclass(frozen=True, slots=True)
class Signer:
    """What a station is recognised by, and its age recipient; ``revoked_ms``: its right ended."""

    site: str
    public_key: bytes
    revoked_ms: int | None
    recipient: str


def station_row(tx: Connection, station: str) -> StationRow:
    """The row of a station that is known."""
    known = known_station(tx, station)
    if known is None:
        raise LookupError(station)
    return known[0]


def known_station(tx: Connection, station: str) -> tuple[StationRow, Signer] | None:
    """The row of a station and what it is recognised by; None when there is no such station."""
    row = _SEEN.one(tx, {"id": station})
    if row is None:
        return None
    signer = Signer(row.site, bytes(row.public_key), row.revoked_ms, row.recipient)
    return _row_of(row), signer


def locked_row(tx: Connection, station: str) -> StationRow:
    """The row of a station that is known; it is the caller's until the transaction ends."""
    row = _LOCKED.one(tx, {"id": station})
    if row is None:
        raise LookupError(station)
    return _row_of(row)


def keep_row(tx: Connection, station: str, row: StationRow) -> None:
    """Write down what changes from exchange to exchange."""
    _KEEP.run(
        tx,
        {
            "of": station,
            "held_facts": row.held.facts,
            "held_sum": row.held.sum,
            "agreed_facts": row.agreed_facts,
            "copied_ms": row.copied_ms,
            "put_back_ms": row.put_back_ms,
            "seen_ms": row.seen_ms,
            "expires_ms": row.expires_ms,
        },
    )


def _row_of(row: Any) -> StationRow:
    generation, held_facts, held_sum, *rest = row[:9]
    return StationRow(str(generation), Held(held_facts, bytes(held_sum)), *rest)
