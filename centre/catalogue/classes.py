"""What stations get of a class: each site its own people of it, and the county no names at all.

Of a restricted class (retraining) only the sites whose people are in it learn that it is held.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from app.areas.catalogue.values import TrainingClass
from app.wire.codec import write_row
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import CATALOGUE, site_scope
from centre.store.site_lock import lock_site
from centre.store.tables import people

_KIND = "training_class"
_AT_ONCE = 500


def publish_class(
    tx: Connection, key: str, before: TrainingClass | None, after: TrainingClass | None
) -> None:
    """Publish each part of a class, and take back parts that concern a site no more."""
    homes = homes_of(tx, (*_people(before), *_people(after)))
    concerned = {homes[one] for one in _people(after) if one in homes}
    for site in sorted(set(homes.values())):
        lock_site(tx, site)
    county = None if after is None or after.is_restricted else _part(after, ())
    if county is not None or (before is not None and not before.is_restricted):
        publish(tx, CATALOGUE, (Row(_KIND, key, county),))
    for site in sorted(set(homes.values())):
        part = None
        if after is not None and site in concerned:
            part = _part(after, tuple(one for one in after.people if homes.get(one) == site))
        publish(tx, site_scope(site), (Row(_KIND, key, part),))


def homes_of(tx: Connection, wanted: tuple[str, ...]) -> dict[str, str]:
    """The site of each of these people."""
    names = sorted(set(wanted))
    found: dict[str, str] = {}
    for start in range(0, len(names), _AT_ONCE):
        some = people.c.id.in_(names[start : start + _AT_ONCE])
        query = select(people.c.id, people.c.site).where(some)
        found.update((row.id, row.site) for row in tx.execute(query))
    return found


def _people(value: TrainingClass | None) -> tuple[str, ...]:
    return () if value is None else value.people


def _part(value: TrainingClass, its: tuple[str, ...]) -> bytes:
    return write_row(replace(value, people=its))
