"""What stations get of a class: each site its own people of it, and the county no names at all.

Of a restricted class (retraining) only the sites whose people are in it learn that it is held.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from app.areas.catalogue.values import Audience, TrainingClass, Venue
from app.areas.people.person import Person
from app.domain.written_forms import match_form
from app.wire.codec import read_row, write_row
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import CATALOGUE, site_scope
from centre.store.site_lock import lock_site
from centre.store.tables import feed_rows, org_units, people

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


def too_small(tx: Connection, value: TrainingClass) -> tuple[str, int, int] | None:
    """The venue's name, its seats, and how many are to come, when those are more."""
    body = tx.scalar(
        select(feed_rows.c.body).where(feed_rows.c.kind == "venue", feed_rows.c.key == value.venue)
    )
    if body is None:
        return None
    venue = read_row(bytes(body), Venue)
    coming = max(value.size, len(value.people))
    return (venue.name, venue.seats, coming) if 0 < venue.seats < coming else None


def people_meant(
    tx: Connection, *, audience: str = "", branch: str = "", site: str = ""
) -> tuple[str, ...]:
    """Active people by audience (an id), by the name of their branch, of one site or of all; in the
    order of sites and names."""
    query = select(people.c.id, people.c.unit, people.c.body).where(people.c.active)
    if site:
        query = query.where(people.c.site == site)
    if branch:
        form = match_form(branch)
        known = tx.execute(select(org_units.c.id, org_units.c.name))
        units = [row.id for row in known if match_form(row.name) == form]
        query = query.where(people.c.unit.in_(units))
    wanted = None
    if audience:
        body = tx.scalar(
            select(feed_rows.c.body).where(
                feed_rows.c.kind == "audience", feed_rows.c.key == audience
            )
        )
        wanted = None if body is None else read_row(bytes(body), Audience)
    found = []
    for row in tx.execute(query.order_by(people.c.site, people.c.name, people.c.id)):
        if wanted is not None:
            person = read_row(row.body, Person)
            if wanted.kinds and person.kind.value not in wanted.kinds:
                continue
            if wanted.posts and not set(wanted.posts) & set(person.posts):
                continue
        found.append(row.id)
    return tuple(found)


def _people(value: TrainingClass | None) -> tuple[str, ...]:
    return () if value is None else value.people


def _part(value: TrainingClass, its: tuple[str, ...]) -> bytes:
    return write_row(replace(value, people=its))
