"""Sites: the places stations stand in."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, insert, or_, select

from app.domain.errors import NotFound
from app.domain.ids import SiteId, id_from_random
from app.domain.people import Site
from app.wire.codec import write_row
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.service import Centre
from centre.store.tables import sites, stations


def find_site(tx: Connection, name_or_id: str) -> Site:
    """The site with this id or name.

    Raises:
        NotFound: there is none.
    """
    query = select(sites).where(or_(sites.c.id == name_or_id, sites.c.name == name_or_id))
    rows = tx.execute(query).all()
    chosen = next((row for row in rows if row.id == name_or_id), rows[0] if rows else None)
    if chosen is None:
        raise NotFound("centre.no_site", site=name_or_id)
    parent = None if chosen.parent is None else SiteId(chosen.parent)
    return Site(SiteId(chosen.id), chosen.name, parent, chosen.tier)


def site_of_station(centre: Centre, station: str) -> Site:
    """The site a station stands in.

    Raises:
        NotFound: there is no such station.
    """
    with centre.store.reading() as tx:
        site = tx.scalar(select(stations.c.site).where(stations.c.id == station))
        if site is None:
            raise NotFound("centre.no_station", station=station)
        return find_site(tx, site)


def find_or_create_site(centre: Centre, name_or_id: str) -> Site:
    """The site with this id or name; a new one of that name if there is none."""
    with centre.store.writing() as tx:
        try:
            return find_site(tx, name_or_id)
        except NotFound:
            site = Site(SiteId(id_from_random("s-", secrets.token_bytes(5))), name_or_id)
            tx.execute(
                insert(sites).values(id=site.id, name=site.name, parent=None, tier=site.tier)
            )
            publish(tx, site_scope(site.id), (Row("site", site.id, write_row(site)),))
            return site
