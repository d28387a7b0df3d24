"""Interpreting facts that were not looked at yet, and what was waiting.

Small transactions for a site, under the site's lock, so that several processes share the
work and nobody who sends facts waits for it. A session is always folded anew from all its
facts; if that fails, its new facts are put into the queue with the reason, and everything
else goes on.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, delete, insert, select, update

from app.domain.decoded_fact import DecodedFact, Reason
from app.domain.fact_kinds import KIND_OF
from app.domain.facts import ClockAsserted, ClockCompared, SegmentOpened, SessionClosed
from app.wire.decode import Undecoded, decode_fact
from centre.interpretation.blanking import without_erased
from centre.interpretation.clock_samples import (
    keep_samples,
    sessions_of_boots,
    sessions_of_segments,
)
from centre.interpretation.refolding import ends_of, hold_lonely_ends, refold, stored_fact
from centre.service import Centre
from centre.store.insert import insert_new
from centre.store.prepared import Prepared
from centre.store.tables import facts, held, sites

_LOG = logging.getLogger("centre.interpretation")
_FACTS_A_TRANSACTION = 500
_SESSIONS_A_TRANSACTION = 20
"""SQLite has one writer: who sends facts waits for whoever reads them."""
_MUCH = 100
_IS_NEW = sa.not_(facts.c.interpreted)
"""Facts that were set apart are looked at too: sessions they stood in are folded without them."""
_NEXT_SITE = Prepared(
    select(facts.c.site)
    .where(facts.c.site > sa.bindparam("last"), _IS_NEW)
    .order_by(facts.c.site)
    .limit(1)
)
_BELONGS = Prepared(
    update(facts)
    .where(facts.c.arrival.in_(sa.bindparam("arrivals", expanding=True)))
    .values(
        interpreted=True,
        session=sa.bindparam("session"),
        play=sa.bindparam("play"),
        kind=sa.bindparam("kind"),
    ),
    lists=("arrivals",),
)
_NEWS = Prepared(
    select(facts)
    .where(facts.c.site == sa.bindparam("site"), _IS_NEW)
    .order_by(facts.c.arrival)
    .limit(_FACTS_A_TRANSACTION)
)
_ONE_SITE = select(sites.c.id).where(sites.c.id == sa.bindparam("site"))
_MINE = Prepared(_ONE_SITE.with_for_update(key_share=True))
_MINE_IF_FREE = Prepared(_ONE_SITE.with_for_update(skip_locked=True, key_share=True))
_SESSIONS_OF_PLAYS = Prepared(
    select(facts.c.session).where(
        facts.c.site == sa.bindparam("site"),
        facts.c.play.in_(sa.bindparam("plays", expanding=True)),
        facts.c.session.is_not(None),
    ),
    lists=("plays",),
)
_NOT_READ = (Reason.UNKNOWN_KIND, Reason.UNREADABLE)
"""What a newer program may understand though an older one put it aside."""


def interpret_all(centre: Centre) -> None:
    """Interpret what a stop left lying, and try again what failed, for every site."""
    again = (Reason.FAILED, *_NOT_READ)
    with centre.store.reading() as tx:
        aside = select(held.c.site).where(held.c.reason.in_([one.value for one in again]))
        known = set(tx.scalars(aside.distinct()))
        known |= set(_sites_with_news(tx))
    for site in sorted(known):
        try:
            look_again(centre, site, _NOT_READ)
            retry_held(centre, site, (Reason.FAILED,))
            interpret_pending(centre, site)
        except Exception:  # noqa: BLE001 - one site's trouble must not keep the centre down
            _LOG.exception("interpretation failed for site %s", site)


def interpret_waiting(
    centre: Centre,
    is_over: Callable[[], bool] = lambda: False,
    rests: Callable[[str], bool] = lambda _site: False,
) -> int:
    """Go once round all sites that have something new; how many facts were interpreted.

    Each site gets one transaction a round, so that none waits for another that never stops
    sending. Sites that another process is at are left to it, and those that ``rests`` names
    until much is new or a session was closed. ``is_over`` ends the round early.
    """
    done, site = 0, ""
    while (found := _next_with_news(centre, site, rests)) is not None and not is_over():
        site = found
        try:
            done += _interpret_some(centre, site, wait=False)
        except Exception:  # noqa: BLE001 - one site's trouble must not hold up the others
            _LOG.exception("interpretation failed for site %s", site)
    return done


def _next_with_news(centre: Centre, last: str, rests: Callable[[str], bool]) -> str | None:
    """The next site whose turn it is to be read."""
    with centre.store.reading() as tx:
        for site in _sites_with_news(tx, last):
            if not rests(site) or _is_due(tx, site):
                return site
    return None


def _sites_with_news(tx: Connection, last: str = "") -> Iterator[str]:
    """Sites after ``last`` with new facts: step by step along the index, however much waits."""
    while (row := _NEXT_SITE.one(tx, {"last": last})) is not None:
        last = str(row.site)
        yield last


def _is_due(tx: Connection, site: str) -> bool:
    """Whether much is new of a site, or a session's end; bytes are only looked through."""
    new = select(facts.c.arrival).where(facts.c.site == site, _IS_NEW)
    if len(tx.execute(new.limit(_MUCH)).all()) == _MUCH:
        return True
    closing = facts.c.bytes.contains(KIND_OF[SessionClosed].encode())
    return tx.execute(new.where(closing).limit(1)).first() is not None


