"""Where segments go on from, and what their tree says about the PC they come from.

A restart opens one segment at the end of the one before; whatever order its facts come in,
nothing goes on from an earlier place. A segment that does tells that the station's files were
put back, or that two PCs speak for it: that is told apart by both going on in turns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, UnaryExpression, and_, select, update

from app.domain.errors import BadInput
from app.domain.facts import SegmentOpened
from app.wire.fact_bytes import read_fact
from centre.intake.growth import Account
from centre.intake.site_lock import lock_site
from centre.stations.credentials import Credential
from centre.store.tables import facts, segments, stations

_MOST_NUMBER = 1 << 40
_MOST_MS = 1 << 60
_MOST_WORD = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """What a segment's first fact says of it, as far as it can be believed to be sane."""

    parent_segment: str | None
    parent_n: int | None
    parent_hash: str | None
    ordinal: int
    boot: str
    opened_ms: int


def note_origins(
    tx: Connection, sender: Credential, accounts: Iterable[Account], since: int, now_ms: int
) -> None:
    """Write down where new segments go on from, and flag the station if that is strange.

    ``accounts`` are the segments that grew; facts with an arrival after ``since`` are those
    of this request.
    """
    station = sender.station
    grown = [one for one in accounts if one.grown]
    origins = {}
    for one in grown:
        origin = None if one.first_fact is None else read_origin(one.first_fact)
        if origin is not None and _write_origin(tx, sender.site, station, one.segment, origin):
            origins[one.segment] = origin
    for segment, origin in origins.items():
        if _goes_on_from_earlier(tx, station, segment, origin):
            _flag(tx, station, "put_back_ms", now_ms)
    for one in grown:
        if not one.is_new:
            _look_at_growth(tx, station, one, since, now_ms)


def read_origin(data: bytes) -> Origin | None:
    """What a first fact's bytes say; None when they are no readable beginning."""
    try:
        reading = read_fact(data)
    except (BadInput, RecursionError):
        return None
    fact = reading.fact
    if reading.n != 1 or not isinstance(fact, SegmentOpened):
        return None
    if not -_MOST_MS < reading.instant.wall_ms < _MOST_MS:
        return None
    has_parent = _is_word(fact.parent_segment) and _is_number(fact.parent_n)
    return Origin(
        parent_segment=fact.parent_segment if has_parent else None,
        parent_n=fact.parent_n if has_parent else None,
        parent_hash=fact.parent_hash if has_parent and _is_word(fact.parent_hash) else None,
        ordinal=fact.ordinal if _is_number(fact.ordinal) else 0,
        boot=fact.boot if _is_word(fact.boot) else "",
        opened_ms=reading.instant.wall_ms,
    )


def _is_word(word: str | None) -> bool:
    return word is not None and len(word) <= _MOST_WORD and "\0" not in word


def _is_number(number: int | None) -> bool:
    return number is not None and 0 <= number < _MOST_NUMBER


def _write_origin(tx: Connection, site: str, station: str, segment: str, origin: Origin) -> bool:
    """Fill in a segment's origin; False when it has one already (another branch's)."""
    mine = _one(station, segment)
    done = tx.execute(
        update(segments)
        .where(mine, segments.c.opened_ms.is_(None))
        .values(
            parent_segment=origin.parent_segment,
            parent_n=origin.parent_n,
            parent_hash=origin.parent_hash,
            boot=origin.boot,
            opened_ms=origin.opened_ms,
        )
    )
    if done.rowcount == 0:
        return False
    ordinal = origin.ordinal
    if ordinal == 0 and origin.parent_segment is not None:
        known = select(segments.c.ordinal).where(
            _one(station, origin.parent_segment), segments.c.opened_ms.is_not(None)
        )
        parent = tx.scalar(known)
        ordinal = 0 if parent is None else parent + 1
    _set_ordinals(tx, site, station, segment, ordinal)
    return True


