"""How much of what a station sent has been read into the report."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Text, bindparam, func, not_, or_, select

from app.domain.decoded_fact import PAYLOADS
from app.wire.messages import MAX_CHECKED
from centre.store.prepared import Prepared
from centre.store.tables import facts, held, segments


@dataclass(frozen=True, slots=True)
class Understood:
    """``read``: facts that count and are in the report, or need not be. ``waiting``: facts that
    are kept but do not count until a person lets them."""

    read: int
    waiting: int


def understood_of(tx: Connection, station: str, site: str, total: int) -> Understood:
    """Of a station's ``total`` facts that count, how many are understood, and what waits beside.

    Never walks the history: what is new, what waits in the queue and what is set apart is found
    by small indexes.
    """
    row = _COUNTS.one(tx, {"station": station, "site": site})
    if row is None:
        return Understood(total, 0)
    return Understood(max(total - row.new - row.waiting - row.apart, 0), row.quarantined)


def lacks_texts(tx: Connection, station: str, site: str) -> bool:
    """Whether facts of a station count whose text did not come whole."""
    return _LACKS.one(tx, {"station": station, "site": site}) is not None


def to_check(tx: Connection, station: str, site: str) -> dict[str, int]:
    """Session → how many facts of a station wait there; what is not of any, or of more sessions
    than are told, under the empty name. A fact that only lacks its text counts and does not wait.
    """
    found = _TO_CHECK.all(tx, {"station": station, "site": site})
    told = {str(row.session): int(row.facts) for row in found[:MAX_CHECKED] if row.session}
    rest = sum(int(row.facts) for row in found) - sum(told.values())
    return told | ({"": rest} if rest else {})


_STATION = bindparam("station", type_=Text)
_SITE = bindparam("site", type_=Text)
_NEW = (
    select(func.count())
    .where(
        facts.c.site == _SITE,
        not_(facts.c.interpreted),
        not_(facts.c.quarantined),
        facts.c.station == _STATION,
    )
    .scalar_subquery()
)
_WAITING = (
    select(func.count())
    .select_from(held.join(facts, facts.c.arrival == held.c.arrival))
    .where(held.c.site == _SITE, facts.c.station == _STATION, not_(facts.c.quarantined))
    .scalar_subquery()
)
_APART = (
    select(func.count())
    .select_from(
        facts.join(
            segments,
            (segments.c.station == facts.c.station) & (segments.c.segment == facts.c.segment),
        )
    )
    .where(
        facts.c.station == _STATION,
        facts.c.quarantined,
        or_(segments.c.fork_n.is_(None), facts.c.n < segments.c.fork_n),
    )
    .scalar_subquery()
)
_QUARANTINED = (
    select(func.count()).where(facts.c.station == _STATION, facts.c.quarantined).scalar_subquery()
)
_COUNTS = Prepared(
    select(
        _NEW.label("new"),
        _WAITING.label("waiting"),
        _APART.label("apart"),
        _QUARANTINED.label("quarantined"),
    )
)
_LACKS = Prepared(
    select(held.c.arrival)
    .join(facts, facts.c.arrival == held.c.arrival)
    .where(
        held.c.site == _SITE,
        or_(*(held.c.reason == one.value for one in PAYLOADS)),
        facts.c.station == _STATION,
    )
    .limit(1)
)
_TO_CHECK = Prepared(
    select(held.c.session, func.count().label("facts"))
    .join(facts, facts.c.arrival == held.c.arrival)
    .where(
        held.c.site == _SITE,
        *(held.c.reason != one.value for one in PAYLOADS),
        facts.c.station == _STATION,
        not_(facts.c.quarantined),
    )
    .group_by(held.c.session)
    .order_by(func.max(held.c.since_ms).desc(), held.c.session)
)
