"""Detached facts: held though something before them is not, until it comes.

They are read and counted like all others; only receipts stop before the gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, and_, bindparam, not_, select, update

from centre.intake.runs import Chained
from centre.stations.credentials import Credential
from centre.store.site_lock import lock_site
from centre.store.tables import facts
from centre.store.unread import read_again

_AT_ONCE = 500


def attach_after(
    tx: Connection, station: Credential, segment: str, one: Chained, origin: int
) -> tuple[int, ...]:
    """Attach what goes on from the facts of an attached run, directly or not.

    ``origin`` is the number before the run. The numbers that turned out to be others than
    were claimed come back, as they are now; such facts are to be read again.
    """
    loose = and_(
        facts.c.station == station.station, facts.c.segment == segment, not_(facts.c.attached)
    )
    if tx.execute(select(facts.c.arrival).where(loose).limit(1)).first() is None:
        return ()
    numbers = {own: n for n, own in enumerate(one.hashes, start=origin + 1)}
    if not _waited_for(tx, loose, (*numbers,)):
        return ()
    lock_site(tx, station.site)
    return _attach(tx, list(_reached(tx, loose, numbers)))


def _waited_for(tx: Connection, loose: ColumnElement[bool], hashes: Sequence[bytes]) -> bool:
    for start in range(0, len(hashes), _AT_ONCE):
        waiting = select(facts.c.arrival).where(
            loose, facts.c.previous.in_(hashes[start : start + _AT_ONCE])
        )
        if tx.execute(waiting.limit(1)).first() is not None:
            return True
    return False


def _reached(
    tx: Connection, loose: ColumnElement[bool], numbers: dict[bytes, int]
) -> Iterator[tuple[int, int, int]]:
    """Arrival, number as held and number by the chain of what the new facts reach."""
    children: dict[bytes, list[tuple[int, int, bytes]]] = defaultdict(list)
    columns = (facts.c.arrival, facts.c.n, facts.c.hash, facts.c.previous)
    for row in tx.execute(select(*columns).where(loose)):
        children[bytes(row.previous)].append((row.arrival, row.n, bytes(row.hash)))
    frontier = [(previous, n) for previous, n in numbers.items() if previous in children]
    while frontier:
        previous, n = frontier.pop()
        for arrival, held_n, own in children.pop(previous, ()):
            yield arrival, held_n, n + 1
            frontier.append((own, n + 1))


def _attach(tx: Connection, found: Sequence[tuple[int, int, int]]) -> tuple[int, ...]:
    right = [arrival for arrival, held_n, n in found if held_n == n]
    for start in range(0, len(right), _AT_ONCE):
        some = right[start : start + _AT_ONCE]
        tx.execute(update(facts).where(facts.c.arrival.in_(some)).values(attached=True))
    wrong = [{"which": arrival, "place": n} for arrival, held_n, n in found if held_n != n]
    if wrong:
        tx.execute(
            update(facts)
            .where(facts.c.arrival == bindparam("which"))
            .values(attached=True, n=bindparam("place")),
            wrong,
        )
        for start in range(0, len(wrong), _AT_ONCE):
            some = [one["which"] for one in wrong[start : start + _AT_ONCE]]
            read_again(tx, facts.c.arrival.in_(some))
    return tuple(n for _, held_n, n in found if held_n != n)