def _set_ordinals(tx: Connection, site: str, station: str, segment: str, ordinal: int) -> None:
    """Set a segment's ordinal, and raise those of its descendants that do not come after it."""
    tx.execute(update(segments).where(_one(station, segment)).values(ordinal=ordinal))
    frontier, seen = [(segment, ordinal)], {segment}
    while frontier:
        parent, above = frontier.pop()
        query = select(segments.c.segment).where(
            segments.c.station == station,
            segments.c.parent_segment == parent,
            segments.c.ordinal <= above,
        )
        for child in tx.scalars(query).all():
            if child in seen:
                continue
            seen.add(child)
            tx.execute(update(segments).where(_one(station, child)).values(ordinal=above + 1))
            lock_site(tx, site)
            mine = and_(facts.c.station == station, facts.c.segment == child)
            tx.execute(update(facts).where(mine).values(interpreted=False))
            frontier.append((child, above + 1))


def _goes_on_from_earlier(tx: Connection, station: str, segment: str, origin: Origin) -> bool:
    """Whether what a new segment goes on from had gone on already."""
    if origin.parent_segment is None or origin.parent_n is None:
        return False
    next_fact = select(facts.c.arrival).where(
        facts.c.station == station,
        facts.c.segment == origin.parent_segment,
        facts.c.n == origin.parent_n + 1,
    )
    if tx.execute(next_fact.limit(1)).first() is not None:
        return True
    sibling = select(segments.c.segment).where(
        segments.c.station == station,
        segments.c.parent_segment == origin.parent_segment,
        segments.c.parent_n == origin.parent_n,
        segments.c.segment != segment,
    )
    return tx.execute(sibling.limit(1)).first() is not None


def _look_at_growth(tx: Connection, station: str, one: Account, since: int, now_ms: int) -> None:
    """Flag the station if a segment grows though the station had gone on elsewhere.

    Growing once past the place may be old facts that come late; only growing in turns proves
    that two are at work.
    """
    for rival, place in _children_before(tx, station, one):
        turns = _take_turns(tx, station, one.segment, place, rival, since)
        if turns is not None:
            _flag(tx, station, "copied_ms" if turns else "put_back_ms", now_ms)
    for rival in _siblings(tx, station, one):
        if _take_turns(tx, station, one.segment, 0, rival, since):
            _flag(tx, station, "copied_ms", now_ms)


def _children_before(tx: Connection, station: str, one: Account) -> list[tuple[str, int]]:
    """Segments that went on from a place of this one that it is past now."""
    query = select(segments.c.segment, segments.c.parent_n).where(
        segments.c.station == station,
        segments.c.parent_segment == one.segment,
        segments.c.parent_n < one.top_n,
    )
    return [(row.segment, row.parent_n) for row in tx.execute(query)]


def _siblings(tx: Connection, station: str, one: Account) -> list[str]:
    """Segments that went on from the same place as this one."""
    if one.parent_segment is None:
        return []
    query = select(segments.c.segment).where(
        segments.c.station == station,
        segments.c.parent_segment == one.parent_segment,
        segments.c.parent_n == one.parent_n,
        segments.c.segment != one.segment,
    )
    return list(tx.scalars(query))


def _take_turns(
    tx: Connection, station: str, old: str, above_n: int, new: str, since: int
) -> bool | None:
    """Whether ``old`` grew above ``above_n``, then ``new``, and now ``old`` again.

    None when ``new`` was not there before this request, or is the older one.
    """
    new_first = _arrival(tx, station, new, facts.c.n.asc())
    old_first = _arrival(tx, station, old, facts.c.n.asc())
    if new_first is None or old_first is None or not old_first < new_first <= since:
        return None
    earlier = (facts.c.arrival <= since, facts.c.n > above_n)
    old_last = _arrival(tx, station, old, facts.c.n.desc(), *earlier)
    new_last = _arrival(tx, station, new, facts.c.n.desc(), facts.c.arrival <= since)
    if old_last is None or new_last is None:
        return False
    return new_first < old_last < new_last


def _arrival(
    tx: Connection,
    station: str,
    segment: str,
    order: UnaryExpression[int],
    *further: ColumnElement[bool],
) -> int | None:
    query = (
        select(facts.c.arrival)
        .where(facts.c.station == station, facts.c.segment == segment, *further)
        .order_by(order)
        .limit(1)
    )
    found: int | None = tx.scalar(query)
    return found


def _flag(tx: Connection, station: str, column: str, now_ms: int) -> None:
    tx.execute(update(stations).where(stations.c.id == station).values({column: now_ms}))


def _one(station: str, segment: str) -> ColumnElement[bool]:
    return and_(segments.c.station == station, segments.c.segment == segment)
