"""The directory of a township's people: what its stations may find a visitor by, and no more.

One row a person – name, branch, site and the last four digits – in the township's feed. The county
may switch it off; then all rows are taken back, and stations forget them with the next exchange.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.areas.catalogue.values import DirectoryPerson
from app.areas.people.person import Person, PersonKind
from app.wire.codec import read_row, write_row
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import township_scope
from centre.store.insert import put_row
from centre.store.tables import centre_state, feed_rows, org_units, people, sites

KIND = "directory_person"
_SWITCH, _OFF = "directory", "off"


def is_on(tx: Connection) -> bool:
    """Whether the county lets stations find people of their township."""
    value = tx.scalar(select(centre_state.c.value).where(centre_state.c.name == _SWITCH))
    return value != _OFF


def switch(tx: Connection, *, on: bool) -> int:
    """Switch it for the whole county; how many rows came or went."""
    value = "on" if on else _OFF
    put_row(tx, centre_state, {"name": _SWITCH, "value": value}, key=["name"])
    townships = select(sites.c.parent).where(sites.c.parent.is_not(None)).distinct()
    return sum(publish_township(tx, one) for one in tx.scalars(townships.order_by(sites.c.parent)))


def publish_township(tx: Connection, township: str) -> int:
    """Have just the people of a township's sites in its feed; how many rows changed."""
    scope = township_scope(township)
    query = select(sites.c.id).where(sites.c.parent == township)
    rows: dict[str, bytes | None] = {}
    if is_on(tx):
        for site in tx.scalars(query.order_by(sites.c.id)):
            rows |= _rows_of(tx, site)
    held = select(feed_rows.c.key).where(
        feed_rows.c.scope == scope, feed_rows.c.kind == KIND, feed_rows.c.body.is_not(None)
    )
    gone = dict.fromkeys(one for one in tx.scalars(held) if one not in rows)
    return _publish(tx, scope, rows | gone)


def publish_people(tx: Connection, site: str, changed: Iterable[str]) -> int:
    """Have these people of a site in its township's feed as they are now."""
    township = tx.scalar(select(sites.c.parent).where(sites.c.id == site))
    if not township or not is_on(tx):
        return 0
    wanted = set(changed)
    rows = _rows_of(tx, site, wanted)
    gone = dict.fromkeys(one for one in wanted if one not in rows)
    return _publish(tx, township_scope(township), rows | gone)


def _publish(tx: Connection, scope: str, rows: dict[str, bytes | None]) -> int:
    held = select(feed_rows.c.key).where(feed_rows.c.scope == scope, feed_rows.c.kind == KIND)
    known = set(tx.scalars(held))
    told = [Row(KIND, one, body) for one, body in rows.items() if body is not None or one in known]
    return publish(tx, scope, told) if told else 0


def _rows_of(tx: Connection, site: str, wanted: set[str] | None = None) -> dict[str, bytes | None]:
    name = tx.scalar(select(sites.c.name).where(sites.c.id == site)) or ""
    units = {
        row.id: row.name
        for row in tx.execute(
            select(org_units.c.id, org_units.c.name).where(org_units.c.site == site)
        )
    }
    rows: dict[str, bytes | None] = {}
    query = select(people.c.id, people.c.unit, people.c.body).where(
        people.c.site == site, people.c.active
    )
    for row in tx.execute(query.order_by(people.c.id)):
        person = read_row(bytes(row.body), Person)
        if (wanted is None or row.id in wanted) and person.kind is not PersonKind.VILLAGER:
            told = DirectoryPerson(
                row.id, person.name, units.get(row.unit, ""), site, name, person.phone_tail
            )
            rows[row.id] = write_row(told)
    return rows
