"""How a station's right stands by all that was decided about it, and what that sets apart.

Used when a decision comes back to a centre that had lost it, and when such a centre learns of
a PC again: in whatever order they come, the last word counts.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from centre.decisions import ledger
from centre.decisions.ledger import Kind
from centre.service import Centre
from centre.stations.rights.begun import began_when
from centre.stations.rights.rule import RightEnd, counts
from centre.store.site_lock import lock_site
from centre.store.tables import facts, station_keys, stations
from centre.store.unread import read_again

_ENDS = (Kind.SHUT_OUT, Kind.LET_IN, Kind.REPLACED)


def settle_station(tx: Connection, centre: Centre, station: str) -> bool:
    """Bring a station's row in line with the last word about it; False when it is not known here."""
    mine = stations.c.id == station
    row = tx.execute(select(stations).where(mine).with_for_update(key_share=True)).one_or_none()
    if row is None:
        return False
    _settle_key(tx, centre, row)
    last = ledger.newest(tx, station, _ENDS)
    if last is None:
        return True
    if last.kind == Kind.SHUT_OUT and row.revoked_ms is None:
        tx.execute(update(stations).where(mine).values(revoked_ms=last.at_ms))
        _set_apart(tx, row, last.at_ms, RightEnd.SHUT_OUT, centre.now_ms())
    elif last.kind != Kind.SHUT_OUT and (row.revoked_ms or last.at_ms) < last.at_ms:
        tx.execute(update(stations).where(mine).values(revoked_ms=None))
    return True


def _settle_key(tx: Connection, centre: Centre, row: Row[Any]) -> None:
    """Let the PC speak that was let in last in the place of another."""
    last = ledger.newest(tx, row.id, (Kind.REPLACED,))
    key = b"" if last is None else bytes.fromhex(last.values.get("key", ""))
    if last is None or not key:
        return
    known = select(station_keys.c.from_ms).where(
        station_keys.c.station == row.id, station_keys.c.public_key == key
    )
    if tx.execute(known).first() is not None:
        return
    before = ledger.newest_before(tx, row.id, (Kind.SHUT_OUT, Kind.LET_IN), last.at_ms)
    was_out = before is not None and before.kind == Kind.SHUT_OUT
    out_ms = before.at_ms if before is not None and was_out else None
    ended = station_keys.c.station == row.id, station_keys.c.until_ms.is_(None)
    tx.execute(update(station_keys).where(*ended).values(until_ms=last.at_ms, shut_out_ms=out_ms))
    tx.execute(
        insert(station_keys).values(
            station=row.id, public_key=key, from_ms=last.at_ms, until_ms=None
        )
    )
    values = {
        "public_key": key,
        "recipient": last.values.get("recipient", ""),
        "expires_ms": int(last.values.get("expires_ms", row.expires_ms or 0)),
        "enrolled_ms": last.at_ms,
    }
    tx.execute(update(stations).where(stations.c.id == row.id).values(**values))
    end = RightEnd.SHUT_OUT if was_out else RightEnd.REPLACED
    _set_apart(tx, row, out_ms or last.at_ms, end, centre.now_ms())


def _set_apart(tx: Connection, row: Row[Any], since_ms: int, end: RightEnd, now_ms: int) -> None:
    """What came since and was counted waits for a person, as it would have if this had been known."""
    came = facts.c.station == row.id, facts.c.received_ms >= since_ms
    found = select(facts.c.segment).where(*came, ~facts.c.quarantined).distinct()
    lock_site(tx, row.site)
    for segment in tx.scalars(found).all():
        if counts(end, began_when(tx, row.id, segment, since_ms, now_ms, None)):
            continue
        waits = (*came, facts.c.segment == segment)
        read_again(tx, *waits, quarantined=True)
