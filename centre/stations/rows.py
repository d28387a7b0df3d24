"""A station's own row as an exchange needs it, together with the generation: one statement."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from app.wire.messages import Held
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
    _GENERATION,
    stations.c.held_facts,
    stations.c.held_sum,
    stations.c.agreed_facts,
    stations.c.copied_ms,
    stations.c.put_back_ms,
    stations.c.seen_ms,
    stations.c.enrolled_ms,
    stations.c.expires_ms,
).where(stations.c.id == bindparam("id"))


def station_row(tx: Connection, station: str) -> StationRow:
    """The row of a station that is known."""
    row = tx.execute(_ROW, {"id": station}).one()
    return StationRow(row[0], Held(row[1], bytes(row[2])), *row[3:])
