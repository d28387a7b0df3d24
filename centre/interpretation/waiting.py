"""What waits: facts that are kept but are not, or not yet, in what a projection tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select

from app.areas.sessions.report import Waiting
from app.domain.decoded_fact import Reason
from centre.store.prepared import Prepared
from centre.store.projection_tables import held

UNDECODED = ""
"""Stands for a projection when the fact itself was not understood."""
_OF_KEY = (
    held.c.site == bindparam("site"),
    held.c.projection == bindparam("projection"),
    held.c.key == bindparam("key"),
)
_WAITED = Prepared(select(held.c.arrival, held.c.since_ms).where(*_OF_KEY))
_NOBODY_WAITS = Prepared(delete(held).where(*_OF_KEY))
_WAITS = Prepared(insert(held), held.columns.keys(), once=True)
_MOST_DETAIL = 200


def replace_waiting(  # noqa: PLR0913 - whose key, and what waits in it since when
    tx: Connection,
    site: str,
    projection: str,
    key: str,
    waiting: Sequence[Waiting],
    now_ms: int,
) -> None:
    """Put what waits of a key into the queue; what waited before still does since then."""
    of = {"site": site, "projection": projection, "key": key}
    since = {row.arrival: row.since_ms for row in _WAITED.all(tx, of)}
    if since:
        _NOBODY_WAITS.run(tx, of)
    hold(tx, site, projection, key, ((one, since.get(one.arrival, now_ms)) for one in waiting))


def hold(
    tx: Connection,
    site: str,
    projection: str,
    key: str,
    waiting: Iterable[tuple[Waiting, int]],
) -> None:
    """Have facts wait, each since its moment (ms); one that does already waits as it did."""
    rows = [
        {
            "arrival": one.arrival,
            "projection": projection,
            "site": site,
            "key": key,
            "reason": one.reason.value,
            "detail": one.detail[:_MOST_DETAIL],
            "since_ms": since_ms,
        }
        for one, since_ms in waiting
    ]
    _WAITS.run_many(tx, rows)


def hold_failed(  # noqa: PLR0913 - the key, its newest fact, and why
    tx: Connection, site: str, projection: str, key: str, newest: int, why: str, now_ms: int
) -> None:
    """Queue a key that could not be folded, by its newest fact."""
    mine = (held.c.arrival == newest, held.c.projection == projection)
    tx.execute(delete(held).where(*mine))
    hold(tx, site, projection, key, [(Waiting(newest, Reason.FAILED, why), now_ms)])