def interpret_pending(centre: Centre, site: str) -> None:
    """Interpret everything of a site that is not interpreted."""
    while _interpret_some(centre, site, wait=True):
        pass


def sites_with_news(tx: Connection, known: Sequence[str]) -> tuple[str, ...]:
    """Those of these sites that have facts nobody looked at yet."""
    new = set(_sites_with_news(tx))
    return tuple(one for one in known if one in new)


def retry_held(centre: Centre, site: str, reasons: Sequence[Reason]) -> None:
    """Fold again the sessions in which facts wait for one of these reasons."""
    waiting = select(held.c.session).where(
        held.c.site == site,
        held.c.reason.in_([one.value for one in reasons]),
        held.c.session.is_not(None),
    )
    with centre.store.reading() as tx:
        sessions = sorted(str(one) for one in tx.scalars(waiting.distinct()))
    for start in range(0, len(sessions), _SESSIONS_A_TRANSACTION):
        with centre.store.writing() as tx:
            _lock(tx, site, wait=True)
            some = sessions[start : start + _SESSIONS_A_TRANSACTION]
            refold_each(tx, site, some, centre.now_ms())


def look_again(centre: Centre, site: str, reasons: Sequence[Reason]) -> None:
    """Have facts interpreted once more that wait outside of any session for one of these reasons."""
    query = select(held.c.arrival).where(
        held.c.site == site,
        held.c.reason.in_([one.value for one in reasons]),
        held.c.session.is_(None),
    )
    with centre.store.writing() as tx:
        _lock(tx, site, wait=True)
        aside = tx.scalars(query).all()
        for start in range(0, len(aside), _FACTS_A_TRANSACTION):
            some = aside[start : start + _FACTS_A_TRANSACTION]
            tx.execute(update(facts).where(facts.c.arrival.in_(some)).values(interpreted=False))


def _interpret_some(centre: Centre, site: str, *, wait: bool) -> int:
    now = centre.now_ms()
    with centre.store.writing() as tx:
        if not _lock(tx, site, wait=wait):
            return 0
        news = _news(tx, site)
        if not news:
            return 0
        said = [
            one.reading for one in news if isinstance(one.reading, DecodedFact) and not one.apart
        ]
        touched = _sessions_before(tx, said)
        touched |= {one.session for one in news if one.session is not None}
        _mark_read(tx, site, news, now)
        lonely = {one.play for one in news if one.apart and one.play}
        hold_lonely_ends(tx, site, [*said, *ends_of(tx, site, lonely)], now)
        touched |= _sessions_of(tx, site, said)
        refold_each(tx, site, touched, now)
        return len(news)


