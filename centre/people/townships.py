"""Which township a site lies under; its stations share a feed, and the directory of its people."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select, update

from app.areas.people.person import Site
from app.domain.errors import BadInput
from app.wire.codec import write_row
from centre.feeds.publishing import Row, publish
from centre.feeds.scopes import site_scope
from centre.rosters.directory import is_on, publish_township, switch
from centre.service import Centre
from centre.sites import find_site
from centre.store.tables import sites


def put_under(centre: Centre, site_name: str, township_name: str) -> Site:
    """Put a site under another one, its township; an empty name takes it out.

    Raises:
        NotFound: there is no such site.
        BadInput: a site would lie under itself.
    """
    with centre.store.writing() as tx:
        site = find_site(tx, site_name)
        parent = find_site(tx, township_name).id if township_name else None
        above = parent
        while above is not None:
            if above == site.id:
                raise BadInput("centre.township_circle", site=site.name)
            above = tx.scalar(select(sites.c.parent).where(sites.c.id == above))
        before, now = site.parent, replace(site, parent=parent)
        tx.execute(update(sites).where(sites.c.id == site.id).values(parent=parent))
        publish(tx, site_scope(site.id), (Row("site", site.id, write_row(now)),))
        for one in sorted({one for one in (before, parent) if one}):
            publish_township(tx, one)
        return now


def switch_directory(centre: Centre, *, on: bool) -> int:
    """Let stations find the people of their township, or take all of it back; rows that changed."""
    with centre.store.writing() as tx:
        return switch(tx, on=on)


def directory_is_on(centre: Centre) -> bool:
    """Whether stations may find the people of their township."""
    with centre.store.reading() as tx:
        return is_on(tx)
