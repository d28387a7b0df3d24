"""Where segments go on from, and what their tree says about the PC they come from.

A restart opens one segment at the end of the one before; whatever order its facts come in,
nothing goes on from an earlier place. A segment that does tells that the station's files were
put back, or that two PCs speak for it: that is told apart by both going on in turns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    UnaryExpression,
    and_,
    bindparam,
    select,
    update,
)

from app.domain.line_order import SegmentLink, line_order, ordinal_after
from app.domain.values import dataclass
from centre.intake.segments.machines import COPIED, PUT_BACK, what_befell
from centre.intake.segments.segment_header import Origin, origin_among
from centre.intake.segments.segment_state import SegmentState
from centre.stations.credentials import Credential
from centre.store.prepared import Prepared
from centre.store.site_lock import lock_site
from centre.store.tables import facts, segments, stations
from centre.store.unread import read_again

_CHILDREN = Prepared(
    select(
        segments.c.segment,
        segments.c.parent_segment,
        segments.c.parent_n,
        segments.c.ordinal,
        segments.c.machine,
    ).where(
        segments.c.station == bindparam("of"),
        segments.c.parent_segment.in_(bindparam("parents", expanding=True)),
    ),
    lists=("parents",),
)
_ORDINALS = Prepared(
    select(segments.c.segment, segments.c.ordinal).where(
        segments.c.station == bindparam("of"),
        segments.c.segment.in_(bindparam("named", expanding=True)),
        segments.c.opened_ms.is_not(None),
    ),
    lists=("named",),
)
_AT = Prepared(
    select(facts.c.segment, facts.c.n).where(
        facts.c.station == bindparam("of"),
        facts.c.segment == bindparam("name"),
        facts.c.n == bindparam("n"),
    )
)


@dataclass(frozen=True, slots=True)
class _Child:
    """A segment that goes on from place ``parent_n`` of another one."""

    segment: str
    parent_n: int | None
    ordinal: int
    machine: str


_Children = dict[str, list[_Child]]


def note_origins(
    tx: Connection, sender: Credential, accounts: Iterable[SegmentState], since: int
) -> frozenset[str]:
    """Write down where segments go on from; what that tells of the station (``PUT_BACK``,
    ``COPIED``).

    ``accounts`` are the segments that grew; facts with an arrival after ``since`` are those
    of this request.
    """
    station = sender.station
    grown = [one for one in accounts if one.grown]
    origins = dict(_new_origins(tx, sender, grown))
    children = _children_of(tx, station, grown, origins)
    for segment, ordinal in _places(tx, station, origins).items():
        later = all(one.ordinal > ordinal for one in children[segment])
        if ordinal != origins[segment].ordinal or not later:
            _raise_ordinals(tx, sender.site, station, segment, ordinal)
    told: set[str] = set()
    lengths = {one.segment: one.end[0] for one in grown if one.end is not None}
    for segment, origin in origins.items():
        unknown = _not_known_to(tx, station, segment, origin, children, lengths)
        if unknown and not _is_brought_along(tx, station, origin):
            _flag(told, what_befell(origin.machine_of(sender), unknown))
    for one in grown:
        if not one.is_new:
            _look_at_growth(tx, station, one, since, children, told)
    return frozenset(told)


def _new_origins(
    tx: Connection, sender: Credential, grown: Iterable[SegmentState]
) -> Iterator[tuple[str, Origin]]:
    """Beginnings that came with this request and are written down now."""
    for one in grown:
        origin = one.origin
        if not one.is_new and one.beginnings:
            held = _beginnings(tx, sender.station, one) if one.forked else one.beginnings
            origin = origin_among(one.beginnings)
            if origin is None or origin != origin_among(held):
                continue
            _write_origin(tx, sender, one.segment, origin)
        if origin is not None:
            yield one.segment, origin


def _beginnings(tx: Connection, station: str, one: SegmentState) -> dict[bytes, bytes]:
    """All first facts of a segment that has branches."""
    mine = (facts.c.station == station, facts.c.segment == one.segment, facts.c.n == 1)
    rows = tx.execute(select(facts.c.hash, facts.c.bytes).where(*mine))
    return {bytes(row.hash): bytes(row.bytes) for row in rows}


def _children_of(
    tx: Connection, station: str, grown: Sequence[SegmentState], origins: dict[str, Origin]
) -> _Children:
    """What goes on from the segments that grew and from those they go on from."""
    rivals = [one for one in grown if one.has_kin or origins]
    parents = {one.segment for one in rivals}
    parents |= {one.parent_segment for one in rivals if one.parent_segment is not None}
    parents |= {one.parent_segment for one in origins.values() if one.parent_segment is not None}
    out: _Children = defaultdict(list)
    if parents:
        for row in _CHILDREN.all(tx, {"of": station, "parents": sorted(parents)}):
            child = _Child(row.segment, row.parent_n, row.ordinal, row.machine)
            out[row.parent_segment].append(child)
    return out


def _write_origin(tx: Connection, sender: Credential, segment: str, origin: Origin) -> None:
    """Fill in the origin of a segment whose first fact came later than others."""
    tx.execute(
        update(segments)
        .where(_one(sender.station, segment))
        .values(
            parent_segment=origin.parent_segment,
            parent_n=origin.parent_n,
            parent_hash=origin.parent_hash,
            ordinal=origin.ordinal,
            boot=origin.boot,
            machine=origin.machine_of(sender),
            opened_ms=origin.opened_ms,
        )
    )


def _places(tx: Connection, station: str, origins: dict[str, Origin]) -> dict[str, int]:
    """Ordinals of segments that are written down now."""
    links = {one: SegmentLink(its.parent_segment, its.ordinal) for one, its in origins.items()}
    outside = {one.parent for one in links.values() if one.parent is not None} - links.keys()
    known = _ORDINALS.all(tx, {"of": station, "named": sorted(outside)}) if outside else ()
    return line_order(links, {row.segment: row.ordinal for row in known})


def _raise_ordinals(tx: Connection, site: str, station: str, segment: str, ordinal: int) -> None:
    """Raise a segment's ordinal to this at least, and those of its descendants that do not come
    after it. What came with it in one request may have raised it further already."""
    lower = and_(_one(station, segment), segments.c.ordinal < ordinal)
    tx.execute(update(segments).where(lower).values(ordinal=ordinal))
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
            raised = ordinal_after(0, above)
            tx.execute(update(segments).where(_one(station, child)).values(ordinal=raised))
            lock_site(tx, site)
            mine = and_(facts.c.station == station, facts.c.segment == child)
            read_again(tx, mine)
            frontier.append((child, raised))


def _is_brought_along(tx: Connection, station: str, origin: Origin) -> bool:
    """Whether a PC that was let in anew brings what it wrote as another station before: whatever
    befell that one is past."""
    if origin.station == station:
        return False
    return tx.scalar(select(stations.c.id).where(stations.c.id == origin.station)) is not None


def _not_known_to(
    tx: Connection,
    station: str,
    segment: str,
    origin: Origin,
    children: _Children,
    lengths: dict[str, int],
) -> list[str]:
    """Who wrote on, from what a new segment goes on from, without its knowing: marks of machines.

    ``lengths`` are of segments that are known to be held whole.
    """
    if origin.parent_segment is None or origin.parent_n is None:
        return []
    found = [
        one.machine
        for one in children[origin.parent_segment]
        if one.parent_n == origin.parent_n and one.segment != segment
    ]
    length = lengths.get(origin.parent_segment)
    place = {"of": station, "name": origin.parent_segment, "n": origin.parent_n + 1}
    if _AT.one(tx, place) is not None if length is None else length > origin.parent_n:
        parent = select(segments.c.machine).where(_one(station, origin.parent_segment))
        found.append(str(tx.scalar(parent) or ""))
    return found


def _look_at_growth(
    tx: Connection,
    station: str,
    one: SegmentState,
    since: int,
    children: _Children,
    told: set[str],
) -> None:
    """Tell if a segment grows though the station had gone on elsewhere.

    Growing once past the place may be old facts that come late; only growing in turns proves
    that two are at work.
    """
    for rival in children[one.segment]:
        if rival.parent_n is None or rival.parent_n >= one.top_n:
            continue
        turns = _take_turns(tx, station, one.segment, rival.parent_n, rival.segment, since)
        if turns is not None:
            _flag(told, COPIED if turns else PUT_BACK)
    if one.parent_segment is None:
        return
    for rival in children[one.parent_segment]:  # siblings: from the same place as this one
        is_sibling = rival.parent_n == one.parent_n and rival.segment != one.segment
        if is_sibling and _take_turns(tx, station, one.segment, 0, rival.segment, since):
            _flag(told, COPIED)


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


def _flag(told: set[str], what: str) -> None:
    told.add(what)


def _one(station: str, segment: str) -> ColumnElement[bool]:
    return and_(segments.c.station == station, segments.c.segment == segment)