@dataclass(frozen=True, slots=True)
class _News:
    """A fact to look at: set ``apart`` or not, what it says, and where it stood before."""

    arrival: int
    apart: bool
    session: str | None
    play: str | None
    reading: DecodedFact | Undecoded


def _news(tx: Connection, site: str) -> list[_News]:
    """The next facts to look at, of not too many sessions; what is of erased people is blank."""
    found: list[_News] = []
    concerned: set[str] = set()
    for row in _NEWS.all(tx, {"site": site}):
        one = _News(
            row.arrival, bool(row.quarantined), row.session, row.play, decode_fact(stored_fact(row))
        )
        named = one.reading.session if isinstance(one.reading, DecodedFact) else None
        concerned |= {session for session in (one.session, named) if session is not None}
        if len(concerned) > _SESSIONS_A_TRANSACTION and found:
            break
        found.append(one)
    without_erased(tx, [one.reading for one in found if isinstance(one.reading, DecodedFact)])
    return found


def _sessions_before(tx: Connection, said: Iterable[DecodedFact]) -> set[str]:
    """Sessions read before whose facts stand elsewhere or at another time by what is said now."""
    clocks = [one for one in said if isinstance(one.fact, ClockCompared | ClockAsserted)]
    begun = {(one.station, one.segment) for one in said if isinstance(one.fact, SegmentOpened)}
    boots = keep_samples(tx, clocks) if clocks else set()
    return sessions_of_boots(tx, boots) | sessions_of_segments(tx, begun)


def _mark_read(tx: Connection, site: str, news: Sequence[_News], now: int) -> None:
    """Take out of the queue what waited as it was before, and put in what is not understood."""
    aside = [one for one in news if one.apart]
    counted = [one.reading for one in news if not one.apart]
    understood = [one for one in counted if isinstance(one, DecodedFact)]
    misread = [one for one in counted if isinstance(one, Undecoded)]
    if aside:
        apart = [one.arrival for one in aside]
        tx.execute(delete(held).where(held.c.arrival.in_(apart)))
    if understood:
        arrivals = [one.arrival for one in understood]
        # The ends of plays are looked after together with their starts.
        outside = (held.c.session.is_(None), held.c.reason != Reason.UNKNOWN_PLAY.value)
        tx.execute(delete(held).where(held.c.arrival.in_(arrivals), *outside))
    for one in misread:
        _hold(tx, site, one, now)
    read = [*(one.arrival for one in aside), *(one.arrival for one in misread)]
    if read:
        tx.execute(update(facts).where(facts.c.arrival.in_(read)).values(interpreted=True))
    _index(tx, understood)


def _lock(tx: Connection, site: str, *, wait: bool) -> bool:
    """Take a site for this transaction; False when another process has it."""
    return (_MINE if wait else _MINE_IF_FREE).one(tx, {"site": site}) is not None


def _hold(tx: Connection, site: str, fact: Undecoded, now: int) -> None:
    row = {
        "arrival": fact.arrival,
        "site": site,
        "session": None,
        "reason": fact.reason.value,
        "detail": fact.kind,
        "since_ms": now,
    }
    insert_new(tx, held, (row,), key=["arrival"])


def _index(tx: Connection, said: Sequence[DecodedFact]) -> None:
    """Write beside each fact which session and play it belongs to, and that it was read."""
    alike: dict[tuple[str | None, str | None, str], list[int]] = defaultdict(list)
    for one in said:
        alike[one.session, one.play, KIND_OF[type(one.fact)]].append(one.arrival)
    for (session, play, kind), arrivals in alike.items():
        named = {"session": session, "play": play, "kind": kind, "arrivals": arrivals}
        _BELONGS.run(tx, named)


def _sessions_of(tx: Connection, site: str, said: Iterable[DecodedFact]) -> set[str]:
    """The sessions new facts belong to, those of their plays too."""
    touched = {one.session for one in said if one.session is not None}
    plays = {one.play for one in said if one.play is not None}
    if plays:
        found = _SESSIONS_OF_PLAYS.all(tx, {"site": site, "plays": sorted(plays)})
        touched |= {str(row.session) for row in found}
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
