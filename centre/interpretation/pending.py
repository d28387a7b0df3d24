"""Interpreting facts that are attached and were not looked at yet, and what was waiting.

One transaction for a site, under the site's lock. A session is always folded anew from
all its facts; if that fails, its new facts are put into the queue with the reason, and
everything else goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, delete, insert, select, update

from app.domain.facts import KIND_OF, SegmentOpened
from centre.interpretation.lineage import Ancestry, descendants
from centre.interpretation.readings import NotUnderstood, Reason, Said, understand
from centre.interpretation.refolding import hold_lonely_ends, refold, stored_fact
from centre.service import Centre
from centre.store.insert import insert_new
from centre.store.tables import facts, held, segments, sites

_LOG = logging.getLogger("centre.interpretation")
_FACTS_A_TRANSACTION = 5_000


def interpret_all(centre: Centre) -> None:
    """Interpret what a stop left lying, and try again what failed, for every site."""
    with centre.store.reading() as tx:
        known = tx.scalars(select(sites.c.id)).all()
    for site in known:
        try:
            _look_again(centre, site)
            retry_held(centre, site, (Reason.FAILED,))
            interpret_pending(centre, site)
        except Exception:  # noqa: BLE001 - one site's trouble must not keep the centre down
            _LOG.exception("interpretation failed for site %s", site)


def _look_again(centre: Centre, site: str) -> None:
    """A newer program may understand what an older one put aside."""
    aside = select(held.c.arrival).where(
        held.c.site == site, held.c.reason.in_((Reason.UNKNOWN_KIND, Reason.UNREADABLE))
    )
    with centre.store.writing() as tx:
        tx.execute(update(facts).where(facts.c.arrival.in_(aside)).values(interpreted=False))


def interpret_pending(centre: Centre, site: str) -> None:
    """Interpret everything of a site that is attached and not interpreted."""
    while _interpret_some(centre, site) == _FACTS_A_TRANSACTION:
        pass


def retry_held(centre: Centre, site: str, reasons: Sequence[Reason]) -> None:
    """Fold again the sessions in which facts wait for one of these reasons."""
    with centre.store.writing() as tx:
        _lock(tx, site)
        waiting = select(held.c.session).where(
            held.c.site == site,
            held.c.reason.in_([one.value for one in reasons]),
            held.c.session.is_not(None),
        )
        _refold_each(tx, site, {str(one) for one in tx.scalars(waiting)}, centre.now_ms())


def _interpret_some(centre: Centre, site: str) -> int:
    now = centre.now_ms()
    with centre.store.writing() as tx:
        _lock(tx, site)
        query = (
            select(facts)
            .where(facts.c.site == site, facts.c.attached, sa.not_(facts.c.interpreted))
            .order_by(facts.c.arrival)
            .limit(_FACTS_A_TRANSACTION)
        )
        rows = tx.execute(query).mappings().all()
        if not rows:
            return 0
        said: list[Said] = []
        stations: dict[int, str] = {}
        for row in rows:
            reading = understand(stored_fact(row))
            if isinstance(reading, NotUnderstood):
                _hold(tx, site, reading, now)
            else:
                said.append(reading)
                stations[reading.arrival] = row["station"]
        understood = [one.arrival for one in said]
        tx.execute(delete(held).where(held.c.arrival.in_(understood), held.c.session.is_(None)))
        _index(tx, said)
        hold_lonely_ends(tx, site, said, now)
        touched = _open_segments(tx, site, said, stations)
        touched |= _sessions_of(tx, site, said)
        arrivals = [row["arrival"] for row in rows]
        tx.execute(update(facts).where(facts.c.arrival.in_(arrivals)).values(interpreted=True))
        _refold_each(tx, site, touched, now)
        return len(rows)


def _lock(tx: Connection, site: str) -> None:
    tx.execute(select(sites.c.id).where(sites.c.id == site).with_for_update()).one()


def _hold(tx: Connection, site: str, fact: NotUnderstood, now: int) -> None:
    row = {
        "arrival": fact.arrival,
        "site": site,
        "session": None,
        "reason": fact.reason.value,
        "detail": fact.kind,
        "since_ms": now,
    }
    insert_new(tx, held, (row,), key=["arrival"])


def _index(tx: Connection, said: Sequence[Said]) -> None:
    """Write beside each fact which session and play it belongs to."""
    rows = [
        {
            "which": one.arrival,
            "its_session": one.session,
            "its_play": one.play,
            "its_kind": KIND_OF[type(one.fact)],
        }
        for one in said
    ]
    if rows:
        tx.execute(
            update(facts)
            .where(facts.c.arrival == sa.bindparam("which"))
            .values(
                session=sa.bindparam("its_session"),
                play=sa.bindparam("its_play"),
                kind=sa.bindparam("its_kind"),
            ),
            rows,
        )


def _open_segments(
    tx: Connection, site: str, said: Iterable[Said], stations: dict[int, str]
) -> set[str]:
    """Note where new segments go on from; sessions whose order that may change."""
    opened = [(one, one.fact) for one in said if isinstance(one.fact, SegmentOpened)]
    opened = [(one, fact) for one, fact in opened if one.n == 1]
    for one, fact in opened:
        tx.execute(
            update(segments)
            .where(
                segments.c.station == stations[one.arrival],
                segments.c.segment == one.segment,
                segments.c.opened_ms.is_(None),
            )
            .values(
                parent_segment=fact.parent_segment,
                parent_hash=fact.parent_hash,
                opened_ms=one.wall_ms,
            )
        )
    if not opened:
        return set()
    ancestry = ancestry_of(tx, site)
    later: set[str] = set()
    for one, _ in opened:
        later |= descendants(one.segment, ancestry)
    if not later:
        return set()
    query = select(facts.c.session).where(
        facts.c.site == site, facts.c.segment.in_(later), facts.c.session.is_not(None)
    )
    return {str(session) for session in tx.scalars(query.distinct())}


def ancestry_of(tx: Connection, site: str) -> dict[str, Ancestry]:
    """Where each segment of a site goes on from."""
    query = select(segments.c.segment, segments.c.parent_segment, segments.c.opened_ms).where(
        segments.c.site == site, segments.c.opened_ms.is_not(None)
    )
    rows = tx.execute(query.order_by(segments.c.station)).all()
    return {row.segment: Ancestry(row.parent_segment, row.opened_ms) for row in rows}


def _sessions_of(tx: Connection, site: str, said: Iterable[Said]) -> set[str]:
    """The sessions new facts belong to, those of their plays too."""
    touched = {one.session for one in said if one.session is not None}
    plays = {one.play for one in said if one.play is not None}
    if plays:
        query = select(facts.c.session).where(
            facts.c.site == site, facts.c.play.in_(plays), facts.c.session.is_not(None)
        )
        touched |= {str(session) for session in tx.scalars(query)}
    return touched


def _refold_each(tx: Connection, site: str, touched: Iterable[str], now: int) -> None:
    ancestry = None
    for session in sorted(touched):
        ancestry = ancestry_of(tx, site) if ancestry is None else ancestry
        try:
            with tx.begin_nested():
                refold(tx, site, session, ancestry, now)
        except Exception as failed:  # noqa: BLE001 - it goes to the queue, the rest goes on
            _LOG.exception("session %s of site %s", session, site)
            _hold_session(tx, site, session, type(failed).__name__, now)


def _hold_session(tx: Connection, site: str, session: str, why: str, now: int) -> None:
    """Queue a session that could not be folded by its newest fact."""
    newest = tx.scalar(
        select(sa.func.max(facts.c.arrival)).where(facts.c.site == site, facts.c.session == session)
    )
    if newest is None:
        return
    tx.execute(delete(held).where(held.c.arrival == newest))
    tx.execute(
        insert(held).values(
            arrival=newest,
            site=site,
            session=session,
            reason=Reason.FAILED.value,
            detail=why,
            since_ms=now,
        )
    )
