"""How much of what a station sent has been read into the report."""

from __future__ import annotations

from sqlalchemy import Connection, Text, bindparam, case, func, not_, or_, select

from app.domain.decoded_fact import PAYLOADS
from app.domain.values import dataclass
from app.wire.messages import MAX_CHECKED
from centre.store.prepared import Prepared
from centre.store.projection_tables import SESSIONS, held, read_facts
from centre.store.tables import facts, segments


@dataclass(frozen=True, slots=True)
class Understood:
    """``read``: facts that count and are in the report, or need not be. ``held``: those that wait
    in the queue. ``waiting``: facts that are kept but do not count until a person lets them."""

    read: int
    waiting: int
    held: int = 0


def understood_of(tx: Connection, station: str, site: str, total: int, came: int) -> Understood:
    """Of a station's ``total`` facts that count, how many are understood, and what waits beside.

    ``came`` are all that ever came. What is new is a kept number; what waits in the queue and what
    is set apart is found by small indexes.
    """
    row = _COUNTS.one(tx, {"station": station, "site": site})
    if row is None:
        return Understood(total, 0)
    new = came - (row.read or 0)
    read = max(total - new - row.waiting - row.apart, 0)
    return Understood(read, row.quarantined, row.waiting)


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
_READ = select(read_facts.c.facts).where(read_facts.c.station == _STATION).scalar_subquery()
_WAITING = (
    select(func.count(held.c.arrival.distinct()))
    .select_from(held.join(facts, facts.c.arrival == held.c.arrival))
    .where(held.c.site == _SITE, facts.c.station == _STATION, not_(facts.c.quarantined))
    .scalar_subquery()
)
_SET_APART = (
    select(
        func.count().label("all"),
        func.count()
        .filter(or_(segments.c.fork_n.is_(None), facts.c.n < segments.c.fork_n))
        .label("of_no_fork"),
    )
    .select_from(
        facts.join(
            segments,
            (segments.c.station == facts.c.station) & (segments.c.segment == facts.c.segment),
        )
    )
    .where(facts.c.station == _STATION, facts.c.quarantined)
    .subquery()
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
_COUNTS = Prepared(
    select(
        _READ.label("read"),
        _WAITING.label("waiting"),
        _SET_APART.c.of_no_fork.label("apart"),
        _SET_APART.c.all.label("quarantined"),
    )
)
_SESSION = case((held.c.projection == SESSIONS, held.c.key), else_="").label("session")
_TO_CHECK = Prepared(
    select(_SESSION, func.count(held.c.arrival.distinct()).label("facts"))
    .join(facts, facts.c.arrival == held.c.arrival)
    .where(
        held.c.site == _SITE,
        *(held.c.reason != one.value for one in PAYLOADS),
        facts.c.station == _STATION,
        not_(facts.c.quarantined),
    )
    .group_by(_SESSION)
    .order_by(func.max(held.c.since_ms).desc(), _SESSION)
)
