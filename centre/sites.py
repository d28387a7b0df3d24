"""Sites: the places stations stand in."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, insert, select

from app.areas.people.person import Site
from app.domain.errors import BadInput, NotFound
from app.domain.ids import SiteId, id_from_random
from app.domain.written_forms import match_form, shown_form
from app.wire.codec import write_row
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.service import Centre
from centre.store.tables import sites, stations

MOST_NAME = 80
"""Characters of a site's name: one line on every screen and paper."""


def find_site(tx: Connection, name_or_id: str) -> Site:
    """The site with this id, or with a name that reads the same.

    Raises:
        NotFound: there is none.
    """
    rows = tx.execute(select(sites)).all()
    asked = match_form(name_or_id)
    chosen = next((row for row in rows if row.id == name_or_id), None) or next(
        (row for row in rows if match_form(row.name) == asked), None
    )
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
            return make_site(tx, name_or_id)


def make_site(tx: Connection, name: str) -> Site:
    """A new site, told to whoever is enrolled there later.

    Raises:
        BadInput: this is no name.
    """
    shown = shown_form(name)
    if not 0 < len(shown) <= MOST_NAME:
        raise BadInput("centre.site_name", most=MOST_NAME)
    site = Site(SiteId(id_from_random("s-", secrets.token_bytes(5))), shown)
    tx.execute(insert(sites).values(id=site.id, name=site.name, parent=None, tier=site.tier))
    publish(tx, site_scope(site.id), (Row("site", site.id, write_row(site)),))
    return site
