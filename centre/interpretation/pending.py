"""Whose turn it is to be read, and what was waiting: small transactions, one site after another.

A key is folded whole for each reading, so a site with sessions under way is read at once when a
session ends or much came, when somebody looks, and else once in five minutes. What is due is
known from the facts themselves: a stop forgets nothing.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import select

from app.domain.decoded_fact import Reason
from centre.interpretation.reading import KEYS_A_TRANSACTION, lock, read_some, refold_each
from centre.service import Centre
from centre.store.projection_tables import held
from centre.store.tables import facts
from centre.store.unread import read_again, unread_sites

_LOG = logging.getLogger("centre.interpretation")
REST_MS = 300_000
"""How long a site rests after it was read, unless something makes it urgent."""
_FACTS_A_TRANSACTION = 500
_NOT_READ = (Reason.UNKNOWN_KIND, Reason.UNREADABLE)
"""What a newer program may understand though an older one put it aside."""


def interpret_all(centre: Centre) -> None:
    """Interpret what a stop left lying, and try again what failed, for every site."""
    again = (Reason.FAILED, *_NOT_READ)
    with centre.store.reading() as tx:
        aside = select(held.c.site).where(held.c.reason.in_([one.value for one in again]))
        known = set(tx.scalars(aside.distinct()))
        known |= unread_sites(tx).keys()
    for site in sorted(known):
        try:
            look_again(centre, site, _NOT_READ)
            retry_held(centre, site, (Reason.FAILED,))
            interpret_pending(centre, site)
        except Exception:  # noqa: BLE001 - one site's trouble must not keep the centre down
            _LOG.exception("interpretation failed for site %s", site)


def interpret_due(
    centre: Centre,
    urgent: Collection[str] = (),
    is_over: Callable[[], bool] = lambda: False,
) -> tuple[int, set[str]]:
    """Go once round the sites whose turn it is: how many facts were read, and which sites whole.

    Those in ``urgent`` do not rest. Each gets one transaction a round, so that none waits for
    another that never stops sending; a site another process is at is left to it. ``is_over``
    ends the round early.
    """
    now = centre.now_ms()
    with centre.store.reading() as tx:
        unread = unread_sites(tx)
    due = [
        site
        for site, read_ms in unread.items()
        if site in urgent or not 0 <= now - read_ms < REST_MS
    ]
    done, whole = 0, set(urgent).difference(unread)
    for site in due:
        if is_over():
            break
        try:
            count, more = read_some(centre, site, wait=False)
        except Exception:  # noqa: BLE001 - one site's trouble must not hold up the others
            _LOG.exception("interpretation failed for site %s", site)
            continue
        done += count
        if count and not more:
            whole.add(site)
    return done, whole


def interpret_pending(centre: Centre, site: str) -> None:
    """Interpret everything of a site that is not interpreted."""
    while read_some(centre, site, wait=True)[1]:
        pass


def retry_held(centre: Centre, site: str, reasons: Sequence[Reason]) -> None:
    """Fold again the keys in which facts wait for one of these reasons."""
    waiting = select(held.c.projection, held.c.key).where(
        held.c.site == site, _one_of(reasons), held.c.key != ""
    )
    with centre.store.reading() as tx:
        keys = sorted({(row.projection, row.key) for row in tx.execute(waiting)})
    for start in range(0, len(keys), KEYS_A_TRANSACTION):
        touched = defaultdict(set)
        for projection, key in keys[start : start + KEYS_A_TRANSACTION]:
            touched[projection].add(key)
        with centre.store.writing() as tx:
            lock(tx, site, wait=True)
            refold_each(tx, site, touched, centre.now_ms())


def look_again(centre: Centre, site: str, reasons: Sequence[Reason]) -> None:
    """Have facts interpreted once more that wait outside of any key for one of these reasons."""
    query = select(held.c.arrival).where(held.c.site == site, _one_of(reasons), held.c.key == "")
    with centre.store.writing() as tx:
        lock(tx, site, wait=True)
        aside = tx.scalars(query).all()
        for start in range(0, len(aside), _FACTS_A_TRANSACTION):
            read_again(tx, facts.c.arrival.in_(aside[start : start + _FACTS_A_TRANSACTION]))


def _one_of(reasons: Sequence[Reason]) -> sa.ColumnElement[bool]:
    return held.c.reason.in_([one.value for one in reasons])
