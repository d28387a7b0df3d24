"""How many facts of a station nobody has looked at yet: a kept number, the same at any backlog.

``stations.came_facts`` counts what comes, ``read_facts`` what was looked at. Whoever has facts
looked at again, or changes what is held of them, does it here and holds the site's lock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, Select, func, not_, select, text, update

from centre.store.prepared import Prepared
from centre.store.tables import facts, sites

_COUNTED = Prepared(
    text(
        "INSERT INTO read_facts (station, facts) VALUES (:of, :more) "
        "ON CONFLICT (station) DO UPDATE SET facts = read_facts.facts + :more"
    )
)


def _unread() -> Select[tuple[str, int]]:
    """Sites with new facts: step by step along the index, however much waits."""
    new = not_(facts.c.interpreted)
    first = select(func.min(facts.c.site).label("site")).where(new)
    walk = first.cte("unread", recursive=True)
    after = select(func.min(facts.c.site)).where(new, facts.c.site > walk.c.site)
    walk = walk.union_all(select(after.scalar_subquery()).where(walk.c.site.is_not(None)))
    found = select(sites.c.id, sites.c.read_ms).join(walk, walk.c.site == sites.c.id)
    return found.order_by(sites.c.id)


_UNREAD = Prepared(_unread())


def unread_sites(tx: Connection) -> dict[str, int]:
    """Sites with facts nobody looked at, each with the moment (ms) it was read last."""
    return {row.id: row.read_ms for row in _UNREAD.all(tx, {})}


def count_read(tx: Connection, by_station: Mapping[str, int]) -> None:
    """Facts of these stations were looked at: so many more."""
    rows = [{"of": of, "more": more} for of, more in sorted(by_station.items()) if more]
    _COUNTED.run_many(tx, rows)


def read_again(tx: Connection, *chosen: ColumnElement[bool], **values: object) -> int:
    """Have facts looked at once more, with ``values`` changed in them; how many they are."""
    read = select(facts.c.station, func.count()).where(*chosen, facts.c.interpreted)
    counted = Counter({row[0]: -row[1] for row in tx.execute(read.group_by(facts.c.station))})
    done = tx.execute(update(facts).where(*chosen).values(interpreted=False, **values))
    count_read(tx, counted)
    return done.rowcount
