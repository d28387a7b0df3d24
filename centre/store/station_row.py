"""A station's own row as an exchange needs it, together with the generation: one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, ScalarSelect, bindparam, select, update

from app.wire.messages import Held
from app.wire.sums import ZERO, add_hashes
from centre.store.decision_tables import decision_heads
from centre.store.prepared import Prepared
from centre.store.tables import centre_state, stations


@dataclass(frozen=True, slots=True)
class StationRow:
    """What is kept of a station in all; times are ms UTC.

    ``held`` leaves quarantined forks out; ``agreed_facts`` is how many it was when the station
    last held just the same, None when it did not; ``offset_ms`` is how far its clock was ahead
    of the centre's. ``decided`` are the decisions it is to keep for the centre; ``came``
    counts all facts that ever came.
    """

    generation: str
    held: Held
    agreed_facts: int | None
    copied_ms: int | None
    put_back_ms: int | None
    seen_ms: int | None
    enrolled_ms: int
    expires_ms: int | None
    offset_ms: int | None
    decided: Held
    came: int


_GENERATION = (
    select(centre_state.c.value).where(centre_state.c.name == "generation").scalar_subquery()
)


def _decided(site: object, what: Column[Any]) -> ScalarSelect[Any]:
    """What is kept of the decisions for every station (``""``) or one site's."""
    return select(what).where(decision_heads.c.site == site).scalar_subquery()


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
    stations.c.offset_ms,
    _decided("", decision_heads.c.held_rows).label("rows_of_all"),
    _decided("", decision_heads.c.held_sum).label("sum_of_all"),
    _decided(stations.c.site, decision_heads.c.held_rows).label("rows_of_site"),
    _decided(stations.c.site, decision_heads.c.held_sum).label("sum_of_site"),
    stations.c.site,
    stations.c.public_key,
    stations.c.revoked_ms,
    stations.c.recipient,
    stations.c.came_facts,
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
        offset_ms=bindparam("offset_ms"),
        came_facts=bindparam("came_facts"),
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
            "offset_ms": row.offset_ms,
            "came_facts": row.came,
        },
    )


def _row_of(row: Any) -> StationRow:
    generation, held_facts, held_sum, *rest = row[:10]
    sums = [bytes(one) for one in (row.sum_of_all, row.sum_of_site) if one is not None]
    decided = Held((row.rows_of_all or 0) + (row.rows_of_site or 0), add_hashes(ZERO, sums))
    return StationRow(
        str(generation), Held(held_facts, bytes(held_sum)), *(*rest, decided, row.came_facts)
    )
