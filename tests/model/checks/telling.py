"""Whether people are told: a fork at the centre is said to the operators of each PC it concerns."""

from __future__ import annotations

from sqlalchemy import select

from app.usecases.today import Today
from centre.stations.notices import TOLD_FOR_MS
from centre.store.tables import stations
from tests.model.county.ledger import Wrong
from tests.model.healing import speaking
from tests.model.world import World


def check_told(world: World) -> int:
    """Look at each first screen: what the centre noticed stands there, and nothing else of the kind.

    The number of PCs whose operators are told something.

    Raises:
        Wrong: an operator is not told, or told what is not so.
    """
    said = 0
    noticed = _noticed(world)
    for pc in speaking(world):
        shown = {key for key, _ in Today(pc.running.station.tools).overview().notices}
        shown &= {"notice.copied", "notice.put_back"}
        if shown != noticed[pc.station]:
            raise Wrong(f"{pc.label}: its operator reads {shown}, not {noticed[pc.station]}")
        said += bool(shown)
    return said


def _noticed(world: World) -> dict[str, set[str]]:
    """Station → what its operators are to read; the graver thing alone, and for a day."""
    newest = world.clock.ms - TOLD_FOR_MS
    with world.side.centre.store.reading() as tx:
        query = select(stations.c.id, stations.c.copied_ms, stations.c.put_back_ms)
        rows = tx.execute(query).all()
    return {
        row.id: {"notice.copied"}
        if (row.copied_ms or 0) > newest
        else {"notice.put_back"}
        if (row.put_back_ms or 0) > newest
        else set()
        for row in rows
    }
