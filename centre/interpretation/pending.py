"""Interpreting facts that were not looked at yet, and what was waiting.

Small transactions for a site, under the site's lock, so that several processes share the
work and nobody who sends facts waits for it. A session is always folded anew from all its
facts; if that fails, its new facts are put into the queue with the reason, and everything
else goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, delete, insert, select, update

from app.domain.facts import KIND_OF, ClockAsserted, ClockCompared
from centre.interpretation.moments import keep_samples, sessions_of_boots
from centre.interpretation.readings import NotUnderstood, Reason, Said, understand
from centre.interpretation.refolding import ends_of, hold_lonely_ends, refold, stored_fact
from centre.service import Centre
from centre.store.insert import insert_new
from centre.store.tables import facts, held, sites

_LOG = logging.getLogger("centre.interpretation")
_FACTS_A_TRANSACTION = 500
_SITES_AT_ONCE = 100


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


def interpret_waiting(centre: Centre) -> int:
    """Interpret a while for all sites that have something new; how many facts that were.

    Sites that another process is at are left to it.
    """
    with centre.store.reading() as tx:
        new = select(facts.c.site).where(_IS_NEW).distinct().limit(_SITES_AT_ONCE)
        waiting = tx.scalars(new).all()
    done = 0
    for site in waiting:
        try:
            done += _interpret_some(centre, site, wait=False)
        except Exception:  # noqa: BLE001 - one site's trouble must not hold up the others
            _LOG.exception("interpretation failed for site %s", site)
    return done


def interpret_pending(centre: Centre, site: str) -> None:
    """Interpret everything of a site that is not interpreted."""
    while _interpret_some(centre, site, wait=True) == _FACTS_A_TRANSACTION:
        pass


def retry_held(centre: Centre, site: str, reasons: Sequence[Reason]) -> None:
    """Fold again the sessions in which facts wait for one of these reasons."""
    with centre.store.writing() as tx:
        _lock(tx, site, wait=True)
        waiting = select(held.c.session).where(
            held.c.site == site,
            held.c.reason.in_([one.value for one in reasons]),
            held.c.session.is_not(None),
        )
        refold_each(tx, site, {str(one) for one in tx.scalars(waiting)}, centre.now_ms())


_IS_NEW = sa.not_(facts.c.interpreted)
"""Facts that were set apart are looked at too: sessions they stood in are folded without them."""


def _look_again(centre: Centre, site: str) -> None:
    """A newer program may understand what an older one put aside."""
    aside = select(held.c.arrival).where(
        held.c.site == site, held.c.reason.in_((Reason.UNKNOWN_KIND, Reason.UNREADABLE))
    )
    with centre.store.writing() as tx:
        tx.execute(update(facts).where(facts.c.arrival.in_(aside)).values(interpreted=False))


def _interpret_some(centre: Centre, site: str, *, wait: bool) -> int:
    now = centre.now_ms()
    with centre.store.writing() as tx:
        if not _lock(tx, site, wait=wait):
            return 0
        query = (
            select(facts)
            .where(facts.c.site == site, _IS_NEW)
            .order_by(facts.c.arrival)
            .limit(_FACTS_A_TRANSACTION)
        )
        rows = tx.execute(query).mappings().all()
        if not rows:
            return 0
        said: list[Said] = []
        apart = [row["arrival"] for row in rows if row["quarantined"]]
        tx.execute(delete(held).where(held.c.arrival.in_(apart)))
        for row in rows:
            if row["quarantined"]:
                continue
            reading = understand(stored_fact(row))
            if isinstance(reading, NotUnderstood):
                _hold(tx, site, reading, now)
            else:
                said.append(reading)
        understood = [one.arrival for one in said]
        tx.execute(delete(held).where(held.c.arrival.in_(understood), held.c.session.is_(None)))
        _index(tx, said)
        lonely = {str(row["play"]) for row in rows if row["quarantined"] and row["play"]}
        hold_lonely_ends(tx, site, [*said, *ends_of(tx, site, lonely)], now)
        touched = _sessions_of(tx, site, said)
        touched |= {str(row["session"]) for row in rows if row["session"] is not None}
        clocks = [one for one in said if isinstance(one.fact, ClockCompared | ClockAsserted)]
        if clocks:
            touched |= sessions_of_boots(tx, keep_samples(tx, clocks))
        arrivals = [row["arrival"] for row in rows]
        tx.execute(update(facts).where(facts.c.arrival.in_(arrivals)).values(interpreted=True))
        refold_each(tx, site, touched, now)
        return len(rows)


def _lock(tx: Connection, site: str, *, wait: bool) -> bool:
    """Take a site for this transaction; False when another process has it."""
    mine = select(sites.c.id).where(sites.c.id == site)
    query = mine.with_for_update(skip_locked=not wait, key_share=True)
    return tx.execute(query).one_or_none() is not None


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


def refold_each(tx: Connection, site: str, touched: Iterable[str], now_ms: int) -> None:
    """Fold sessions anew, under the site's lock; one that fails goes to the queue."""
    for session in sorted(touched):
        try:
            with tx.begin_nested():
                refold(tx, site, session, now_ms)
        except Exception as failed:  # noqa: BLE001 - it goes to the queue, the rest goes on
            _LOG.exception("session %s of site %s", session, site)
            _hold_session(tx, site, session, type(failed).__name__, now_ms)


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
