"""A station's own row as an exchange needs it, together with the generation: one statement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Column, Connection, ScalarSelect, bindparam, select, update

from app.domain.values import dataclass
from app.wire.messages import Held
from app.wire.sums import ZERO, add_hashes
from centre.store.decision_tables import decision_heads
from centre.store.prepared import Prepared
from centre.store.tables import centre_state, sites, stations


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


_TOWNSHIP = select(sites.c.parent).where(sites.c.id == stations.c.site).scalar_subquery()
_GENERATION = (
    select(centre_state.c.value).where(centre_state.c.name == "generation").scalar_subquery()
)


def _decided(site: object, what: Column[Any]) -> ScalarSelect[Any]:
    """What is kept of the decisions for every station (``""``) or one site's."""
    return select(what).where(decision_heads.c.site == site).scalar_subquery()


_AS_THEY_ARE = ("agreed_facts", "copied_ms", "put_back_ms", "seen_ms", "expires_ms", "offset_ms")
_CHANGING = [stations.c[name] for name in (*_AS_THEY_ARE, "held_facts", "held_sum", "came_facts")]
"""What an exchange may change."""
_THIS = stations.c.id == bindparam("id")
_SEEN = Prepared(
    select(
        _GENERATION.label("generation"),
        *_CHANGING,
        stations.c.enrolled_ms,
        _decided("", decision_heads.c.held_rows).label("rows_of_all"),
        _decided("", decision_heads.c.held_sum).label("sum_of_all"),
        _decided(stations.c.site, decision_heads.c.held_rows).label("rows_of_site"),
        _decided(stations.c.site, decision_heads.c.held_sum).label("sum_of_site"),
        stations.c.site,
        _TOWNSHIP.label("township"),
        stations.c.public_key,
        stations.c.revoked_ms,
        stations.c.recipient,
    ).where(_THIS)
)
_LOCKED = Prepared(
    select(_GENERATION.label("generation"), *_CHANGING)
    .where(_THIS)
    .with_for_update(key_share=True, of=stations)
)
_KEEP = Prepared(
    update(stations)
    .where(stations.c.id == bindparam("of"))
    .values({one.name: bindparam(one.name) for one in _CHANGING})
)


@dataclass(frozen=True, slots=True)
class Signer:
    """What a station is recognised by, and its age recipient; ``revoked_ms``: its right ended."""

    site: str
    public_key: bytes
    revoked_ms: int | None
    recipient: str
    township: str = ""


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
    key = bytes(row.public_key)
    signer = Signer(row.site, key, row.revoked_ms, row.recipient, row.township or "")
    return _row_of(row), signer


def locked_row(tx: Connection, station: str, seen: StationRow) -> StationRow:
    """The row that was ``seen``, as it is now; it is the caller's until the transaction ends."""
    row = _LOCKED.one(tx, {"id": station})
    if row is None:
        raise LookupError(station)
    return replace(seen, **_changing(row))


def keep_row(tx: Connection, station: str, row: StationRow) -> None:
    """Write down what changes from exchange to exchange."""
    values = {name: getattr(row, name) for name in _AS_THEY_ARE}
    held = {"held_facts": row.held.facts, "held_sum": row.held.sum, "came_facts": row.came}
    _KEEP.run(tx, {"of": station, **values, **held})


def _changing(row: Any) -> dict[str, Any]:
    return {
        "generation": str(row.generation),
        "held": Held(row.held_facts, bytes(row.held_sum)),
        "came": row.came_facts,
        **{name: getattr(row, name) for name in _AS_THEY_ARE},
    }


def _row_of(row: Any) -> StationRow:
    sums = [bytes(one) for one in (row.sum_of_all, row.sum_of_site) if one is not None]
    decided = Held((row.rows_of_all or 0) + (row.rows_of_site or 0), add_hashes(ZERO, sums))
    return StationRow(**_changing(row), enrolled_ms=row.enrolled_ms, decided=decided)
