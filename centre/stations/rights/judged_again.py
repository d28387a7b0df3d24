"""Once after an upgrade: facts set apart by the old rule are judged by the right they were written under.

Older programs set apart whatever came when a credential was over or another PC had taken the
place. What cannot be told apart from a shut-out PC's facts goes on waiting for a person. What
was decided before there were signed decisions is signed now, so that it survives as well.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, or_, select

from app.wire.signing import RUN_LABEL, run_parts, verifies
from centre.decisions.ledger import Kind, decide
from centre.interpretation.pending import interpret_pending
from centre.service import Centre
from centre.stations.rights.begun import began_when
from centre.stations.rights.rule import RightEnd, counts
from centre.store.insert import insert_new
from centre.store.site_lock import lock_site
from centre.store.tables import (
    centre_state,
    courses,
    erasures,
    facts,
    run_seals,
    segments,
    station_keys,
    stations,
)
from centre.store.unread import read_again

JUDGED = "judged_by_right"


def judge_again(centre: Centre) -> None:
    """Do it, unless it was done."""
    name = centre_state.c.name
    with centre.store.writing() as tx:
        tx.execute(select(centre_state).where(name == "generation").with_for_update())
        if tx.scalar(select(centre_state.c.value).where(name == JUDGED)) is not None:
            return
        _sign_what_was_decided(tx, centre)
        sites = {one.site for one in _apart(tx) if _counts_now(tx, centre, one)}
        insert_new(tx, centre_state, ({"name": JUDGED, "value": "1"},), key=["name"])
    for site in sorted(sites):
        interpret_pending(centre, site)


def _sign_what_was_decided(tx: Connection, centre: Centre) -> None:
    out = select(stations.c.id, stations.c.revoked_ms).where(stations.c.revoked_ms.is_not(None))
    for row in tx.execute(out.order_by(stations.c.id)).all():
        decide(tx, centre, Kind.SHUT_OUT, row.id, at_ms=row.revoked_ms)
    for row in tx.execute(select(erasures).order_by(erasures.c.person)).all():
        said = {"home": row.site}
        decide(tx, centre, Kind.ERASED, row.person, values=said, at_ms=row.at_ms)
    gone = select(courses.c.id).where(courses.c.withdrawn).order_by(courses.c.id)
    for course in tx.scalars(gone).all():
        decide(tx, centre, Kind.COURSE_WITHDRAWN, course)


def _apart(tx: Connection) -> list[Any]:
    """Segments with facts that were set apart, but not for a fork."""
    its = (segments.c.station == facts.c.station, segments.c.segment == facts.c.segment)
    no_fork = or_(segments.c.fork_n.is_(None), facts.c.n < segments.c.fork_n)
    query = (
        select(segments.c.station, segments.c.segment, segments.c.site, segments.c.fork_n)
        .join(facts, its[0] & its[1])
        .where(facts.c.quarantined, no_fork)
        .distinct()
    )
    return list(tx.execute(query).all())


def _counts_now(tx: Connection, centre: Centre, one: Any) -> bool:
    """Have what was set apart of a segment counted, if its PC had the right to write it."""
    revoked_ms = tx.scalar(select(stations.c.revoked_ms).where(stations.c.id == one.station))
    key = _signer(tx, one.station, one.segment)
    if revoked_ms is not None or key is None:
        return False
    waits = [
        *(facts.c.station == one.station, facts.c.segment == one.segment),
        facts.c.quarantined,
    ]
    if one.fork_n is not None:
        waits.append(facts.c.n < one.fork_n)
    came = tx.scalars(select(facts.c.received_ms).where(*waits)).all()
    if key.until_ms is None:
        good = bool(min(came) >= key.from_ms)  # only a credential that was over set these apart
    else:
        began = began_when(tx, one.station, one.segment, key.until_ms, centre.now_ms(), None)
        good = min(came) >= key.until_ms and counts(RightEnd.REPLACED, began)
    if good:
        lock_site(tx, one.site)
        read_again(tx, *waits, quarantined=False)
    return good


def _signer(tx: Connection, station: str, segment: str) -> Row[Any] | None:
    """The key that vouched for a segment; a station's only one when nothing is signed."""
    keys = tx.execute(select(station_keys).where(station_keys.c.station == station)).all()
    if len(keys) == 1:
        return keys[0]
    sealed = (run_seals.c.station == station, run_seals.c.segment == segment)
    seals = tx.execute(select(run_seals).where(*sealed).limit(20)).all()
    for seal in seals:
        parts = run_parts(station, segment, seal.n, bytes(seal.hash))
        for key in keys:
            if verifies(bytes(key.public_key), bytes(seal.signature), RUN_LABEL, *parts):
                return key
    return None
