"""One transaction of reading: facts nobody looked at yet are decoded and their keys folded anew.

Under the site's lock, so that several processes share the work and nobody who sends facts waits
for it. A key is always folded from all its facts; if that fails, its newest fact is put into the
queue with the reason, and everything else goes on.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection, delete, exists, select, update

from app.areas.sessions.report import Waiting
from app.domain.decoded_fact import DecodedFact
from app.domain.fact_kinds import KIND_OF
from app.domain.facts import ClockAsserted, ClockCompared, SegmentOpened
from app.domain.values import dataclass
from app.wire.decode import Undecoded, decode_fact
from centre.cases.ordering import order_cases
from centre.interpretation.clock_samples import (
    in_boots,
    in_segments,
    keep_samples,
    keys_written_in,
)
from centre.interpretation.projections.registry import FOLDS, declared
from centre.interpretation.projections.sessions import (
    ends_of,
    hold_lonely_ends,
    stored_fact,
)
from centre.interpretation.redact_erased import without_erased
from centre.interpretation.waiting import UNDECODED, hold, hold_failed
from centre.service import Centre
from centre.store.prepared import Prepared
from centre.store.projection_tables import CASES, SESSIONS, fact_keys, held
from centre.store.projection_versions import are_mine
from centre.store.tables import facts, sites
from centre.store.unread import count_read

_LOG = logging.getLogger("centre.interpretation")
_FACTS_A_TRANSACTION = 500
KEYS_A_TRANSACTION = 20
"""SQLite has one writer: who sends facts waits for whoever reads them."""
IS_NEW = sa.not_(facts.c.interpreted)
"""Facts that were set apart are looked at too: keys they stood in are folded without them."""
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
    select(facts, exists().where(held.c.arrival == facts.c.arrival).label("waits"))
    .where(facts.c.site == sa.bindparam("site"), IS_NEW)
    .order_by(facts.c.arrival)
    .limit(_FACTS_A_TRANSACTION)
)
_ONE_SITE = select(sites.c.id).where(sites.c.id == sa.bindparam("site"))
_MINE = Prepared(_ONE_SITE.with_for_update(key_share=True))
_MINE_IF_FREE = Prepared(_ONE_SITE.with_for_update(skip_locked=True, key_share=True))
_WAS_READ = Prepared(
    update(sites).where(sites.c.id == sa.bindparam("of")).values(read_ms=sa.bindparam("read_ms"))
)
_SESSIONS_OF_PLAYS = Prepared(
    select(facts.c.session).where(
        facts.c.site == sa.bindparam("site"),
        facts.c.play.in_(sa.bindparam("plays", expanding=True)),
        facts.c.session.is_not(None),
    ),
    lists=("plays",),
)
_SESSIONS_OF_FACTS = Prepared(
    select(facts.c.site, facts.c.session).where(
        facts.c.arrival.in_(sa.bindparam("arrivals", expanding=True)),
        facts.c.session.is_not(None),
    ),
    lists=("arrivals",),
)
_KEYS_OF_FACTS = Prepared(
    select(fact_keys.c.site, fact_keys.c.projection, fact_keys.c.key).where(
        fact_keys.c.arrival.in_(sa.bindparam("arrivals", expanding=True))
    ),
    lists=("arrivals",),
)

Keys = Mapping[str, Iterable[str]]
"""Keys of one site, by projection."""


@dataclass(frozen=True, slots=True)
class _News:
    """A fact to look at: set ``apart`` or not, whether it waits in the queue, what it says, and
    where it stood before."""

    arrival: int
    station: str
    apart: bool
    waits: bool
    session: str | None
    play: str | None
    reading: DecodedFact | Undecoded


def read_some(centre: Centre, site: str, *, wait: bool) -> tuple[int, bool]:
    """Read the next facts of a site: how many they were, and whether there may be more.

    Nothing is read when another process is at the site (unless this one is to ``wait``), or when
    the store's projections are another program's.
    """
    now = centre.now_ms()
    with centre.store.writing() as tx:
        if not are_mine(tx) or not lock(tx, site, wait=wait):
            return 0, False
        news, more = _news(tx, site)
        if news:
            touched = _read(tx, site, news, now)
            order_cases(tx, centre, touched.get(CASES, ()))
        if not more:
            _WAS_READ.run(tx, {"of": site, "read_ms": now})
        return len(news), more


def lock(tx: Connection, site: str, *, wait: bool) -> bool:
    """Take a site for this transaction; False when another process has it."""
    return (_MINE if wait else _MINE_IF_FREE).one(tx, {"site": site}) is not None


def _read(tx: Connection, site: str, news: Sequence[_News], now: int) -> Keys:
    decoded = [one.reading for one in news if isinstance(one.reading, DecodedFact)]
    apart = {one.arrival for one in news if one.apart}
    said = [one for one in decoded if one.arrival not in apart]
    touched: dict[str, set[str]] = defaultdict(set)
    _add(touched, _moved(tx, said))
    touched[SESSIONS] |= {one.session for one in news if one.session is not None}
    _mark_read(tx, site, news, now)
    lonely = {one.play for one in news if one.apart and one.play}
    hold_lonely_ends(tx, site, [*said, *ends_of(tx, site, lonely)], now)
    touched[SESSIONS] |= _sessions_of(tx, site, said)
    for fold in declared():
        touched[fold.name] |= fold.index(tx, site, said, now)
    if any(declared()):
        for row in _KEYS_OF_FACTS.all(tx, {"arrivals": [one.arrival for one in news]}):
            touched[row.projection].add(row.key)
    refold_each(tx, site, touched, now)
    return touched


def _news(tx: Connection, site: str) -> tuple[list[_News], bool]:
    """The next facts to look at, of not too many keys; what is of erased people is blank."""
    found: list[_News] = []
    concerned: set[tuple[str, str]] = set()
    rows = _NEWS.all(tx, {"site": site})
    for row in rows:
        apart, reading = bool(row.quarantined), decode_fact(stored_fact(row))
        one = _News(
            row.arrival, row.station, apart, bool(row.waits), row.session, row.play, reading
        )
        if row.session is not None:
            concerned.add((SESSIONS, row.session))
        if isinstance(reading, DecodedFact):
            concerned |= {
                (fold.name, key) for fold in FOLDS.values() for key in fold.keys_of(reading)
            }
        if len(concerned) > KEYS_A_TRANSACTION and found:
            break
        found.append(one)
    without_erased(tx, [one.reading for one in found if isinstance(one.reading, DecodedFact)])
    return found, len(found) < len(rows) or len(rows) == _FACTS_A_TRANSACTION


def _moved(tx: Connection, said: Iterable[DecodedFact]) -> dict[str, set[str]]:
    """Keys read before whose facts stand elsewhere or at another time by what is said now."""
    clocks = [one for one in said if isinstance(one.fact, ClockCompared | ClockAsserted)]
    begun = {(one.station, one.segment) for one in said if isinstance(one.fact, SegmentOpened)}
    touched: dict[str, set[str]] = defaultdict(set)
    boots = keep_samples(tx, clocks) if clocks else set()
    if boots:
        _add(touched, keys_written_in(tx, in_boots(boots)))
    if begun:
        _add(touched, keys_written_in(tx, in_segments(begun)))
    return touched


def _add(touched: dict[str, set[str]], more: Keys) -> None:
    for projection, keys in more.items():
        touched[projection].update(keys)


def _mark_read(tx: Connection, site: str, news: Sequence[_News], now: int) -> None:
    """Take out of the queue what waited as it was before, and put in what is not understood."""
    aside = [one.arrival for one in news if one.apart]
    counted = [one.reading for one in news if not one.apart]
    understood = [one for one in counted if isinstance(one, DecodedFact)]
    misread = [one for one in counted if isinstance(one, Undecoded)]
    if any(one.waits for one in news):
        # The ends of plays are looked after together with their starts.
        outside = sa.and_(held.c.key == "", held.c.projection != SESSIONS)
        arrivals = [one.arrival for one in understood]
        own = sa.and_(held.c.arrival.in_(arrivals), outside)
        tx.execute(delete(held).where(sa.or_(held.c.arrival.in_(aside), own)))
    for one in misread:
        hold(tx, site, UNDECODED, "", [(Waiting(one.arrival, one.reason, one.kind), now)])
    read = [*aside, *(one.arrival for one in misread)]
    if read:
        tx.execute(update(facts).where(facts.c.arrival.in_(read)).values(interpreted=True))
    _index(tx, understood)
    count_read(tx, Counter(one.station for one in news))


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


def keys_of_facts(tx: Connection, arrivals: Sequence[int]) -> dict[str, dict[str, set[str]]]:
    """Under which keys facts are folded that were read: by site, then by projection."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    asked = {"arrivals": arrivals}
    for row in _SESSIONS_OF_FACTS.all(tx, asked):
        found[row.site][SESSIONS].add(row.session)
    for row in _KEYS_OF_FACTS.all(tx, asked):
        found[row.site][row.projection].add(row.key)
    return found


def refold_each(tx: Connection, site: str, touched: Keys, now_ms: int) -> None:
    """Fold keys anew, under the site's lock; one that fails goes to the queue."""
    for name, keys in touched.items():
        fold = FOLDS.get(name)
        for key in sorted(keys) if fold is not None else ():
            refold_one(tx, site, name, key, now_ms)


def refold_one(tx: Connection, site: str, name: str, key: str, now_ms: int) -> None:
    """Fold one key anew; if that fails nothing of it is changed and its newest fact is queued."""
    fold = FOLDS[name]
    try:
        with tx.begin_nested():
            fold.refold(tx, site, key, now_ms)
    except Exception as failed:  # noqa: BLE001 - it goes to the queue, the rest goes on
        _LOG.exception("%s %s of site %s", name, key, site)
        newest = fold.newest(tx, site, key)
        if newest is not None:
            hold_failed(tx, site, name, key, newest, type(failed).__name__, now_ms)
